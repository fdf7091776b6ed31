package io.natter.chat.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.openid.OpenIdConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A chat that lets in only people with an address of `acme.example` in the group `chat`, and makes
/// accounts for them.
class OpenIdRefusalTest extends OpenIdTestCase {
    private static final List<String> GROUPS = List.of("staff", "chat");

    @Override
    protected OpenIdConfig openId() {
        return openId(
                true,
                List.of("acme.example"),
                new OpenIdConfig.Requirement("roles.groups", "chat"),
                false);
    }

    private String problem(Object email, Object verified, Object groups) throws Exception {
        provider.person(
                Map.of(
                        "sub",
                        "ana-1",
                        "name",
                        "Ana",
                        "email",
                        email,
                        "email_verified",
                        verified,
                        "roles",
                        Map.of("groups", groups)));
        Browser ana = new Browser();
        String there = ana.visit("sign_in");
        if (there.equals("/")) {
            return "";
        }
        assertThat(ana.session).isEmpty();
        return ana.problem(there);
    }

    @Test
    void othersAreRefusedWithASentence() throws Exception {
        assertThat(problem("ana@evil.example", true, GROUPS)).contains("may not use this chat");
        assertThat(problem("ana@acme.example.evil", true, GROUPS)).contains("may not use");
        assertThat(problem("acme.example", true, GROUPS)).contains("may not use");
        assertThat(problem("ana@acme.example", false, GROUPS)).contains("may not use");
        assertThat(problem("ana@acme.example", true, List.of("chatter"))).contains("may not use");
        assertThat(problem("ana@acme.example", true, List.of())).contains("may not use");
        assertThat(problem("ana@ACME.example", true, GROUPS)).isEmpty();
        // Also with an account: the provider may have taken the group away.
        assertThat(problem("ana@acme.example", true, "none")).contains("may not use");
    }
}
