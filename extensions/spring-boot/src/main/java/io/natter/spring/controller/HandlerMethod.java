package io.natter.spring.controller;

import io.natter.socketio.payload.JsonMapping;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.ReactiveAdapter;
import org.springframework.util.ReflectionUtils;

/// A method of a controller, ready to be called. Any thread.
final class HandlerMethod {
    private final Object bean;
    private final Object target;
    private final Method declared;
    private final Method invoked;
    private final Parameters parameters;
    private final ArgumentCheck check;
    private final UserAccess users;
    private final @Nullable ReactiveAdapter adapter;

    /// @param declared the method of the controller's class, which has the annotations
    /// @throws io.natter.spring.NatterSetupException if it cannot be a handler
    HandlerMethod(
            Object bean,
            Method declared,
            HandlerKind kind,
            JsonMapping mapping,
            ArgumentCheck check,
            UserAccess users) {
        this.bean = bean;
        var singleton = AopProxyUtils.getSingletonTarget(bean);
        this.target = singleton == null ? bean : singleton;
        this.declared = declared;
        Signature.check(declared, kind);
        var type = AopUtils.getTargetClass(bean);
        this.parameters = Parameters.of(declared, type, kind, mapping, users);
        this.users = users;
        this.invoked = AopUtils.selectInvocableMethod(declared, bean.getClass());
        ReflectionUtils.makeAccessible(invoked);
        this.check = check.applies(type, declared) ? check : ArgumentCheck.NONE;
        this.adapter = kind == HandlerKind.EVENT ? Signature.adapter(declared) : null;
    }

    boolean returnsNothing() {
        return declared.getReturnType() == void.class;
    }

    /// Whether it answers the event itself.
    boolean hasAck() {
        for (var type : declared.getParameterTypes()) {
            if (type == io.natter.socketio.Ack.class) {
                return true;
            }
        }
        return false;
    }

    Method method() {
        return declared;
    }

    /// Calls the method. A `Mono` comes back as a future.
    ///
    /// @throws Exception that the method throws
    @Nullable Object call(Occasion occasion) throws Exception {
        var arguments = parameters.resolve(occasion);
        check.check(target, declared, arguments);
        try {
            var result = invoked.invoke(bean, arguments);
            return adapter == null || result == null ? result : future(adapter, result, occasion);
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        }
    }

    private static Exception unwrapped(InvocationTargetException failure) {
        var cause = failure.getTargetException();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof Exception exception ? exception : failure;
    }

    private CompletableFuture<@Nullable Object> future(
            ReactiveAdapter adapter, Object result, Occasion occasion) {
        var user = occasion.socket().handshake().principal();
        return SingleValue.of((Publisher<?>) users.publisher(adapter.toPublisher(result), user));
    }
}
