package io.natter.chat.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.natter.chat.wire.WireJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class IncomingTextTest {
    private static String text(String quoted) {
        return IncomingText.of(WireJson.JSON.readTree(quoted.replace('\'', '"')), "Alerts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "{'text':'plain'} => plain",
                "{'text':'*bold* and <https://a.example/x|a link>'} => **bold** and a link (https://a.example/x)",
                "{'text':'**bold**','mrkdwn':false} => **bold**",
                "{'text':':rocket: up'} => 🚀 up",
                "{'text':'<!channel> look'} => <@room> look",
                "{'text':'<!here|here> look'} => <@room> look",
                "{'text':'<@chatbot-ABCDEFGHIJKLMN> hi'} => <@chatbot-ABCDEFGHIJKLMN> hi",
                "{'text':'<@U123> hi'} => @U123 hi",
                "{'text':'a &lt; b'} => a < b",
                "{'text':'x','username':'Alerts'} => x",
                "{'text':'  '} => ''",
                "{} => ''",
                "{'text':['x']} => ''"
            })
    void readsTexts(String payload, String expected) {
        assertThat(text(payload)).isEqualTo(expected);
    }

    /// Marks without an end are looked at once, and not again from each beginning.
    @Test
    void aLongTextOfMarksWithoutAnEndTakesNoTime() {
        for (String mark : List.of("<!here|", "<!", "*a", "~a", "`a\n", ":a", "<@", "&", "```")) {
            String text = mark.repeat(64 * 1024 / mark.length());
            JsonNode payload = WireJson.JSON.valueToTree(Map.of("text", text));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(2), () -> IncomingText.of(payload, "Alerts"), mark);
        }
    }

    @Test
    void putsAnotherNameBeforeTheText() {
        assertThat(text("{'text':'x','username':'De*ploy','icon_emoji':':rocket:'}"))
                .isEqualTo("🚀 **De ploy**\nx");
    }

    @Test
    void makesLinesOfBlocks() {
        assertThat(
                        text(
                                """
                                {'text':'fallback','blocks':[
                                  {'type':'header','text':{'type':'plain_text','text':'Build *7*'}},
                                  {'type':'divider'},
                                  {'type':'section','text':{'type':'mrkdwn','text':'*failed*'},
                                   'fields':[{'type':'mrkdwn','text':'main'}]},
                                  {'type':'context','elements':[{'type':'plain_text','text':'by'},
                                   {'type':'mrkdwn','text':'_Ann_'}]},
                                  {'type':'image','alt_text':'chart','image_url':'https://a.example/c.png'},
                                  {'type':'rich_text','elements':[
                                    {'type':'rich_text_section','elements':[{'type':'text','text':'see '},
                                      {'type':'link','url':'https://a.example','text':'log'}]},
                                    {'type':'rich_text_list','elements':[
                                      {'type':'rich_text_section','elements':[{'type':'text','text':'one'}]},
                                      {'type':'rich_text_section','elements':[{'type':'text','text':'two'}]}]}]},
                                  {'type':'actions','elements':[{'type':'button'}]}]}
                                """))
                .isEqualTo(
                        """
                        **Build *7***
                        **failed**
                        main
                        by _Ann_
                        chart: https://a.example/c.png
                        see log (https://a.example)
                        - one
                        - two""");
    }

    @Test
    void makesLinesOfAttachments() {
        assertThat(
                        text(
                                """
                                {'attachments':[{'pretext':'new','title':'Issue 7','title_link':'https://a.example/7',
                                 'text':'it *breaks*','fields':[{'title':'State','value':'open'}],'footer':'tracker',
                                 'fallback':'not shown'},{'fallback':'only this'}]}
                                """))
                .isEqualTo(
                        """
                        new
                        **Issue 7** https://a.example/7
                        it **breaks**
                        **State:** open
                        tracker
                        only this""");
    }

    @Test
    void shortensWhatIsTooLong() {
        String text = text("{'text':'" + "x".repeat(9000) + "'}");
        assertThat(text).hasSize(8000).endsWith("x …");
        assertThat(IncomingText.shortened("🚀".repeat(4001))).hasSize(8000).endsWith("🚀 …");
    }

    @Test
    void goesDownOnlySoFar() {
        String deep = "{'type':'rich_text_section','elements':[".repeat(60) + "]}".repeat(60);
        assertThat(text("{'text':'t','blocks':[" + deep.replaceFirst("_section", "") + "]}"))
                .isEqualTo("t");
    }
}
