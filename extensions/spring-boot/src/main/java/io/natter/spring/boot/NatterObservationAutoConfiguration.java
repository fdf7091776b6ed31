package io.natter.spring.boot;

import io.micrometer.observation.ObservationRegistry;
import io.natter.micrometer.SocketIoObservations;
import io.natter.socketio.SocketIoServer;
import io.natter.spring.SocketIoServerCustomizer;
import io.natter.spring.controller.SocketIoControllers;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// An observation of each call of a handler, for metrics and traces. The events of controllers are
/// named.
@AutoConfiguration(
        after = NatterAutoConfiguration.class,
        afterName =
                "org.springframework.boot.micrometer.observation.autoconfigure"
                        + ".ObservationAutoConfiguration")
@ConditionalOnClass({ObservationRegistry.class, SocketIoObservations.class})
@ConditionalOnBean({SocketIoServer.class, ObservationRegistry.class})
public class NatterObservationAutoConfiguration {

    /// Inside the security context, and outside of the application's interceptors.
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    @ConditionalOnMissingBean(name = "natterObservations")
    SocketIoServerCustomizer natterObservations(
            ObservationRegistry registry, SocketIoControllers controllers) {
        return io ->
                io.around(
                        SocketIoObservations.of(
                                registry, controllers.events().toArray(String[]::new)));
    }
}
