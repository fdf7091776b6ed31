package io.natter.chat.web.signin;

import io.natter.chat.log.SafeText;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters with which a provider sends a browser back.
///
/// @param issuer RFC 9207's `iss`
record CallbackQuery(
        @Nullable String state,
        @Nullable String code,
        @Nullable String error,
        @Nullable String issuer) {
    private static final int MOST = 20;

    static CallbackQuery of(String uri) {
        QueryStringDecoder query = new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MOST);
        return new CallbackQuery(
                one(query, "state"), one(query, "code"), one(query, "error"), one(query, "iss"));
    }

    private static @Nullable String one(QueryStringDecoder query, String name) {
        List<String> values = query.parameters().get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    /// Whether the provider itself has a fault, and nobody was refused.
    boolean isAway() {
        return "server_error".equals(error) || "temporarily_unavailable".equals(error);
    }

    String safeError() {
        return SafeText.line(error == null ? "no code" : error);
    }

    /// Without what is secret.
    @Override
    public String toString() {
        return "CallbackQuery[hidden]";
    }
}
