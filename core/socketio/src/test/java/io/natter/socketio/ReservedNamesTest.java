package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.inprocess.InProcessHost;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The message for a reserved event name says what to use instead.
final class ReservedNamesTest {
    private final SocketIoServer io = SocketTest.server(SocketIoOptions.builder());

    private Socket socket() {
        var connected = new ArrayList<Socket>();
        io.onConnection(connected::add);
        Wire.Kind.WEBSOCKET.open(new InProcessHost(io)).join();
        return connected.getFirst();
    }

    private static void refuses(String event, String instead, List<ThrowingCallable> calls) {
        assertThat(calls)
                .allSatisfy(
                        call ->
                                assertThatThrownBy(call)
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessage(
                                                "\"%s\" is a reserved event name: %s",
                                                event, instead));
    }

    @ParameterizedTest
    @CsvSource({
        "connect, use io.onConnection",
        "connect_error, only clients have this event",
        "disconnect, use socket.onDisconnect",
        "disconnecting, use socket.onDisconnecting",
        "newListener, Natter has no such event",
        "removeListener, Natter has no such event"
    })
    void areRefusedInAHandler(String event, String instead) {
        var socket = socket();
        refuses(
                event,
                instead,
                List.of(
                        () -> socket.on(event, () -> {}),
                        () -> socket.on(event, String.class, _ -> {}),
                        () -> socket.once(event, () -> {})));
    }

    @ParameterizedTest
    @CsvSource({
        "connect, a client has this event when it has connected",
        "connect_error, throw a ConnectException in a middleware",
        "disconnect, use socket.disconnect",
        "disconnecting, only servers have this event",
        "newListener, Natter has no such event",
        "removeListener, Natter has no such event"
    })
    void areRefusedInAnEmit(String event, String instead) {
        var socket = socket();
        refuses(
                event,
                instead,
                List.of(
                        () -> socket.emit(event),
                        () -> socket.emitWithAck(event),
                        () -> io.emit(event),
                        () -> io.to("room").emitWithAck(event),
                        () -> SocketIoOptions.builder().drainEvent(event).build()));
    }

    @ParameterizedTest
    @CsvSource({
        "connect, use io.onConnection",
        "connection, use io.onConnection",
        "new_namespace, use io.onNewNamespace"
    })
    void areRefusedBetweenServers(String event, String instead) {
        refuses(
                event,
                instead,
                List.of(
                        () -> io.onServerSide(event, (_, _) -> {}),
                        () -> io.serverSideEmit(event),
                        () -> io.serverSideEmitWithAck(event)));
    }

    @Test
    void otherNamesAreAllowed() {
        var socket = socket();
        socket.on("connection", () -> {}).on("error", () -> {});
        socket.emit("connection");
        assertThat(socket.connected()).isTrue();
    }
}
