package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.inprocess.InProcessHost;
import io.natter.socketio.payload.Event;
import io.natter.socketio.payload.Request;
import io.natter.socketio.payload.TypeRef;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Events and requests as values, and handlers that return the acknowledgement.
final class TypedEventsTest {
    record Message(String room, String text) {}

    record Move(int x, List<String> path, byte[] picture, Optional<String> by) {}

    record Note(String text, @Nullable Integer size) {}

    private static final Event<Message> SEND = Event.of("send", Message.class);
    private static final Event<List<Integer>> NUMBERS = Event.of("numbers", new TypeRef<>() {});
    private static final Event<Move> MOVE = Event.ofArguments("move", Move.class);
    private static final Event<Note> NOTE = Event.ofArguments("note", Note.class);
    private static final Request<Integer, Integer> SQUARE =
            Request.of("square", Integer.class, Integer.class);
    private static final Request<Move, List<String>> PATH =
            Request.of(Event.ofArguments("path", Move.class), new TypeRef<>() {});

    private final List<Object> seen = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final SocketIoServer io =
            SocketTest.server(SocketIoOptions.builder()).onError(e -> errors.add(e.cause()));
    private final InProcessHost host = new InProcessHost(io);

    @Test
    void anEventIsReadAndWrittenAsItsType() {
        io.onConnection(
                socket -> {
                    socket.on(SEND, message -> io.to(socket.id()).emit(SEND, message));
                    socket.on(NUMBERS, (numbers, ack) -> ack.send(numbers.getLast()));
                    socket.once(SEND, message -> seen.add(message.text()));
                });
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("2[\"send\",{\"room\":\"a\",\"text\":\"hi\"}]");
        client.send("2[\"send\",{\"room\":\"a\",\"text\":\"you\"}]");
        client.send("27[\"numbers\",[1,2,3]]");
        assertThat(client.received())
                .containsExactly(
                        "2[\"send\",{\"room\":\"a\",\"text\":\"hi\"}]",
                        "2[\"send\",{\"room\":\"a\",\"text\":\"you\"}]",
                        "37[3]");
        assertThat(seen).containsExactly("hi");
    }

    @ParameterizedTest
    @EnumSource
    void theArgumentsOfAnEventAreTheComponentsOfARecord(Wire.Kind kind) {
        io.onConnection(
                socket ->
                        socket.on(
                                MOVE,
                                (move, ack) -> {
                                    ack.send(move.x(), move.path(), move.picture().length);
                                    seen.add(move.by());
                                    socket.emit(MOVE, move);
                                }));
        var client = kind.open(host).join();
        client.send("51-8[\"move\",3,[\"a\",\"b\"],{\"_placeholder\":true,\"num\":0},\"ana\"]");
        client.send(Wire.bytes(1, 2));
        assertThat(client.received())
                .containsExactly(
                        "38[3,[\"a\",\"b\"],2]",
                        "51-[\"move\",3,[\"a\",\"b\"],{\"_placeholder\":true,\"num\":0},\"ana\"]",
                        "0x0102");
        client.send("51-9[\"move\",4,[],{\"_placeholder\":true,\"num\":0}]");
        client.send(Wire.bytes(1));
        assertThat(client.received())
                .containsExactly(
                        "39[4,[],1]",
                        "51-[\"move\",4,[],{\"_placeholder\":true,\"num\":0},null]",
                        "0x01");
        assertThat(seen).containsExactly(Optional.of("ana"), Optional.empty());
    }

    @Test
    void aMissingArgumentIsNamed() {
        io.onConnection(
                socket -> socket.on(NOTE, (note, ack) -> ack.send(note.text(), note.size())));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("21[\"note\",\"a\"]");
        client.send("22[\"note\",\"a\",5]");
        client.send("23[\"note\"]");
        assertThat(client.received())
                .containsExactly(
                        "31[\"a\",null]", "32[\"a\",5]", "33[{\"error\":\"bad payload\"}]");
        assertThat(errors).singleElement().asString().contains("$.text is missing");
    }

    @Test
    void anOptionalArgumentMayBeMissing() {
        io.onConnection(
                socket ->
                        socket.on(
                                "find",
                                new TypeRef<Optional<String>>() {},
                                (text, ack) -> ack.send(text.orElse("none"))));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("21[\"find\"]");
        client.send("22[\"find\",null]");
        client.send("23[\"find\",\"x\"]");
        assertThat(client.received()).containsExactly("31[\"none\"]", "32[\"none\"]", "33[\"x\"]");
    }

    @Test
    void theReturnedValueIsTheAcknowledgement() {
        io.onConnection(
                socket -> {
                    socket.on(SQUARE, n -> n * n);
                    socket.on(PATH, Move::path);
                    socket.onRequest("time", () -> "now");
                    socket.onRequest("half", Integer.class, n -> n / 2);
                    socket.onRequest("add", Integer.class, Integer.class, Integer::sum);
                    socket.onRequest("last", new TypeRef<List<String>>() {}, List::getLast);
                    socket.onRequest("nothing", () -> null);
                    socket.onRequest("any", args -> args.require(1, TypeRef.of((Type) int.class)));
                });
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("20[\"square\",5]");
        client.send("21[\"time\"]");
        client.send("22[\"half\",8]");
        client.send("23[\"add\",1,2]");
        client.send("24[\"last\",[\"a\",\"b\"]]");
        client.send("25[\"nothing\"]");
        client.send("27[\"any\",\"a\",9]");
        client.send("2[\"square\",6]");
        client.send("51-6[\"path\",1,[\"n\"],{\"_placeholder\":true,\"num\":0}]");
        client.send(Wire.bytes(1));
        assertThat(client.received())
                .containsExactly(
                        "30[25]",
                        "31[\"now\"]",
                        "32[4]",
                        "33[3]",
                        "34[\"b\"]",
                        "35[null]",
                        "37[9]",
                        "36[[\"n\"]]");
    }

    @Test
    void aReturnedStageIsAnsweredWhenItIsCompleted() {
        var stages = new ArrayList<CompletableFuture<Integer>>();
        io.onConnection(
                socket -> {
                    socket.onAsync(SQUARE, n -> added(stages).thenApply(ready -> ready * n));
                    socket.onRequest("later", () -> added(stages));
                });
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("21[\"square\",5]");
        client.send("22[\"later\"]");
        client.send("23[\"square\",5]");
        assertThat(client.received()).isEmpty();
        stages.get(1).complete(7);
        stages.get(0).complete(4);
        var failure = new IllegalStateException("no");
        stages.get(2).completeExceptionally(failure);
        assertThat(client.received())
                .containsExactly("32[7]", "31[20]", "33[{\"error\":\"internal error\"}]");
        assertThat(errors).containsExactly(failure);
    }

    private static CompletionStage<Integer> added(List<CompletableFuture<Integer>> stages) {
        stages.add(new CompletableFuture<>());
        return stages.getLast();
    }

    @Test
    void aHandlerThatThrowsSendsTheErrorAnswer() {
        io.onConnection(
                socket ->
                        socket.on(
                                SQUARE,
                                n -> {
                                    throw new IllegalStateException("no");
                                }));
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("21[\"square\",5]");
        client.send("22[\"square\",\"five\"]");
        assertThat(client.received())
                .containsExactly(
                        "31[{\"error\":\"internal error\"}]", "32[{\"error\":\"bad payload\"}]");
    }

    @Test
    void onceWaitsForAnEventThatFits() {
        io.onConnection(
                socket -> {
                    socket.once("pair", String.class, Integer.class, (a, b) -> seen.add(a + b));
                    socket.once("list", new TypeRef<List<Integer>>() {}, list -> seen.add(list));
                });
        var client = Wire.Kind.WEBSOCKET.open(host).join();
        client.send("2[\"pair\",\"a\"]");
        client.send("2[\"pair\",\"a\",1]");
        client.send("2[\"pair\",\"a\",2]");
        client.send("2[\"list\",\"x\"]");
        client.send("2[\"list\",[1]]");
        client.send("2[\"list\",[2]]");
        assertThat(seen).containsExactly("a1", List.of(1));
    }

    @Test
    void aCompletionStageIsNoArgument() {
        assertThatThrownBy(() -> io.emit("x", CompletableFuture.completedFuture(1)))
                .hasMessageContaining("CompletionStage");
    }
}
