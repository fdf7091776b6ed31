package io.natter.chat.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The chat's own `logback.xml`.
class LoggingTest {
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configure() throws JoranException {
        System.setErr(new PrintStream(written, true, UTF_8));
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LoggingTest.class.getResource("/logback.xml"));
    }

    @AfterEach
    void restore() {
        context.stop();
        System.setErr(err);
    }

    private List<String> lines() {
        return written.toString(UTF_8).lines().toList();
    }

    private RateLimitFilter filter() {
        return (RateLimitFilter) context.getTurboFilterList().getFirst();
    }

    @Test
    void whatAClientSentCannotForgeALine() {
        context.getLogger("io.natter.chat")
                .warn("a name: {}", "x\u001b[2J\n2026-01-01 ERROR forged");
        assertThat(lines()).hasSize(1);
        assertThat(lines().getFirst())
                .endsWith("a name: x\\u001b[2J\\u000a2026-01-01 ERROR forged");
    }

    @Test
    void aStackTraceCannotForgeATerminalsCommands() {
        context.getLogger("io.natter.chat")
                .error("failed", new IllegalStateException("\u001b]0;title\u0007"));
        assertThat(written.toString(UTF_8))
                .contains("IllegalStateException: \\u001b]0;title\\u0007")
                .contains("\tat io.natter.chat.log.LoggingTest")
                .doesNotContain("\u001b");
    }

    @Test
    void inJsonALineHasTheFieldsOfItsMessage() {
        JsonLines.use(context);
        context.getLogger("io.natter.chat")
                .warn("{} took {} ms", new LogField("operation", "a\n\"b"), new LogField("ms", 7));
        assertThat(lines()).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(lines().getFirst());
        assertThat(line.propertyNames())
                .containsExactly("time", "level", "logger", "message", "operation", "ms");
        assertThat(line.at("/level").asString()).isEqualTo("WARN");
        assertThat(line.at("/logger").asString()).isEqualTo("io.natter.chat");
        assertThat(line.at("/message").asString()).isEqualTo("a\\u000a\"b took 7 ms");
        assertThat(line.at("/ms").asInt()).isEqualTo(7);
        assertThat(Instant.parse(line.at("/time").asString())).isNotNull();
    }

    @Test
    void inJsonAStackTraceIsInTheLine() {
        JsonLines.use(context);
        context.getLogger("io.natter.chat").error("failed", new IllegalStateException("why"));
        assertThat(lines()).hasSize(1);
        assertThat(new ObjectMapper().readTree(lines().getFirst()).at("/stack").asString())
                .startsWith("java.lang.IllegalStateException: why\n\tat ");
    }

    @Test
    void aFloodOfOneKindIsTwentyLinesAndASum() {
        Logger log = context.getLogger("io.natter.chat");
        for (int i = 0; i < 1000; i++) {
            log.warn("client {} did something", i);
        }
        assertThat(lines()).hasSize(20);
        filter().summarize(System.nanoTime());
        assertThat(lines()).as("the minute is not over").hasSize(20);
        filter().summarize(System.nanoTime() + 61_000_000_000L);
        assertThat(lines()).hasSize(21);
        assertThat(lines().getLast())
                .endsWith("980 more lines like this in the last minute: client {} did something");
        log.warn("client {} did something", "again");
        assertThat(lines()).hasSize(22);
    }

    @Test
    void otherKindsAreStillHeard() {
        Logger log = context.getLogger("io.natter.chat");
        for (int i = 0; i < 100; i++) {
            log.warn("client {} did something", i);
        }
        log.error("the disk is full");
        assertThat(lines().getLast()).endsWith("the disk is full");
    }

    @Test
    void messagesThatAreAllDifferentAreAFloodToo() {
        Logger log = context.getLogger("io.natter.chat");
        for (int i = 0; i < 10_000; i++) {
            log.warn("client " + i + " did something");
        }
        assertThat(lines()).hasSizeLessThanOrEqualTo(520);
    }

    @Test
    void warningsOfTheServerBelowAboutSingleConnectionsAreNotHeard() {
        context.getLogger("reactor.netty.http.server.HttpServer").warn("[id] Decoding failed");
        assertThat(lines()).isEmpty();
        context.getLogger("io.netty.channel").warn("something else");
        assertThat(lines()).hasSize(1);
    }
}
