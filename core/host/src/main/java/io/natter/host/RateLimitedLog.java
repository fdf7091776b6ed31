package io.natter.host;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// A log for events that clients can cause. Of each kind, a few lines are written in an interval,
/// and the others are counted. After the interval, one line says how many were left out. Any
/// thread.
///
/// Text that came from a client goes into a line by [#text], and the id of a session by [#id].
public final class RateLimitedLog {
    private static final int LINES = 5;
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_KINDS = 256;
    private static final int MAX_TEXT = 100;
    private static final int ID_SHOWN = 6;

    private final Logger log;
    private final int lines;
    private final long interval;
    private final LongSupplier clock;
    private final Executor atTheEnd;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    /// Five lines of a kind a minute.
    ///
    /// @param user in whose name lines are written
    public RateLimitedLog(Class<?> user) {
        this(user, LINES, INTERVAL);
    }

    /// @param user in whose name lines are written
    /// @param lines how many of a kind are written in an interval
    /// @param interval how long; counted from the first line of the kind
    public RateLimitedLog(Class<?> user, int lines, Duration interval) {
        this(
                Loggers.of(user),
                lines,
                interval,
                System::nanoTime,
                CompletableFuture.delayedExecutor(interval.toNanos(), TimeUnit.NANOSECONDS));
    }

    /// @param clock in nanoseconds
    /// @param atTheEnd runs a task once the interval is over
    RateLimitedLog(
            Logger log, int lines, Duration interval, LongSupplier clock, Executor atTheEnd) {
        this.log = log;
        this.lines = lines;
        this.interval = interval.toNanos();
        this.clock = clock;
        this.atTheEnd = atTheEnd;
    }

    /// Writes a line, as SLF4J formats it.
    ///
    /// @param kind what is counted together: a name that the code has, never a client's text
    public void warn(String kind, String format, @Nullable Object... args) {
        write(Level.WARN, kind, format, args);
    }

    /// Like [#warn], at the level INFO.
    public void info(String kind, String format, @Nullable Object... args) {
        write(Level.INFO, kind, format, args);
    }

    /// Writes that code of the application or of Natter threw. Only the first line of an interval
    /// has the stack trace, because clients may make the code throw very often. Throws nothing,
    /// because the failure may be that memory is short, and a line takes some.
    public void failure(String kind, String what, Throwable cause) {
        try {
            int line = admit(kind, Level.ERROR);
            if (line == 1) {
                log.error("{}", what, cause);
            } else if (line > 0) {
                log.error("{}: {}", what, text(String.valueOf(cause)));
            }
        } catch (Throwable ignored) {
            // To throw would cost more than the line is worth.
        }
    }

    private void write(Level level, String kind, String format, @Nullable Object... args) {
        if (log.isEnabledForLevel(level) && admit(kind, level) > 0) {
            log.atLevel(level).log(format, args);
        }
    }

    /// Which line of its interval this is, from 1 on, or 0 where it is to be left out.
    private int admit(String kind, Level level) {
        var known = kinds.get(kind);
        if (known == null) {
            var name = kinds.size() < MAX_KINDS ? kind : "other";
            known = kinds.computeIfAbsent(name, n -> new Kind(n, level));
        }
        return known.admit();
    }

    private final class Kind {
        private final String name;
        private final Level level;
        private long since;
        private int written;
        private long leftOut;

        Kind(String name, Level level) {
            this.name = name;
            this.level = level;
        }

        synchronized int admit() {
            long now = clock.getAsLong();
            if (written == 0 || now - since >= interval) {
                tellLeftOut();
                since = now;
                written = 0;
            }
            if (written < lines) {
                return ++written;
            }
            if (leftOut++ == 0) {
                atTheEnd.execute(this::tellLeftOut);
            }
            return 0;
        }

        private synchronized void tellLeftOut() {
            if (leftOut > 0) {
                log.atLevel(level).log("{} more of this kind: {}", leftOut, name);
                leftOut = 0;
            }
        }
    }

    /// A client's text as it may be in a log. Characters that are not plain are escaped, and so are
    /// marks that change the direction of text. Text after 100 characters is left out.
    public static String text(@Nullable String value) {
        if (value == null) {
            return "none";
        }
        int end = Math.min(value.length(), MAX_TEXT);
        var out = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (isPlain(c)) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return end < value.length() ? out.append('…').toString() : out.toString();
    }

    private static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    /// The beginning of the id of a session: enough to find it again, and too little to speak for
    /// its client.
    public static String id(@Nullable String id) {
        if (id == null) {
            return "none";
        }
        return text(id.substring(0, Math.min(ID_SHOWN, id.length()))) + "…";
    }
}
