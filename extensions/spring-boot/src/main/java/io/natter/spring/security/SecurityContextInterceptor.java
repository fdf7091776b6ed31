package io.natter.spring.security;

import io.natter.socketio.HandlerCall;
import io.natter.socketio.HandlerInterceptor;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;

/// Sets the security context for each handler, from the principal of the handshake. So
/// `@PreAuthorize` and `SecurityContextHolder` work in handlers and in what they call. A socket
/// without user is anonymous there.
public final class SecurityContextInterceptor implements HandlerInterceptor {

    /// Sets no context yet.
    public SecurityContextInterceptor() {}

    @Override
    public void around(HandlerCall call) throws Exception {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(HandlerUser.of(call.socket().handshake().principal()));
        SecurityContextHolder.setContext(context);
        try {
            call.proceed();
        } finally {
            // The thread runs other handlers afterwards.
            SecurityContextHolder.clearContext();
        }
    }

    /// Whether a failure says that the user may not do this.
    public static boolean isDenied(Throwable failure) {
        return failure instanceof AccessDeniedException
                || failure instanceof AuthenticationException;
    }
}
