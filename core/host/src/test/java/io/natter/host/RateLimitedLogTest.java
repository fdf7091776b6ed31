package io.natter.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class RateLimitedLogTest {
    private final List<String> lines = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private long now;
    private final RateLimitedLog log =
            new RateLimitedLog(new Lines(lines), 2, Duration.ofSeconds(10), () -> now, later::add);

    /// Keeps what is written.
    private static final class Lines extends AbstractLogger {
        private static final long serialVersionUID = 1;

        private final transient List<String> lines;

        Lines(List<String> lines) {
            this.lines = lines;
        }

        @Override
        @SuppressWarnings("NullAway")
        protected String getFullyQualifiedCallerName() {
            return "";
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String format,
                @Nullable Object @Nullable [] args,
                @Nullable Throwable thrown) {
            lines.add(
                    level
                            + " "
                            + MessageFormatter.basicArrayFormat(format, args)
                            + (thrown == null ? "" : " with a stack trace"));
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isTraceEnabled(Marker marker) {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled(Marker marker) {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled(Marker marker) {
            return true;
        }
    }

    @Test
    void writesAFewLinesOfAKindAndThenHowManyMore() {
        for (int i = 0; i < 1000; i++) {
            log.warn("a", "line {}", i);
        }
        log.info("b", "another kind");
        assertThat(lines).containsExactly("WARN line 0", "WARN line 1", "INFO another kind");
        lines.clear();
        assertThat(later).hasSize(1);
        later.getFirst().run();
        assertThat(lines).containsExactly("WARN 998 more of this kind: a");
        lines.clear();
        now = Duration.ofSeconds(10).toNanos();
        log.warn("a", "again");
        assertThat(lines).containsExactly("WARN again");
    }

    @Test
    void tellsOfWhatWasLeftOutBeforeTheNextLine() {
        for (int i = 0; i < 5; i++) {
            log.warn("a", "line {}", i);
        }
        lines.clear();
        now = Duration.ofSeconds(11).toNanos();
        log.warn("a", "next");
        later.getFirst().run();
        assertThat(lines).containsExactly("WARN 3 more of this kind: a", "WARN next");
    }

    @Test
    void onlyTheFirstFailureHasItsStackTrace() {
        for (int i = 0; i < 5; i++) {
            log.failure("a", "the hook threw", new IllegalStateException("line\nbreak"));
        }
        assertThat(lines)
                .containsExactly(
                        "ERROR the hook threw with a stack trace",
                        "ERROR the hook threw: java.lang.IllegalStateException: line\\u000abreak");
    }

    @Test
    void kindsWithoutEndShareOne() {
        for (int i = 0; i < 10_000; i++) {
            log.warn("kind " + i, "line");
        }
        assertThat(lines).hasSizeLessThan(300);
    }

    @Test
    void aClientsTextIsEscapedAndShortened() {
        assertThat(RateLimitedLog.text("/ä €")).isEqualTo("/ä €");
        assertThat(RateLimitedLog.text("a\nb\u001b[31m\u202e\u2028\u200b\ud83d\ude00"))
                .isEqualTo("a\\u000ab\\u001b[31m\\u202e\\u2028\\u200b\\ud83d\\ude00");
        assertThat(RateLimitedLog.text("x".repeat(1_000_000))).isEqualTo("x".repeat(100) + "…");
        assertThat(RateLimitedLog.text(null)).isEqualTo("none");
    }

    @Test
    void anIdIsShownByItsBeginning() {
        assertThat(RateLimitedLog.id("abcdefghijklmnopqrst")).isEqualTo("abcdef…");
        assertThat(RateLimitedLog.id(null)).isEqualTo("none");
    }

    @Test
    void aForeignOriginIsToldOnceWithWhatToSet() {
        var origins = new RefusedOriginLog(log);
        for (int i = 0; i < 100; i++) {
            origins.refused("https://page.example", "server.example");
        }
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("WARN refused pages of origin https://page.example")
                .contains("cors", "checkOrigin", "server.example");
        for (int i = 0; i < 10_000; i++) {
            origins.refused("https://page.example" + i, "server.example");
        }
        assertThat(lines).hasSize(2);
    }
}
