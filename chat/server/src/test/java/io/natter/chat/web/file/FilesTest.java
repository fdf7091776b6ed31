package io.natter.chat.web.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.files.TestImages;
import io.natter.chat.web.TestClient;
import io.natter.chat.web.WireTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Files over HTTP and in messages, and attacks on each of their limits.
class FilesTest extends WireTest {
    private static final byte[] PNG = TestImages.of("png", 60, 40);

    private String cookie = ""; // Ann's
    private TestClient ann; // set before each test
    private int tokens;

    @BeforeEach
    void greet() throws Exception {
        cookie = guest("Ann");
        ann = client(cookie);
        ann.hello();
    }

    private HttpRequest.Builder request(String path, String who) {
        return HttpRequest.newBuilder(uri(path)).header("Cookie", who).header("X-Natter", "1");
    }

    private HttpResponse<String> begin(String who, String json, Object... arguments)
            throws IOException, InterruptedException {
        return send(
                request("/api/files", who)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json(json, arguments))));
    }

    private HttpResponse<String> append(String who, String id, long offset, byte[] bytes)
            throws IOException, InterruptedException {
        return send(
                request("/api/files/" + id, who)
                        .header("Upload-Offset", Long.toString(offset))
                        .method("PATCH", BodyPublishers.ofByteArray(bytes)));
    }

    /// Begins an upload and returns its id.
    private String begun(String name, long size) throws Exception {
        clock.advance(Duration.ofSeconds(31));
        var answer = begin(cookie, "{'token':'t%d','name':'%s','size':%d}", ++tokens, name, size);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).at("/id").asString();
    }

    private String uploaded(String name, byte[] content) throws Exception {
        String id = begun(name, content.length);
        var answer = append(cookie, id, 0, content);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).at("/file/id").asString()).isEqualTo(id);
        return id;
    }

    private JsonNode share(String room, String... files) {
        return ask(
                ann,
                "msg.send",
                "{'room':'%s','cmid':'f%d','text':'','files':[%s]}",
                room,
                ++tokens,
                String.join(",", Arrays.stream(files).map(id -> json("{'id':'%s'}", id)).toList()));
    }

    private String shared(String name, byte[] content) throws Exception {
        String id = uploaded(name, content);
        assertThat(share("general", id).has("ok")).isTrue();
        return id;
    }

    private HttpResponse<byte[]> get(String who, String path) throws Exception {
        return http.send(request(path, who).GET().build(), BodyHandlers.ofByteArray());
    }

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }

    // ---- the way of a file

    @Test
    void aFileGoesWithItsMessageToEverybodyInTheRoom() throws Exception {
        TestClient bob = greeted("Bob");
        String id = uploaded("cat.png", PNG);
        done(
                ann,
                "msg.send",
                "{'room':'general','cmid':'c','text':'look','files':[{'id':'%s','alt':'a cat'}]}",
                id);
        JsonNode file = bob.next("ev").at("/m/files/0");
        assertThat(file.at("/id").asString()).isEqualTo(id);
        assertThat(file.at("/name").asString()).isEqualTo("cat.png");
        assertThat(file.at("/type").asString()).isEqualTo("image/png");
        assertThat(file.at("/width").asInt()).isEqualTo(60);
        assertThat(file.at("/height").asInt()).isEqualTo(40);
        assertThat(file.at("/alt").asString()).isEqualTo("a cat");
        assertThat(file.has("preview")).isFalse();
        assertThat(done(bob, "history", "{'room':'general'}").at("/messages/0/files/0"))
                .isEqualTo(file);
        assertThat(done(bob, "sync", "{'room':'general','since_ver':0}").at("/changes/0/files/0"))
                .isEqualTo(file);
        var content = get(guest("Carl"), "/files/" + id);
        assertThat(content.statusCode()).isEqualTo(200);
        assertThat(content.body()).hasSize(file.at("/size").asInt());
        assertThat(header(content, "Content-Type")).contains("image/png");
    }

    @Test
    void anUploadGoesOnWhereItBroke() throws Exception {
        byte[] content = "0123456789".getBytes(StandardCharsets.UTF_8);
        String id = begun("digits.txt", 10);
        assertThat(json(append(cookie, id, 0, Arrays.copyOf(content, 4))).at("/offset").asInt())
                .isEqualTo(4);
        breakOff(id, 4);
        server.close();
        start();
        var state = send(request("/api/files/" + id, cookie).GET());
        assertThat(json(state)).isEqualTo(tree("{'id':'%s','offset':4,'size':10}", id));
        // Bytes for another place change nothing.
        assertThat(json(append(cookie, id, 2, content)).at("/offset").asInt()).isEqualTo(4);
        var last = append(cookie, id, 4, Arrays.copyOfRange(content, 4, 10));
        assertThat(json(last).at("/file/size").asInt()).isEqualTo(10);
        assertThat(get(cookie, "/files/" + id).body()).isEqualTo(content);
    }

    /// A part whose line breaks in its middle.
    private void breakOff(String id, int offset) throws Exception {
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            line.getOutputStream()
                    .write(
                            """
                            PATCH /api/files/%s HTTP/1.1\r
                            Host: 127.0.0.1:%d\r
                            Cookie: %s\r
                            X-Natter: 1\r
                            Upload-Offset: %d\r
                            Content-Length: 6\r
                            \r
                            45"""
                                    .formatted(id, server.port(), cookie, offset)
                                    .getBytes(StandardCharsets.US_ASCII));
            line.getOutputStream().flush();
        }
    }

    @Test
    void aLostAnswerMakesNoSecondFile() throws Exception {
        String id = begun("a.txt", 5);
        var first = append(cookie, id, 0, "hello".getBytes(StandardCharsets.UTF_8));
        var again = begin(cookie, "{'token':'t%d','name':'a.txt','size':5}", tokens);
        assertThat(json(again)).isEqualTo(json(first));
        assertThat(share("general", id).has("ok")).isTrue();
        JsonNode twice =
                ask(
                        ann,
                        "msg.send",
                        "{'room':'general','cmid':'f%d','text':'','files':[{'id':'%s'}]}",
                        tokens,
                        id);
        assertThat(twice.at("/dup").asBoolean()).isTrue();
    }

    @Test
    void aQuoteOfAMessageWithoutTextNamesItsFile() throws Exception {
        shared("plan.txt", "x".getBytes(StandardCharsets.UTF_8));
        done(ann, "msg.send", "{'room':'general','cmid':'r','text':'yes','reply_to':1}");
        JsonNode page = done(ann, "history", "{'room':'general'}");
        assertThat(page.at("/messages/1/reply_to/text").asString()).isEqualTo("plan.txt");
    }

    @Test
    void searchFindsWhatHasFilesImagesAndLinks() throws Exception {
        shared("plan.txt", "x".getBytes(StandardCharsets.UTF_8));
        shared("cat.png", PNG);
        send(ann, "general", "see https://example.org");
        assertThat(found("'has':['file']")).isEqualTo("2 1 ");
        assertThat(found("'has':['image']")).isEqualTo("2 ");
        assertThat(found("'has':['link']")).isEqualTo("3 ");
        assertThat(found("'has':['link'],'q':'exam'")).isEqualTo("3 ");
        assertThat(found("'has':['link','image']")).isEmpty();
        assertThat(code(ask(ann, "search", "{'has':['virus']}"))).isEqualTo("bad_request");
        assertThat(code(ask(ann, "search", "{'q':' '}"))).isEqualTo("query_empty");
    }

    private String found(String query) {
        StringBuilder numbers = new StringBuilder();
        done(ann, "search", "{" + query + "}")
                .at("/results")
                .forEach(each -> numbers.append(each.at("/m/seq").asInt()).append(' '));
        return numbers.toString();
    }

    // ---- who may read

    @Test
    void onlyMembersReadAFileAndOnlyAsLongAsTheyAre() throws Exception {
        String bobs = guest("Bob");
        TestClient bob = client(bobs);
        String bobId = bob.hello().at("/me/id").asString();
        String room = create(ann, "private", "Orchard");
        String id = uploaded("cat.png", PNG);
        assertThat(share(room, id).has("ok")).isTrue();
        assertThat(get(bobs, "/files/" + id).statusCode()).isEqualTo(404);
        done(ann, "room.invite", "{'room':'%s','people':['%s']}", room, bobId);
        var read = get(bobs, "/files/" + id);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(header(read, "Cache-Control")).contains("private, no-cache");
        done(bob, "room.leave", "{'room':'%s'}", room);
        var kept =
                http.send(
                        request("/files/" + id, bobs)
                                .header("If-None-Match", header(read, "ETag").orElseThrow())
                                .GET()
                                .build(),
                        BodyHandlers.ofString());
        assertThat(kept.statusCode()).as("also of what the browser has").isEqualTo(404);
        assertThat(get("", "/files/" + id).statusCode()).isEqualTo(401);
        assertThat(get(cookie, "/files/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void anUnsentFileIsItsSendersAlone() throws Exception {
        String bobs = guest("Bob");
        TestClient bob = client(bobs);
        bob.hello();
        String id = uploaded("cat.png", PNG);
        assertThat(get(cookie, "/files/" + id).statusCode()).isEqualTo(200);
        assertThat(get(bobs, "/files/" + id).statusCode()).isEqualTo(404);
        assertThat(send(request("/api/files/" + id, bobs).GET()).statusCode()).isEqualTo(404);
        assertThat(append(bobs, id, 0, PNG).statusCode()).isEqualTo(404);
        assertThat(send(request("/api/files/" + id, bobs).DELETE()).statusCode()).isEqualTo(204);
        assertThat(get(cookie, "/files/" + id).statusCode()).as("still there").isEqualTo(200);
        assertThat(
                        code(
                                ask(
                                        bob,
                                        "msg.send",
                                        "{'room':'general','cmid':'c','text':'x','files':[{'id':'%s'}]}",
                                        id)))
                .isEqualTo("file_unknown");
    }

    @Test
    void aDeletedMessageTakesItsFilesWithIt() throws Exception {
        String id = shared("cat.png", PNG);
        JsonNode answer = done(ann, "msg.del", "{'room':'general','seq':1}");
        assertThat(answer.at("/ver").asInt()).isEqualTo(2);
        assertThat(get(cookie, "/files/" + id).statusCode()).isEqualTo(404);
        assertThat(done(ann, "history", "{'room':'general'}").at("/messages/0").has("files"))
                .isFalse();
    }

    @Test
    void anEditKeepsTheFiles() throws Exception {
        String id = uploaded("cat.png", PNG);
        done(ann, "msg.send", "{'room':'general','cmid':'c','text':'a','files':[{'id':'%s'}]}", id);
        done(ann, "msg.edit", "{'room':'general','seq':1,'base_ver':1,'text':'b'}");
        assertThat(
                        done(ann, "history", "{'room':'general'}")
                                .at("/messages/0/files/0/id")
                                .asString())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/",
                "/files/x",
                "/files/..%2f..%2fnatter.db",
                "/files/aaaaaaaaaaaaaaaaaaaaaa",
                "/files/aaaaaaaaaaaaaaaaaaaa../preview",
                "/files/natter.db/preview"
            })
    void nothingElseIsAtTheAddressesOfFiles(String path) throws Exception {
        assertThat(get(cookie, path).statusCode()).isEqualTo(404);
    }

    // ---- what browsers do with it

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "evil.svg; <svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                "evil.png; <!doctype html><script>alert(1)</script>",
                "evil.html; <!doctype html><script>alert(1)</script>",
                "evil.pdf; %PDF-1.7"
            })
    void whatCouldRunIsADownload(String name, String content) throws Exception {
        String id = shared(name, content.getBytes(StandardCharsets.UTF_8));
        var response = get(cookie, "/files/" + id);
        assertThat(header(response, "Content-Type")).contains("application/octet-stream");
        assertThat(header(response, "Content-Disposition"))
                .contains("attachment; filename=\"" + name + "\"; filename*=UTF-8''" + name);
        assertHarmless(response);
    }

    @Test
    void imagesAreShownAndStillCannotRun() throws Exception {
        var response = get(cookie, "/files/" + shared("cat.png", PNG));
        assertThat(header(response, "Content-Disposition").orElseThrow()).startsWith("inline; ");
        assertHarmless(response);
    }

    private static void assertHarmless(HttpResponse<?> response) {
        assertThat(header(response, "X-Content-Type-Options")).contains("nosniff");
        assertThat(header(response, "Content-Security-Policy"))
                .contains(
                        "default-src 'none'; img-src 'self'; media-src 'self'; sandbox; frame-ancestors 'none'");
        assertThat(header(response, "Cross-Origin-Resource-Policy")).contains("same-origin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "../../etc/passwd; passwd; passwd",
                "C:\\\\temp\\\\a b.txt; a b.txt; a%20b.txt",
                "gpj.\u202eexe; gpj.exe; gpj.exe",
                "a\\r\\nSet-Cookie: x.txt; aSet-Cookie_ x.txt; aSet-Cookie%3A%20x.txt",
                "q\\\"uote.txt; q_uote.txt; q%22uote.txt",
                "ü.txt; _.txt; %C3%BC.txt",
                "..; file; file"
            })
    void aNameIsANameOnly(String name, String plain, String encoded) throws Exception {
        String id = shared(name, "x".getBytes(StandardCharsets.UTF_8));
        String disposition =
                header(get(cookie, "/files/" + id), "Content-Disposition").orElseThrow();
        assertThat(disposition)
                .isEqualTo("attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "bytes=2-4; 206; 234; bytes 2-4/10",
                "bytes=7-; 206; 789; bytes 7-9/10",
                "bytes=-2; 206; 89; bytes 8-9/10",
                "bytes=0-99; 206; 0123456789; bytes 0-9/10",
                "bytes=10-; 416; ''; bytes */10",
                "bytes=5-2; 416; ''; bytes */10",
                "bytes=0-1,3-4; 200; 0123456789; ''",
                "lines=1-2; 200; 0123456789; ''"
            })
    void aPartCanBeAskedFor(String range, int status, String body, String content)
            throws Exception {
        String id = shared("digits.txt", "0123456789".getBytes(StandardCharsets.UTF_8));
        var response = send(request("/files/" + id, cookie).header("Range", range).GET());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(header(response, "Content-Range").orElse("")).isEqualTo(content);
    }

    @Test
    void headAndKeptCopiesCarryNoBody() throws Exception {
        String id = shared("cat.png", PNG);
        var head = send(request("/files/" + id, cookie).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        var kept =
                send(
                        request("/files/" + id, cookie)
                                .header("If-None-Match", header(head, "ETag").orElseThrow())
                                .GET());
        assertThat(kept.statusCode()).isEqualTo(304);
    }

    @Test
    void aLargeImageHasAPreview() throws Exception {
        String id = shared("wide.png", TestImages.of("png", 3000, 1000));
        var preview = get(cookie, "/files/" + id + "/preview");
        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(header(preview, "Content-Type")).contains("image/jpeg");
        assertThat(preview.body().length)
                .isLessThan(get(cookie, "/files/" + id).body().length * 10);
    }

    // ---- limits

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'token':'t','name':'a','size':26214401}; 413; file_too_large",
                "{'token':'t','name':'a','size':0}; 400; file_empty",
                "{'token':'t','name':'a','size':-1}; 400; file_empty",
                "{'token':'','name':'a','size':1}; 400; bad_request",
                "{'token':'a b','name':'a','size':1}; 400; bad_request",
                "{'token':'t','size':1}; 400; bad_request",
                "{'name':'a','size':1}; 400; bad_request",
                "[]; 400; bad_request"
            })
    void anUploadThatCannotBeIsRefused(String json, int status, String code) throws Exception {
        var answer = begin(cookie, json);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(code(answer)).isEqualTo(code);
    }

    @Test
    void noMoreBytesThanAnnouncedAndNoPartOfMoreThanAMebibyte() throws Exception {
        String id = begun("a", 3L << 20);
        assertThat(code(append(cookie, id, 0, new byte[(1 << 20) + 1])))
                .isEqualTo("body_too_large");
        String small = begun("b", 4);
        assertThat(code(append(cookie, small, 0, new byte[5]))).isEqualTo("bad_request");
        assertThat(json(append(cookie, small, 0, new byte[3])).at("/offset").asInt()).isEqualTo(3);
        for (String offset : new String[] {"", "-1", "x", "99999999999999999999"}) {
            var answer =
                    send(
                            request("/api/files/" + small, cookie)
                                    .header("Upload-Offset", offset)
                                    .method("PATCH", BodyPublishers.ofByteArray(new byte[1])));
            assertThat(code(answer)).as(offset).isEqualTo("bad_request");
        }
    }

    @Test
    void twentyFilesInTenMinutesAndTenInAMessage() throws Exception {
        String[] ids = new String[11];
        for (int i = 0; i < 20; i++) {
            var answer = begin(cookie, "{'token':'r%d','name':'a','size':1}", i);
            assertThat(answer.statusCode()).isEqualTo(200);
            if (i < 11) {
                ids[i] = json(answer).at("/id").asString();
                append(cookie, ids[i], 0, new byte[] {1});
            }
        }
        var refused = begin(cookie, "{'token':'r20','name':'a','size':1}");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(json(refused).at("/err/retry_after_ms").asInt()).isBetween(1, 30_000);
        assertThat(code(share("general", ids))).isEqualTo("too_many_files");
        assertThat(code(share("general", ids[0], ids[0]))).isEqualTo("bad_request");
        assertThat(share("general", Arrays.copyOf(ids, 10)).has("ok")).isTrue();
        assertThat(code(share("general", ids[0]))).as("sent already").isEqualTo("file_unknown");
    }

    @Test
    void anIncompleteUploadCannotBeSent() throws Exception {
        assertThat(code(share("general", begun("a", 4)))).isEqualTo("file_unknown");
        assertThat(code(ask(ann, "msg.send", "{'room':'general','cmid':'c','text':''}")))
                .isEqualTo("text_empty");
        assertThat(
                        code(
                                ask(
                                        ann,
                                        "msg.send",
                                        "{'room':'general','cmid':'c','text':'','files':[null]}")))
                .isEqualTo("bad_request");
    }

    @Test
    void aRefusedImageLeavesNothing() throws Exception {
        byte[] bomb = TestImages.pngBomb(30_000, 30_000);
        String id = begun("bomb.png", bomb.length);
        var refused = append(cookie, id, 0, bomb);
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(code(refused)).isEqualTo("image_too_large");
        assertThat(send(request("/api/files/" + id, cookie).GET()).statusCode()).isEqualTo(404);
    }

    // ---- foreign pages

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example, 403",
        "Origin, null, 403",
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403"
    })
    void aForeignPageSendsAndEndsNothing(String name, String value, int status) throws Exception {
        String id = begun("a", 4);
        assertThat(
                        send(request("/api/files", cookie)
                                        .header(name, value)
                                        .header("Content-Type", "application/json")
                                        .POST(
                                                BodyPublishers.ofString(
                                                        json("{'token':'x','name':'a','size':1}"))))
                                .statusCode())
                .isEqualTo(status);
        assertThat(
                        send(request("/api/files/" + id, cookie)
                                        .header(name, value)
                                        .header("Upload-Offset", "0")
                                        .method("PATCH", BodyPublishers.ofByteArray(new byte[4])))
                                .statusCode())
                .isEqualTo(status);
        assertThat(
                        send(request("/api/files/" + id, cookie).header(name, value).DELETE())
                                .statusCode())
                .isEqualTo(status);
        assertThat(json(send(request("/api/files/" + id, cookie).GET())).at("/offset").asInt())
                .isZero();
    }

    @Test
    void theOwnHeaderIsNeeded() throws Exception {
        var answer =
                send(
                        HttpRequest.newBuilder(uri("/api/files/" + begun("a", 4)))
                                .header("Cookie", cookie)
                                .header("Upload-Offset", "0")
                                .method("PATCH", BodyPublishers.ofByteArray(new byte[4])));
        assertThat(code(answer)).isEqualTo("bad_request");
        assertThat(begin("", "{'token':'x','name':'a','size':1}").statusCode()).isEqualTo(401);
        assertThat(append("", "aaaaaaaaaaaaaaaaaaaaaa", 0, new byte[1]).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"PUT, /api/files", "GET, /api/files", "POST, /files/x", "PUT, /api/files/x"})
    void otherMethodsAreRefused(String method, String path) throws Exception {
        var answer = send(request(path, cookie).method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isPresent();
    }
}
