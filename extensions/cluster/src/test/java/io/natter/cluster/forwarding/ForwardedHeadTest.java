package io.natter.cluster.forwarding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The head of a request on its way to another server.
class ForwardedHeadTest {
    private static final String QUERY = "EIO=4&transport=polling&sid=abcdefghijklmnopqrst";
    private final Signature key = new Signature("k".repeat(32).getBytes(UTF_8));

    private static HttpRequest request(Map<String, List<String>> headers, boolean secure)
            throws Exception {
        return new HttpRequest(
                "GET",
                "/socket.io/",
                QUERY,
                headers,
                new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 4711),
                secure);
    }

    private static HttpRequest client() throws Exception {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("host", List.of("chat.example:8443"));
        headers.put("cookie", List.of("a=1", "b=2"));
        headers.put("x-forwarded-for", List.of("192.0.2.1"));
        headers.put("connection", List.of("Upgrade"));
        headers.put("upgrade", List.of("websocket"));
        headers.put("sec-websocket-key", List.of("AAAA"));
        headers.put("transfer-encoding", List.of("chunked"));
        headers.put("natter-forwarded", List.of("forged"));
        return request(headers, true);
    }

    /// The request as the other server gets it.
    private HttpRequest travel(HttpRequest from) throws Exception {
        var headers = new HashMap<String, List<String>>();
        headers.put("host", List.of("10.0.0.3:3000"));
        ForwardedHead.write(
                from,
                key,
                (name, value) ->
                        headers.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value));
        return new HttpRequest(
                "GET",
                from.path(),
                from.rawQuery(),
                headers,
                new InetSocketAddress(InetAddress.getByName("10.0.0.2"), 1),
                false);
    }

    @Test
    void theOtherServerSeesTheClientsAddressHostAndHeaders() throws Exception {
        var travelled = travel(client());
        assertThat(travelled.headers())
                .containsOnlyKeys("host", "cookie", "x-forwarded-for", "natter-forwarded");
        assertThat(ForwardedHead.isIn(travelled)).isTrue();
        var original = requireNonNull(ForwardedHead.read(travelled, key));
        assertThat(original.headers())
                .isEqualTo(
                        Map.of(
                                "host", List.of("chat.example:8443"),
                                "cookie", List.of("a=1", "b=2"),
                                "x-forwarded-for", List.of("192.0.2.1")));
        assertThat(original.address()).isEqualTo("2001:db8::1");
        assertThat(original.remoteAddress().getPort()).isEqualTo(4711);
        assertThat(original.secure()).isTrue();
        assertThat(ForwardedHead.isIn(original)).isFalse();
    }

    @Test
    void aRequestWithoutAHostHasNone() throws Exception {
        var original = requireNonNull(ForwardedHead.read(travel(request(Map.of(), false)), key));
        assertThat(original.headers()).isEmpty();
        assertThat(original.secure()).isFalse();
    }

    @Test
    void aSignatureOfAnotherKeyOrForAnotherSessionIsInvalid() throws Exception {
        var travelled = travel(client());
        assertThat(ForwardedHead.read(travelled, new Signature("x".repeat(32).getBytes(UTF_8))))
                .isNull();
        var other =
                new HttpRequest(
                        "GET",
                        travelled.path(),
                        QUERY.replace("abcd", "abce"),
                        travelled.headers(),
                        travelled.remoteAddress(),
                        false);
        assertThat(ForwardedHead.read(other, key)).isNull();
    }

    @Test
    void aMalformedMarkIsInvalid() throws Exception {
        for (var mark : List.of("", ".", "a", "a.b", "ä.ä", "AAAA.", ".AAAA")) {
            var sent = request(Map.of("natter-forwarded", List.of(mark)), false);
            assertThat(ForwardedHead.read(sent, key)).as(mark).isNull();
        }
        assertThat(ForwardedHead.read(request(Map.of("natter-forwarded", List.of()), false), key))
                .isNull();
    }

    @Test
    void headersThatJavaDoesNotSendTravelAsWell() throws Exception {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("cookie", List.of("a=ä€😀"));
        headers.put("origin", List.of("http://x\u0001", "", "http://y"));
        headers.put("bad name", List.of("x"));
        var sent = java.net.http.HttpRequest.newBuilder();
        ForwardedHead.write(request(headers, false), key, sent::header);
        assertThat(sent.uri(URI.create("http://localhost/")).build().headers().map())
                .containsOnlyKeys("natter-forwarded", "natter-forwarded-header");
        var original = requireNonNull(ForwardedHead.read(travel(request(headers, false)), key));
        assertThat(original.headers()).containsOnlyKeys("cookie", "origin");
        assertThat(original.header("cookie")).isEqualTo("a=ä€😀");
        assertThat(original.headers().get("origin"))
                .containsExactly("http://x\u0001", "", "http://y");
    }
}
