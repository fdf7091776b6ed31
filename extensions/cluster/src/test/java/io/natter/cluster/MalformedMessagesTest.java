package io.natter.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.protocol.MessagePack;
import io.natter.protocol.Payload;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.adapter.LocalAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever another server sends, it is refused with a reason: an [IllegalArgumentException], which
/// brokers count as a malformed message.
class MalformedMessagesTest {
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1e999",
                    "99999999999999999999",
                    "\"\"",
                    "\"x\"",
                    "[]",
                    "[0]",
                    "[[]]",
                    "[{}]",
                    "[null]",
                    "[\"x\"]",
                    "{}",
                    "{\"a\":{}}",
                    "[".repeat(300) + "]".repeat(300));

    /// The messages of all types as they should be.
    private static final List<String> MESSAGES =
            List.of(
                    "{'type':1,'uid':'a','nsp':'/'}",
                    "{'type':2,'uid':'a','nsp':'/'}",
                    "{'type':3,'data':{'packet':{'type':2,'data':['e',1],'nsp':'/'},'opts':"
                            + "{'rooms':['r'],'except':['x'],'flags':{'timeout':5,'volatile':true,"
                            + "'compress':false}}},'uid':'a','nsp':'/'}",
                    "{'type':3,'data':{'requestId':'q','packet':{'type':2,'data':['e',1]},'opts':"
                            + "{'rooms':['r'],'except':[],'flags':{'timeout':5}}},'uid':'a','nsp':'/'}",
                    "{'type':4,'data':{'opts':{'rooms':[],'except':[],'flags':{}},'rooms':['r']},'uid':'a','nsp':'/'}",
                    "{'type':5,'data':{'opts':{'rooms':[],'except':[],'flags':{}},'rooms':['r']},'uid':'a','nsp':'/'}",
                    "{'type':6,'data':{'opts':{'rooms':[],'except':[],'flags':{}},'close':true},'uid':'a','nsp':'/'}",
                    "{'type':7,'data':{'opts':{'rooms':[],'except':[],'flags':{}},"
                            + "'requestId':'q'},'uid':'a','nsp':'/'}",
                    "{'type':8,'data':{'requestId':'FETCH','sockets':[{'id':'s','handshake':{'auth':{}},"
                            + "'rooms':['r'],'data':{'k':1}}]},'uid':'a','nsp':'/'}",
                    "{'type':9,'data':{'requestId':'q','packet':['e',1]},'uid':'a','nsp':'/'}",
                    "{'type':10,'data':{'requestId':'FETCH','packet':[1]},'uid':'a','nsp':'/'}",
                    "{'type':11,'data':{'requestId':'FETCH','clientCount':1},'uid':'a','nsp':'/'}",
                    "{'type':12,'data':{'requestId':'FETCH','packet':[1]},'uid':'a','nsp':'/'}",
                    "{'type':13,'uid':'a','nsp':'/'}");

    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
    private final List<String> sent = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // made with the server
    private Hearing adapter;

    private final class Hearing extends HeartbeatAdapter {
        Hearing(LocalAdapter local, ServerEvents events) {
            super(
                    local,
                    events,
                    new Settings(Duration.ofSeconds(30), timers, new LongAdder()),
                    Heartbeat.DEFAULT,
                    () -> 1);
        }

        @Override
        protected void send(ClusterMessage message) {
            sent.add(new String(Messages.json(message.write()), UTF_8));
        }

        @Override
        protected void respond(String requester, ClusterMessage response) {
            send(response);
        }

        void hear(byte[] bytes) {
            onMessage(ClusterMessage.read(MessageReader.message(bytes)), null);
        }
    }

    @BeforeEach
    void startServer() {
        var io =
                SocketIoServer.create(
                        SocketIoOptions.builder()
                                .adapter(
                                        (local, events) -> {
                                            var made = new Hearing(local, events);
                                            if (local.namespace().equals("/")) {
                                                adapter = made;
                                            }
                                            return made;
                                        })
                                .build());
        assertThat(io.of("/").adapter()).isSameAs(adapter);
    }

    @AfterEach
    void endTimers() {
        timers.shutdownNow();
    }

    @Test
    void aMemberOfAnotherTypeIsRefused() {
        var wrong = new ArrayList<String>();
        for (String message : MESSAGES) {
            var json = message.replace('\'', '"');
            for (int[] at : values(json)) {
                for (String value : VALUES) {
                    var changed = json.substring(0, at[0]) + value + json.substring(at[1]);
                    hear(changed.getBytes(UTF_8), changed, wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aMessageThatIsCutOrChangedIsRefused() {
        var wrong = new ArrayList<String>();
        for (String message : MESSAGES) {
            var json = message.replace('\'', '"').getBytes(UTF_8);
            for (byte[] whole : List.of(json, messagePack(json))) {
                for (int end = 0; end < whole.length; end++) {
                    hear(Arrays.copyOf(whole, end), message + " cut at " + end, wrong);
                    for (int value :
                            new int[] {0, 0x22, 0x5b, 0x7b, 0x7d, 0x80, 0xc1, 0xdd, 0xff}) {
                        var changed = whole.clone();
                        changed[end] = (byte) value;
                        hear(changed, message + " with " + value + " at " + end, wrong);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static byte[] messagePack(byte[] json) {
        return MessagePack.encode(Payload.of(json));
    }

    /// Hears a message, while there is a request that it may answer.
    private void hear(byte[] bytes, String what, List<String> wrong) {
        var text = new String(bytes, UTF_8);
        byte[] heard = bytes;
        if (text.startsWith("{") && text.contains("FETCH")) {
            heard = text.replace("FETCH", question()).getBytes(UTF_8);
        }
        try {
            adapter.hear(heard);
        } catch (IllegalArgumentException malformed) {
            assertThat(malformed.getMessage()).as(what).isNotBlank();
        } catch (Throwable other) {
            wrong.add(what + ": " + other.getClass().getName());
        }
    }

    private String question() {
        adapter.onMessage(new ClusterMessage(ClusterMessage.HEARTBEAT, null, "a", "/"), null);
        var ignored = adapter.fetchSockets(BroadcastOptions.ALL);
        return sent.getLast().replaceAll(".*\"requestId\":\"([0-9a-f]+)\".*", "$1");
    }

    /// Where the values of members stand in a JSON object, those of objects inside too.
    private static List<int[]> values(String json) {
        var found = new ArrayList<int[]>();
        for (int i = 0; i < json.length(); i++) {
            if (json.charAt(i) == ':' && json.charAt(i - 1) == '"') {
                found.add(new int[] {i + 1, end(json, i + 1)});
            }
        }
        return found;
    }

    private static int end(String json, int from) {
        int depth = 0;
        for (int i = from; ; i++) {
            char c = json.charAt(i);
            if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
                return i;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        }
    }
}
