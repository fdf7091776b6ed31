package io.natter.chat.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.RoomHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
    private static final Person ANN = new Person("p1", "Ann", 0);

    @Test
    void takesExactlyTheLongestText() {
        assertThat(draft("c", "x".repeat(8000)).text()).hasSize(8000);
        assertRefused("c", "x".repeat(8001), "text_too_long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n\t ",
                "\u200b",
                "\u2060\u2061",
                "\ufe0f",
                "\u3164",
                "\u2800\u2800",
                "\u00ad\n\u200d",
                "\u034f",
                "\ud834\udd59",
                "\ufffc",
                "\u0007\u001b"
            })
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

    @ParameterizedTest
    @CsvSource({
        "'hi\n\n\n', 'hi'",
        "'hi\r\n', 'hi'",
        "'hi \n \t\n', 'hi '",
        "'hi  ', 'hi  '",
        "'a\n\nb', 'a\n\nb'",
        "'\n\nhi', '\n\nhi'",
        "'hi\u2028\u2029', 'hi'",
        "'hi\n\u200b\n\u200b', 'hi'",
    })
    void cutsLineBreaksAtTheEnd(String typed, String stored) {
        assertThat(draft("c", typed).text()).isEqualTo(stored);
    }

    @Test
    void cutsALongEndInOnePass() {
        String text = "x" + "\n\u200b".repeat(3999);
        assertThat(draft("c", text).text()).isEqualTo("x");
    }

    private static Draft draft(String cmid, String text) {
        return Draft.of(RoomHead.GENERAL, ANN, cmid, text);
    }

    private static void assertRefused(String cmid, String text, String code) {
        assertThatThrownBy(() -> draft(cmid, text))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.error().code()).isEqualTo(code));
    }
}
