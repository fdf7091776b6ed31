package io.natter.spring.controller;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotations;

/// Refuses parameters of other kinds of handlers. They would else be read from what the client has
/// sent, which for a user would let each client choose who it is.
final class ForeignParameters {
    private static final String SECURITY = "org.springframework.security.";

    private static final List<String> TYPES =
            List.of(
                    "jakarta.servlet.",
                    "jakarta.websocket.",
                    "org.springframework.web.",
                    "org.springframework.messaging.",
                    SECURITY);

    private static final List<String> ANNOTATIONS =
            List.of(
                    "jakarta.ws.rs.",
                    "org.springframework.web.bind.annotation.",
                    "org.springframework.messaging.handler.annotation.",
                    SECURITY);

    /// Natter's rules are the same for these.
    private static final Set<String> HARMLESS =
            Set.of(
                    "org.springframework.messaging.handler.annotation.Payload",
                    "org.springframework.web.bind.annotation.RequestBody");

    private ForeignParameters() {}

    /// @throws io.natter.spring.NatterSetupException for a parameter that is no argument
    static void check(Method method, Class<?> type, Annotation[] annotations) {
        var annotation = annotation(annotations);
        if (annotation != null) {
            throw Signature.wrong(
                    method, "has a parameter with @" + simple(annotation), advice(annotation));
        }
        var name = type.getName();
        if (TYPES.stream().anyMatch(name::startsWith)) {
            boolean isUser = name.startsWith(SECURITY);
            throw Signature.wrong(
                    method,
                    "has a parameter of type "
                            + name
                            + (isUser ? "" : ", and there is no HTTP request"),
                    advice(name));
        }
    }

    private static String advice(String name) {
        return name.startsWith(SECURITY)
                ? "Take a Principal or Authentication, or add @AuthenticationPrincipal"
                : "Take a Handshake: it has headers, cookies, attributes and the principal";
    }

    private static @Nullable String annotation(Annotation[] annotations) {
        return MergedAnnotations.from(annotations).stream()
                .map(each -> each.getType().getName())
                .filter(each -> ANNOTATIONS.stream().anyMatch(each::startsWith))
                .filter(each -> !HARMLESS.contains(each))
                .findFirst()
                .orElse(null);
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
