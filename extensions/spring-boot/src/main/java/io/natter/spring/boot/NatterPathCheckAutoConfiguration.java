package io.natter.spring.boot;

import io.natter.socketio.SocketIoServer;
import io.natter.spring.NatterSetupException;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Finds controllers of the application below Natter's path, which no request would ever reach.
@AutoConfiguration(after = NatterAutoConfiguration.class)
@ConditionalOnBean(SocketIoServer.class)
public class NatterPathCheckAutoConfiguration {

    /// For Spring MVC.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(
            org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping
                    .class)
    static class Mvc {

        @Bean
        SmartInitializingSingleton natterPathCheck(
                ApplicationContext context, NatterProperties properties) {
            return () ->
                    context.getBeansOfType(
                                    org.springframework.web.servlet.mvc.method.annotation
                                            .RequestMappingHandlerMapping.class)
                            .values()
                            .forEach(
                                    mapping ->
                                            mapping.getHandlerMethods()
                                                    .forEach(
                                                            (info, method) ->
                                                                    check(
                                                                            info
                                                                                    .getPatternValues(),
                                                                            method,
                                                                            properties)));
        }
    }

    /// For WebFlux.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(
            org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping
                    .class)
    static class WebFlux {

        @Bean
        SmartInitializingSingleton natterPathCheck(
                ApplicationContext context, NatterProperties properties) {
            return () ->
                    context.getBeansOfType(
                                    org.springframework.web.reactive.result.method.annotation
                                            .RequestMappingHandlerMapping.class)
                            .values()
                            .forEach(
                                    mapping ->
                                            mapping.getHandlerMethods()
                                                    .forEach(
                                                            (info, method) ->
                                                                    check(
                                                                            info.getDirectPaths(),
                                                                            method,
                                                                            properties)));
        }
    }

    private static void check(Set<String> patterns, Object method, NatterProperties properties) {
        var path = properties.barePath();
        for (var pattern : patterns) {
            if (pattern.equals(path) || pattern.startsWith(path + "/")) {
                throw new NatterSetupException(
                        method + " maps " + pattern + ", and Natter has all below " + path + ".",
                        "Set natter.path to another path, or map the method elsewhere.");
            }
        }
    }
}
