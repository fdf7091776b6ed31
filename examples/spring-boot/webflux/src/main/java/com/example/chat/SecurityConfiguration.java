package com.example.chat;

import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;

/// All but the health page is for users.
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableMethodSecurity
class SecurityConfiguration {
    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
        return http.authorizeExchange(
                        all ->
                                all.matchers(
                                                new PathPatternParserServerWebExchangeMatcher(
                                                        "/actuator/**"))
                                        .permitAll()
                                        .anyExchange()
                                        .authenticated())
                .httpBasic(withDefaults())
                .formLogin(withDefaults())
                .build();
    }

    /// For a sample only: passwords in the clear.
    @Bean
    MapReactiveUserDetailsService users() {
        return new MapReactiveUserDetailsService(
                User.withUsername("ana").password("{noop}secret").roles("USER").build(),
                User.withUsername("zoe").password("{noop}secret").roles("USER", "ADMIN").build());
    }
}
