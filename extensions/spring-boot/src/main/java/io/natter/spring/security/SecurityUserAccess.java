package io.natter.spring.security;

import io.natter.spring.controller.UserAccess;
import java.lang.annotation.Annotation;
import java.security.Principal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Mono;

/// Parameters with `@AuthenticationPrincipal`, and the security context of publishers.
public final class SecurityUserAccess implements UserAccess {
    private static final boolean HAS_REACTOR =
            ClassUtils.isPresent(
                    "reactor.core.publisher.Mono", SecurityUserAccess.class.getClassLoader());

    /// For the parameters and publishers of all handlers.
    public SecurityUserAccess() {}

    @Override
    public @Nullable Function<@Nullable Principal, @Nullable Object> parameter(
            Annotation[] annotations) {
        var found = MergedAnnotations.from(annotations).get(AuthenticationPrincipal.class);
        if (!found.isPresent()) {
            return null;
        }
        var text = found.getString("expression");
        var expression = text.isEmpty() ? null : new SpelExpressionParser().parseExpression(text);
        return principal -> value(principal, expression);
    }

    private static @Nullable Object value(
            @Nullable Principal principal, @Nullable Expression expression) {
        var user = principal instanceof Authentication known ? known.getPrincipal() : null;
        return user == null || expression == null ? user : expression.getValue(user);
    }

    @Override
    public Object publisher(Object publisher, @Nullable Principal user) {
        return HAS_REACTOR ? Reactor.with(publisher, HandlerUser.of(user)) : publisher;
    }

    /// Loaded only where there is Reactor.
    private static final class Reactor {
        static Object with(Object publisher, Authentication user) {
            return Mono.from((Publisher<?>) publisher)
                    .contextWrite(ReactiveSecurityContextHolder.withAuthentication(user));
        }
    }
}
