package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Clients are told that the server cannot store, and that it can again. The database is taken away
/// for this, which a full disk is like.
class StoreStateTest extends ServerTest {
    @Test
    void aClientIsToldOfTheTroubleAndOfItsEnd() throws Exception {
        TestClient ann = client(guest("Ann"));
        assertThat(ann.hello().has("trouble")).isFalse();
        Path database = directory.resolve("natter.db");
        Path elsewhere = directory.resolve("elsewhere.db");
        Files.move(database, elsewhere);
        assertThat(ann.next("store").at("/trouble").asString()).isEqualTo("replaced");
        assertThat(ann.hello().at("/trouble").asString()).isEqualTo("replaced");
        assertThat(ann.say("c1", "hi").at("/err/code").asString()).isEqualTo("storage");
        // The chat may have made an empty file of this name.
        Files.move(elsewhere, database, StandardCopyOption.REPLACE_EXISTING);
        await().atMost(Duration.ofSeconds(30)).until(() -> !ann.next("store").has("trouble"));
        assertThat(ann.say("c1", "hi").at("/seq").asLong()).isEqualTo(1);
        assertThat(ann.hello().has("trouble")).isFalse();
    }
}
