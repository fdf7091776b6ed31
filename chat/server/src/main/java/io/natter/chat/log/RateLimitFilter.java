package io.natter.chat.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/// Passes a few lines a minute of each kind, and then one line with the number of the others. So no
/// client can fill the disk with log. A kind is a logger, a level and the message before its
/// arguments are filled in. Below INFO everything passes. Any thread.
public final class RateLimitFilter extends TurboFilter {
    /// Lines of one kind in one [#WINDOW_NANOS].
    static final int LINES = 20;

    private static final long WINDOW_NANOS = 60_000_000_000L;

    /// Messages that were put together before they were logged can be without number; beyond this
    /// many kinds those of one logger count as one.
    private static final int MAX_KINDS = 500;

    private static final String SUMMARY = "{} more lines like this in the last minute: {}";

    private final ConcurrentMap<String, Kind> kinds = new ConcurrentHashMap<>();

    private static final class Kind {
        final Logger logger;
        final Level level;
        final String message;
        long start;
        int lines;

        Kind(Logger logger, Level level, String message, long now) {
            this.logger = logger;
            this.level = level;
            this.message = message;
            start = now;
        }

        synchronized boolean take() {
            return ++lines <= LINES;
        }

        /// How many were held back, once the window is over; -1 before.
        synchronized int over(long now) {
            return now - start < WINDOW_NANOS ? -1 : Math.max(0, lines - LINES);
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        if (format == null // only asks whether a level is on
                || !level.isGreaterOrEqual(Level.INFO)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())
                || SUMMARY.equals(format)) {
            return FilterReply.NEUTRAL;
        }
        return kind(logger, level, format).take() ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private Kind kind(Logger logger, Level level, String format) {
        String key = logger.getName() + ' ' + level + ' ' + format;
        Kind known = kinds.get(key);
        if (known != null) {
            return known;
        }
        String message = kinds.size() < MAX_KINDS ? format : "(various)";
        return kinds.computeIfAbsent(
                logger.getName() + ' ' + level + ' ' + message,
                _ -> new Kind(logger, level, message, System.nanoTime()));
    }

    /// Says what was held back by the filters of this process whose minute is over. Call it now and
    /// then.
    public static void summarize() {
        ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
        if (loggers instanceof LoggerContext context) {
            for (TurboFilter filter : context.getTurboFilterList()) {
                if (filter instanceof RateLimitFilter mine) {
                    mine.summarize(System.nanoTime());
                }
            }
        }
    }

    void summarize(long now) {
        for (var each = kinds.values().iterator(); each.hasNext(); ) {
            Kind kind = each.next();
            int held = kind.over(now);
            if (held >= 0) {
                each.remove();
            }
            if (held > 0) {
                kind.logger
                        .atLevel(org.slf4j.event.Level.valueOf(kind.level.toString()))
                        .log(SUMMARY, held, kind.message);
            }
        }
    }
}
