package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.engine.CloseReason;
import io.natter.host.inprocess.InProcessHost;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A client's view of a server, packet by packet, over every transport. Handlers run on the test's
/// own thread.
final class SocketTest {
    private final SocketIoServer io = server(SocketIoOptions.builder());
    private final InProcessHost host = new InProcessHost(io);
    private final List<Object> seen = new ArrayList<>();

    record Message(String text, int number) {}

    record File(String name, byte[] content) {}

    static SocketIoServer server(SocketIoOptions.Builder options) {
        return SocketIoServer.create(options.executor(Runnable::run).build());
    }

    @ParameterizedTest
    @EnumSource
    void answersAConnectWithAnIdThatIsNotTheEnginesOwn(Wire.Kind kind) {
        io.onConnection(socket -> seen.add(socket.id()));
        var client = kind.open(host);
        client.send("0");
        assertThat(seen).hasSize(1);
        assertThat(client.received()).containsExactly("0{\"sid\":\"" + seen.getFirst() + "\"}");
        assertThat((String) seen.getFirst()).hasSize(20);
        assertThat(io.sockets()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void givesAHandlerThePayloadAsItsOwnType(Wire.Kind kind) {
        io.onConnection(socket -> socket.on("chat", Message.class, m -> seen.add(m)));
        var client = kind.open(host).join();
        client.send("2[\"chat\",{\"text\":\"hi\",\"number\":1,\"unknown\":true}]");
        assertThat(seen).containsExactly(new Message("hi", 1));
    }

    @ParameterizedTest
    @EnumSource
    void handlersAddedInOnConnectionMissNothing(Wire.Kind kind) {
        io.use(_ -> {});
        io.onConnection(socket -> socket.on("early", () -> seen.add("early")));
        var client = kind.open(host);
        client.send("0");
        client.send("2[\"early\"]");
        assertThat(seen).containsExactly("early");
    }

    @ParameterizedTest
    @EnumSource
    void sendsEventsWithBytesAnywhere(Wire.Kind kind) {
        io.onConnection(
                socket ->
                        socket.on(
                                "give",
                                () ->
                                        socket.emit(
                                                "take",
                                                Map.of("a", List.of(new File("f", Wire.bytes(1)))),
                                                ByteBuffer.wrap(Wire.bytes(9, 2, 3), 1, 2))));
        var client = kind.open(host).join();
        client.send("2[\"give\"]");
        assertThat(client.received())
                .containsExactly(
                        "52-[\"take\",{\"a\":[{\"name\":\"f\",\"content\":{\"_placeholder\":true,\"num\":0}}]},"
                                + "{\"_placeholder\":true,\"num\":1}]",
                        "0x01",
                        "0x0203");
    }

    @ParameterizedTest
    @EnumSource
    void readsBytesAnywhere(Wire.Kind kind) {
        io.onConnection(
                socket -> {
                    socket.on("file", File.class, f -> seen.add(List.of(f.name(), f.content())));
                    socket.on("any", (args, _) -> seen.add(args.toList()));
                });
        var client = kind.open(host).join();
        client.send("51-[\"file\",{\"name\":\"x\",\"content\":{\"num\":0,\"_placeholder\":true}}]");
        client.send(Wire.bytes(7, 8));
        client.send("51-[\"any\",[{\"deep\":{\"_placeholder\":true,\"num\":0}}],5]");
        client.send(Wire.bytes(9));
        assertThat(seen)
                .usingRecursiveComparison()
                .isEqualTo(
                        List.of(
                                List.of("x", Wire.bytes(7, 8)),
                                List.of(List.of(Map.of("deep", Wire.bytes(9))), 5)));
    }

    @ParameterizedTest
    @EnumSource
    void answersAnEventOnceAndWithTheClientsId(Wire.Kind kind) {
        io.onConnection(
                socket ->
                        socket.on(
                                "ask",
                                String.class,
                                (text, ack) -> {
                                    seen.add(ack.wanted());
                                    ack.send(text, Wire.bytes(1));
                                    ack.send("again");
                                }));
        var client = kind.open(host).join();
        client.send("27[\"ask\",\"x\"]");
        client.send("2[\"ask\",\"unasked\"]");
        assertThat(client.received())
                .containsExactly("61-7[\"x\",{\"_placeholder\":true,\"num\":0}]", "0x01");
        assertThat(seen).containsExactly(true, false);
    }

    @ParameterizedTest
    @EnumSource
    void asksTheClientAndGetsItsAnswer(Wire.Kind kind) {
        var answers = new ArrayList<CompletableFuture<Args>>();
        io.onConnection(
                socket -> {
                    answers.add(socket.emitWithAck("q", 1));
                    socket.emit("r", 2, (failure, args) -> seen.add(args.toList()));
                });
        var client = kind.open(host);
        client.send("0");
        assertThat(client.received().subList(1, 3)).containsExactly("20[\"q\",1]", "21[\"r\",2]");
        client.send("30[\"a\",{\"n\":1}]");
        client.send("30[\"again\"]");
        client.send("399[\"of nothing\"]");
        client.send("31[]");
        assertThat(answers.getFirst().join().toList()).containsExactly("a", Map.of("n", 1));
        assertThat(seen).containsExactly(List.of());
        assertThat(client.closed()).isFalse();
    }

    @Test
    void anAnswerThatDoesNotComeInTimeFails() {
        io.onConnection(
                socket -> {
                    var timed = socket.timeout(Duration.ofSeconds(5));
                    timed.emit("q", (AckCallback) (failure, _) -> seen.add(failure));
                });
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        host.strand().advanceMillis(4999);
        assertThat(seen).isEmpty();
        host.strand().advanceMillis(1);
        assertThat(seen).singleElement().isInstanceOf(AckException.TimedOut.class);
        client.send("30[]");
        assertThat(seen).hasSize(1);
    }

    @Test
    void anAnswerOfAClientThatLeftFails() {
        io.onConnection(
                socket -> socket.emit("q", (AckCallback) (failure, _) -> seen.add(failure)));
        Wire.Kind.WEBSOCKET.open(host).join().cut();
        assertThat(seen).singleElement().isInstanceOf(AckException.Disconnected.class);
    }

    @ParameterizedTest
    @EnumSource
    void deliversOncePerClientHoweverManyRooms(Wire.Kind kind) {
        io.onConnection(
                socket -> {
                    socket.join("a", "b");
                    socket.on("all", () -> io.to("a", "b").to("a").emit("x"));
                    socket.on("others", () -> socket.to("a", "b").emit("y"));
                    socket.on("leave", () -> socket.leave("a").leave("b"));
                    socket.on("own", String.class, id -> io.to(id).emit("z"));
                });
        var one = kind.open(host).join();
        var two = kind.open(host).join();
        one.send("2[\"all\"]");
        assertThat(one.received()).containsExactly("2[\"x\"]");
        assertThat(two.received()).containsExactly("2[\"x\"]");
        one.send("2[\"others\"]");
        assertThat(one.received()).isEmpty();
        assertThat(two.received()).containsExactly("2[\"y\"]");
        two.send("2[\"leave\"]");
        one.send("2[\"all\"]");
        assertThat(one.received()).containsExactly("2[\"x\"]");
        assertThat(two.received()).isEmpty();
        String id = io.sockets().iterator().next().id();
        one.send("2[\"own\",\"" + id + "\"]");
        assertThat(one.received().size() + two.received().size()).isEqualTo(1);
    }

    @Test
    void exceptLeavesRoomsOut() {
        io.onConnection(socket -> socket.on("join", String.class, room -> socket.join(room)));
        var one = Wire.Kind.WEBSOCKET.open(host).join();
        var two = Wire.Kind.WEBSOCKET.open(host).join();
        one.send("2[\"join\",\"muted\"]");
        io.except("muted").emit("x");
        io.to("muted").except("muted").emit("nobody");
        assertThat(one.received()).isEmpty();
        assertThat(two.received()).containsExactly("2[\"x\"]");
    }

    @Test
    void whatOneThreadDoesTakesEffectInItsOrder() {
        io.onConnection(
                socket -> {
                    socket.join("r");
                    assertThat(socket.rooms()).containsExactly(socket.id(), "r");
                    io.to("r").emit("one");
                    socket.emit("two");
                    io.to("r").emit("three");
                    socket.leave("r");
                    io.to("r").emit("unheard");
                    socket.emit("four");
                });
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        assertThat(client.received().subList(1, 5))
                .containsExactly("2[\"one\"]", "2[\"two\"]", "2[\"three\"]", "2[\"four\"]");
    }

    @ParameterizedTest
    @EnumSource
    void aMiddlewareRefusesWithMessageAndData(Wire.Kind kind) {
        io.use(
                socket -> {
                    if (!"sesame".equals(socket.handshake().auth().get("token"))) {
                        throw new ConnectException("not authorized", Map.of("retry", 1));
                    }
                });
        var client = kind.open(host);
        client.send("0");
        assertThat(client.received())
                .containsExactly("4{\"message\":\"not authorized\",\"data\":{\"retry\":1}}");
        client.send("0{\"token\":\"sesame\"}");
        assertThat(client.received()).singleElement().asString().startsWith("0{\"sid\"");
    }

    @Test
    void aMiddlewareThatFailsTellsTheClientNoMore() {
        io.use(
                _ -> {
                    throw new IllegalStateException("secret");
                });
        io.onError(error -> seen.add(error.kind()));
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0");
        assertThat(client.received()).containsExactly("4{\"message\":\"internal error\"}");
        assertThat(seen).containsExactly(HandlerError.Kind.MIDDLEWARE);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownNamespaceIsRefusedAndTheConnectionStays(Wire.Kind kind) {
        var client = kind.open(host);
        client.send("0/nowhere,");
        assertThat(client.received())
                .containsExactly("4/nowhere,{\"message\":\"Invalid namespace\"}");
        assertThat(client.closed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void oneConnectionCarriesManyNamespaces(Wire.Kind kind) {
        io.of("custom").onConnection(socket -> socket.emit("hi", socket.nsp().name()));
        io.onConnection(
                socket -> {
                    socket.emit("hi", "main");
                    socket.onDisconnect(reason -> seen.add(reason.toString()));
                });
        var client = kind.open(host);
        client.send("0/custom,");
        assertThat(client.received().getLast()).isEqualTo("2/custom,[\"hi\",\"/custom\"]");
        client.send("0");
        assertThat(client.received().getLast()).isEqualTo("2[\"hi\",\"main\"]");
        client.send("1");
        assertThat(seen).containsExactly("client namespace disconnect");
        assertThat(client.closed()).isFalse();
        io.of("/custom").emit("still");
        assertThat(client.received()).containsExactly("2/custom,[\"still\"]");
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfLeavingWithTheRoomsAndThenWithout(Wire.Kind kind) {
        io.onConnection(
                socket -> {
                    socket.join("r");
                    socket.onDisconnecting(
                            reason -> seen.add(reason + " " + socket.rooms().contains("r")));
                    socket.onDisconnect(
                            reason ->
                                    seen.add(
                                            reason
                                                    + " "
                                                    + socket.rooms()
                                                    + " "
                                                    + socket.connected()));
                    socket.on("bye", () -> socket.disconnect());
                });
        var client = kind.open(host).join();
        client.send("2[\"bye\"]");
        assertThat(client.received()).containsExactly("1");
        assertThat(seen)
                .containsExactly(
                        "server namespace disconnect true", "server namespace disconnect [] false");
        assertThat(client.closed()).isFalse();
        assertThat(io.sockets()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void closesTheConnectionAfterWhatWasSent(Wire.Kind kind) {
        io.onConnection(
                socket ->
                        socket.on(
                                "bye",
                                () -> {
                                    socket.emit("last");
                                    socket.disconnect(true);
                                }));
        var client = kind.open(host).join();
        client.send("2[\"bye\"]");
        assertThat(client.received()).containsExactly("2[\"last\"]", "1");
        assertThat(client.closed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aLostConnectionEndsEverySocket(Wire.Kind kind) {
        io.of("/b").onConnection(s -> s.onDisconnect(reason -> seen.add("b " + reason)));
        io.onConnection(s -> s.onDisconnect(reason -> seen.add("/ " + reason)));
        var client = kind.open(host).join();
        client.send("0/b,");
        client.cut();
        assertThat(seen).hasSize(2);
        assertThat(io.sockets()).isEmpty();
        assertThat(io.of("/b").sockets()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPayloadThatDoesNotFitIsAnsweredAndTheConnectionStays(Wire.Kind kind) {
        io.onConnection(socket -> socket.on("n", Integer.class, (n, ack) -> ack.send(n)));
        io.onError(error -> seen.add(error.kind() + " " + error.event()));
        var client = kind.open(host).join();
        client.send("20[\"n\",\"no number\"]");
        client.send("21[\"n\"]");
        client.send("22[\"n\",null]");
        client.send("2[\"n\",{}]");
        client.send("23[\"n\",3]");
        assertThat(client.received())
                .containsExactly(
                        "30[{\"error\":\"bad payload\"}]",
                        "31[{\"error\":\"bad payload\"}]",
                        "32[{\"error\":\"bad payload\"}]",
                        "33[3]");
        assertThat(seen).hasSize(4).containsOnly("PAYLOAD n");
        assertThat(io.metrics().errors(HandlerError.Kind.PAYLOAD)).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatThrowsIsAnsweredAndTheConnectionStays(Wire.Kind kind) {
        io.onConnection(
                socket ->
                        socket.on(
                                "boom",
                                (_, _) -> {
                                    throw new IllegalStateException("secret");
                                }));
        var client = kind.open(host).join();
        client.send("20[\"boom\"]");
        client.send("21[\"boom\"]");
        assertThat(client.received())
                .containsExactly(
                        "30[{\"error\":\"internal error\"}]", "31[{\"error\":\"internal error\"}]");
        assertThat(io.metrics().errors(HandlerError.Kind.HANDLER)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void eachBreachOfTheProtocolClosesTheWholeConnection(Wire.Kind kind) {
        for (String breach :
                List.of(
                        "2/custom,[\"x\"]", // not joined
                        "0", // joined already
                        "4{\"message\":\"x\"}", // a connect error from a client
                        "2{}", // no array
                        "2[]", // no name
                        "2[{}]", // no name either
                        "2[\"connect\"]", // reserved
                        "2[\"disconnecting\"]",
                        "9", // no packet
                        "511-[\"x\"]", // too many attachments
                        "51-[\"x\",{\"_placeholder\":true,\"num\":1}]")) {
            io.onConnection(_ -> {});
            var client = kind.open(host).join();
            client.send(breach);
            if (breach.startsWith("51-")) {
                client.send(Wire.bytes(1));
            }
            assertThat(client.closed()).as(breach).isTrue();
        }
        assertThat(io.sockets()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aNumberIsAnEventNameToo(Wire.Kind kind) {
        io.onConnection(socket -> socket.on("1", String.class, s -> seen.add(s)));
        kind.open(host).join().send("2[1,\"x\"]");
        assertThat(seen).containsExactly("x");
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatJoinsNothingInTimeIsClosed(Wire.Kind kind) {
        var io = server(SocketIoOptions.builder().connectTimeout(Duration.ofSeconds(1)));
        var host = new InProcessHost(io);
        var idle = kind.open(host);
        var joined = kind.open(host).join();
        host.strand().advanceMillis(999);
        assertThat(idle.closed()).isFalse();
        host.strand().advanceMillis(1);
        assertThat(idle.closed()).isTrue();
        assertThat(joined.closed()).isFalse();
    }

    @Test
    void connectTimeoutCostsNoTimerForAConnection() {
        Wire.Kind.WEBSOCKET.open(host);
        int timers = host.strand().timers();
        for (int i = 0; i < 100; i++) {
            Wire.Kind.WEBSOCKET.open(host);
        }
        assertThat(host.strand().timers()).isEqualTo(timers);
    }

    @Test
    void waitingForAnAnswerOnAStrandIsRefusedWithTheReason() {
        io.onConnection(
                socket ->
                        assertThatThrownBy(() -> socket.call("q", 1, String.class))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("strand"));
        Wire.Kind.WEBSOCKET.open(host).join();
        assertThat(io.metrics().errors(HandlerError.Kind.HANDLER)).isZero();
    }

    @Test
    void offRemovesAHandlerAndOnceRunsOnce() {
        Listener.NoArgs handler = () -> seen.add("on");
        io.onConnection(
                socket -> {
                    socket.on("e", handler);
                    socket.once("e", (_, _) -> seen.add("once"));
                    socket.once("ask", String.class, (text, ack) -> ack.send(text));
                    socket.on("off", () -> socket.off("e", handler));
                });
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("2[\"e\"]");
        client.send("2[\"e\"]");
        client.send("2[\"off\"]");
        client.send("2[\"e\"]");
        assertThat(seen).containsExactly("on", "once", "on");
        client.send("20[\"ask\",\"a\"]");
        client.send("21[\"ask\",\"b\"]");
        assertThat(client.received()).containsExactly("30[\"a\"]");
    }

    @Test
    void theHandshakeHasNodesKeys() {
        io.onConnection(socket -> socket.emit("h", socket.handshake()));
        var client = Wire.Kind.WEBSOCKET.open(host, "&room=a%20b");
        client.send("0{\"t\":1}");
        assertThat(Wire.first(client.received(), "2"))
                .contains("\"headers\":{\"host\":\"localhost\"")
                .contains("\"address\":\"127.0.0.1\"")
                .contains("\"xdomain\":false,\"secure\":false,\"issued\":")
                .contains("\"room\":\"a b\"")
                .endsWith("\"auth\":{\"t\":1}}]");
    }

    @Test
    void theClientsFilesAreServedUnlessSwitchedOff() {
        assertThat(host.get("/socket.io/socket.io.js").text()).contains("Socket.IO v4");
        var bare = server(SocketIoOptions.builder().serveClient(false));
        assertThat(new InProcessHost(bare).get("/socket.io/socket.io.js").text())
                .isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
    }

    @Test
    void theConnectionTellsOfItsLife() {
        io.onConnection(
                socket ->
                        socket.onConn(
                                new ConnListener() {
                                    @Override
                                    public void upgraded() {
                                        seen.add("upgraded");
                                    }

                                    @Override
                                    public void message() {
                                        seen.add("message");
                                    }

                                    @Override
                                    public void closed(CloseReason reason, String detail) {
                                        seen.add("closed");
                                    }
                                }));
        String base = "/socket.io/?EIO=4";
        String sid = Wire.sidOf(host.get(base + "&transport=polling").text());
        host.post(base + "&transport=polling&sid=" + sid, "40");
        var socket = host.webSocket(base + "&transport=websocket&sid=" + sid);
        socket.send("2probe");
        socket.send("5");
        socket.send("42[\"x\"]");
        socket.close(1000);
        assertThat(seen).containsExactly("upgraded", "message", "closed");
    }
}
