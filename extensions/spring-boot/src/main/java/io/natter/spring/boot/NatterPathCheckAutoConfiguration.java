package io.natter.spring.boot;

import io.natter.socketio.SocketIoServer;
import io.natter.spring.NatterSetupException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/// Finds controllers of the application below Natter's path, which no request would ever reach.
@AutoConfiguration(after = NatterAutoConfiguration.class)
@ConditionalOnBean(SocketIoServer.class)
public class NatterPathCheckAutoConfiguration {

    /// For Spring MVC.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(RequestMappingHandlerMapping.class)
    static class Mvc {

        @Bean
        SmartInitializingSingleton natterPathCheck(ApplicationContext context, SocketIoServer io) {
            return () -> {
                for (var each :
                        context.getBeansOfType(RequestMappingHandlerMapping.class).values()) {
                    each.getHandlerMethods()
                            .forEach(
                                    (info, method) ->
                                            check(
                                                    info.getPatternValues(),
                                                    method,
                                                    ServedPath.of(io)));
                }
            };
        }
    }

    /// For WebFlux.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(RequestMappingInfoHandlerMapping.class)
    static class WebFlux {

        @Bean
        SmartInitializingSingleton natterPathCheck(
                ApplicationContext context, SocketIoServer io, ObjectProvider<PathPrefix> prefix) {
            var path = ServedPath.of(io, prefix.getIfAvailable(() -> PathPrefix.NONE));
            return () -> {
                for (var each :
                        context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
                    each.getHandlerMethods()
                            .forEach(
                                    (info, method) ->
                                            check(
                                                    info
                                                            .getPatternsCondition()
                                                            .getPatterns()
                                                            .stream()
                                                            .map(PathPattern::getPatternString)
                                                            .collect(Collectors.toSet()),
                                                    method,
                                                    path));
                }
            };
        }
    }

    private static void check(Collection<String> patterns, Object method, String path) {
        for (var pattern : patterns) {
            if (pattern.equals(path) || pattern.startsWith(path + "/")) {
                throw new NatterSetupException(
                        method + " maps " + pattern + ", and Natter has all below " + path + ".",
                        "Set natter.path to another path, or map the method elsewhere.");
            }
        }
    }
}
