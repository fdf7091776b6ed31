package io.natter.chat.push;

import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.push.PushTarget;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The content of a push message. The page's service worker shows it as a notification.
final class PushMessage {
    /// UTF-16 units of the text, as many as notifications show.
    private static final int TEXT = 200;

    private static final JsonMapper JSON = JsonMapper.shared();

    private PushMessage() {}

    /// `{room, seq, path, title, sender, text}`; `path` is the address of the message in the page.
    static byte[] of(Message message, PushTarget target) {
        return JSON.writeValueAsBytes(fields(message, target));
    }

    /// As [#of], with `reminder: true`.
    static byte[] ofReminder(Message message, PushTarget target) {
        Map<String, Object> fields = fields(message, target);
        fields.put("reminder", true);
        return JSON.writeValueAsBytes(fields);
    }

    private static Map<String, Object> fields(Message message, PushTarget target) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("room", message.room());
        fields.put("seq", message.seq());
        fields.put("path", target.path() + "/" + message.seq());
        fields.put("title", target.room());
        fields.put("sender", message.sender().name());
        fields.put("text", shortened(message.text()));
        return fields;
    }

    /// A message that only shows that push messages arrive: `{test: true}`.
    static byte[] test() {
        return "{\"test\":true}".getBytes(StandardCharsets.UTF_8);
    }

    private static String shortened(String text) {
        if (text.length() <= TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(TEXT - 1)) ? TEXT - 1 : TEXT;
        return text.substring(0, end) + "…";
    }
}
