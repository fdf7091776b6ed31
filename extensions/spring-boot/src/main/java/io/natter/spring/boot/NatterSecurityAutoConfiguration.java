package io.natter.spring.boot;

import io.natter.servlet.NatterServlet;
import io.natter.socketio.SocketIoServer;
import io.natter.spring.SocketIoServerCustomizer;
import io.natter.spring.controller.UserAccess;
import io.natter.spring.reactive.PreflightWebFilter;
import io.natter.spring.security.PreflightFilter;
import io.natter.spring.security.SecurityContextInterceptor;
import io.natter.spring.security.SecurityUserAccess;
import io.natter.spring.security.SkipCsrfFilter;
import io.natter.spring.security.SkipCsrfWebFilter;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.server.csrf.CsrfWebFilter;

/// Works with Spring Security: the user in handlers, and below Natter's path no CSRF tokens, and
/// answers to preflights.
@AutoConfiguration(after = {NatterAutoConfiguration.class, NatterServletAutoConfiguration.class})
@ConditionalOnClass(SecurityContextHolder.class)
@ConditionalOnBean(SocketIoServer.class)
public class NatterSecurityAutoConfiguration {

    /// Outside of all other interceptors, so that these know the user too.
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SocketIoServerCustomizer natterSecurityContext() {
        return io -> io.around(new SecurityContextInterceptor());
    }

    @Bean
    DeniedTest natterDeniedTest() {
        return SecurityContextInterceptor::isDenied;
    }

    @Bean
    UserAccess natterUserAccess() {
        return new SecurityUserAccess();
    }

    /// Where foreign origins may send requests with cookies, nothing else would stop them.
    private static boolean skips(SocketIoServer io, NatterProperties properties) {
        return properties.security().skipCsrf() && io.options().engine().checkOrigin();
    }

    /// Whether Natter answers the preflights of foreign pages. They come without cookies and
    /// credentials, so Spring Security would refuse them.
    private static boolean answersPreflights(SocketIoServer io) {
        var cors = io.options().engine().cors();
        return cors != null && !cors.preflightContinue();
    }

    /// For servlets.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass({FilterRegistrationBean.class, CsrfFilter.class})
    static class Servlets {

        @Bean
        FilterRegistrationBean<SkipCsrfFilter> natterSkipCsrf(
                SocketIoServer io, NatterProperties properties) {
            return first(new SkipCsrfFilter(), "natterSkipCsrf", io, skips(io, properties));
        }

        @Bean
        @ConditionalOnBean(NatterServlet.class)
        FilterRegistrationBean<PreflightFilter> natterPreflight(
                SocketIoServer io, NatterServlet servlet) {
            return first(
                    new PreflightFilter(servlet), "natterPreflight", io, answersPreflights(io));
        }

        /// In front of all other filters, for Natter's path.
        private static <F extends Filter> FilterRegistrationBean<F> first(
                F filter, String name, SocketIoServer io, boolean enabled) {
            var registration = new FilterRegistrationBean<>(filter);
            registration.addUrlPatterns(ServedPath.of(io) + "/*");
            registration.setName(name);
            registration.setAsyncSupported(true);
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
            registration.setEnabled(enabled);
            return registration;
        }
    }

    /// For WebFlux.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(CsrfWebFilter.class)
    static class WebFlux {

        @Bean
        SkipCsrfWebFilter natterSkipCsrf(SocketIoServer io, NatterProperties properties) {
            return new SkipCsrfWebFilter(io::matches, skips(io, properties));
        }

        @Bean
        PreflightWebFilter natterPreflight(SocketIoServer io) {
            return new PreflightWebFilter(io, answersPreflights(io));
        }
    }
}
