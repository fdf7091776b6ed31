package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class PageServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final DisposableServer server = serve("test-web/");

    private static DisposableServer serve(String root) {
        PageServer page = new PageServer(PageServerTest.class.getClassLoader(), root);
        return HttpServer.create()
                .host("127.0.0.1")
                .httpRequestDecoder(spec -> spec.maxInitialLineLength(8192)) // as the chat's
                .handle(page::serve)
                .bindNow();
    }

    @AfterEach
    void stop() {
        server.disposeNow();
        client.close();
    }

    @Test
    void thePageIsAskedForEachTimeAndMostlyNotSentAgain() throws Exception {
        HttpResponse<byte[]> first = get("/");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        assertThat(text(first)).contains("<title>test</title>");
        HttpResponse<byte[]> again = get("/", "If-None-Match", header(first, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void hashedFilesAreKeptForEver() throws Exception {
        HttpResponse<byte[]> asset = get("/assets/app-1a2b3c.js");
        assertThat(header(asset, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(header(asset, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    }

    @Test
    void isCompressedForWhoAcceptsIt() throws Exception {
        String plain = text(get("/assets/app-1a2b3c.js"));
        HttpResponse<byte[]> small =
                get("/assets/app-1a2b3c.js", "Accept-Encoding", "deflate, gzip, br");
        assertThat(header(small, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(small, "Vary")).isEqualTo("Accept-Encoding");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(small.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
        }
        HttpResponse<byte[]> refused = get("/assets/app-1a2b3c.js", "Accept-Encoding", "gzip;q=0");
        assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
    }

    /// Java's patterns call themselves for each folder unless their loops are possessive.
    @Test
    void anAddressOfManyFoldersCostsNoStack() throws Exception {
        for (String part : new String[] {"a/", "a."}) {
            String path = "/" + part.repeat(4000) + "js";
            assertThat(get(path).statusCode()).as(part).isEqualTo(404);
        }
    }

    @Test
    void bindsTheBrowser() throws Exception {
        for (String path : new String[] {"/", "/assets/app-1a2b3c.js", "/nothing"}) {
            HttpResponse<byte[]> response = get(path);
            assertThat(header(response, "Content-Security-Policy"))
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .contains("frame-ancestors 'none'")
                    .endsWith("require-trusted-types-for 'script'")
                    .doesNotContain("unsafe");
            assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(header(response, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(header(response, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/r/general",
                "/r/general/12",
                "/r/caf%C3%A9",
                "/d/5f2a",
                "/d/5f2a/3",
                "/mentions"
            })
    void answersTheAddressOfARoomWithThePage(String path) throws Exception {
        HttpResponse<byte[]> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
        assertThat(text(response)).contains("<title>test</title>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/r",
                "/r/",
                "/r/general/x",
                "/r/general/1/2",
                "/x/general",
                "/mentions/1",
                "/nothing",
                "/assets/",
                "/assets",
                "/../logback.xml",
                "/assets/../../logback-test.xml",
                "/%2e%2e/logback-test.xml",
                "/..%2flogback-test.xml",
                "//logback-test.xml",
                "/.hidden"
            })
    void servesNothingElse(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void saysSoWhenThePageWasNotBuilt() throws Exception {
        DisposableServer bare = serve("no-such-web/");
        try {
            HttpResponse<byte[]> page = get(bare, "/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(text(page)).contains("its page was not built").contains("bin/chat");
        } finally {
            bare.disposeNow();
        }
    }

    private HttpResponse<byte[]> get(String path, String... headers)
            throws IOException, InterruptedException {
        return get(server, path, headers);
    }

    private HttpResponse<byte[]> get(DisposableServer from, String path, String... headers)
            throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + from.port() + path);
        var request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
