package io.natter.spring.boot;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.natter.micrometer.SocketIoMeters;
import io.natter.socketio.SocketIoServer;
import io.natter.spring.controller.SocketIoControllers;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/// The server's meters, with the sockets of each namespace that has a controller.
@AutoConfiguration(after = NatterAutoConfiguration.class)
@ConditionalOnClass({MeterBinder.class, SocketIoMeters.class})
@ConditionalOnBean(SocketIoServer.class)
public class NatterMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "natterMeters")
    MeterBinder natterMeters(SocketIoServer io, SocketIoControllers controllers) {
        return registry -> {
            var meters = SocketIoMeters.of(io);
            controllers.namespaces(io).values().forEach(meters::namespace);
            meters.bindTo(registry);
        };
    }
}
