package io.natter.netty.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("failures");
    private long now;
    private final FailureLog failures;

    FailureLogTest() {
        lines.start();
        logger.setAdditive(false);
        logger.addAppender(lines);
        failures = new FailureLog(logger, () -> now);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void logsOneFailureEveryTenSecondsAndSaysHowManyThereWere() {
        var failure = new OutOfMemoryError("on purpose");
        for (int i = 0; i < 100; i++) {
            failures.report("It failed", failure);
        }
        now += TimeUnit.SECONDS.toNanos(10);
        failures.report("It failed", failure);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "It failed", "It failed (99 more failures since the last such line)");
        assertThat(lines.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("on purpose");
    }
}
