package io.natter.spring.controller;

import io.natter.socketio.payload.PayloadException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.validation.annotation.Validated;

/// Checks the arguments of methods by the constraints at their parameters. `@Validated` means the
/// same as in Spring: at a parameter it checks the argument, at the method or its class it names
/// the groups for all of them.
public final class ArgumentValidator implements ArgumentCheck {
    private static final Comparator<Violations.Violation> ORDER =
            Comparator.comparing(Violations.Violation::path)
                    .thenComparing(Violations.Violation::message);

    private final Validator validator;

    /// With the application's validator.
    public ArgumentValidator(Validator validator) {
        this.validator = validator;
    }

    @Override
    public boolean applies(Class<?> bean, Method method) {
        var described =
                validator
                        .getConstraintsForClass(bean)
                        .getConstraintsForMethod(method.getName(), method.getParameterTypes());
        return (described != null && described.hasConstrainedParameters())
                || Arrays.stream(method.getParameters()).anyMatch(each -> validated(each) != null);
    }

    @Override
    public void check(Object bean, Method method, @Nullable Object[] arguments) {
        var found = new TreeSet<>(ORDER);
        var own = validated(method);
        var all = own == null ? validated(bean.getClass()) : own;
        add(
                validator.forExecutables().validateParameters(bean, method, arguments, groups(all)),
                "",
                found);
        var parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            var validated = validated(parameters[i]);
            var argument = arguments[i] instanceof Optional<?> o ? o.orElse(null) : arguments[i];
            if (validated != null && argument != null) {
                var violations = validator.validate(argument, validated.value());
                add(violations, parameters[i].getName(), found);
            }
        }
        if (!found.isEmpty()) {
            var violations = new Violations(List.copyOf(found));
            throw new PayloadException(String.valueOf(violations.getMessage()), violations);
        }
    }

    private static @Nullable Validated validated(AnnotatedElement element) {
        return AnnotatedElementUtils.findMergedAnnotation(element, Validated.class);
    }

    private static Class<?>[] groups(@Nullable Validated validated) {
        return validated == null ? new Class<?>[0] : validated.value();
    }

    private static void add(
            Set<? extends ConstraintViolation<?>> violations,
            String parameter,
            Set<Violations.Violation> to) {
        for (var each : violations) {
            to.add(new Violations.Violation(path(each, parameter), each.getMessage()));
        }
    }

    /// Without the names of the method and, if there is more, of the parameter.
    private static String path(ConstraintViolation<?> violation, String argument) {
        var property = new StringBuilder();
        var parameter = argument;
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PARAMETER) {
                parameter = node.getName();
            } else if (node.getKind() != ElementKind.METHOD) {
                append(property, node);
            }
        }
        return property.isEmpty() ? parameter : property.toString();
    }

    private static void append(StringBuilder property, Path.Node node) {
        if (node.isInIterable()) {
            Object place = node.getIndex() == null ? node.getKey() : node.getIndex();
            property.append('[').append(place == null ? "" : place).append(']');
        }
        if (node.getName() != null && node.getKind() == ElementKind.PROPERTY) {
            property.append(property.isEmpty() ? "" : ".").append(node.getName());
        }
    }
}
