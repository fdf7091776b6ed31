package io.natter.spring;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;

/// Tells a native image what the handlers need: the methods themselves, and the types that are read
/// from JSON and written to it.
final class HandlerHints implements ReflectiveProcessor {
    private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

    @Override
    public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
        if (!(element instanceof Method method)) {
            return;
        }
        hints.registerMethod(method, ExecutableMode.INVOKE);
        for (Type type : method.getGenericParameterTypes()) {
            bind(hints, type);
        }
        bind(hints, method.getGenericReturnType());
    }

    private void bind(ReflectionHints hints, Type type) {
        if (!type.getTypeName().startsWith("io.natter.") && type != void.class) {
            bindings.registerReflectionHints(hints, type);
        }
    }
}
