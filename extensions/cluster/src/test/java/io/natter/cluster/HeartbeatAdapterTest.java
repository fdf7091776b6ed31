package io.natter.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.protocol.Payload;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.adapter.LocalAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The rules of heartbeats, on a manual clock; the other servers are messages of the test.
class HeartbeatAdapterTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
    private final LongAdder timedOut = new LongAdder();
    private final List<String> sent = new ArrayList<>();
    private long now = 1;

    @SuppressWarnings("NullAway.Init") // made with the server
    private Recorded adapter;

    private final class Recorded extends HeartbeatAdapter {
        Recorded(LocalAdapter local, ServerEvents events) {
            super(
                    local,
                    events,
                    new Settings(Duration.ofSeconds(30), timers, timedOut),
                    Heartbeat.DEFAULT,
                    () -> now);
        }

        @Override
        protected void send(ClusterMessage message) {
            sent.add(new String(Messages.json(message.write()), UTF_8).replace(uid(), "ME"));
        }

        @Override
        protected void respond(String requester, ClusterMessage response) {
            send(response);
        }

        void hear(String json) {
            onMessage(ClusterMessage.read(Payload.of(json.getBytes(UTF_8))), null);
        }
    }

    @BeforeEach
    void startServer() {
        var io =
                SocketIoServer.create(
                        SocketIoOptions.builder()
                                .adapter(
                                        (local, events) -> {
                                            var made = new Recorded(local, events);
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

    private int servers() {
        return adapter.serverCount().join();
    }

    private static String message(int type, String uid) {
        return "{\"type\":%d,\"uid\":\"%s\",\"nsp\":\"/\"}".formatted(type, uid);
    }

    private String requestId() {
        return sent.getLast().replaceAll(".*\"requestId\":\"([0-9a-f]+)\".*", "$1");
    }

    @Test
    void aServerThatComesIsAnswered() {
        adapter.hear(message(ClusterMessage.INITIAL_HEARTBEAT, "a"));
        assertThat(sent).containsExactly("{\"type\":2,\"uid\":\"ME\",\"nsp\":\"/\"}");
        assertThat(servers()).isEqualTo(2);
    }

    @Test
    void aHeartbeatIsSentAfterFiveSecondsWithoutAnyMessage() {
        now += 4 * SECOND;
        adapter.tick();
        assertThat(sent).isEmpty();
        adapter.socketsJoin(BroadcastOptions.ALL, Set.of("r"));
        now += 4 * SECOND;
        adapter.tick();
        assertThat(sent)
                .containsExactly(
                        "{\"type\":4,\"data\":{\"opts\":{\"rooms\":[],\"except\":[],\"flags\":{}},"
                                + "\"rooms\":[\"r\"]},\"uid\":\"ME\",\"nsp\":\"/\"}");
        now += SECOND;
        adapter.tick();
        assertThat(sent).hasSize(2).last().isEqualTo("{\"type\":2,\"uid\":\"ME\",\"nsp\":\"/\"}");
    }

    @Test
    void aServerIsGoneTenSecondsAfterItsLastMessage() {
        adapter.hear(message(ClusterMessage.HEARTBEAT, "a"));
        now += 10 * SECOND;
        adapter.tick();
        assertThat(servers()).isEqualTo(2);
        now += 1;
        adapter.tick();
        assertThat(servers()).isEqualTo(1);
    }

    @Test
    void aServerThatClosesIsGoneAtOnce() {
        adapter.hear(message(ClusterMessage.HEARTBEAT, "a"));
        adapter.hear(message(ClusterMessage.ADAPTER_CLOSE, "a"));
        assertThat(servers()).isEqualTo(1);
    }

    @Test
    void anEmitterIsNoServer() {
        adapter.hear(message(ClusterMessage.HEARTBEAT, "emitter"));
        assertThat(servers()).isEqualTo(1);
    }

    @Test
    void messagesOfThisServerAndOfOtherNamespacesHaveNoEffect() {
        adapter.hear(message(ClusterMessage.INITIAL_HEARTBEAT, adapter.uid()));
        adapter.hear("{\"type\":1,\"uid\":\"a\",\"nsp\":\"/other\"}");
        assertThat(servers()).isEqualTo(1);
        assertThat(sent).isEmpty();
    }

    @Test
    void aRequestEndsWhenEachServerHasAnsweredOrIsGone() {
        adapter.hear(message(ClusterMessage.HEARTBEAT, "a"));
        adapter.hear(message(ClusterMessage.HEARTBEAT, "b"));
        var found = adapter.fetchSockets(BroadcastOptions.ALL);
        adapter.hear(
                ("{\"type\":8,\"uid\":\"a\",\"nsp\":\"/\",\"data\":{\"requestId\":\"%s\",\"sockets\":["
                                + "{\"id\":\"s\",\"handshake\":{},\"rooms\":[\"s\"],\"data\":{}}]}}")
                        .formatted(requestId()));
        assertThat(found).isNotDone();
        adapter.hear(message(ClusterMessage.ADAPTER_CLOSE, "b"));
        assertThat(found.orTimeout(30, TimeUnit.SECONDS).join())
                .extracting(Adapter.SocketState::id)
                .containsExactly("s");
    }

    @Test
    void aServerSideEventGathersOneAnswerOfEachServer() {
        adapter.hear(message(ClusterMessage.HEARTBEAT, "a"));
        var answers = new Gathered();
        adapter.serverSideEmit(Payload.of("[\"hi\"]".getBytes(UTF_8)), answers);
        String answer =
                "{\"type\":10,\"uid\":\"a\",\"nsp\":\"/\",\"data\":{\"requestId\":\"%s\",\"packet\":7}}"
                        .formatted(requestId());
        adapter.hear(answer);
        adapter.hear(answer);
        assertThat(answers.heard).containsExactly("[7]", "expect 1");
    }

    @Test
    void aMessageWithoutItsDataIsRefusedWithAReason() {
        assertThatThrownBy(() -> adapter.hear(message(ClusterMessage.SOCKETS_JOIN, "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a message of type 4 without 'data'");
    }

    @Test
    void aServerThatGoesSaysSo() {
        adapter.close();
        assertThat(sent).containsExactly("{\"type\":13,\"uid\":\"ME\",\"nsp\":\"/\"}");
    }

    @Test
    void whatIsSentAfterTheEndArrivesButItsSenderCountsAsNoServer() {
        adapter.close();
        sent.clear();
        adapter.socketsJoin(BroadcastOptions.ALL, Set.of("r"));
        adapter.serverSideEmit(Payload.of("[\"late\"]".getBytes(UTF_8)), null);
        assertThat(sent)
                .containsExactly(
                        "{\"type\":4,\"data\":{\"opts\":{\"rooms\":[],\"except\":[],\"flags\":{}},"
                                + "\"rooms\":[\"r\"]},\"uid\":\"emitter\",\"nsp\":\"/\"}",
                        "{\"type\":9,\"data\":{\"packet\":[\"late\"]},\"uid\":\"emitter\",\"nsp\":\"/\"}");
    }

    @Test
    void aClosedServerAnswersNobodyAndSendsNoHeartbeat() {
        adapter.close();
        sent.clear();
        adapter.hear(message(ClusterMessage.INITIAL_HEARTBEAT, "a"));
        adapter.hear(
                "{\"type\":7,\"uid\":\"a\",\"nsp\":\"/\",\"data\":{\"opts\":{},\"requestId\":\"1\"}}");
        now += 6 * SECOND;
        adapter.tick();
        assertThat(sent).isEmpty();
        assertThat(servers()).isEqualTo(1);
    }

    @Test
    void aRequestEndsWithTheAnswersThatHaveComeWhenThisServerCloses() {
        adapter.hear(message(ClusterMessage.HEARTBEAT, "a"));
        var found = adapter.fetchSockets(BroadcastOptions.ALL);
        adapter.close();
        assertThat(found.orTimeout(30, TimeUnit.SECONDS).join()).isEmpty();
    }

    @Test
    void aMemberThatIsNullIsAsIfItWereMissing() {
        Payload message = Payload.of("{\"type\":3,\"uid\":null,\"nsp\":null}".getBytes(UTF_8));
        assertThat(ClusterMessage.read(message).uid()).isNull();
        assertThat(ClusterMessage.read(message).nsp()).isNull();
    }

    private static final class Gathered implements Adapter.Answers {
        final List<@Nullable String> heard = new ArrayList<>();

        @Override
        public void addParties(int parties) {
            heard.add("parties " + parties);
        }

        @Override
        public void expect(int answers) {
            heard.add("expect " + answers);
        }

        @Override
        public void answered(Payload args) {
            heard.add(new String(Messages.json(args), UTF_8));
        }

        @Override
        public void timedOut() {
            heard.add("timed out");
        }
    }
}
