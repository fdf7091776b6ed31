package io.natter.spring.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.natter.spring.OnEvent;
import io.natter.spring.SocketIoController;
import io.natter.spring.controller.ArgumentCheck;
import io.natter.spring.controller.ErrorAnswers;
import io.natter.spring.controller.SocketIoControllers;
import io.natter.testing.TestServer;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Mono;

/// The user of Spring Security in handlers, with and without a user.
class HandlerSecurityTest {
    private static final Map<String, Object> FORBIDDEN = Map.of("error", "forbidden");

    record Account(String name, long id) {}

    @AuthenticationPrincipal
    @Retention(RetentionPolicy.RUNTIME)
    @interface Me {}

    interface Api {
        String inherited(@AuthenticationPrincipal Account account);
    }

    @SocketIoController
    static class Handlers implements Api {
        @OnEvent("account")
        String account(@AuthenticationPrincipal Account account, String text) {
            return account.name() + ": " + text;
        }

        @OnEvent("me")
        String me(@Me Account account) {
            return account.name();
        }

        @OnEvent("id")
        long id(@AuthenticationPrincipal(expression = "id") long id) {
            return id;
        }

        @OnEvent("perhaps")
        String perhaps(@AuthenticationPrincipal @Nullable Account account) {
            return account == null ? "nobody" : account.name();
        }

        @Override
        @OnEvent("inherited")
        public String inherited(Account account) {
            return account.name();
        }

        @OnEvent("thread")
        String thread() {
            Authentication user = SecurityContextHolder.getContext().getAuthentication();
            return user == null ? "none" : user.getName();
        }

        @OnEvent("reactive")
        Mono<String> reactive() {
            return ReactiveSecurityContextHolder.getContext()
                    .map(context -> String.valueOf(context.getAuthentication()))
                    .map(text -> text.contains("ana") ? "ana" : "someone else")
                    .defaultIfEmpty("none");
        }

        @OnEvent("admins")
        @PreAuthorize("hasRole('ADMIN')")
        String admins() {
            return "welcome";
        }

        @OnEvent("all")
        @PreAuthorize("permitAll()")
        String all() {
            return "welcome";
        }

        @OnEvent("login")
        String login() {
            throw new BadCredentialsException("wrong password");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMethodSecurity
    static class Secured {
        @Bean
        Handlers handlers() {
            return new Handlers();
        }
    }

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext();
    private @Nullable TestServer server;

    @BeforeEach
    void start() {
        context.register(Secured.class);
        // Proxies of classes, as in Spring Boot.
        AopConfigUtils.registerAutoProxyCreatorIfNecessary(context);
        AopConfigUtils.forceAutoProxyCreatorToUseClassProxying(context);
        context.refresh();
        var io =
                SocketIoServer.create(
                        SocketIoOptions.builder()
                                .errorAnswer(
                                        new ErrorAnswers(
                                                failure -> Map.of("error", "internal error"),
                                                SecurityContextInterceptor::isDenied))
                                .build());
        io.around(new SecurityContextInterceptor());
        new SocketIoControllers(
                        context.getBeanFactory(), ArgumentCheck.NONE, new SecurityUserAccess())
                .addTo(io);
        server = TestServer.start(io);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        context.close();
    }

    private @Nullable Object answer(@Nullable Authentication user, String event, Object... args) {
        var client = requireNonNull(server).client();
        if (user != null) {
            client.principal(user);
        }
        return client.connect().call(event, Object.class, args);
    }

    private static Authentication ana() {
        return UsernamePasswordAuthenticationToken.authenticated(
                new Account("ana", 7), "", List.of());
    }

    @Test
    void theAccountIsThatOfTheUserAndNotWhatTheClientSends() {
        assertThat(answer(ana(), "account", "hello")).isEqualTo("ana: hello");
        assertThat(answer(ana(), "me", Map.of("name", "root", "id", 1))).isEqualTo("ana");
        assertThat(answer(ana(), "inherited", Map.of("name", "root", "id", 1))).isEqualTo("ana");
        assertThat(answer(ana(), "id")).isEqualTo(7);
        assertThat(answer(ana(), "perhaps")).isEqualTo("ana");
    }

    @Test
    void withoutUserAnAccountIsForbidden() {
        assertThat(answer(null, "me", Map.of("name", "root", "id", 1))).isEqualTo(FORBIDDEN);
        assertThat(answer(null, "id", 1)).isEqualTo(FORBIDDEN);
        assertThat(answer(null, "perhaps", Map.of("name", "root", "id", 1))).isEqualTo("nobody");
    }

    @Test
    void withoutUserRulesDecideAsForAnAnonymousRequest() {
        assertThat(answer(null, "thread")).isEqualTo("anonymousUser");
        assertThat(answer(null, "all")).isEqualTo("welcome");
        assertThat(answer(null, "admins")).isEqualTo(FORBIDDEN);
        assertThat(answer(ana(), "admins")).isEqualTo(FORBIDDEN);
    }

    @Test
    void publishersHaveTheUser() {
        assertThat(answer(ana(), "reactive")).isEqualTo("ana");
        assertThat(answer(null, "reactive")).isEqualTo("someone else");
    }

    @Test
    void aFailedAuthenticationIsForbidden() {
        assertThat(answer(ana(), "login")).isEqualTo(FORBIDDEN);
    }
}
