package com.example.chat;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.checks.AotCheck;
import com.example.checks.ChatTests;
import com.example.checks.DrainCheck;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "natter.cors.allowed-origins=https://pages.example")
class WebFluxChatTest extends ChatTests {
    @Test
    void tellsClientsBeforeItStops() throws Exception {
        DrainCheck.run(ChatApplication.class);
    }

    @Test
    void canBeProcessedAheadOfTime() throws Exception {
        AotCheck.run(ChatApplication.class);
    }

    @Test
    void namesAControllerBelowItsPath() {
        var application = new SpringApplication(ChatApplication.class);
        assertThatThrownBy(() -> application.run("--server.port=0", "--natter.path=/news"))
                .hasStackTraceContaining(
                        "com.example.chat.NewsController#publish(String) maps /news, and Natter has"
                                + " all below /news. Set natter.path to another path, or map the"
                                + " method elsewhere.");
    }
}
