package io.natter.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.host.PreparedMessage;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.netty.loop.Connection;
import io.natter.netty.websocket.NettyWebSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// All sockets of an event loop are flushed together, out of memory that is used again afterwards.
/// After any interruption of a flush, no client gets another client's bytes, and all others are
/// served.
@ExtendWith(NoLeaks.class)
@ParameterizedClass
@EnumSource(
        value = IoTransport.class,
        names = {"EPOLL", "NIO"})
class FlushFailureTest {
    private final BlockingQueue<NettyWebSocket> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    private final List<RawClient> clients = new ArrayList<>();
    private final NettyHost host;

    /// The exception of listeners that are told that their socket takes more.
    private volatile @Nullable Throwable thrown;

    FlushFailureTest(IoTransport transport) {
        var echo = new Echo();
        echo.listener = this::open;
        host = echo.onOneLoop(transport).listen();
    }

    private WebSocketListener open(WebSocketConnection connection) {
        opened.add((NettyWebSocket) connection);
        return new WebSocketListener() {
            @Override
            public void text(byte[] utf8) {
                connection.send(new PreparedMessage(new String(utf8, UTF_8)));
            }

            @Override
            public void binary(byte[] data) {}

            @Override
            public void writable() {
                var failure = thrown;
                if (failure != null) {
                    FlushFailureTest.<RuntimeException>rethrow(failure);
                }
            }

            @Override
            public void closed(int code, String reason) {
                closed.add(code + " " + reason);
            }
        };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void rethrow(Throwable failure) throws T {
        throw (T) failure;
    }

    @AfterEach
    void stop() throws IOException {
        for (var client : clients) {
            client.close();
        }
        host.close();
    }

    private record Pair(RawClient client, NettyWebSocket socket) {}

    private Pair open() throws Exception {
        var client = RawClient.webSocket(host.port(), "/echo");
        clients.add(client);
        return new Pair(client, Objects.requireNonNull(opened.poll(10, SECONDS)));
    }

    private static PreparedMessage text(String text) {
        return new PreparedMessage(text);
    }

    /// Runs a task on the event loop of `socket`, and waits for what it has led to.
    private static void onLoop(NettyWebSocket socket, Runnable task) {
        CompletableFuture.runAsync(task, socket.strand()).join();
        CompletableFuture.runAsync(() -> {}, socket.strand()).join();
    }

    /// The first socket of the pass has so much to write that its listener is called during the
    /// flush: there is room again.
    private void interruptsNobodyElse(Throwable failure) throws Exception {
        var culprit = open();
        var bystander = open();
        var third = open();
        thrown = failure;
        onLoop(
                culprit.socket,
                () -> {
                    culprit.socket.send(text("x".repeat(Connection.HIGH_WATER)));
                    bystander.socket.send(text("for the bystander"));
                    third.socket.send(text("for the third"));
                });
        onLoop(culprit.socket, () -> third.socket.send(text("a secret of the third")));
        assertThat(bystander.client.frame().text()).isEqualTo("for the bystander");
        assertThat(third.client.frame().text()).isEqualTo("for the third");
        assertThat(third.client.frame().text()).isEqualTo("a secret of the third");
        bystander.client.send(RawClient.text("still there"));
        assertThat(bystander.client.frame().text()).isEqualTo("still there");
        assertThat(culprit.client.frame().payload()).hasSize(Connection.HIGH_WATER);
        assertThat(culprit.client.frame().closeCode()).isEqualTo(1011);
        await().untilAsserted(() -> assertThat(host.metrics().failures()).isEqualTo(1));
        assertThat(host.unresponsiveEventLoops()).isZero();
    }

    @Test
    void aListenerThatThrowsAnExceptionInAFlushCostsItsOwnConnection() throws Exception {
        interruptsNobodyElse(new IllegalStateException("on purpose"));
    }

    @Test
    void aListenerThatThrowsAnErrorInAFlushCostsItsOwnConnection() throws Exception {
        interruptsNobodyElse(new StackOverflowError());
    }

    @Test
    void aListenerThatRunsOutOfMemoryInAFlushCostsItsOwnConnection() throws Exception {
        interruptsNobodyElse(new OutOfMemoryError("on purpose"));
        await().untilAsserted(() -> assertThat(host.metrics().memoryErrors()).isEqualTo(1));
    }

    /// Output that was noted before the memory was used again is never sent, for any reason.
    @Test
    void aRangeOfMemoryThatWasUsedAgainIsNotSent() throws Exception {
        var victim = open();
        var other = open();
        onLoop(
                victim.socket,
                () -> {
                    victim.socket.send(text("lost"));
                    victim.socket.strand().forgetTouched();
                });
        onLoop(victim.socket, () -> other.socket.send(text("a secret of the other")));
        assertThat(other.client.frame().text()).isEqualTo("a secret of the other");
        onLoop(victim.socket, () -> victim.socket.send(text("later")));
        assertThat(victim.client.atEnd()).isTrue();
        assertThat(closed.poll(10, SECONDS))
                .isEqualTo("1006 what was written to the client was lost");
        other.client.send(RawClient.text("still there"));
        assertThat(other.client.frame().text()).isEqualTo("still there");
    }
}
