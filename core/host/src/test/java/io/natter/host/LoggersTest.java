package io.natter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The tests of this module have no SLF4J provider.
class LoggersTest {
    private final List<LogRecord> records = new ArrayList<>();
    private final Logger jdk = Logger.getLogger(LoggersTest.class.getName());
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord record) {
                    records.add(record);
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    LoggersTest() {
        jdk.setUseParentHandlers(false);
        jdk.addHandler(handler);
    }

    @AfterEach
    void stop() {
        jdk.removeHandler(handler);
    }

    @Test
    void withoutAProviderTheJdkHasTheLog() {
        var log = Loggers.of(LoggersTest.class);
        var failure = new IllegalStateException("on purpose");
        log.error("a handler of {} in {} failed", "chat", "/", failure);
        log.warn("refused {}", "x");
        log.info("told");
        log.debug("not shown");
        assertThat(records)
                .extracting(LogRecord::getLevel, LogRecord::getMessage, LogRecord::getThrown)
                .containsExactly(
                        tuple(Level.SEVERE, "a handler of chat in / failed", failure),
                        tuple(Level.WARNING, "refused x", null),
                        tuple(Level.INFO, "told", null));
        assertThat(records)
                .allSatisfy(
                        record -> {
                            assertThat(record.getLoggerName()).isEqualTo(jdk.getName());
                            assertThat(record.getSourceClassName()).isEqualTo(jdk.getName());
                            assertThat(record.getSourceMethodName()).isNull();
                        });
    }

    @Test
    void levelsAreThoseOfTheJdk() {
        var log = Loggers.of(LoggersTest.class);
        assertThat(log.isInfoEnabled()).isTrue();
        assertThat(log.isDebugEnabled()).isFalse();
        jdk.setLevel(Level.FINE);
        assertThat(log.isDebugEnabled()).isTrue();
        assertThat(log.isTraceEnabled()).isFalse();
        jdk.setLevel(Level.SEVERE);
        assertThat(log.isWarnEnabled()).isFalse();
        assertThat(log.isErrorEnabled()).isTrue();
        jdk.setLevel(null);
    }
}
