package io.natter.chat.web.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.files.TestImages;
import io.natter.chat.web.AccountTest;
import io.natter.chat.web.TestClient;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Pictures of people, and the time zone that they show.
class PictureTest extends AccountTest {
    private String anns = "";
    private TestClient ann; // set before each test
    private TestClient bob;

    @BeforeEach
    void greet() throws Exception {
        anns = signUp("Ann");
        ann = greet(anns);
        bob = greet(signUp("Bob"));
    }

    private HttpRequest.Builder request(String path, String who) {
        return HttpRequest.newBuilder(uri(path)).header("Cookie", who).header("X-Natter", "1");
    }

    private HttpResponse<String> put(String who, byte[] image) throws Exception {
        return send(request("/api/picture", who).PUT(BodyPublishers.ofByteArray(image)));
    }

    private String picture(String who, byte[] image) throws Exception {
        HttpResponse<String> answer = put(who, image);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).at("/person/picture").asString();
    }

    private HttpResponse<byte[]> bytes(String path) throws Exception {
        return http.send(request(path, anns).build(), BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void aPictureIsASquareInTwoSizes(String format) throws Exception {
        String id = picture(anns, TestImages.of(format, 300, 120));
        for (var size : List.of(List.of("", 256), List.of("/small", 96))) {
            HttpResponse<byte[]> served = bytes("/pictures/" + id + size.getFirst());
            assertThat(served.statusCode()).isEqualTo(200);
            assertThat(served.headers().firstValue("Content-Type").orElse(""))
                    .isIn("image/png", "image/jpeg");
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(served.body()));
            assertThat(image.getWidth()).isEqualTo(size.getLast());
            assertThat(image.getHeight()).isEqualTo(size.getLast());
        }
    }

    @Test
    void browsersKeepIt() throws Exception {
        String id = picture(anns, TestImages.of("png", 60, 60));
        HttpResponse<byte[]> served = bytes("/pictures/" + id + "/small");
        assertThat(served.headers().firstValue("Cache-Control"))
                .hasValue("private, max-age=604800, immutable");
        assertThat(served.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        String etag = served.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again =
                send(request("/pictures/" + id + "/small", anns).header("If-None-Match", etag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(picture(anns, TestImages.of("png", 60, 60))).isNotEqualTo(id);
        assertThat(bytes("/pictures/" + id).statusCode()).as("the earlier one").isEqualTo(404);
    }

    @Test
    void everybodyIsToldAndMessagesCarryIt() throws Exception {
        send(ann, "general", "before");
        String id = picture(anns, TestImages.of("png", 60, 60));
        assertThat(bob.next("person").at("/picture").asString()).isEqualTo(id);
        JsonNode row = done(bob, "history", "{'room':'general'}").at("/messages/0");
        assertThat(row.at("/sender/picture").asString()).isEqualTo(id);
        assertThat(done(bob, "members", "{'room':'general'}").findValuesAsString("picture"))
                .containsExactly(id);
        assertThat(json(get(anns, "/api/session")).at("/me/picture").asString()).isEqualTo(id);
        assertThat(ann.hello().at("/you/picture").asString()).isEqualTo(id);
        HttpResponse<String> removed = send(request("/api/picture", anns).DELETE());
        assertThat(json(removed).at("/person").has("picture")).isFalse();
        assertThat(bob.next("person").has("picture")).isFalse();
        assertThat(bytes("/pictures/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void nothingOfTheUploadIsKeptButThePixels() throws Exception {
        byte[] image = TestImages.jpegWithExif(80, 60);
        assertThat(new String(image, StandardCharsets.ISO_8859_1)).contains("SECRET-PLACE");
        String id = picture(anns, image);
        for (String size : List.of("", "/small")) {
            byte[] served = bytes("/pictures/" + id + size).body();
            assertThat(new String(served, StandardCharsets.ISO_8859_1))
                    .doesNotContain("SECRET", "Exif");
        }
    }

    @Test
    void aModeratorRemovesThePictureOfAPersonOfALowerRole() throws Exception {
        TestClient olga = greet(owner("Olga"));
        assertThat(personOf(bob.next("person"))).as("she is new").isEqualTo(id(olga));
        String id = picture(anns, TestImages.of("png", 60, 60));
        String annsId = id(ann);
        String remove = "{'person':'%s','reason':'not you'}";
        assertThat(code(ask(bob, "mod.picture", remove, annsId))).isEqualTo("forbidden");
        assertThat(code(ask(ann, "mod.picture", remove, id(olga)))).isEqualTo("forbidden");
        assertThat(bob.next("person").at("/picture").asString()).isEqualTo(id);
        done(olga, "mod.picture", remove, annsId);
        JsonNode told = bob.next("person");
        assertThat(personOf(told)).isEqualTo(annsId);
        assertThat(told.has("picture")).isFalse();
        assertThat(bytes("/pictures/" + id).statusCode()).isEqualTo(404);
        done(olga, "mod.picture", remove, annsId);
        List<JsonNode> noted =
                done(olga, "audit", "{}")
                        .at("/entries")
                        .valueStream()
                        .filter(entry -> entry.at("/action").asString().equals("picture_removed"))
                        .toList();
        assertThat(noted).as("one entry for one picture").hasSize(1);
        assertThat(noted.getFirst().at("/target_name").asString()).isEqualTo("Ann");
        assertThat(noted.getFirst().at("/actor_name").asString()).isEqualTo("Olga");
        assertThat(noted.getFirst().at("/detail").asString()).isEqualTo("not you");
        assertThat(put(anns, TestImages.of("png", 60, 60)).statusCode())
                .as("the person may choose another")
                .isEqualTo(200);
    }

    @Test
    void whatIsNoPictureIsRefused() throws Exception {
        assertThat(code(put(anns, "<svg/>".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("picture_invalid");
        assertThat(code(put(anns, new byte[0]))).isEqualTo("picture_invalid");
        byte[] broken = java.util.Arrays.copyOf(TestImages.of("png", 60, 60), 40);
        assertThat(code(put(anns, broken))).isEqualTo("image_broken");
        assertThat(code(put(anns, TestImages.pngBomb(50_000, 50_000))))
                .isEqualTo("image_too_large");
        assertThat(put(anns, new byte[PictureApi.MAX + 1]).statusCode()).isEqualTo(413);
        assertThat(ann.hello().at("/you").has("picture")).isFalse();
    }

    @Test
    void onlyPeopleWithASessionSeeAndSetPictures() throws Exception {
        byte[] image = TestImages.of("png", 60, 60);
        String id = picture(anns, image);
        assertThat(code(put("", image))).isEqualTo("no_session");
        assertThat(send(request("/pictures/" + id, "")).statusCode()).isEqualTo(401);
        assertThat(send(request("/pictures/nothing", anns)).statusCode()).isEqualTo(404);
        HttpResponse<String> foreign =
                send(
                        request("/api/picture", anns)
                                .header("Origin", "https://elsewhere.example")
                                .PUT(BodyPublishers.ofByteArray(image)));
        assertThat(code(foreign)).isEqualTo("foreign_origin");
        HttpResponse<String> post =
                send(request("/api/picture", anns).POST(BodyPublishers.noBody()));
        assertThat(post.statusCode()).isEqualTo(405);
    }

    // ---- time zone

    @Test
    void aTimeZoneIsShownIfThePersonWants() throws Exception {
        assertThat(ann.hello().at("/you").has("zone")).isFalse();
        done(ann, "me.set", "{'zone':'Europe/Berlin'}");
        assertThat(bob.next("person").at("/zone").asString()).isEqualTo("Europe/Berlin");
        assertThat(done(bob, "members", "{'room':'general'}").findValuesAsString("zone"))
                .containsExactly("Europe/Berlin");
        assertThat(code(ask(ann, "me.set", "{'zone':'Middle/Earth'}"))).isEqualTo("zone_unknown");
        done(ann, "me.set", "{'zone':''}");
        assertThat(bob.next("person").has("zone")).isFalse();
    }
}
