package io.natter.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.natter.engine.TransportName;
import io.natter.servlet.NatterServlet;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.payload.JacksonMapping;
import io.natter.socketio.payload.JsonMapping;
import io.natter.spring.NatterSetupException;
import io.natter.spring.OnEvent;
import io.natter.spring.SocketIoController;
import io.natter.spring.SocketIoOptionsCustomizer;
import io.natter.spring.SocketIoServerCustomizer;
import io.natter.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans that the starter makes, and those that an application may define.
class AutoConfigurationTest {
    private final WebApplicationContextRunner servlets =
            new WebApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    JacksonAutoConfiguration.class,
                                    NatterAutoConfiguration.class,
                                    NatterServletAutoConfiguration.class,
                                    NatterSecurityAutoConfiguration.class));

    private final ReactiveWebApplicationContextRunner webflux =
            new ReactiveWebApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    JacksonAutoConfiguration.class,
                                    NatterAutoConfiguration.class,
                                    NatterWebFluxAutoConfiguration.class,
                                    NatterSecurityAutoConfiguration.class));

    @Test
    void theTestsRunWithTheSpringBootOfThisRun() {
        assertThat(SpringBootVersion.getVersion())
                .isEqualTo(System.getProperty("spring-boot.version"));
    }

    @Test
    void servletIsRegisteredForThePath() {
        servlets.withPropertyValues("natter.path=/live/")
                .run(
                        context -> {
                            ServletRegistrationBean<?> registration =
                                    context.getBean(ServletRegistrationBean.class);
                            assertThat(registration.getServlet()).isInstanceOf(NatterServlet.class);
                            assertThat(registration.getUrlMappings()).hasToString("[/live/*]");
                            assertThat(registration.isAsyncSupported()).isTrue();
                            assertThat(context.getBean(SocketIoServer.class).served())
                                    .isEqualTo("Socket.IO at /live/");
                        });
    }

    @Test
    void theBasePathOfWebFluxStandsBeforeThePath() {
        for (var written : List.of("/app", "app", "/app/")) {
            webflux.withPropertyValues("spring.webflux.base-path=" + written)
                    .run(
                            context ->
                                    assertThat(context.getBean(SocketIoServer.class).served())
                                            .isEqualTo("Socket.IO at /app/socket.io/"));
        }
    }

    @Test
    void propertiesAreOptions() {
        servlets.withPropertyValues(
                        "natter.transports=websocket",
                        "natter.ping-interval=7s",
                        "natter.max-http-buffer-size=2KB",
                        "natter.max-waiting-bytes=3KB",
                        "natter.max-events-per-second=9",
                        "natter.max-connections-per-address=5",
                        "natter.check-origin=false",
                        "natter.allow-eio3=true",
                        "natter.per-message-deflate=true",
                        "natter.cors.allowed-origins=https://a.example,https://b.example",
                        "natter.recovery.enabled=true",
                        "natter.recovery.max-disconnection-duration=1m")
                .run(
                        context -> {
                            var options = context.getBean(SocketIoServer.class).options();
                            var engine = options.engine();
                            assertThat(engine.transports())
                                    .isEqualTo(Set.of(TransportName.WEBSOCKET));
                            assertThat(engine.pingInterval()).isEqualTo(Duration.ofSeconds(7));
                            assertThat(engine.maxHttpBufferSize()).isEqualTo(2048);
                            assertThat(engine.maxWaitingBytes()).isEqualTo(3072);
                            assertThat(options.maxEventsPerSecond()).isEqualTo(9);
                            assertThat(engine.maxConnectionsPerAddress()).isEqualTo(5);
                            assertThat(engine.checkOrigin()).isFalse();
                            assertThat(engine.allowEio3()).isTrue();
                            assertThat(engine.perMessageDeflate()).isNotNull();
                            assertThat(engine.cors()).isNotNull();
                            assertThat(engine.cors().allows("https://b.example")).isTrue();
                            assertThat(engine.cors().allows("https://c.example")).isFalse();
                            assertThat(options.connectionStateRecovery()).isNotNull();
                            assertThat(options.connectionStateRecovery().maxDisconnectionDuration())
                                    .isEqualTo(Duration.ofMinutes(1));
                        });
    }

    @Test
    void withoutPropertiesTheOptionsAreNattersOwn() {
        servlets.run(
                context -> {
                    var options = context.getBean(SocketIoServer.class).options();
                    assertThat(options.engine().pingInterval()).isEqualTo(Duration.ofSeconds(25));
                    assertThat(options.engine().checkOrigin()).isTrue();
                    assertThat(options.connectionStateRecovery()).isNull();
                });
    }

    @Test
    void payloadsAreWrittenByTheMapperOfTheApplication() {
        servlets.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
                .run(
                        context -> {
                            record Sent(String fromUser) {}
                            var written = context.getBean(JsonMapping.class).write(new Sent("ana"));
                            assertThat(
                                            new String(
                                                    Arrays.copyOfRange(
                                                            written.buffer(),
                                                            written.from(),
                                                            written.to()),
                                                    StandardCharsets.UTF_8))
                                    .isEqualTo("{\"from_user\":\"ana\"}");
                        });
    }

    @Test
    void anApplicationMayHaveItsOwnServerAndMapping() {
        servlets.withUserConfiguration(Own.class)
                .run(
                        context -> {
                            assertThat(context).hasSingleBean(SocketIoServer.class);
                            assertThat(context.getBean(SocketIoServer.class).served())
                                    .isEqualTo("Socket.IO at /mine/");
                            assertThat(context.getBean(JsonMapping.class))
                                    .isSameAs(context.getBean("ownMapping"));
                        });
    }

    @Test
    void customizersComeAfterTheProperties() {
        servlets.withPropertyValues("natter.ping-interval=7s", "natter.ping-timeout=8s")
                .withUserConfiguration(Customizers.class)
                .run(
                        context -> {
                            var io = context.getBean(SocketIoServer.class);
                            assertThat(io.options().engine().pingInterval())
                                    .isEqualTo(Duration.ofSeconds(3));
                            assertThat(io.options().engine().pingTimeout())
                                    .isEqualTo(Duration.ofSeconds(8));
                            assertThat(io.of("/customized").rooms()).isEmpty();
                            assertThat(context.getBean(Customizers.class).customized).isSameAs(io);
                        });
    }

    @Test
    void canBeSwitchedOff() {
        servlets.withPropertyValues("natter.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(SocketIoServer.class));
        webflux.withPropertyValues("natter.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(SocketIoServer.class));
    }

    @Test
    void aPathThatCannotBeIsRefused() {
        servlets.withPropertyValues("natter.path=live")
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .isInstanceOf(NatterSetupException.class)
                                        .hasMessage(
                                                "natter.path is \"live\". Set it to a path such as"
                                                        + " /socket.io: it starts with / and is not /"
                                                        + " itself."));
    }

    @Test
    void anyOriginWithCredentialsIsRefused() {
        servlets.withPropertyValues(
                        "natter.cors.allowed-origins=*", "natter.cors.allow-credentials=true")
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("Name the origins."));
    }

    @Test
    void withoutCheckOfOriginsTokensAreAskedFor() {
        servlets.withPropertyValues("natter.check-origin=false")
                .run(context -> assertThat(isEnabled(context, "natterSkipCsrf")).isFalse());
        servlets.run(context -> assertThat(isEnabled(context, "natterSkipCsrf")).isTrue());
    }

    @Test
    void preflightsPassSecurityWhereForeignOriginsAreAllowed() {
        servlets.withPropertyValues("natter.cors.allowed-origins=https://a.example")
                .run(context -> assertThat(isEnabled(context, "natterPreflight")).isTrue());
        servlets.run(context -> assertThat(isEnabled(context, "natterPreflight")).isFalse());
    }

    private static boolean isEnabled(ApplicationContext context, String filter) {
        return context.getBean(filter, FilterRegistrationBean.class).isEnabled();
    }

    @Test
    void anOptionThatCannotBeIsNamed() {
        servlets.withPropertyValues("natter.ping-interval=0s")
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .isInstanceOf(NatterSetupException.class)
                                        .hasMessage(
                                                "An option of Socket.IO is wrong: pingInterval must"
                                                        + " be positive, not PT0S. Correct the"
                                                        + " property natter.* of that name, or the"
                                                        + " SocketIoOptionsCustomizer that sets"
                                                        + " it."));
        servlets.withPropertyValues("natter.cors.allowed-origins=https://a.example/")
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .isInstanceOf(NatterSetupException.class)
                                        .hasMessageContaining("without the slash at its end"));
    }

    @Test
    void aPropertyThatDoesNotExistFailsTheStart() {
        for (var misspelt : List.of("natter.cors.allowed-origin", "natter.ping-intervall")) {
            servlets.withPropertyValues(misspelt + "=1")
                    .run(
                            context ->
                                    assertThat(context)
                                            .getFailure()
                                            .rootCause()
                                            .isInstanceOf(
                                                    UnboundConfigurationPropertiesException.class)
                                            .hasMessageContaining(misspelt));
        }
    }

    @Test
    void handlersAreObservedWhereTheApplicationObserves() {
        var seen = new ConcurrentLinkedQueue<String>();
        var registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationHandler(
                        new ObservationHandler<>() {
                            @Override
                            public void onStart(Observation.Context context) {
                                var event = context.getLowCardinalityKeyValue("event");
                                seen.add(event == null ? "" : event.getValue());
                            }

                            @Override
                            public boolean supportsContext(Observation.Context context) {
                                return true;
                            }
                        });
        servlets.withConfiguration(AutoConfigurations.of(NatterObservationAutoConfiguration.class))
                .withBean(ObservationRegistry.class, () -> registry)
                .withBean(Greeter.class)
                .run(
                        context -> {
                            try (var server =
                                    TestServer.start(context.getBean(SocketIoServer.class))) {
                                var zoe = server.connect();
                                assertThat(zoe.call("greet", String.class)).isEqualTo("hello");
                            }
                        });
        assertThat(seen).contains("connection", "greet");
    }

    @SocketIoController
    static class Greeter {
        @OnEvent("greet")
        String greet() {
            return "hello";
        }
    }

    @Test
    void theFailureIsPrintedAsSpringBootPrintsIt() {
        var analysis =
                new NatterFailureAnalyzer()
                        .analyze(
                                new IllegalStateException(
                                        new NatterSetupException("It is wrong.", "Mend it.")));
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).isEqualTo("It is wrong.");
        assertThat(analysis.getAction()).isEqualTo("Mend it.");
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {
        @Bean
        JsonMapping ownMapping() {
            return new JacksonMapping();
        }

        @Bean
        SocketIoServer ownServer() {
            return SocketIoServer.create(
                    io.natter.socketio.SocketIoOptions.builder().path("/mine").build());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {
        private @Nullable SocketIoServer customized;

        @Bean
        SocketIoOptionsCustomizer quickPings() {
            return options -> options.pingInterval(Duration.ofSeconds(3));
        }

        @Bean
        SocketIoServerCustomizer namespaces() {
            return io -> customized = io;
        }
    }
}
