package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tasks of the application that run in order with a socket's handlers.
final class SocketTasksTest {
    private final SocketIoServer io = SocketTest.server(SocketIoOptions.builder());
    private final InProcessHost host = new InProcessHost(io);
    private final List<Object> seen = new ArrayList<>();

    @Test
    void aTaskRunsBehindTheHandlerThatGaveIt() {
        io.onConnection(
                socket -> {
                    socket.on(
                            "a",
                            () -> {
                                seen.add("handler");
                                socket.execute(() -> seen.add("task"));
                                seen.add("handler goes on");
                            });
                });
        Wire.Kind.WEBSOCKET.open(host).join().send("2[\"a\"]");
        assertThat(seen).containsExactly("handler", "handler goes on", "task");
    }

    @Test
    void aTaskRunsBehindTheHandlersOfDisconnect() {
        var sockets = new ArrayList<Socket>();
        io.onConnection(sockets::add);
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        var socket = sockets.getFirst();
        socket.onDisconnect(
                reason -> {
                    socket.execute(() -> seen.add("task"));
                    seen.add(reason);
                });
        client.cut();
        assertThat(seen).containsExactly(DisconnectReason.TRANSPORT_CLOSE, "task");
        socket.execute(() -> seen.add("late task"));
        host.strand().run();
        assertThat(seen).contains("late task");
    }

    @Test
    void aTaskThatThrowsIsReportedAsAHandler() {
        io.onError(
                error ->
                        seen.add(
                                error.kind()
                                        + " "
                                        + error.event()
                                        + ": "
                                        + error.cause().getMessage()));
        io.onConnection(
                socket ->
                        socket.execute(
                                        () -> {
                                            throw new IllegalStateException("on purpose");
                                        })
                                .execute(() -> seen.add("next")));
        Wire.Kind.WEBSOCKET.open(host).join();
        assertThat(seen).containsExactly("HANDLER execute: on purpose", "next");
    }
}
