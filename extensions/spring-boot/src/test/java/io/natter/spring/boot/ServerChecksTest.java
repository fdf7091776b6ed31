package io.natter.spring.boot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.natter.socketio.SocketIoOptions;
import io.natter.spring.NatterSetupException;
import io.natter.spring.SocketIoOptionsCustomizer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.reactive.TomcatReactiveWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.server.reactive.HttpHandler;
import reactor.core.publisher.Mono;

/// A web server that cannot carry Socket.IO fails the start, and the message says what to do.
class ServerChecksTest {
    @Configuration(proxyBeanMethods = false)
    static class BareTomcat {
        @Bean
        TomcatServletWebServerFactory tomcat() {
            return new TomcatServletWebServerFactory(0);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Polling {
        @Bean
        SocketIoOptionsCustomizer polling() {
            return (SocketIoOptions.Builder options) ->
                    options.transports(io.natter.engine.TransportName.POLLING);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WebFluxOnTomcat {
        @Bean
        TomcatReactiveWebServerFactory tomcat() {
            return new TomcatReactiveWebServerFactory(0);
        }

        @Bean
        HttpHandler handler() {
            return (request, response) -> Mono.empty();
        }
    }

    private static NatterSetupException fault(ConfigurableApplicationContext context) {
        var failure = catchThrowable(context::refresh);
        return (NatterSetupException)
                requireNonNull(NestedExceptionUtils.getRootCause(requireNonNull(failure)));
    }

    @Test
    void aContainerWithoutWebSocketIsNamed() {
        try (var context = new AnnotationConfigServletWebServerApplicationContext()) {
            context.register(
                    BareTomcat.class,
                    NatterAutoConfiguration.class,
                    NatterServletAutoConfiguration.class);
            var fault = fault(context);
            assertThat(fault.problem()).matches("Apache Tomcat/.* has no WebSocket container\\.");
            assertThat(fault.action())
                    .contains("tomcat-embed-websocket", "natter.transports=polling");
        }
    }

    @Test
    void pollingAloneNeedsNone() {
        try (var context = new AnnotationConfigServletWebServerApplicationContext()) {
            context.register(
                    BareTomcat.class,
                    Polling.class,
                    NatterAutoConfiguration.class,
                    NatterServletAutoConfiguration.class);
            context.refresh();
            assertThat(requireNonNull(context.getWebServer()).getPort()).isPositive();
        }
    }

    @Test
    void webFluxOnTomcatIsNamed() {
        try (var context = new AnnotationConfigReactiveWebServerApplicationContext()) {
            context.register(
                    WebFluxOnTomcat.class,
                    NatterAutoConfiguration.class,
                    NatterReactiveServerCheck.class);
            var fault = fault(context);
            assertThat(fault.problem())
                    .isEqualTo(
                            "This WebFlux application runs on TomcatWebServer, and Natter serves"
                                    + " WebFlux on Reactor Netty.");
        }
    }
}
