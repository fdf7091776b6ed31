package io.natter.spring.boot;

import io.natter.netty.NettyHost;
import io.natter.socketio.SocketIoServer;
import io.natter.spring.NatterSetupException;
import io.natter.spring.reactive.PollingMapping;
import io.natter.spring.reactive.WebFilters;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/// Natter on the port of a WebFlux application that runs on Reactor Netty.
@AutoConfiguration(after = NatterAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({NettyReactiveWebServerFactory.class, NettyHost.class})
@ConditionalOnBean(SocketIoServer.class)
public class NatterWebFluxAutoConfiguration {
    private static final String BASE_PATH = "spring.webflux.base-path";

    @Bean
    PathPrefix natterPathPrefix(Environment environment) {
        return new PathPrefix(basePath(environment));
    }

    /// Puts the server into each connection's pipeline.
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> natterNetty(
            ObjectProvider<SocketIoServer> server, NettyAttachment attachment) {
        return factory -> {
            checkNetty();
            var io = server.getObject();
            factory.addServerCustomizers(
                    http ->
                            http.doOnChannelInit(
                                    (observer, channel, address) ->
                                            NettyHost.attach(channel.pipeline(), io)));
            attachment.made();
        };
    }

    @Bean
    NettyAttachment natterAttachment() {
        return new NettyAttachment();
    }

    /// Polling over HTTP/2.
    @Bean
    PollingMapping natterPolling(SocketIoServer io, PathPrefix prefix) {
        return new PollingMapping(io, ServedPath.of(io, prefix));
    }

    /// Filters may need any bean, so they are looked for when all are there.
    @Bean
    SmartInitializingSingleton natterFilters(
            SocketIoServer io, ApplicationContext context, Environment environment) {
        return () -> {
            var filters = WebFilters.of(context, basePath(environment));
            if (filters != null) {
                io.engine().use(filters);
            }
        };
    }

    private static String basePath(Environment environment) {
        var path = environment.getProperty(BASE_PATH, "").strip();
        // As Spring Boot reads it: with a slash in front and none at the end.
        var bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return bare.isEmpty() || bare.startsWith("/") ? bare : "/" + bare;
    }

    private static void checkNetty() {
        try {
            var ignored = NettyHost.builder();
        } catch (IllegalStateException e) {
            throw new NatterSetupException(
                    String.valueOf(e.getMessage()),
                    "With Spring Boot's parent, set the property netty.version in your build, as in"
                            + " <netty.version>4.2.18.Final</netty.version>.");
        }
    }
}
