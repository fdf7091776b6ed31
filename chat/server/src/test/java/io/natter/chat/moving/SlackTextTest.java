package io.natter.chat.moving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTextTest {
    private final SlackText texts =
            new SlackText(
                    id -> Optional.ofNullable(Map.of("U1", "aaaaaaaaaaaaaaaaaaaaaa").get(id)),
                    id -> Optional.ofNullable(Map.of("C1", "general").get(id)));

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '\0',
            value = {
                "hello=>hello",
                "<@U1> hi=><@aaaaaaaaaaaaaaaaaaaaaa> hi",
                "<@U2> hi=>@U2 hi",
                "<@U2|bob> hi=>@bob hi",
                "see <#C1> and <#C2|random>=>see #general and #random",
                "<!channel> <!here> <!subteam^S1|@devs>=>@channel @here @devs",
                "<https://a.example/?x=1&amp;y=2>=>https://a.example/?x=1&y=2",
                "<https://a.example|the page>=>the page (https://a.example)",
                "<http://a.example|a.example>=>http://a.example",
                "<mailto:a@b.example|a@b.example>=>a@b.example",
                "*bold* and ~struck~ and _slanted_=>**bold** and ~~struck~~ and _slanted_",
                "2*3*4 and a*b=>2*3*4 and a*b",
                "`*not* <@U1> &lt;b&gt;` *yes*=>`*not* <@U1> <b>` **yes**",
                "&lt;@U1&gt; &amp;lt;=><@U1> &lt;",
                ":+1: :wave::skin-tone-3: :no_such_thing: 10:30:15=>👍 👋🏼 :no_such_thing: 10:30:15",
            })
    void becomesTheFormOfThisChat(String slack, String here) {
        assertThat(texts.converted(slack)).isEqualTo(here);
    }
}
