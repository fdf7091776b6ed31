package io.natter.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.engine.AllowRequest;
import io.natter.engine.EngineOptions;
import io.natter.engine.EngineServer;
import io.natter.engine.EngineSession;
import io.natter.host.Endpoint;
import io.natter.host.HttpRequest;
import io.natter.protocol.EngineMessage;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Engine.IO at `/engine.io/` that greets, answers some questions, and echoes the rest.
final class EngineClientMode {
    private EngineClientMode() {}

    static Endpoint endpoint() {
        var options =
                EngineOptions.builder()
                        .pingInterval(Duration.ofMillis(500))
                        .maxHttpBufferSize(100)
                        .allowRequest(EngineClientMode::decide)
                        .build();
        return new EngineServer(options, Questions::new)
                .onInitialHeaders((headers, _) -> headers.put("Set-Cookie", cookies()));
    }

    private static AllowRequest.Answer decide(HttpRequest request) {
        for (String parameter : request.rawQuery().split("&", -1)) {
            if (parameter.equals("deny") || parameter.startsWith("deny=")) {
                return AllowRequest.deny();
            }
        }
        return AllowRequest.allow();
    }

    private static List<String> cookies() {
        var now = ZonedDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.RFC_1123_DATE_TIME);
        return List.of(
                "1=1; Max-Age=86400",
                "2=2; Path=/; HttpOnly; Secure; SameSite=Strict",
                "3=3; Max-Age=0",
                "4=4; Expires=" + now);
    }

    private static final class Questions extends Echo {
        private static final JsonMapper JSON = JsonMapper.shared();

        Questions(EngineSession session) {
            super(session);
            answer("hi");
        }

        @Override
        public void text(byte[] buffer, int from, int to) {
            switch (new String(buffer, from, to - from, UTF_8)) {
                case "give binary" -> send(new EngineMessage.Binary(new byte[] {0, 1, 2, 3, 4}));
                case "give utf8" -> answer("пойду спать всем спокойной ночи");
                case "sendHeaders" -> answer(JSON.writeValueAsString(headersOfThisRequest()));
                default -> super.text(buffer, from, to);
            }
        }

        private Map<String, String> headersOfThisRequest() {
            var joined = new LinkedHashMap<String, String>();
            session.currentRequest()
                    .headers()
                    .forEach((name, values) -> joined.put(name, String.join(", ", values)));
            return joined;
        }

        private void answer(String text) {
            send(new EngineMessage.Text(text.getBytes(UTF_8)));
        }
    }
}
