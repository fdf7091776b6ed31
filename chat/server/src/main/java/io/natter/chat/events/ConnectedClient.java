package io.natter.chat.events;

import io.natter.chat.access.Limits;
import io.natter.chat.access.PersonLimits;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.person.Person;
import io.natter.chat.watch.Operations;
import io.natter.chat.wire.WireErrors;
import io.natter.socketio.Ack;
import io.natter.socketio.Listener;
import io.natter.socketio.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One socket of a signed-in person. It refuses what comes before hello or too fast, and sends the
/// answers of the handlers that are registered here. Handlers run one at a time and may block; a
/// refusal that they throw becomes the answer.
final class ConnectedClient {
    private final Socket socket;
    private final Person me;
    private final Limits limits;
    private final Operations operations;
    private final Set<String> events = new HashSet<>();

    /// Touched by handlers only.
    private boolean greeted;

    ConnectedClient(Socket socket, Person me, Limits limits, Operations operations) {
        this.socket = socket;
        this.me = me;
        this.limits = limits;
        this.operations = operations;
    }

    Socket socket() {
        return socket;
    }

    Person me() {
        return me;
    }

    /// Whether there is an event of this name.
    boolean knows(String event) {
        return events.contains(event);
    }

    /// Registers the event that must come first.
    <T> void greet(String event, Class<T> type, Function<T, Object> handler) {
        ask(
                event,
                type,
                value -> {
                    mine().require(PersonLimits.Kind.LOOK);
                    Object answer = handler.apply(value);
                    greeted = true;
                    return answer;
                });
    }

    /// Registers an event that is answered by what the handler returns.
    <T> void ask(String event, Class<T> type, PersonLimits.Kind kind, Function<T, Object> handler) {
        ask(
                event,
                type,
                value -> {
                    admit(kind);
                    return handler.apply(value);
                });
    }

    private <T> void ask(String event, Class<T> type, Function<T, Object> handler) {
        listen(
                event,
                type,
                (value, ack) -> {
                    long begun = operations.begin();
                    try {
                        ack.send(handler.apply(value));
                        operations.end(event, begun, null);
                    } catch (RuntimeException e) {
                        operations.end(event, begun, e);
                        throw e;
                    }
                });
    }

    /// Registers an event that is answered when a write is on disk; the next event does not wait
    /// for that.
    ///
    /// @param answer makes the answer of what was written
    <T, R> void act(
            String event,
            Class<T> type,
            PersonLimits.Kind kind,
            Function<T, CompletableFuture<R>> handler,
            Function<R, Object> answer) {
        listen(
                event,
                type,
                (value, ack) -> {
                    long begun = operations.begin();
                    try {
                        admit(kind);
                        var _ =
                                handler.apply(value)
                                        .whenComplete(
                                                (done, why) -> {
                                                    settle(ack, answer, done, why);
                                                    operations.end(event, begun, why);
                                                });
                    } catch (RuntimeException e) {
                        operations.end(event, begun, e);
                        throw e;
                    }
                });
    }

    private static <R> void settle(
            Ack ack, Function<R, Object> answer, @Nullable R done, @Nullable Throwable failure) {
        ack.send(
                failure != null || done == null
                        ? WireErrors.refused(
                                failure == null ? ChatError.internal().exception() : failure)
                        : answer.apply(done));
    }

    /// Registers an event without an answer, which is dropped when it comes too fast.
    <T> void hear(String event, Class<T> type, PersonLimits.Kind kind, Consumer<T> handler) {
        events.add(event);
        socket.on(
                event,
                type,
                value -> {
                    if (greeted && mine().ask(kind).isZero()) {
                        handler.accept(value);
                    }
                });
    }

    private <T> void listen(String event, Class<T> type, Listener.ValueAck<T> handler) {
        events.add(event);
        socket.on(
                event,
                type,
                (value, ack) -> {
                    try {
                        handler.on(value, ack);
                    } catch (ChatException | CompletionException refused) {
                        // An answer like any other, no fault to be logged.
                        ack.send(WireErrors.refused(refused));
                    }
                });
    }

    /// Looked up each time, for limits that are not used are forgotten.
    private PersonLimits mine() {
        return limits.of(me.id());
    }

    private void admit(PersonLimits.Kind kind) {
        if (!greeted) {
            throw ChatError.helloFirst().exception();
        }
        mine().require(kind);
    }
}
