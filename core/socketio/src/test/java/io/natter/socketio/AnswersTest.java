package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.inprocess.InProcessHost;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.payload.Request;
import io.natter.socketio.payload.TypeRef;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The server asks clients, with typed answers, and waits.
final class AnswersTest {
    private static final Request<Integer, Integer> SQUARE =
            Request.of("square", Integer.class, Integer.class);

    private final SocketIoServer io = SocketIoServer.create();
    private final InProcessHost host = new InProcessHost(io);
    private final List<Wire> clients = new ArrayList<>();

    @BeforeEach
    void connect() {
        for (int i = 0; i < 2; i++) {
            clients.add(Wire.Kind.WEBSOCKET.open(host).join());
        }
        assertThat(io.sockets()).hasSize(2);
    }

    @AfterEach
    void close() {
        io.close();
    }

    private Socket first() {
        return io.sockets().iterator().next();
    }

    /// Runs a call that waits, while the clients answer its questions in turn with `answers`. If
    /// there are none, time passes instead.
    private <T> T asked(Supplier<T> call, String... answers) {
        var result = CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
        var left = new ArrayDeque<>(List.of(answers));
        host.strand()
                .runUntil(
                        () -> {
                            for (Wire client : clients) {
                                client.received().forEach(q -> answer(client, q, left.poll()));
                            }
                            if (answers.length == 0) {
                                host.strand().advanceMillis(100);
                            }
                            return result.isDone();
                        },
                        Duration.ofSeconds(30));
        try {
            return result.join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private static void answer(Wire client, String question, @Nullable String answer) {
        if (answer != null) {
            client.send("3" + question.substring(1, question.indexOf('[')) + answer);
        }
    }

    @Test
    void aBroadcastWaitsForTypedAnswers() {
        assertThat(asked(() -> io.call("n", Integer.class), "[1]", "[2]"))
                .containsExactlyInAnyOrder(1, 2);
        assertThat(asked(() -> io.call("n", "x", Integer.class), "[1]", "[2]"))
                .containsExactlyInAnyOrder(1, 2);
        assertThat(asked(() -> io.call(SQUARE, 3), "[9]", "[10]")).containsExactlyInAnyOrder(9, 10);
        TypeRef<List<String>> list = new TypeRef<>() {};
        assertThat(asked(() -> io.call("l", list), "[[\"a\"]]", "[[]]"))
                .containsExactlyInAnyOrder(List.of("a"), List.of());
        assertThat(asked(() -> io.call("l", 1, list), "[[\"a\"]]", "[[]]"))
                .containsExactlyInAnyOrder(List.of("a"), List.of());
        assertThat(asked(() -> io.callAll("q", 1, 2), "[1,2]", "[]"))
                .extracting(Args::size)
                .containsExactlyInAnyOrder(0, 2);
        assertThat(asked(() -> io.emitWithAck(SQUARE, 3).join(), "[9]", "[10]"))
                .containsExactlyInAnyOrder(9, 10);
    }

    @Test
    void aBroadcastThrowsWhenAnAnswerIsLateOrDoesNotFit() {
        assertThatThrownBy(() -> asked(() -> io.timeout(Duration.ofSeconds(1)).call(SQUARE, 3)))
                .isInstanceOf(BroadcastTimeoutException.class);
        assertThatThrownBy(() -> asked(() -> io.call(SQUARE, 3), "[9]", "[\"x\"]"))
                .isInstanceOf(PayloadException.class);
    }

    @Test
    void aSocketWaitsForATypedAnswer() {
        var one = first();
        TypeRef<List<String>> list = new TypeRef<>() {};
        assertThat(asked(() -> one.call(SQUARE, 3), "[9]")).isEqualTo(9);
        assertThat(asked(() -> one.call("n", Integer.class), "[1]")).isEqualTo(1);
        assertThat(asked(() -> one.call("l", 1, list), "[[\"a\"]]")).containsExactly("a");
        assertThat(asked(() -> one.call("l", list), "[[\"a\"]]")).containsExactly("a");
        assertThat(asked(() -> one.callAll("q"), "[1,2]").size()).isEqualTo(2);
        assertThat(asked(() -> one.emitWithAck(SQUARE, 3).join(), "[9]")).isEqualTo(9);
        assertThatThrownBy(() -> asked(() -> one.call(SQUARE, 3), "[]"))
                .isInstanceOf(PayloadException.class);
        assertThatThrownBy(() -> asked(() -> one.timeout(Duration.ofSeconds(1)).call(SQUARE, 3)))
                .isInstanceOf(AckException.TimedOut.class);
        var future = one.emitWithAck(SQUARE, 3);
        assertThatThrownBy(() -> asked(future::join, "[\"x\"]"))
                .isInstanceOf(PayloadException.class);
    }

    @Test
    void aFetchedSocketWaitsForATypedAnswer() {
        var own = io.in(first().id());
        var remote = asked(own::fetchSockets).getFirst();
        assertThat(asked(() -> remote.call(SQUARE, 3), "[9]")).isEqualTo(9);
        assertThat(asked(() -> remote.call("n", null, Integer.class), "[1]")).isEqualTo(1);
        assertThatThrownBy(() -> asked(() -> remote.timeout(Duration.ofSeconds(1)).call(SQUARE, 3)))
                .isInstanceOf(BroadcastTimeoutException.class);
    }

    interface Player {
        int score(String game);

        List<String> names();
    }

    @Test
    void aMethodOfAnInterfaceWaitsForItsAnswer() {
        var player = first().timeout(Duration.ofSeconds(1)).as(Player.class);
        assertThat(asked(() -> player.score("chess"), "[1500]")).isEqualTo(1500);
        assertThat(asked(player::names, "[[\"ana\"]]")).containsExactly("ana");
        assertThatThrownBy(() -> asked(player::names, "[5]")).isInstanceOf(PayloadException.class);
        assertThatThrownBy(() -> asked(player::names)).isInstanceOf(AckException.TimedOut.class);
        var remote = asked(io::fetchSockets).getFirst().as(Player.class);
        assertThat(asked(() -> remote.score("go"), "[7]")).isEqualTo(7);
    }
}
