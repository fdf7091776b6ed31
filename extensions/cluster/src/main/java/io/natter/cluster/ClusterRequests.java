package io.natter.cluster;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter.Answers;
import io.natter.socketio.adapter.Adapter.SocketState;
import io.natter.socketio.adapter.BroadcastOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The requests of this server to the others, until they have answered.
final class ClusterRequests {
    /// As Node.js waits for the acknowledgements of a broadcast that has no timeout.
    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(5);

    private final ClusterAdapter adapter;
    private final ClusterAdapter.Settings settings;
    private final PendingRequests<PeerRequest> pending;
    private final PendingRequests<Answers> acks;

    ClusterRequests(ClusterAdapter adapter, ClusterAdapter.Settings settings) {
        this.adapter = adapter;
        this.settings = settings;
        pending = new PendingRequests<>(settings.timers());
        acks = new PendingRequests<>(settings.timers());
    }

    /// The sockets of all servers. Fails when a server does not answer in time.
    CompletableFuture<List<SocketState>> fetch(BroadcastOptions options) {
        var own = adapter.local().fetchSockets(options);
        var found = new ArrayList<SocketState>();
        var others = new CompletableFuture<List<SocketState>>();
        var mapping = adapter.local().mapping();
        var request =
                new PeerRequest(
                        data ->
                                found.addAll(
                                        Messages.sockets(
                                                MessageReader.required(data, "sockets"), mapping)),
                        answers -> others.complete(List.copyOf(found)));
        String id = Messages.randomId(8);
        Duration timeout =
                options.timeout() == null ? settings.requestsTimeout() : options.timeout();
        ask(
                id,
                request,
                timeout,
                () -> others.completeExceptionally(late("fetchSockets", request.end(), timeout)),
                adapter.message(
                        ClusterMessage.FETCH_SOCKETS,
                        new MessageWriter()
                                .object("opts", Messages.options(options))
                                .text("requestId", id)));
        return own.thenCombine(
                others,
                (some, more) -> {
                    var all = new ArrayList<>(some);
                    all.addAll(more);
                    return all;
                });
    }

    /// One answer of each other server. [Answers#expect] is called when all are there, because a
    /// server may go before it has answered.
    void serverSideEmit(Payload args, Answers answers) {
        String id = Messages.randomId(8);
        var request =
                new PeerRequest(
                        data ->
                                answers.answered(
                                        Messages.arrayOf(MessageReader.member(data, "packet"))),
                        answers::expect);
        ask(
                id,
                request,
                settings.requestsTimeout(),
                () -> {
                    request.end();
                    answers.timedOut();
                },
                adapter.message(
                        ClusterMessage.SERVER_SIDE_EMIT,
                        new MessageWriter().text("requestId", id).payload("packet", args)));
    }

    /// The acknowledgements of the clients of other servers. One party is held until each server
    /// has said how many clients it asks.
    void broadcast(Packet.Event packet, BroadcastOptions options, Answers answers) {
        answers.addParties(1);
        String id = Messages.randomId(8);
        var request =
                new PeerRequest(
                        data -> {
                            int clients = MessageReader.number(data, "clientCount", 0);
                            answers.addParties(1);
                            answers.expect(clients);
                        },
                        servers -> answers.expect(0));
        Duration patience = options.timeout() == null ? ACK_TIMEOUT : options.timeout();
        acks.add(id, answers, patience, () -> {});
        ask(
                id,
                request,
                patience,
                request::end,
                adapter.message(
                        ClusterMessage.BROADCAST,
                        new MessageWriter()
                                .object("packet", Messages.packet(packet, false))
                                .text("requestId", id)
                                .object("opts", Messages.options(options))));
    }

    /// Sends the question, unless it is known already that there is no other server.
    private void ask(
            String id,
            PeerRequest request,
            Duration timeout,
            Runnable late,
            ClusterMessage question) {
        pending.add(
                id,
                request,
                timeout,
                () -> {
                    settings.timedOut().increment();
                    late.run();
                });
        var ignored =
                adapter.peers()
                        .whenComplete(
                                (peers, failure) -> {
                                    Peers asked = failure == null ? peers : Peers.number(0);
                                    if (request.asks(asked)) {
                                        pending.remove(id);
                                    }
                                });
        if (pending.get(id) != null) {
            adapter.publish(question);
        }
    }

    private static RequestTimeoutException late(String what, String missing, Duration waited) {
        return new RequestTimeoutException(
                "%s: %s within %d ms".formatted(what, missing, waited.toMillis()));
    }

    /// Handles an answer. Answers that came too late, or to other servers, have no effect.
    void onResponse(ClusterMessage response) {
        Payload data = response.requireData();
        String id = response.requestId();
        if (response.type() == ClusterMessage.BROADCAST_ACK) {
            Answers answers = acks.get(id);
            if (answers != null) {
                answers.answered(Messages.arrayOf(MessageReader.member(data, "packet")));
            }
            return;
        }
        @Nullable PeerRequest request = pending.get(id);
        if (id != null && request != null && request.answered(nameOf(response), data)) {
            pending.remove(id);
        }
    }

    private static String nameOf(ClusterMessage response) {
        return response.uid() == null ? "" : response.uid();
    }

    /// Nothing is heard any more: all requests end as if their time were over.
    void close() {
        pending.close();
        acks.close();
    }

    /// A server is gone, so its answers are not awaited any more.
    void gone(String uid) {
        pending.forEach(
                (id, request) -> {
                    if (request.gone(uid)) {
                        pending.remove(id);
                    }
                });
    }
}
