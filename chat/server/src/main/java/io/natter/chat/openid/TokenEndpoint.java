package io.natter.chat.openid;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Exchanges codes for tokens at the provider. Blocks; its errors are those that people see, and
/// the log has the reasons. Any thread.
final class TokenEndpoint {
    private final OpenIdConfig config;
    private final ProviderHttp http;

    /// Whether a provider that takes the secret in both places refused it in the header.
    private volatile boolean inForm;

    TokenEndpoint(OpenIdConfig config, ProviderHttp http) {
        this.config = config;
        this.http = http;
    }

    /// The answer to a request for tokens.
    ///
    /// @param error empty for tokens
    private record Tokens(int status, JsonNode json, String error) {
        /// The client was not let in. Keycloak has an error of its own for this.
        boolean clientRefused() {
            return error.equals("invalid_client") || status == 401;
        }
    }

    /// @throws ChatException with `provider_away`, `provider_refused` or `provider_setup`
    JsonNode exchange(ProviderMetadata metadata, OpenIdProvider.Attempt attempt, String code) {
        boolean either =
                metadata.secret() == ProviderMetadata.Secret.EITHER
                        && !config.clientSecret().isEmpty();
        boolean form = metadata.secret() == ProviderMetadata.Secret.FORM || (either && inForm);
        Tokens answer = ask(metadata, attempt, code, form);
        if (either && answer.clientRefused()) {
            Tokens second = ask(metadata, attempt, code, !form);
            if (!second.clientRefused()) {
                inForm = !form;
                answer = second;
            }
        }
        if (answer.error().isEmpty()) {
            return answer.json();
        }
        String why = answer.json().path("error_description").asString("no description");
        OpenIdProvider.tell("the token endpoint refused", answer.error() + " (" + why + ")");
        // The code is old, used up or another's; everything else is the fault of a setting.
        throw (answer.error().equals("invalid_grant")
                        ? ChatError.providerRefused(config.label())
                        : ChatError.providerSetup(config.label()))
                .exception();
    }

    private Tokens ask(
            ProviderMetadata metadata,
            OpenIdProvider.Attempt attempt,
            String code,
            boolean secretInForm) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", attempt.redirect().toString());
        form.put("code_verifier", attempt.verifier());
        Map<String, String> headers = new HashMap<>();
        if (config.clientSecret().isEmpty()) {
            form.put("client_id", config.clientId());
        } else if (secretInForm) {
            form.put("client_id", config.clientId());
            form.put("client_secret", config.clientSecret());
        } else {
            headers.put("Authorization", basic());
        }
        try {
            return read(http.post(metadata.token(), form, headers));
        } catch (IOException e) {
            throw away(metadata, String.valueOf(e.getMessage()));
        }
    }

    /// RFC 6749, 2.3.1.
    private String basic() {
        String pair =
                ProviderHttp.encode(config.clientId())
                        + ":"
                        + ProviderHttp.encode(config.clientSecret());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /// An answer without JSON comes from something before the provider.
    private static Tokens read(HttpResponse<String> answer) throws IOException {
        int status = answer.statusCode();
        try {
            JsonNode json = ProviderMetadata.JSON.readTree(answer.body());
            String error = json.path("error").asString("");
            if (json.isObject() && (status == 200 ? error.isEmpty() : !error.isEmpty())) {
                if (status / 100 != 5) {
                    return new Tokens(status, json, error);
                }
            }
        } catch (JacksonException _) {
            throw new IOException("it answers %d, and no JSON".formatted(status));
        }
        throw new IOException("it answers %d".formatted(status));
    }

    private ChatException away(ProviderMetadata metadata, String why) {
        OpenIdProvider.tell("the token endpoint failed", metadata.token() + ": " + why);
        return ChatError.providerAway(config.label()).exception();
    }
}
