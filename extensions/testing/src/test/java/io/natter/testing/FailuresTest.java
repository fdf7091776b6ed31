package io.natter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.dispatch.Dispatch;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The failure of a test says what it waited for and what came instead.
class FailuresTest {
    private final SocketIoServer io = SocketIoServer.create();
    private final TestServer server = TestServer.start(io);

    @AfterEach
    void close() {
        server.close();
    }

    /// Events that a test waits for from now on do not come.
    private void expectFailures() {
        server.patience(Duration.ofMillis(50));
    }

    @Test
    void aMissingEvent() {
        io.onConnection(socket -> socket.emit("hello", 1));
        var zoe = server.connect();
        expectFailures();
        assertThatThrownBy(() -> zoe.await("goodbye"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "no event `goodbye` came within 50 ms."
                                + " The client is connected and has received [hello[1]]");
    }

    @Test
    void aMissingEventOfADisconnectedClient() {
        io.onConnection(socket -> socket.on("bye", () -> socket.disconnect()));
        var zoe = server.connect();
        zoe.emit("bye");
        assertThatThrownBy(() -> zoe.await("goodbye"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "no event `goodbye` came. The client is disconnected"
                                + " (io server disconnect) and has received nothing else");
        assertThatThrownBy(() -> zoe.emit("more"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the client is disconnected: io server disconnect");
    }

    @Test
    void aMissingAcknowledgementHasTheExceptionOfTheHandler() {
        var cause = new IllegalStateException("on purpose");
        io.onConnection(
                socket ->
                        socket.on(
                                "save",
                                () -> {
                                    throw cause;
                                }));
        var zoe = server.connect();
        zoe.emit("save");
        server.settle();
        expectFailures();
        assertThatThrownBy(() -> zoe.call("load", String.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("no acknowledgement of `load` came within 50 ms. ")
                .hasSuppressedException(cause);
    }

    @Test
    void anAcknowledgementOfAnotherType() {
        io.onConnection(
                socket -> {
                    socket.on("age", (args, ack) -> ack.send("old"));
                    socket.on("nothing", (args, ack) -> ack.send());
                });
        var zoe = server.connect();
        assertThatThrownBy(() -> zoe.call("age", Integer.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("the acknowledgement of `age` came with [old]: ");
        assertThatThrownBy(() -> zoe.call("nothing", Integer.class))
                .isInstanceOf(AssertionError.class)
                .hasMessage("the acknowledgement of `nothing` came with []: argument 0 is missing");
    }

    @Test
    void anEventWithoutRequest() {
        io.onConnection(socket -> socket.emit("hello"));
        var event = server.connect().await("hello");
        assertThatThrownBy(event::acknowledge)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the server asked for no acknowledgement of `hello`");
    }

    @Test
    void aClientThatStaysConnected() {
        var zoe = server.connect();
        expectFailures();
        assertThatThrownBy(zoe::awaitDisconnect)
                .hasMessage(
                        "no disconnect came within 50 ms."
                                + " The client is connected and has received nothing else");
        assertThatThrownBy(zoe::awaitServerDisconnect)
                .hasMessageStartingWith("no disconnect of the server's socket came within 50 ms.");
    }

    @Test
    void aHandlerThatDoesNotReturn() {
        var open = new CountDownLatch(1);
        io.onConnection(socket -> socket.on("wait", (args, ack) -> open.await()));
        var zoe = server.connect();
        zoe.emit("wait");
        expectFailures();
        assertThatThrownBy(server::settle)
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "a handler of the client "
                                + zoe.id()
                                + " of / did not return within 50 ms");
        open.countDown();
    }

    @Test
    void anAnswerThatThrows() {
        var cause = new IllegalStateException("on purpose");
        var zoe =
                server.connect()
                        .answer(
                                "age",
                                args -> {
                                    throw cause;
                                });
        var ignored = zoe.socket().emitWithAck("age");
        server.settle();
        expectFailures();
        assertThatThrownBy(() -> zoe.await("other")).hasSuppressedException(cause);
    }

    @Test
    void aCallFromTheEventLoop() {
        var inline =
                SocketIoServer.create(SocketIoOptions.builder().dispatch(Dispatch.INLINE).build());
        var failure = new CompletableFuture<Throwable>();
        inline.onError(error -> failure.complete(error.cause()));
        try (var other = TestServer.start(inline)) {
            inline.onConnection(socket -> socket.on("again", () -> other.connect()));
            other.connect().emit("again");
            assertThat(failure.join())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("this thread is the event loop of the test server");
        }
    }

    @Test
    void aClosedServer() {
        server.close();
        assertThatThrownBy(server::connect)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the test server is closed");
    }
}
