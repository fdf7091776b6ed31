package io.natter.chat.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.openid.OpenIdConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A chat that makes no accounts for people of the provider.
class OpenIdLinkedOnlyTest extends OpenIdTestCase {
    @Override
    protected OpenIdConfig openId() {
        return openId(false, List.of(), null, false);
    }

    @Test
    void onlyALinkedAccountSignsIn() throws Exception {
        provider.person(Map.of("sub", "ana-1", "name", "Ana"));
        Browser other = new Browser();
        assertThat(other.problem(other.visit("sign_in"))).contains("no account here yet");
        Browser ana = new Browser(signUp("Ana"));
        assertThat(ana.outcome(ana.visit("link")).at("/done").asString()).isEqualTo("linked");
        assertThat(other.visit("sign_in")).isEqualTo("/");
        assertThat(other.name()).isEqualTo("Ana");
    }
}
