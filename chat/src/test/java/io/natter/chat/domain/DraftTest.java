package io.natter.chat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
    private static final Person ANN = new Person("p1", "Ann");

    @Test
    void takesExactlyTheLongestText() {
        assertThat(draft("c", "x".repeat(8000)).text()).hasSize(8000);
        assertRefused("c", "x".repeat(8001), "text_too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t "})
    void refusesATextWithNothingInIt(String text) {
        assertRefused("c", text, "text_empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "ä", "'; drop table message; --"})
    void refusesACmidOfAnotherForm(String cmid) {
        assertRefused(cmid, "hi", "cmid_invalid");
        assertRefused("x".repeat(65), "hi", "cmid_invalid");
    }

    @Test
    void replacesWhatNoDatabaseKeeps() {
        assertThat(draft("c", "a\ud800b\u0000c").text()).isEqualTo("a\ufffdb\ufffdc");
        assertThat(draft("c", "👋").text()).isEqualTo("👋");
    }

    private static Draft draft(String cmid, String text) {
        return Draft.of(Room.GENERAL, ANN, cmid, text);
    }

    private static void assertRefused(String cmid, String text, String code) {
        assertThatThrownBy(() -> draft(cmid, text))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.error().code()).isEqualTo(code));
    }
}
