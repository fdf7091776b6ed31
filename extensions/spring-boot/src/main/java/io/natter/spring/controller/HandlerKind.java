package io.natter.spring.controller;

import io.natter.spring.OnConnect;
import io.natter.spring.OnDisconnect;
import io.natter.spring.OnEvent;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;

/// For which occasion a method is.
enum HandlerKind {
    CONNECT("@OnConnect", "Socket, Namespace, SocketIoServer, Handshake and Principal"),
    EVENT("@OnEvent", "those of @OnConnect, Ack, Args and the arguments of the event"),
    DISCONNECT("@OnDisconnect", "those of @OnConnect and DisconnectReason");

    final String annotation;
    final String parameters;

    HandlerKind(String annotation, String parameters) {
        this.annotation = annotation;
        this.parameters = parameters;
    }

    /// The kinds that the annotations of a method name; more than one is a mistake.
    static List<HandlerKind> of(Method method) {
        var kinds = new ArrayList<HandlerKind>();
        if (AnnotatedElementUtils.hasAnnotation(method, OnConnect.class)) {
            kinds.add(CONNECT);
        }
        if (event(method) != null) {
            kinds.add(EVENT);
        }
        if (AnnotatedElementUtils.hasAnnotation(method, OnDisconnect.class)) {
            kinds.add(DISCONNECT);
        }
        return kinds;
    }

    /// The event that a method handles, or null.
    static @Nullable String event(Method method) {
        var found = AnnotatedElementUtils.findMergedAnnotation(method, OnEvent.class);
        return found == null ? null : found.value();
    }
}
