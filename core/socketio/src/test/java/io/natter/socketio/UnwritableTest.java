package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.inprocess.InProcessHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Values that cannot be written as JSON, and what Java makes of variable arguments.
final class UnwritableTest {
    private final List<Object> seen = new ArrayList<>();
    private final SocketIoServer io = SocketTest.server(SocketIoOptions.builder());
    private final InProcessHost host = new InProcessHost(io);

    /// Refers to itself.
    public static final class Cyclic {
        public Cyclic getSelf() {
            return this;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatCannotBeWrittenIsAnsweredWithAnError(Wire.Kind kind) {
        io.onConnection(socket -> socket.on("e", (_, ack) -> ack.send(new Cyclic())));
        var client = kind.open(host).join();
        client.send("21[\"e\"]");
        assertThat(client.received()).containsExactly("31[{\"error\":\"internal error\"}]");
        assertThat(io.metrics().errors(HandlerError.Kind.HANDLER)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerMayAnswerOtherwiseInstead(Wire.Kind kind) {
        io.onConnection(
                socket ->
                        socket.on(
                                "e",
                                (_, ack) -> {
                                    assertThatThrownBy(() -> ack.send(new Cyclic()))
                                            .isInstanceOf(IllegalArgumentException.class)
                                            .hasMessageStartingWith("cannot be written as JSON: ");
                                    ack.send("sorry");
                                    ack.send("once only");
                                }));
        var client = kind.open(host).join();
        client.send("21[\"e\"]");
        assertThat(client.received()).containsExactly("31[\"sorry\"]");
    }

    @Test
    void anErrorAnswerThatCannotBeWrittenIsTheDefault() {
        for (Object answer : new Object[] {new Cyclic(), new IllegalStateException("thrown")}) {
            var io =
                    SocketTest.server(
                            SocketIoOptions.builder()
                                    .errorAnswer(
                                            _ -> {
                                                if (answer instanceof RuntimeException e) {
                                                    throw e;
                                                }
                                                return answer;
                                            }));
            io.onConnection(socket -> socket.on("e", Integer.class, (Integer _) -> {}));
            var client = Wire.Kind.WEBSOCKET.open(new InProcessHost(io)).join();
            client.send("21[\"e\",\"no number\"]");
            assertThat(client.received()).containsExactly("31[{\"error\":\"bad payload\"}]");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalWhoseDataCannotBeWrittenKeepsItsMessage(Wire.Kind kind) {
        io.use(
                _ -> {
                    throw new ConnectException("no", new Cyclic());
                });
        var client = kind.open(host);
        client.send("0");
        assertThat(client.received()).containsExactly("4{\"message\":\"no\"}");
    }

    @Test
    void anEventThatCannotBeWrittenIsRefusedAndNothingIsSent() {
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        var socket = io.sockets().iterator().next();
        assertThatThrownBy(() -> socket.emit("e", new Cyclic()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> io.emit("e", new Cyclic()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> io.emitWithAck("e", new Cyclic()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(client.received()).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // what `emit("a", null)` compiles to
    void nullInPlaceOfVariableArgumentsIsOneNull() {
        io.onConnection(
                socket -> {
                    socket.on("e", (_, ack) -> ack.send((Object[]) null));
                    socket.emit("a", (Object[]) null);
                    socket.asVolatile().emit("v", (Object[]) null);
                    socket.send((Object[]) null);
                });
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        io.emit("b", (Object[]) null);
        client.send("21[\"e\"]");
        var received = client.received();
        assertThat(received.subList(1, received.size()))
                .containsExactly(
                        "2[\"a\",null]", "2[\"message\",null]", "2[\"b\",null]", "31[null]");
    }

    @Test
    @SuppressWarnings("varargs")
    void anArrayIsOneArgumentUnlessItIsOfObjects() {
        Object strings = new String[] {"a", "b"};
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        io.emit("strings", (Object[]) strings);
        io.emit("numbers", new int[] {1, 2});
        io.emit("objects", new Object[] {"a", 1});
        io.emit("list", List.of("a", "b").toArray());
        assertThat(client.received())
                .containsExactly(
                        "2[\"strings\",[\"a\",\"b\"]]",
                        "2[\"numbers\",[1,2]]",
                        "2[\"objects\",\"a\",1]",
                        "2[\"list\",\"a\",\"b\"]");
    }

    @Test
    void aCallbackAsTheLastArgumentGetsTheAnswer() {
        io.onConnection(
                socket ->
                        socket.emit(
                                "ask",
                                "x",
                                (AckCallback) (failure, args) -> seen.add(args.toList())));
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        assertThat(client.received().getLast()).isEqualTo("20[\"ask\",\"x\"]");
        client.send("30[5]");
        assertThat(seen).containsExactly(List.of(5));
        AckCallback callback = (_, _) -> {};
        assertThatThrownBy(() -> io.emit("e", callback)).hasMessageContaining("emitWithAck");
        assertThatThrownBy(() -> io.sockets().iterator().next().emit("e", callback, 1))
                .hasMessageContaining("last argument");
    }

    record Reading(double value, float other, Double boxed, double[] many) {}

    @Test
    void whatJsonHasNoNumberForIsNull() {
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        io.emit("a", Double.NaN, Float.POSITIVE_INFINITY, 1.5);
        io.emit("b", List.of(Double.NEGATIVE_INFINITY), Map.of("k", Float.NaN));
        io.emit("c", new Reading(Double.NaN, Float.NaN, Double.NaN, new double[] {1, Double.NaN}));
        io.emit("d", new float[] {Float.NaN, 2});
        assertThat(client.received())
                .containsExactly(
                        "2[\"a\",null,null,1.5]",
                        "2[\"b\",[null],{\"k\":null}]",
                        "2[\"c\",{\"value\":null,\"other\":null,\"boxed\":null,\"many\":[1.0,null]}]",
                        "2[\"d\",[null,2.0]]");
    }

    @ParameterizedTest
    @EnumSource
    void aNumberTooLargeForADoubleIsInfiniteHereAndNullAtOthers(Wire.Kind kind) {
        io.onConnection(
                socket ->
                        socket.on(
                                "e",
                                (args, _) -> {
                                    seen.add(args.get(0));
                                    socket.emit("back", args.toArray());
                                }));
        var client = kind.open(host).join();
        client.send("2[\"e\",1e400,-1e400,{\"n\":1e400},1e-400]");
        assertThat(seen).containsExactly(Double.POSITIVE_INFINITY);
        assertThat(client.received()).containsExactly("2[\"back\",null,null,{\"n\":null},0.0]");
    }
}
