package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.inprocess.InProcessHost;
import io.natter.socketio.payload.EventName;
import io.natter.socketio.payload.PayloadException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Events as the methods of an interface, in both directions.
final class EventInterfaceTest {
    record Message(String room, String text) {}

    interface ChatClient {
        void message(Message message);

        @EventName("user joined")
        void userJoined(String name, int number, byte[] picture);

        void cleared();

        int score(String game);

        CompletableFuture<List<Integer>> scores();

        CompletableFuture<Void> saved();

        void asked(String question, AckCallback callback);

        default void welcome() {
            message(new Message("lobby", "welcome"));
        }
    }

    interface ChatServer {
        void message(Message message);

        int square(int n);

        CompletableFuture<String> later(String text);

        @EventName("add all")
        int addAll(List<Integer> numbers, Optional<Integer> more, @Nullable Integer evenMore);

        void remembered(String text, Ack ack);

        void cleared();
    }

    interface TwoMethods {
        void a();

        @EventName("a")
        void b();
    }

    private final List<Object> seen = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final SocketIoServer io =
            SocketTest.server(SocketIoOptions.builder()).onError(e -> errors.add(e.cause()));
    private final InProcessHost host = new InProcessHost(io);

    private final class Handlers implements ChatServer {
        @Override
        public void message(Message message) {
            seen.add(message);
        }

        @Override
        public int square(int n) {
            if (n > 1000) {
                throw new IllegalStateException("too large");
            }
            return n * n;
        }

        @Override
        public CompletableFuture<String> later(String text) {
            return CompletableFuture.completedFuture(text + "!");
        }

        @Override
        public int addAll(
                List<Integer> numbers, Optional<Integer> more, @Nullable Integer evenMore) {
            int sum = numbers.stream().mapToInt(n -> n).sum() + more.orElse(0);
            return evenMore == null ? sum : sum + evenMore;
        }

        @Override
        public void remembered(String text, Ack ack) {
            ack.send(text, 1);
        }

        @Override
        public void cleared() {
            seen.add("cleared");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallSendsTheEvent(Wire.Kind kind) {
        io.onConnection(
                socket ->
                        socket.on(
                                "go",
                                () -> {
                                    var chat = socket.as(ChatClient.class);
                                    chat.message(new Message("a", "hi"));
                                    chat.userJoined("ana", 7, new byte[] {1});
                                    chat.cleared();
                                    chat.welcome();
                                }));
        var client = kind.open(host).join();
        client.send("2[\"go\"]");
        assertThat(client.received())
                .containsExactly(
                        "2[\"message\",{\"room\":\"a\",\"text\":\"hi\"}]",
                        "51-[\"user joined\",\"ana\",7,{\"_placeholder\":true,\"num\":0}]",
                        "0x01",
                        "2[\"cleared\"]",
                        "2[\"message\",{\"room\":\"lobby\",\"text\":\"welcome\"}]");
    }

    @Test
    void broadcastsSendTheEventToo() {
        io.onConnection(socket -> socket.join("a"));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        io.as(ChatClient.class).cleared();
        io.of("/").as(ChatClient.class).cleared();
        io.to("a").as(ChatClient.class).cleared();
        io.sockets().iterator().next().compress(false).as(ChatClient.class).cleared();
        assertThat(client.received()).hasSize(4).containsOnly("2[\"cleared\"]");
    }

    @Test
    void aFutureIsCompletedByTheAcknowledgement() {
        io.onConnection(
                socket ->
                        socket.on(
                                "go",
                                () -> {
                                    var chat = socket.as(ChatClient.class);
                                    var _ = chat.scores().thenAccept(seen::add);
                                    var _ = chat.saved().thenRun(() -> seen.add("saved"));
                                    chat.asked("why?", (_, answer) -> seen.add(answer.toList()));
                                }));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("2[\"go\"]");
        assertThat(client.received())
                .containsExactly("20[\"scores\"]", "21[\"saved\"]", "22[\"asked\",\"why?\"]");
        client.send("30[[1,2]]");
        client.send("31[]");
        client.send("32[\"so\"]");
        assertThat(seen).containsExactly(List.of(1, 2), "saved", List.of("so"));
    }

    @Test
    void aBroadcastRefusesMethodsWithAResult() {
        assertThatThrownBy(() -> io.as(ChatClient.class).score("chess"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("a broadcast may have several");
    }

    @ParameterizedTest
    @EnumSource
    void aMethodHandlesTheEvent(Wire.Kind kind) {
        io.onConnection(socket -> socket.on(ChatServer.class, new Handlers()));
        var client = kind.open(host).join();
        client.send("2[\"message\",{\"room\":\"a\",\"text\":\"hi\"}]");
        client.send("21[\"square\",5]");
        client.send("22[\"later\",\"soon\"]");
        client.send("23[\"add all\",[1,2]]");
        client.send("24[\"add all\",[1,2],3,4]");
        client.send("25[\"remembered\",\"this\"]");
        client.send("26[\"cleared\"]");
        assertThat(client.received())
                .containsExactly("31[25]", "32[\"soon!\"]", "33[3]", "34[10]", "35[\"this\",1]");
        assertThat(seen).containsExactly(new Message("a", "hi"), "cleared");
    }

    @Test
    void theErrorsAreThoseOfOtherHandlers() {
        io.onConnection(socket -> socket.on(ChatServer.class, new Handlers()));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("21[\"square\",\"five\"]");
        client.send("22[\"square\",1001]");
        client.send("23[\"square\"]");
        assertThat(client.received())
                .containsExactly(
                        "31[{\"error\":\"bad payload\"}]",
                        "32[{\"error\":\"internal error\"}]",
                        "33[{\"error\":\"bad payload\"}]");
        assertThat(errors).hasSize(3);
        assertThat(errors.get(0)).isInstanceOf(PayloadException.class);
        assertThat(errors.get(1)).hasMessage("too large");
        assertThat(errors.get(2)).hasMessage("argument 0 is missing");
    }

    @Test
    void offRemovesAMethodsHandler() {
        var handlers = new Handlers();
        io.onConnection(socket -> socket.on(ChatServer.class, handlers).off("cleared", handlers));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("2[\"cleared\"]");
        assertThat(seen).isEmpty();
    }

    @Test
    void theInterfaceIsChecked() {
        assertThatThrownBy(() -> io.as(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("java.lang.String is not an interface");
        assertThatThrownBy(() -> io.as(java.io.Serializable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("java.io.Serializable has no abstract methods");
        assertThatThrownBy(() -> io.as(TwoMethods.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("has two methods for the event a");
    }
}
