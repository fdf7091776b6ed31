package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessHost;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Interceptors around each call of a handler.
final class InterceptorTest {
    private final List<Object> seen = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final SocketIoServer io =
            SocketTest.server(SocketIoOptions.builder()).onError(e -> errors.add(e.cause()));
    private final InProcessHost host = new InProcessHost(io);

    private HandlerInterceptor noting(String name) {
        return call -> {
            seen.add(name + "(" + call.kind() + " " + call.event() + call.args().toList());
            call.proceed();
            seen.add(")" + name);
        };
    }

    @Test
    void surroundsTheHandlersOfConnectionEventsAndDisconnect() {
        io.around(noting("io"));
        io.onConnection(
                socket -> {
                    seen.add("connected");
                    socket.on("x", String.class, text -> seen.add(text));
                    socket.onDisconnecting(reason -> seen.add("leaving"));
                    socket.onDisconnect(reason -> seen.add("left"));
                });
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("2[\"x\",\"hi\"]");
        client.cut();
        assertThat(seen)
                .containsExactly(
                        "io(CONNECTION connection[]",
                        "connected",
                        ")io",
                        "io(EVENT x[hi]",
                        "hi",
                        ")io",
                        "io(DISCONNECTING disconnecting[]",
                        "leaving",
                        ")io",
                        "io(DISCONNECT disconnect[]",
                        "left",
                        ")io");
    }

    @Test
    void thoseOfTheServerAreOutsideOfThoseOfTheNamespace() {
        io.of(Pattern.compile("/game-\\d")).around(noting("nsp")).onConnection(socket -> {});
        io.around(noting("io"));
        Wire.Kind.WEBSOCKET.open(host).send("0/game-1,");
        Wire.Kind.WEBSOCKET.open(host).join();
        assertThat(seen)
                .containsExactly(
                        "io(CONNECTION connection[]", "nsp(CONNECTION connection[]", ")nsp", ")io");
    }

    @Test
    void seesWhatTheHandlerThrowsAndMayCallItAgain() {
        var attempts = new ArrayList<Integer>();
        io.around(
                call -> {
                    try {
                        call.proceed();
                    } catch (IllegalStateException retry) {
                        call.proceed();
                    }
                });
        io.around(noting("inner"));
        io.onConnection(
                socket ->
                        socket.onRequest(
                                "x",
                                Integer.class,
                                n -> {
                                    attempts.add(n);
                                    if (attempts.size() % 2 == 1 || n > 1) {
                                        throw new IllegalStateException("attempt");
                                    }
                                    return "done";
                                }));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        seen.clear();
        client.send("21[\"x\",1]");
        client.send("22[\"x\",2]");
        assertThat(client.received())
                .containsExactly("31[\"done\"]", "32[{\"error\":\"internal error\"}]");
        assertThat(attempts).containsExactly(1, 1, 2, 2);
        assertThat(seen.stream().filter(s -> s.toString().startsWith("inner("))).hasSize(4);
        assertThat(errors).hasSize(1);
    }

    @Test
    void withoutProceedTheHandlerIsNotCalled() {
        io.around(call -> {});
        io.onConnection(socket -> seen.add("connected"));
        Wire.Kind.WEBSOCKET.open(host).join();
        assertThat(seen).isEmpty();
        assertThat(io.sockets()).hasSize(1);
    }

    @Test
    void onceCallsNoMoreThanOnceInsideAnInterceptor() {
        io.around(noting("io"));
        io.onConnection(socket -> socket.once("x", () -> seen.add("x")));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        seen.clear();
        client.send("2[\"x\"]");
        client.send("2[\"x\"]");
        assertThat(seen).containsExactly("io(EVENT x[]", "x", ")io");
    }
}
