package io.natter.socketio.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.protocol.Payload;
import io.natter.socketio.payload.JacksonMapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// The events of listeners that are behind.
final class PresenceViewTest {
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final PresenceView view = new PresenceView(later::add);

    private static PresenceEntry entry(String key, String data) {
        var json = Payload.of(data.getBytes(StandardCharsets.UTF_8));
        return new PresenceEntry(new JacksonMapping(), key, 0, json);
    }

    private void listen() {
        view.on(PresenceView.Event.JOIN, user -> told.add("+" + user.key()));
        view.on(PresenceView.Event.UPDATE, user -> told.add("~" + user.key()));
        view.on(PresenceView.Event.LEAVE, user -> told.add("-" + user.key()));
    }

    private void runAll() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    @Test
    void onlyTheOutcomeOfChangesIsTold() {
        listen();
        view.set("ana", entry("ana", "1"));
        view.tell();
        view.set("bob", entry("bob", "1"));
        view.tell();
        view.set("bob", null);
        view.set("ana", entry("ana", "2"));
        view.set("zoe", entry("zoe", "1"));
        view.tell();
        assertThat(later).hasSize(1);
        runAll();
        assertThat(told).containsExactly("+ana", "+zoe");
        view.set("ana", entry("ana", "3"));
        view.set("ana", null);
        view.set("ana", entry("ana", "2"));
        view.set("zoe", entry("zoe", "2"));
        view.tell();
        runAll();
        assertThat(told).containsExactly("+ana", "+zoe", "~zoe");
    }

    @Test
    void aListenerHearsWhatChangesAfterItCame() {
        view.set("ana", entry("ana", "1"));
        listen();
        view.set("ana", null);
        view.tell();
        runAll();
        assertThat(told).containsExactly("-ana");
    }
}
