package io.natter.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HttpRequestTest {
    private static final Key<String> LANGUAGE = Key.of("language", String.class);

    private static HttpRequest request(String... cookies) {
        return new HttpRequest(
                "GET",
                "/",
                "",
                Map.of("cookie", List.of(cookies)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 49152),
                false);
    }

    @Test
    void readsCookiesAsNpmCookieDoes() {
        assertThat(request("a=1; b=\"two\";c=%C3%A9;a=9; d=x=y; =e; f", "g=").cookies())
                .containsExactly(
                        Map.entry("a", "1"),
                        Map.entry("b", "two"),
                        Map.entry("c", "é"),
                        Map.entry("d", "x=y"),
                        Map.entry("g", ""));
        assertThat(request("a=%zz; b=%ff; c=1+2").cookies())
                .containsExactly(
                        Map.entry("a", "%zz"), Map.entry("b", "%ff"), Map.entry("c", "1+2"));
        assertThat(request().cookies()).isEmpty();
    }

    @Test
    void theAddressNamesNoInterface() throws Exception {
        var bytes = new byte[] {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        var scoped = Inet6Address.getByAddress(null, bytes, 3);
        assertThat(scoped.getHostAddress()).contains("%");
        var request =
                new HttpRequest(
                        "GET", "/", "", Map.of(), new InetSocketAddress(scoped, 49152), false);
        assertThat(request.address()).isEqualTo("fe80::1");
    }

    @Test
    void attributesAreThoseOfTheParentUntilTheyAreSet() {
        Principal ana = () -> "ana";
        var outer = new Attributes().set(Attributes.PRINCIPAL, ana).set(LANGUAGE, "pt");
        var inner = new Attributes(outer).set(LANGUAGE, "de");
        assertThat(inner.get(Attributes.PRINCIPAL)).isSameAs(ana);
        assertThat(inner.get(LANGUAGE)).isEqualTo("de");
        assertThat(outer.get(LANGUAGE)).isEqualTo("pt");
        assertThat(inner.set(LANGUAGE, null).get(LANGUAGE)).isEqualTo("pt");
        assertThat(inner.get(Key.of("language", Integer.class))).isNull();
    }

    @Test
    void aKeyOfAPrimitiveTypeHasItsBox() {
        var count = Key.of("count", int.class);
        assertThat(new Attributes().set(count, 7).get(count)).isEqualTo(7);
        assertThat(count).isEqualTo(Key.of("count", Integer.class));
    }
}
