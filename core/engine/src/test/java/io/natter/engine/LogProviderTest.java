package io.natter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.Loggers;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/// The tests of this module have the provider slf4j-nop.
class LogProviderTest {
    @Test
    void aProviderThatDropsEverythingIsUsed() {
        assertThat(Loggers.of(EngineServer.class)).isSameAs(NOPLogger.NOP_LOGGER);
    }
}
