package io.natter.spring.controller;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/// Checks the arguments of a method before it is called.
public interface ArgumentCheck {
    /// Checks nothing.
    ArgumentCheck NONE =
            new ArgumentCheck() {
                @Override
                public boolean applies(Class<?> bean, Method method) {
                    return false;
                }

                @Override
                public void check(Object bean, Method method, @Nullable Object[] arguments) {}
            };

    /// Whether there is something to check for this method.
    boolean applies(Class<?> bean, Method method);

    /// Checks the arguments.
    ///
    /// @throws io.natter.socketio.payload.PayloadException if they are not allowed
    void check(Object bean, Method method, @Nullable Object[] arguments);
}
