package io.natter.spring.controller;

import java.lang.annotation.Annotation;
import java.security.Principal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gives handlers the user in the ways of a security library.
public interface UserAccess {
    /// Knows no such library.
    UserAccess NONE =
            new UserAccess() {
                @Override
                public @Nullable Function<@Nullable Principal, @Nullable Object> parameter(
                        Annotation[] annotations) {
                    return null;
                }

                @Override
                public Object publisher(Object publisher, @Nullable Principal user) {
                    return publisher;
                }
            };

    /// How the principal of the handshake becomes the value of a parameter with these annotations.
    /// Null if the library has no such parameter.
    @Nullable Function<@Nullable Principal, @Nullable Object> parameter(Annotation[] annotations);

    /// A publisher that runs with the user. (The types are not those of Reactive Streams, because
    /// an application may lack them.)
    Object publisher(Object publisher, @Nullable Principal user);
}
