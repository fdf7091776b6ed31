package io.natter.spring.controller;

import io.natter.socketio.payload.PayloadException;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The answer that a client gets instead of an acknowledgement when a handler has failed.
public final class ErrorAnswers implements Function<Throwable, @Nullable Object> {
    private final Function<Throwable, @Nullable Object> otherwise;
    private final Predicate<Throwable> denied;

    /// @param otherwise answers all other failures
    /// @param denied whether a failure says that the user may not do this
    public ErrorAnswers(
            Function<Throwable, @Nullable Object> otherwise, Predicate<Throwable> denied) {
        this.otherwise = otherwise;
        this.denied = denied;
    }

    @Override
    public @Nullable Object apply(Throwable failure) {
        if (failure instanceof PayloadException && failure.getCause() instanceof Violations found) {
            return Map.of("error", "bad payload", "violations", found.list());
        }
        if (failure instanceof PrincipalRequiredException || denied.test(failure)) {
            return Map.of("error", "forbidden");
        }
        return otherwise.apply(failure);
    }
}
