package io.natter.chat.domain.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.chat.domain.ChatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {
    @ParameterizedTest
    @CsvSource({
        "Ann, ANN",
        "Ann, Ａｎｎ",
        "Ann, An\u00adn",
        "Ann, A\u200bnn",
        "Straße, STRASSE",
        "ΣΑΣ, σας",
        "é, e\u0301",
        "Ann Lee, Ann\u00a0\u2003Lee",
        "ﬁn, FIN",
    })
    void namesThatLookTheSameShareAKey(String one, String other) {
        assertThat(PersonName.of(one).key()).isEqualTo(PersonName.of(other).key());
    }

    @Test
    void namesThatDifferHaveDifferentKeys() {
        assertThat(PersonName.of("Ann").key()).isNotEqualTo(PersonName.of("Anna").key());
        assertThat(PersonName.of("e").key()).isNotEqualTo(PersonName.of("é").key());
    }

    @Test
    void showsTheNameTrimmedAndNormalised() {
        assertThat(PersonName.of("  Ａnn \u3000 Lee ").shown()).isEqualTo("Ann Lee");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u3000", "\u200b", "\u00ad\u2060", "\u3164"})
    void refusesANameNobodyCanSee(String typed) {
        assertRefused(typed, "name_empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb", "a\u0000b", "a\u202eb", "a\u2066b", "\ud800", "a\ue000", "a\u2028b"})
    void refusesControlsAndWhatTurnsTheText(String typed) {
        assertRefused(typed, "name_invalid");
    }

    @Test
    void countsGraphemesNotUnits() {
        String astronaut = "👩🏽‍🚀";
        assertThat(PersonName.of(astronaut.repeat(32)).shown()).hasSize(astronaut.length() * 32);
        assertRefused(astronaut.repeat(33), "name_too_long");
        assertThat(PersonName.of("x".repeat(32)).shown()).hasSize(32);
        assertRefused("x".repeat(33), "name_too_long");
    }

    @Test
    void countsAfterNormalisation() {
        // One ligature that NFKC spells out in 18 characters.
        assertThat(PersonName.of("\ufdfa").shown()).hasSize(18);
        assertRefused("\ufdfa\ufdfa", "name_too_long");
    }

    @Test
    void refusesAMountainOfMarksOnOneLetter() {
        assertRefused("a" + "\u0316".repeat(1000), "name_too_long");
        assertRefused("x".repeat(10_000), "name_too_long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ann\ud834\udd59",
                "\ud834\udd59",
                "Ann\ufffc",
                "An\ufff9n",
                "Ann\ud834\udd73"
            })
    void refusesSignsForWhatIsNotThere(String typed) {
        assertRefused(typed, "name_invalid");
    }

    @Test
    void refusesMoreMarksOnALetterThanAnyLanguageWrites() {
        assertRefused("a" + "\u0316".repeat(4), "name_invalid");
        assertRefused(("x" + "\u0316".repeat(9)).repeat(30), "name_invalid");
        assertThat(PersonName.of("ệ").shown()).isEqualTo("ệ");
        assertThat(PersonName.of("שָּׁלוֹם").shown()).isNotBlank();
        assertThat(PersonName.of("हिन्दी क्षत्रिय").shown()).isNotBlank();
        assertThat(PersonName.of("ผู้ใหญ่").shown()).isNotBlank();
        assertThat(PersonName.of("1️⃣ 👩🏽‍🚀").shown()).isNotBlank();
    }

    private static void assertRefused(String typed, String code) {
        assertThatThrownBy(() -> PersonName.of(typed))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.error().code()).isEqualTo(code));
    }
}
