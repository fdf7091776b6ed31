package io.natter.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.protocol.Parsers;
import io.natter.socketio.AckCallback;
import io.natter.socketio.Args;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.payload.Event;
import io.natter.socketio.payload.Request;
import io.natter.socketio.payload.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Events and acknowledgements between a test's client and the server.
class EventsTest {
    private final SocketIoServer io = SocketIoServer.create();
    private final TestServer server = TestServer.start(io);

    @AfterEach
    void close() {
        server.close();
    }

    record Message(String room, String text) {}

    @Test
    void aClientEmitsAndAwaitsEventsOfAnyType() {
        io.onConnection(
                socket ->
                        socket.on(
                                "chat",
                                Message.class,
                                message -> {
                                    socket.join(message.room());
                                    io.to(message.room()).emit("chat", message, List.of(1, 2));
                                    io.to(message.room()).emit("list", List.of(message));
                                }));
        var message = new Message("lobby", "hello");
        var zoe = server.connect();
        zoe.emit("chat", message);
        assertThat(zoe.await("list", new TypeRef<List<Message>>() {})).containsExactly(message);
        var received = zoe.await("chat");
        assertThat(received.args().get(0, Message.class)).isEqualTo(message);
        assertThat(received.args().get(1)).isEqualTo(List.of(1, 2));
        assertThat(received).hasToString("chat[{room=lobby, text=hello}, [1, 2]]");
    }

    @Test
    void aClientAwaitsAcknowledgements() {
        io.onConnection(
                socket -> {
                    socket.on("square", Integer.class, (n, ack) -> ack.send(n * n, "more"));
                    socket.on("list", Integer.class, (n, ack) -> ack.send(List.of(n)));
                });
        var zoe = server.connect();
        assertThat(zoe.call("square", Integer.class, 7)).isEqualTo(49);
        assertThat(zoe.call("list", new TypeRef<List<Long>>() {}, 7)).containsExactly(7L);
        assertThat(zoe.callAll("square", 7).toList()).containsExactly(49, "more");
        assertThat(zoe.emitWithAck("square", 3).join().get(0)).isEqualTo(9);
    }

    @Test
    void aClientAcknowledgesRequestsOfTheServer() throws Exception {
        var zoe = server.connect();
        var answer = zoe.socket().emitWithAck("age", "Zoe");
        var request = zoe.await("age");
        assertThat(request.args().toList()).containsExactly("Zoe");
        request.acknowledge(33);
        assertThat(answer.get(5, TimeUnit.SECONDS).require(0, Integer.class)).isEqualTo(33);
    }

    @Test
    void aClientAnswersRequestsWhileTheTestWaits() {
        io.onConnection(
                socket ->
                        socket.on(
                                "greet",
                                (args, ack) ->
                                        ack.send("hello " + socket.call("name", 1, String.class))));
        var zoe = server.connect().answer("name", args -> "Zoe " + args.require(0, Integer.class));
        assertThat(zoe.call("greet", String.class)).isEqualTo("hello Zoe 1");
        assertThat(zoe.received()).isEmpty();
    }

    @Test
    void bytesTravelBothWays() {
        io.onConnection(socket -> socket.on("echo", byte[].class, (bytes, ack) -> ack.send(bytes)));
        byte[] bytes = {1, 2, 3};
        assertThat(server.connect().call("echo", byte[].class, bytes)).containsExactly(1, 2, 3);
    }

    @Test
    void aClientSpeaksTheServersParser() {
        var packed =
                SocketIoServer.create(
                        SocketIoOptions.builder().parser(Parsers.messagePack()).build());
        packed.onConnection(socket -> socket.on("echo", (args, ack) -> ack.send(args.toArray())));
        try (var messagePack = TestServer.start(packed)) {
            assertThat(messagePack.connect().callAll("echo", 1, new byte[] {2}).toList())
                    .usingRecursiveComparison()
                    .isEqualTo(List.of(1, new byte[] {2}));
        }
    }

    @Test
    void receivedEventsAreThoseOfAllHandlersThatAClientStarted() {
        io.onConnection(
                socket ->
                        socket.on(
                                "say",
                                String.class,
                                text -> {
                                    socket.broadcast().emit("said", text);
                                    socket.broadcast().emit("end");
                                }));
        var ada = server.connect();
        var zoe = server.connect();
        ada.emit("say", "hi");
        assertThat(zoe.received()).hasToString("[said[hi], end[]]");
        assertThat(zoe.received()).isEmpty();
        assertThat(ada.received()).isEmpty();
    }

    @Test
    void receivedEventsAreAlsoThoseThatAnAnswerHasCaused() {
        io.onConnection(
                socket ->
                        socket.on(
                                "start",
                                () ->
                                        socket.emit(
                                                "first",
                                                (AckCallback)
                                                        (failure, args) ->
                                                                socket.emit("then", args.get(0)))));
        var zoe = server.connect().answer("first", args -> "answer");
        zoe.emit("start");
        assertThat(zoe.received()).hasToString("[then[answer]]");
    }

    @Test
    void handlersMayBlock() throws Exception {
        var open = new CountDownLatch(1);
        io.onConnection(
                socket ->
                        socket.on(
                                "wait",
                                (args, ack) -> {
                                    open.await();
                                    ack.send("done");
                                }));
        var answer = server.connect().emitWithAck("wait");
        assertThat(server.connect().connected()).isTrue();
        open.countDown();
        assertThat(answer.get(5, TimeUnit.SECONDS).get(0)).isEqualTo("done");
    }

    @Test
    void timeMovesOnlyByAdvance() throws Exception {
        var zoe = server.connect();
        CompletableFuture<Args> answer =
                zoe.socket().timeout(Duration.ofSeconds(10)).emitWithAck("age");
        server.advance(Duration.ofMillis(9_999));
        assertThat(answer).isNotDone();
        server.advance(Duration.ofMillis(1));
        assertThat(answer).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void eventsAndRequestsAreValuesForBothSides() {
        var message = Event.of("message", Message.class);
        var length = Request.of(Event.ofArguments("length", Message.class), Integer.class);
        io.onConnection(
                socket -> {
                    socket.on(message, each -> socket.emit(message, each));
                    socket.on(length, each -> each.text().length());
                });
        var zoe = server.connect();
        var hello = new Message("lobby", "hello");
        assertThat(zoe.emit(message, hello).await(message)).isEqualTo(hello);
        assertThat(zoe.call(length, hello)).isEqualTo(5);
        assertThat(zoe.call("length", Integer.class, "lobby", "hi")).isEqualTo(2);
    }
}
