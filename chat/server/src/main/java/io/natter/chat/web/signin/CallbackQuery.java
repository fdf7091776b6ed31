package io.natter.chat.web.signin;

import io.natter.chat.domain.ChatError;
import io.natter.chat.log.SafeText;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters with which a provider sends a browser back.
///
/// @param description what the provider says of the error
/// @param issuer RFC 9207's `iss`
record CallbackQuery(
        @Nullable String state,
        @Nullable String code,
        @Nullable String error,
        @Nullable String description,
        @Nullable String issuer) {
    private static final int MOST = 20;

    /// RFC 6749, 4.1.2.1: the request was wrong, so nobody can sign in.
    private static final Set<String> WRONG_REQUEST =
            Set.of(
                    "invalid_request",
                    "invalid_client",
                    "unauthorized_client",
                    "unsupported_response_type",
                    "invalid_scope");

    static CallbackQuery of(String uri) {
        QueryStringDecoder query = new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MOST);
        return new CallbackQuery(
                one(query, "state"),
                one(query, "code"),
                one(query, "error"),
                one(query, "error_description"),
                one(query, "iss"));
    }

    private static @Nullable String one(QueryStringDecoder query, String name) {
        List<String> values = query.parameters().get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    /// The sentence for the person.
    ///
    /// @param label the name of the provider
    ChatError refusal(String label) {
        // Keycloak ends a page that was open too long so, and asks for another try at once.
        if ("authentication_expired".equals(description)) {
            return ChatError.stepOver();
        }
        if ("server_error".equals(error) || "temporarily_unavailable".equals(error)) {
            return ChatError.providerAway(label);
        }
        return error != null && WRONG_REQUEST.contains(error)
                ? ChatError.providerSetup(label)
                : ChatError.providerRefused(label);
    }

    /// The line of the log.
    String reason() {
        String why = description == null ? "" : " (" + description + ")";
        return SafeText.line((error == null ? "no code" : error) + why);
    }

    /// Without what is secret.
    @Override
    public String toString() {
        return "CallbackQuery[hidden]";
    }
}
