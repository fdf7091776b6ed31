package io.natter.spring.controller;

import io.natter.socketio.payload.PayloadException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks the arguments of methods by the constraints at their parameters.
public final class ArgumentValidator implements ArgumentCheck {
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
        return described != null && described.hasConstrainedParameters();
    }

    @Override
    public void check(Object bean, Method method, @Nullable Object[] arguments) {
        var violations = validator.forExecutables().validateParameters(bean, method, arguments);
        if (!violations.isEmpty()) {
            var found = new Violations(list(violations));
            throw new PayloadException(String.valueOf(found.getMessage()), found);
        }
    }

    private static java.util.List<Violations.Violation> list(
            Set<ConstraintViolation<Object>> violations) {
        return violations.stream()
                .map(each -> new Violations.Violation(path(each), each.getMessage()))
                .sorted(
                        Comparator.comparing(Violations.Violation::path)
                                .thenComparing(Violations.Violation::message))
                .collect(Collectors.toList());
    }

    /// Without the names of the method and, if there is more, of the parameter.
    private static String path(ConstraintViolation<?> violation) {
        var property = new StringBuilder();
        var parameter = "";
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
