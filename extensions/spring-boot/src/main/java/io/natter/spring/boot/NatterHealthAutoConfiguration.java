package io.natter.spring.boot;

import io.natter.socketio.SocketIoServer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.annotation.Bean;

/// The server as a component of the health page.
@AutoConfiguration(after = NatterAutoConfiguration.class)
@ConditionalOnClass({AbstractHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(SocketIoServer.class)
@ConditionalOnEnabledHealthIndicator("natter")
public class NatterHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "natterHealthIndicator")
    NatterHealthIndicator natterHealthIndicator(SocketIoServer io, SocketIoLifecycle lifecycle) {
        return new NatterHealthIndicator(io, lifecycle);
    }

    /// Out of service while clients are sent away.
    static final class NatterHealthIndicator extends AbstractHealthIndicator {
        private final SocketIoServer io;
        private final SocketIoLifecycle lifecycle;

        NatterHealthIndicator(SocketIoServer io, SocketIoLifecycle lifecycle) {
            this.io = io;
            this.lifecycle = lifecycle;
        }

        @Override
        protected void doHealthCheck(Health.Builder builder) {
            builder.withDetail("path", io.options().engine().prefix())
                    .withDetail("clients", io.engine().clientsCount());
            if (lifecycle.isDraining()) {
                builder.outOfService();
            } else {
                builder.up();
            }
        }
    }
}
