package io.natter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedClientAddressTest {
    private final ForwardedClientAddress clients =
            ForwardedClientAddress.trusting("loopback", "10.0.0.0/8", "fd00::/8");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // an untrusted peer is the client, whatever it says
                "192.0.2.9; 198.51.100.1; 192.0.2.9",
                // a trusted peer names it
                "127.0.0.1; 198.51.100.1; 198.51.100.1",
                "::1; 198.51.100.1; 198.51.100.1",
                "127.9.9.9; 198.51.100.1; 198.51.100.1",
                // what stands before the last untrusted address may be forged
                "127.0.0.1; 203.0.113.7, 198.51.100.1; 198.51.100.1",
                "127.0.0.1; 127.0.0.1, 198.51.100.1; 198.51.100.1",
                // further trusted proxies are passed over
                "127.0.0.1; 203.0.113.7, 198.51.100.1, 10.1.2.3; 198.51.100.1",
                "127.0.0.1; 10.1.2.3; 10.1.2.3",
                // with ports
                "127.0.0.1; 198.51.100.1:4711; 198.51.100.1",
                "127.0.0.1; [2001:db8::7]:4711; 2001:db8::7",
                "127.0.0.1; 2001:db8::7; 2001:db8::7",
                "127.0.0.1; ::ffff:198.51.100.1; 198.51.100.1",
                // addresses before an invalid entry are not trusted
                "127.0.0.1; 198.51.100.1, unknown; 127.0.0.1",
                "127.0.0.1; 198.51.100.1, ; 127.0.0.1",
                "127.0.0.1; example.com; 127.0.0.1",
                "127.0.0.1; fe80::1%eth0; 127.0.0.1",
            })
    void xForwardedForIsReadFromItsEnd(String peer, String header, String client) {
        assertThat(clients.client(address(peer), List.of(header), List.of()))
                .isEqualTo(address(client));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "'for=198.51.100.1'; 198.51.100.1",
                "'For=198.51.100.1;proto=https;by=10.0.0.1'; 198.51.100.1",
                "'proto=https;for=\"198.51.100.1:4711\"'; 198.51.100.1",
                "'for=\"[2001:db8::7]:4711\"'; 2001:db8::7",
                "'for=203.0.113.7, for=198.51.100.1'; 198.51.100.1",
                "'for=198.51.100.1, for=_hidden'; 127.0.0.1",
                "'for=198.51.100.1, proto=https'; 127.0.0.1",
            })
    void forwardedIsReadFromItsEnd(String header, String client) {
        assertThat(clients.client(address("127.0.0.1"), List.of(), List.of(header)))
                .isEqualTo(address(client));
    }

    @Test
    void severalHeadersAreOneList() {
        var headers = List.of("203.0.113.7", "198.51.100.1", "10.1.2.3");
        assertThat(clients.client(address("127.0.0.1"), headers, List.of()))
                .isEqualTo(address("198.51.100.1"));
    }

    @Test
    void xForwardedForGoesBeforeForwarded() {
        assertThat(
                        clients.client(
                                address("127.0.0.1"),
                                List.of("198.51.100.1"),
                                List.of("for=203.0.113.7")))
                .isEqualTo(address("198.51.100.1"));
    }

    @Test
    void ipv6ClientsAreCountedByTheirNetwork() {
        assertThat(clients.of(request("2001:db8:1:2:aaaa::1", null)))
                .isEqualTo(clients.of(request("2001:db8:1:2:bbbb::2", null)))
                .isEqualTo(address("2001:db8:1:2::"))
                .isNotEqualTo(clients.of(request("2001:db8:1:3::1", null)));
        assertThat(clients.of(request("::1", "2001:db8:1:2:cccc::3")))
                .isEqualTo(address("2001:db8:1:2::"));
        assertThat(clients.of(request("192.0.2.9", null))).isEqualTo(address("192.0.2.9"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "::1/129",
                "10.0.0.0/",
                "/8"
            })
    void aMalformedNetworkIsRefused(String proxy) {
        assertThatThrownBy(() -> ForwardedClientAddress.trusting(proxy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a proxy is an address");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.128/25, 10.0.0.129, true",
        "10.0.0.128/25, 10.0.0.127, false",
        "0.0.0.0/0, 203.0.113.1, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
    })
    void networksContainWhatSharesTheirFirstBits(String network, String address, boolean inside) {
        assertThat(ForwardedClientAddress.trusting(network).isTrusted(address(address)))
                .isEqualTo(inside);
    }

    private static HttpRequest request(String peer, @Nullable String via) {
        return new HttpRequest(
                "GET",
                "/",
                "",
                via == null ? Map.of() : Map.of("x-forwarded-for", List.of(via)),
                new InetSocketAddress(address(peer), 1),
                false);
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
