package io.natter.spring.controller;

import io.natter.spring.NatterSetupException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/// Checks what can be known of a method before it is called.
final class Signature {
    /// Names that Socket.IO keeps for itself.
    private static final Map<String, String> RESERVED =
            Map.of(
                    "connect", "use @OnConnect",
                    "connection", "use @OnConnect",
                    "disconnect", "use @OnDisconnect",
                    "disconnecting", "use @OnDisconnect",
                    "connect_error", "only clients have this event",
                    "newListener", "Natter has no such event",
                    "removeListener", "Natter has no such event");

    private Signature() {}

    /// A method as `ChatController.send(Socket, Message)`.
    static String text(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(
                        Collectors.joining(
                                ", ",
                                method.getDeclaringClass().getSimpleName()
                                        + '.'
                                        + method.getName()
                                        + '(',
                                ")"));
    }

    static NatterSetupException wrong(Method method, String problem, String action) {
        return new NatterSetupException(text(method) + " " + problem + ".", action + ".");
    }

    static void check(Method method, HandlerKind kind) {
        if (Modifier.isStatic(method.getModifiers())) {
            throw wrong(method, "is static", "Make it a method of the bean");
        }
        var parameters = method.getParameterTypes();
        if (parameters.length > 0
                && parameters[parameters.length - 1]
                        .getName()
                        .equals("kotlin.coroutines.Continuation")) {
            throw wrong(
                    method,
                    "is a suspend function, which is not supported",
                    "Make it an ordinary function: it may block");
        }
        boolean isVoid = method.getReturnType() == void.class;
        if (kind != HandlerKind.EVENT && !isVoid) {
            throw wrong(
                    method,
                    "returns a value, and there is nothing to acknowledge in " + kind.annotation,
                    "Make it void");
        }
        if (kind == HandlerKind.EVENT) {
            checkEvent(method);
        }
    }

    private static void checkEvent(Method method) {
        var event = HandlerKind.event(method);
        if (event == null || event.isEmpty()) {
            throw wrong(method, "names no event", "Write @OnEvent(\"name\")");
        }
        var instead = RESERVED.get(event);
        if (instead != null) {
            throw wrong(
                    method,
                    "handles \"" + event + "\", a name that Socket.IO reserves",
                    "Choose another name, or " + instead);
        }
        boolean hasAck =
                Arrays.asList(method.getParameterTypes()).contains(io.natter.socketio.Ack.class);
        if (hasAck && method.getReturnType() != void.class) {
            throw wrong(
                    method,
                    "both returns a value and has a parameter Ack",
                    "Return the acknowledgement, or make the method void and call ack.send");
        }
        var adapter = adapter(method);
        if (adapter != null && adapter.isMultiValue()) {
            throw wrong(
                    method,
                    "returns many values, and an acknowledgement is one",
                    "Return a Mono, a CompletionStage or the value");
        }
    }

    /// Converts what the method returns, where that is a `Mono` or of a similar type.
    static @Nullable ReactiveAdapter adapter(Method method) {
        if (CompletionStage.class.isAssignableFrom(method.getReturnType())) {
            return null;
        }
        var registry = ReactiveAdapterRegistry.getSharedInstance();
        return registry.hasAdapters() ? registry.getAdapter(method.getReturnType()) : null;
    }
}
