package io.natter.chat.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelyingPartyTest {
    private final RelyingParty relyingParty =
            new RelyingParty(List.of("https://Example.com", "https://chat.example.org:8443"));

    @ParameterizedTest
    @CsvSource({
        "https://example.com, example.com",
        "https://chat.example.com, example.com",
        "https://a.chat.example.com:444, example.com",
        "https://badexample.com, badexample.com",
        "https://example.com.evil.example, example.com.evil.example",
        "https://chat.example.org:8443, chat.example.org",
        "https://example.org, example.org",
        "http://localhost:3000, localhost",
        "http://chat.localhost, chat.localhost",
    })
    void isTheHostOfThePageOrItsConfiguredParent(String origin, String id) {
        assertThat(relyingParty.id(origin)).contains(id);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "http://example.com",
                "http://127.0.0.1:3000",
                "https://192.0.2.1",
                "https://[::1]",
                "null",
                "",
                "https://",
                "not an address"
            })
    void isMissingWhereBrowsersHaveNoPasskeys(@Nullable String origin) {
        assertThat(relyingParty.id(origin)).isEmpty();
    }

    @Test
    void isTheHostOfThePageWithoutConfiguredAddresses() {
        assertThat(new RelyingParty(List.of()).id("https://chat.example.com"))
                .contains("chat.example.com");
    }
}
