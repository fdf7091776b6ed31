package io.natter.redis;

import io.natter.cluster.MessageParser;
import io.natter.cluster.MessageReader;
import io.natter.cluster.Messages;
import io.natter.cluster.PendingRequests;
import io.natter.cluster.RequestTimeoutException;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter.Answers;
import io.natter.socketio.adapter.Adapter.SocketState;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.adapter.LocalAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The requests of this server to the others, until they have answered.
final class ClassicRequests {
    /// As Node.js waits for the acknowledgements of a broadcast that has no timeout.
    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(5);

    private final LocalAdapter local;
    private final RedisBus bus;
    private final ClassicChannels channels;
    private final Duration timeout;
    private final MessageParser parser;
    private final RedisMetrics metrics;
    private final PendingRequests<Waiting> pending;

    ClassicRequests(
            LocalAdapter local,
            RedisBus bus,
            ClassicChannels channels,
            RedisAdapter.Settings settings) {
        this.local = local;
        this.bus = bus;
        this.channels = channels;
        this.timeout = settings.requestsTimeout();
        this.parser = settings.parser();
        this.metrics = settings.metrics();
        this.pending = new PendingRequests<>(settings.timers());
    }

    /// A request of this server. `onAnswer` gets each answer, and says whether it was the last.
    private interface Waiting {
        boolean onAnswer(Payload answer);
    }

    /// Whether a request of that id is one of this server's own.
    boolean isOwn(@Nullable String id) {
        return pending.get(id) != null;
    }

    /// Nothing is heard any more: all requests end as if their time were over.
    void close() {
        pending.close();
    }

    /// Handles an answer. Answers that came too late, or to other servers, have no effect.
    void onResponse(byte[] bytes) {
        Payload answer = parser.jsonOrDecoded(bytes);
        String id = MessageReader.text(answer, "requestId");
        Waiting request = pending.get(id);
        if (id != null && request != null && request.onAnswer(answer)) {
            pending.remove(id);
        }
    }

    /// The number of servers that listen for requests, this one included. Without Redis, this
    /// server is alone.
    CompletableFuture<Integer> serverCount() {
        if (!bus.isConnected()) {
            return CompletableFuture.completedFuture(1);
        }
        return bus.subscribers(channels.request()).thenApply(count -> Math.max(1, count));
    }

    /// The sockets of all servers. Fails when a server does not answer in time.
    CompletableFuture<List<SocketState>> addFetch(
            String id, CompletableFuture<List<SocketState>> own) {
        var fetch = new Fetch();
        pending.add(id, fetch, timeout, () -> fetch.late(timeout));
        var ignored =
                own.thenCombine(serverCount(), fetch::begin)
                        .whenComplete(
                                (done, failure) -> {
                                    if (failure != null) {
                                        fetch.all.completeExceptionally(failure);
                                    }
                                    if (fetch.all.isDone()) {
                                        pending.remove(id);
                                    }
                                });
        return fetch.all;
    }

    /// One answer of each other server.
    void addServerSide(String id, Answers answers) {
        var request = new ServerSide(answers);
        pending.add(
                id,
                request,
                timeout,
                () -> {
                    metrics.timedOut.increment();
                    answers.timedOut();
                });
        var ignored =
                serverCount()
                        .whenComplete(
                                (servers, failure) -> {
                                    if (request.begin(failure == null ? servers - 1 : 0)) {
                                        pending.remove(id);
                                    }
                                });
    }

    /// Answers may come before the number of servers is known.
    private static final class ServerSide implements Waiting {
        private final Answers answers;
        private int answered;
        private int others = Integer.MAX_VALUE;

        ServerSide(Answers answers) {
            this.answers = answers;
        }

        /// Returns whether the request is complete.
        synchronized boolean begin(int servers) {
            others = servers;
            answers.expect(others);
            return answered >= others;
        }

        @Override
        public synchronized boolean onAnswer(Payload answer) {
            answers.answered(Messages.arrayOf(MessageReader.member(answer, "data")));
            answered++;
            return answered >= others;
        }
    }

    /// The acknowledgements of the clients of other servers.
    void addBroadcast(String id, BroadcastOptions options, Answers answers) {
        var parties = new BroadcastParties(answers);
        Duration patience = options.timeout() == null ? ACK_TIMEOUT : options.timeout();
        pending.add(
                id,
                answer -> {
                    if (MessageReader.number(answer, "type", -1)
                            == ClassicRequest.BROADCAST_CLIENT_COUNT) {
                        parties.expect(MessageReader.number(answer, "clientCount", 0));
                    } else {
                        answers.answered(Messages.arrayOf(MessageReader.member(answer, "packet")));
                    }
                    return false;
                },
                patience,
                () -> {});
        var ignored =
                serverCount()
                        .whenComplete(
                                (servers, failure) ->
                                        parties.servers(failure == null ? servers - 1 : 0));
    }

    /// Servers may tell their number of clients before the number of servers is known.
    private static final class BroadcastParties {
        private final Answers answers;
        private final List<Integer> early = new ArrayList<>();
        private boolean known;

        BroadcastParties(Answers answers) {
            this.answers = answers;
        }

        synchronized void expect(int clients) {
            if (known) {
                answers.expect(clients);
            } else {
                early.add(clients);
            }
        }

        /// Ends the part that was held for the other servers.
        synchronized void servers(int others) {
            known = true;
            answers.addParties(others);
            early.forEach(answers::expect);
            answers.expect(0);
        }
    }

    /// The sockets of all servers, as they come.
    private final class Fetch implements Waiting {
        final CompletableFuture<List<SocketState>> all = new CompletableFuture<>();
        private final List<SocketState> found = new ArrayList<>();
        private int answered;
        private int others = Integer.MAX_VALUE;

        @Nullable Void begin(List<SocketState> own, int servers) {
            synchronized (this) {
                found.addAll(0, own);
                others = servers - 1;
            }
            check();
            return null;
        }

        @Override
        public boolean onAnswer(Payload answer) {
            var sockets =
                    Messages.sockets(MessageReader.required(answer, "sockets"), local.mapping());
            synchronized (this) {
                found.addAll(sockets);
                answered++;
            }
            return check();
        }

        private boolean check() {
            List<SocketState> result;
            synchronized (this) {
                if (answered < others) {
                    return false;
                }
                result = List.copyOf(found);
            }
            all.complete(result);
            return true;
        }

        synchronized void late(Duration waited) {
            metrics.timedOut.increment();
            all.completeExceptionally(
                    new RequestTimeoutException(
                            "fetchSockets: only %d of %s servers answered within %s ms"
                                    .formatted(
                                            answered,
                                            others == Integer.MAX_VALUE ? "?" : others,
                                            waited.toMillis())));
        }
    }
}
