package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The time of day is set forward and back while people talk.
class ClockJumpTest extends AccountTest {
    private String olgasCookie = "";
    private TestClient olga; // the owner; set before each test
    private TestClient mia;

    @BeforeEach
    void people() throws Exception {
        olgasCookie = owner("Olga");
        olga = greet(olgasCookie);
        mia = greet(signUp("Mia"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-400, -1, 1, 400})
    void messagesKeepTheirOrderAndNumbers(int days) {
        for (int i = 1; i <= 3; i++) {
            assertThat(mia.say("a" + i, "before").at("/seq").asLong()).isEqualTo(i);
        }
        clock.set(Duration.ofDays(days));
        for (int i = 4; i <= 6; i++) {
            assertThat(mia.say("a" + i, "after").at("/seq").asLong()).isEqualTo(i);
        }
        JsonNode page = mia.ask("history", "{\"room\":\"general\"}");
        for (int i = 0; i < 6; i++) {
            assertThat(page.at("/messages/" + i + "/seq").asLong()).isEqualTo(i + 1);
        }
        JsonNode again = mia.say("a1", "before");
        assertThat(again.at("/seq").asLong()).isEqualTo(1);
        assertThat(again.at("/dup").asBoolean()).isTrue();
    }

    @Test
    void slowModeWaitsForItsPauseAtMost() {
        assertThat(olga.ask("mod.slow", "{\"room\":\"general\",\"ms\":60000}").has("ok")).isTrue();
        assertThat(mia.say("a1", "one").has("ok")).isTrue();
        assertThat(mia.say("a2", "two").at("/err/code").asString()).isEqualTo("slow_mode");
        clock.set(Duration.ofDays(-30));
        assertThat(mia.say("a2", "two").has("ok")).as("after the clock was set back").isTrue();
        assertThat(mia.say("a3", "three").at("/err/code").asString()).isEqualTo("slow_mode");
    }

    @Test
    void aSessionIsBackWhenTheTimeIs() throws Exception {
        clock.set(Duration.ofDays(100));
        assertThat(isIn(olgasCookie)).isFalse();
        clock.set(Duration.ofDays(-100));
        assertThat(isIn(olgasCookie)).isTrue();
        clock.set(Duration.ofDays(-100));
        assertThat(isIn(olgasCookie)).as("also before it began").isTrue();
    }

    @Test
    void aBanIsBackWhenTheTimeIs() throws Exception {
        String miasId = mia.hello().at("/me/id").asString();
        assertThat(
                        olga.ask(
                                        "mod.ban",
                                        "{\"person\":\"%s\",\"for_ms\":86400000}".formatted(miasId))
                                .has("ok"))
                .isTrue();
        clock.set(Duration.ofDays(30));
        clock.set(Duration.ofDays(-30));
        assertThat(code(signingIn("Mia", PASSWORD))).isEqualTo("banned");
    }
}
