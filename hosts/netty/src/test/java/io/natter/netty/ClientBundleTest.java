package io.natter.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.Cors;
import io.natter.socketio.bundle.ClientBundle;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The eight files, with the headers that Node's server gives them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientBundleTest {
    private final ClientBundle bundle =
            new ClientBundle("/socket.io", new Echo(), Cors.origins("http://a.example"));
    private final HttpClient http = HttpClient.newHttpClient();
    private NettyHost host;

    ClientBundleTest() {
        host = NettyHost.builder().endpoint(bundle).host("127.0.0.1").listen();
    }

    @BeforeAll
    void filesAreInTheBuild() {
        assertThat(bundle.version()).as("npm ci --prefix core/socketio/client").isEqualTo("4.8.4");
    }

    @AfterAll
    void stop() {
        host.close();
        http.close();
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        var request =
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + host.port() + "/socket.io/" + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket.io.js",
                "socket.io.min.js",
                "socket.io.esm.min.js",
                "socket.io.msgpack.min.js"
            })
    void servesEachScriptAndItsMap(String name) throws Exception {
        var script = get(name);
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(new String(script.body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("Socket.IO v4.8.4");
        assertThat(header(script, "Content-Type"))
                .isEqualTo("application/javascript; charset=utf-8");
        assertThat(header(script, "Cache-Control")).isEqualTo("public, max-age=0");
        assertThat(header(script, "ETag")).isEqualTo("\"4.8.4\"");
        var map = get(name + ".map?x=1");
        assertThat(map.statusCode()).isEqualTo(200);
        assertThat(header(map, "Content-Type")).isEqualTo("application/json; charset=utf-8");
    }

    @Test
    void answers304ToTheStrongAndTheWeakTag() throws Exception {
        for (var tag : new String[] {"\"4.8.4\"", "W/\"4.8.4\""}) {
            var answer = get("socket.io.js", "If-None-Match", tag);
            assertThat(answer.statusCode()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
        }
        assertThat(get("socket.io.js", "If-None-Match", "\"4.8.3\"").statusCode()).isEqualTo(200);
    }

    @Test
    void compressesAsAskedFor() throws Exception {
        var plain = get("socket.io.js").body();
        var gzip = get("socket.io.js", "Accept-Encoding", "gzip, deflate, br");
        assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(plain);
        var deflate = get("socket.io.js", "Accept-Encoding", "deflate");
        assertThat(header(deflate, "Content-Encoding")).isEqualTo("deflate");
        assertThat(new InflaterInputStream(new ByteArrayInputStream(deflate.body())).readAllBytes())
                .isEqualTo(plain);
    }

    @Test
    void sendsBrotliToClientsThatPreferIt() throws Exception {
        var first = get("socket.io.js", "Accept-Encoding", "br, gzip, deflate");
        assertThat(header(first, "Content-Encoding")).isEqualTo("br");
        assertThat(first.body().length).isLessThan(get("socket.io.js").body().length / 3);
        var weighted = get("socket.io.js.map", "Accept-Encoding", "gzip;q=0.5, br");
        assertThat(header(weighted, "Content-Encoding")).isEqualTo("br");
    }

    @Test
    void letsOtherOriginsReadIt() throws Exception {
        var answer = get("socket.io.js", "Origin", "http://a.example");
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("http://a.example");
        assertThat(header(answer, "Vary")).isEqualTo("Origin, Accept-Encoding");
    }

    @Test
    void givesOtherNamesToTheServerBehind() throws Exception {
        assertThat(bundle.isClient("/socket.io/nope.js")).isFalse();
        assertThat(bundle.isClient("/socket.io/socket.io.js.map.map")).isFalse();
        assertThat(get("nope.js").statusCode()).isEqualTo(404);
        assertThat(bundle.matches("/echo")).isTrue();
    }
}
