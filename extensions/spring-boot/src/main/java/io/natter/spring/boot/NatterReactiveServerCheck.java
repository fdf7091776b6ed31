package io.natter.spring.boot;

import io.natter.socketio.SocketIoServer;
import io.natter.spring.NatterSetupException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/// Fails where WebFlux runs on another server than Reactor Netty: nothing would serve Socket.IO.
@AutoConfiguration(after = NatterWebFluxAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(SocketIoServer.class)
public class NatterReactiveServerCheck {

    @Bean
    ApplicationListener<ReactiveWebServerInitializedEvent> natterServerCheck(
            ObjectProvider<NettyAttachment> attachment) {
        return event -> {
            var found = attachment.getIfAvailable();
            if (found == null || !found.isMade()) {
                throw new NatterSetupException(
                        "This WebFlux application runs on "
                                + event.getWebServer().getClass().getSimpleName()
                                + ", and Natter serves WebFlux on Reactor Netty.",
                        "Use spring-boot-starter-reactor-netty, or spring-boot-starter-webmvc in"
                                + " place of WebFlux. Or set natter.enabled=false.");
            }
        };
    }
}
