package com.example.chat;

import com.example.checks.AotCheck;
import com.example.checks.ChatTests;
import com.example.checks.DrainCheck;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class WebFluxChatTest extends ChatTests {
    @Test
    void tellsClientsBeforeItStops() throws Exception {
        DrainCheck.run(ChatApplication.class);
    }

    @Test
    void canBeProcessedAheadOfTime() throws Exception {
        AotCheck.run(ChatApplication.class);
    }
}
