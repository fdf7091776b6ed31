package io.natter.socketio;

import io.natter.protocol.Packet;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.event.EventNames;
import io.natter.socketio.event.SendFlags;
import io.natter.socketio.payload.Event;
import io.natter.socketio.payload.Request;
import io.natter.socketio.rooms.AnswerFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a namespace, and how to send to it: `io.to("lobby").except("muted").emit(…)`.
/// Immutable, so it may be kept and used again.
public final class Broadcast implements BroadcastTarget {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /// Adapters have a time of their own for requests. This is for one that never ends a request.
    private static final Duration LONGEST_FETCH = Duration.ofMinutes(2);

    private final Namespace nsp;
    private final BroadcastOptions options;

    /// Rooms were asked for, and none was named. In `options` no rooms are everybody.
    private final boolean nobody;

    Broadcast(Namespace nsp, BroadcastOptions options) {
        this(nsp, options, false);
    }

    private Broadcast(Namespace nsp, BroadcastOptions options, boolean nobody) {
        this.nsp = nsp;
        this.options = options;
        this.nobody = nobody;
    }

    @Override
    public Broadcast all() {
        return this;
    }

    @Override
    public Broadcast to(String... rooms) {
        Set<String> all = union(options.rooms(), rooms);
        return new Broadcast(
                nsp, flags().to(all, options.except(), options.local()), all.isEmpty());
    }

    @Override
    public Broadcast in(String... rooms) {
        return to(rooms);
    }

    @Override
    public Broadcast except(String... rooms) {
        return with(flags().to(options.rooms(), union(options.except(), rooms), options.local()));
    }

    @Override
    public Broadcast asVolatile() {
        return with(flags().withVolatile());
    }

    @Override
    public Broadcast compress(boolean compress) {
        return with(flags().withCompress(compress));
    }

    @Override
    public Broadcast local() {
        return with(flags().to(options.rooms(), options.except(), true));
    }

    @Override
    public Broadcast timeout(Duration timeout) {
        return with(flags().withTimeout(timeout));
    }

    @Override
    public void emit(String event, @Nullable Object... args) {
        EventNames.checkSent(event);
        for (Namespace target : targets()) {
            target.adapter().broadcast(target.event(event, args, Packet.NO_ID), options);
        }
    }

    @Override
    public <T> void emit(Event<T> event, @Nullable T value) {
        EventNames.checkSent(event.name());
        for (Namespace target : targets()) {
            target.adapter().broadcast(target.event(event, value, Packet.NO_ID), options);
        }
    }

    @Override
    public void send(@Nullable Object... args) {
        emit("message", args);
    }

    @Override
    public CompletableFuture<List<Args>> emitWithAck(String event, @Nullable Object... args) {
        EventNames.checkSent(event);
        return gather(target -> target.event(event, args, target.nextAckId()), answer -> answer);
    }

    @Override
    public <A, R> CompletableFuture<List<R>> emitWithAck(Request<A, R> request, @Nullable A value) {
        EventNames.checkSent(request.name());
        return gather(
                target -> target.event(request.event(), value, target.nextAckId()),
                answer -> answer.require(0, request.answer()));
    }

    private <T> CompletableFuture<List<T>> gather(
            Function<Namespace, Packet.Event> packet, Function<Args, T> read) {
        Duration timeout = options.timeout() == null ? DEFAULT_TIMEOUT : options.timeout();
        var timed = timeout(timeout);
        var targets = targets();
        var gatherer = nsp.server().gatherer(targets.size(), read);
        for (Namespace target : targets) {
            target.adapter().broadcastWithAck(packet.apply(target), timed.options, gatherer);
        }
        gatherer.timeout(timeout);
        return gatherer.future();
    }

    @Override
    public List<Args> callAll(String event, @Nullable Object... args) {
        nsp.server().strands().refuseToWait("call");
        return AnswerFuture.await(emitWithAck(event, args));
    }

    @Override
    public <A, R> List<R> call(Request<A, R> request, @Nullable A value) {
        nsp.server().strands().refuseToWait("call");
        return AnswerFuture.await(emitWithAck(request, value));
    }

    @Override
    public List<RemoteSocket> fetchSockets() {
        nsp.server().strands().refuseToWait("fetchSockets");
        if (nobody) {
            return List.of();
        }
        if (nsp instanceof ParentNamespace) {
            throw new UnsupportedOperationException(
                    "fetchSockets() is not supported on a parent namespace");
        }
        try {
            var found =
                    nsp.adapter()
                            .fetchSockets(options)
                            .get(LONGEST_FETCH.toMillis(), TimeUnit.MILLISECONDS);
            var sockets = new ArrayList<RemoteSocket>(found.size());
            for (Adapter.SocketState state : found) {
                sockets.add(new RemoteSocket(nsp, state));
            }
            return sockets;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the sockets could not be fetched", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fetching sockets", e);
        }
    }

    @Override
    public void socketsJoin(String... rooms) {
        targets().forEach(n -> n.adapter().socketsJoin(options, Set.of(rooms)));
    }

    @Override
    public void socketsLeave(String... rooms) {
        targets().forEach(n -> n.adapter().socketsLeave(options, Set.of(rooms)));
    }

    @Override
    public void disconnectSockets() {
        disconnectSockets(false);
    }

    @Override
    public void disconnectSockets(boolean close) {
        targets().forEach(n -> n.adapter().disconnectSockets(options, close));
    }

    private SendFlags flags() {
        return SendFlags.of(options);
    }

    private Broadcast with(SendFlags flags) {
        return with(flags.to(options.rooms(), options.except(), options.local()));
    }

    private Broadcast with(BroadcastOptions changed) {
        return new Broadcast(nsp, changed, nobody);
    }

    private Collection<Namespace> targets() {
        return nobody ? List.of() : nsp.targets();
    }

    private static Set<String> union(Set<String> rooms, String[] more) {
        if (rooms.isEmpty() && more.length == 1) {
            return Set.of(more[0]);
        }
        var union = new LinkedHashSet<>(rooms);
        union.addAll(List.of(more));
        return Set.copyOf(union);
    }
}
