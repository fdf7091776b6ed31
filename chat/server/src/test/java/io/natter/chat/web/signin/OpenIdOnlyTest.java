package io.natter.chat.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.openid.OpenIdConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A chat where people sign in at the provider only.
class OpenIdOnlyTest extends OpenIdTestCase {
    @Override
    protected OpenIdConfig openId() {
        return openId(true, List.of(), null, true);
    }

    @Test
    void passwordsPasskeysAndGuestsAreOff() throws Exception {
        for (String path : List.of("/api/session", "/api/login", "/api/account")) {
            var refused = post("", path, "{'name':'Ann','password':'%s'}", PASSWORD);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(code(refused)).isEqualTo("openid_only");
            assertThat(json(refused).at("/err/message").asString()).contains("Acme");
        }
        assertThat(code(post("", "/api/passkeys/options", "{'purpose':'sign_in'}")))
                .isEqualTo("openid_only");
        JsonNode nobody = json(get("", "/api/session"));
        assertThat(nobody.at("/place/policy").asString()).isEqualTo("accounts");
        JsonNode ways = json(get("", "/api/ways"));
        assertThat(ways.at("/password").asBoolean()).isFalse();
        assertThat(ways.at("/passkeys").asBoolean()).isFalse();
        assertThat(ways.at("/openid/label").asString()).isEqualTo("Acme");
        provider.person(Map.of("sub", "ana-1", "name", "Ana"));
        Browser ana = new Browser();
        assertThat(ana.visit("sign_in")).isEqualTo("/");
        String id = ana.methods().at("/identities/0/id").asString();
        assertThat(code(ana.post("/api/identities/remove", "{'id':'%s'}", id)))
                .isEqualTo("last_method");
    }
}
