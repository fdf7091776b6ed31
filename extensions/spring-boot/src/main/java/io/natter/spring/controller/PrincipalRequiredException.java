package io.natter.spring.controller;

import java.io.Serial;
import java.lang.reflect.Method;

/// A method needs a user, and the socket has none or one of another type.
final class PrincipalRequiredException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    PrincipalRequiredException(Method method, Class<?> type) {
        super(
                Signature.text(method)
                        + " needs a "
                        + type.getSimpleName()
                        + ", and the handshake's principal is none. Let Spring Security refuse such"
                        + " requests, or annotate the parameter with @Nullable");
    }
}
