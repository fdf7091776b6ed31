package io.natter.socketio.rooms;

import io.natter.engine.Outgoing;
import io.natter.host.dispatch.BroadcastBacklog;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.BroadcastOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Writes a broadcast to its receivers, in one task for each strand that may have one.
///
/// On a strand, each message of the packet is written to all receivers in a pass of its own. So the
/// host makes its bytes once. Nothing else is written between the passes.
final class FanOut {
    /// Another server may name no time; then its question must not stay with silent clients for
    /// ever.
    private static final Duration UNNAMED_TIMEOUT = Duration.ofSeconds(5);

    private final NamespaceSockets<?> sockets;

    FanOut(NamespaceSockets<?> sockets) {
        this.sockets = sockets;
    }

    /// Sends an event that asks for no acknowledgement.
    ///
    /// @param posted whether every strand gets a task, also that of the caller
    void send(Delivery delivery, boolean posted) {
        var backlog = BroadcastBacklog.current();
        sockets.indexes.visit(
                delivery.options(),
                index -> {
                    Runnable task =
                            () -> {
                                index.done = Math.max(index.done, delivery.number());
                                write(index, delivery, socket -> socket.deliver(delivery));
                            };
                    index.posted = Math.max(index.posted, delivery.number());
                    start(index, delivery, posted, backlog, task);
                });
    }

    /// Sends an event that asks every receiver for an acknowledgement.
    void ask(Delivery delivery, boolean posted, Adapter.Answers answers) {
        var indexes = new ArrayList<RoomIndex>();
        sockets.indexes.visit(delivery.options(), indexes::add);
        if (indexes.isEmpty()) {
            answers.expect(0);
            return;
        }
        var strandsLeft = new AtomicInteger(indexes.size());
        var receivers = new AtomicInteger();
        var backlog = BroadcastBacklog.current();
        for (RoomIndex index : indexes) {
            Runnable task =
                    () -> {
                        receivers.addAndGet(ask(index, delivery, answers));
                        if (strandsLeft.decrementAndGet() == 0) {
                            answers.expect(receivers.get());
                        }
                    };
            start(index, delivery, posted, backlog, task);
        }
    }

    private int ask(RoomIndex index, Delivery delivery, Adapter.Answers answers) {
        long ackId = delivery.packet().id();
        int[] asked = {0};
        write(
                index,
                delivery,
                socket -> {
                    if (!socket.connected()) {
                        return false;
                    }
                    asked[0]++;
                    return socket.ask(ackId, answers::answered) && socket.deliver(delivery);
                });
        Duration named = delivery.options().timeout();
        Duration timeout = named == null ? UNNAMED_TIMEOUT : named;
        if (asked[0] > 0) {
            index.context.strand.schedule(
                    () -> index.forEach(BroadcastOptions.ALL, sockets, s -> s.forget(ackId)),
                    timeout.toNanos());
        }
        return asked[0];
    }

    /// Has the handler that broadcasts wait for the strand where it has broadcast much.
    ///
    /// @param backlog what the handler has broadcast, or null where the caller is no handler
    private void start(
            RoomIndex index,
            Delivery delivery,
            boolean posted,
            @Nullable BroadcastBacklog backlog,
            Runnable task) {
        if (backlog == null) {
            var ignored = start(index.context, posted, task);
            return;
        }
        int receivers = sockets.indexes.receivers(index, delivery.options());
        long cost = BroadcastBacklog.cost(delivery.size(), receivers);
        Runnable counted =
                () -> {
                    try {
                        task.run();
                    } finally {
                        backlog.written(cost);
                    }
                };
        backlog.posted(cost);
        if (!start(index.context, posted, counted)) {
            backlog.written(cost);
        }
    }

    private static boolean start(StrandContext context, boolean posted, Runnable task) {
        return posted ? context.execute(task) : context.run(task);
    }

    /// Writes all messages. On the strand.
    ///
    /// @param first sends a socket the first message and says whether the others must follow
    private void write(RoomIndex index, Delivery delivery, Predicate<LocalSocket> first) {
        List<Outgoing> messages = delivery.messages();
        var strand = index.context.strand;
        index.context.writing(
                () -> {
                    if (messages.size() == 1) {
                        strand.fanOut(
                                messages.getFirst(),
                                () ->
                                        index.forEach(
                                                delivery.options(),
                                                sockets,
                                                socket -> guard(socket, first)));
                        return;
                    }
                    var receivers = new ArrayList<LocalSocket>();
                    strand.fanOut(
                            messages.getFirst(),
                            () ->
                                    index.forEach(
                                            delivery.options(),
                                            sockets,
                                            socket -> {
                                                if (guard(socket, first)) {
                                                    receivers.add(socket);
                                                }
                                            }));
                    for (Outgoing message : messages.subList(1, messages.size())) {
                        strand.fanOut(message, () -> sendAll(receivers, message));
                    }
                });
    }

    private static void sendAll(List<LocalSocket> receivers, Outgoing message) {
        Predicate<LocalSocket> send =
                socket -> {
                    socket.send(message);
                    return true;
                };
        for (LocalSocket socket : receivers) {
            guard(socket, send);
        }
    }

    /// A receiver that throws does not keep the message from the others. It may have missed a
    /// message, so it is closed.
    private static boolean guard(LocalSocket socket, Predicate<LocalSocket> send) {
        try {
            return send.test(socket);
        } catch (Throwable failure) {
            try {
                socket.broken(failure);
            } catch (Throwable ignored) {
                // It cannot even be closed; the others still have their message.
            }
            return false;
        }
    }
}
