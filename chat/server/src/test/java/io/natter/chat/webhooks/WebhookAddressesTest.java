package io.natter.chat.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAddressesTest {
    private final WebhookAddresses addresses = new WebhookAddresses(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.8.8.8",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesAddressesThatAreNotPublic(String address) throws Exception {
        assertThat(addresses.allow(InetAddress.ofLiteral(address), true)).isFalse();
        String host = address.contains(":") ? "[" + address + "]" : address;
        assertThat(addresses.fault("https://" + host + "/hook")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "192.167.1.1", "2606:4700::1111"})
    void reachesPublicAddressesOverTls(String address) throws Exception {
        InetAddress to = InetAddress.ofLiteral(address);
        assertThat(addresses.allow(to, true)).isTrue();
        assertThat(addresses.allow(to, false)).as("without TLS").isFalse();
    }

    @Test
    void reachesWhatTheOperatorAllows() throws Exception {
        var own = new WebhookAddresses(List.of("loopback", "10.0.0.0/8"));
        assertThat(own.allow(InetAddress.ofLiteral("127.0.0.1"), false)).isTrue();
        assertThat(own.allow(InetAddress.ofLiteral("10.9.9.9"), false)).isTrue();
        assertThat(own.allow(InetAddress.ofLiteral("192.168.0.1"), true)).isFalse();
        assertThat(own.fault("http://localhost:8080/x")).isEmpty();
        assertThatThrownBy(() -> new WebhookAddresses(List.of("example.com")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "ftp://example.com/",
                "file:///etc/passwd",
                "https://user:secret@example.com/",
                "https://example.com/#x",
                "https:///x",
                "http://localhost/",
                "https://localhost/",
                "https://a b/"
            })
    void refusesOtherAddresses(String url) {
        assertThat(addresses.fault(url)).isPresent();
    }

    @Test
    void takesNamesWhichAreCheckedAtTheConnection() {
        assertThat(addresses.fault("https://example.com:8443/hook?a=b")).isEmpty();
    }
}
