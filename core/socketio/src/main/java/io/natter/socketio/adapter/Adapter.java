package io.natter.socketio.adapter;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reaches the sockets of one namespace, on one server or on many. [LocalAdapter] reaches those of
/// this server. An adapter for a cluster holds one, calls it for its own sockets, and sends the
/// task to the other servers. Methods may be called from any thread and must not block.
///
/// Each socket of this server gets in order what one thread sends through an adapter.
public interface Adapter {

    /// Makes the adapter of a namespace.
    @FunctionalInterface
    interface Factory {
        /// The adapter for the namespace of `local`. The adapter calls `events` for messages of
        /// other servers.
        Adapter create(LocalAdapter local, ServerEvents events);

        /// The figures of all its adapters, or null if it does not count.
        default @Nullable AdapterMetrics metrics() {
            return null;
        }
    }

    /// Sends an event that asks for no acknowledgement.
    void broadcast(Packet.Event packet, BroadcastOptions options);

    /// Sends an event that asks every receiver for an acknowledgement; `packet.id()` is set. This
    /// adapter is one party of `answers`: it calls [Answers#expect] once for its own receivers, and
    /// [Answers#addParties] before that for the other servers.
    void broadcastWithAck(Packet.Event packet, BroadcastOptions options, Answers answers);

    /// The sockets that `options` name.
    CompletableFuture<List<SocketState>> fetchSockets(BroadcastOptions options);

    /// Makes those sockets join the rooms.
    void socketsJoin(BroadcastOptions options, Set<String> rooms);

    /// Makes those sockets leave the rooms.
    void socketsLeave(BroadcastOptions options, Set<String> rooms);

    /// Disconnects those sockets; with `close` also their connections.
    void disconnectSockets(BroadcastOptions options, boolean close);

    /// Sends an event to the other servers.
    ///
    /// @param args an array that starts with the event's name
    /// @param answers gathers one answer of each other server, or null where none is wanted. This
    ///   adapter is its only party and calls [Answers#expect] with the number of other servers
    void serverSideEmit(Payload args, @Nullable Answers answers);

    /// The number of servers, this one included.
    CompletableFuture<Integer> serverCount();

    /// Keeps a session whose connection was lost, so that it can be recovered. Called where the
    /// socket's handlers run, after the handlers of the events before its end.
    default void persistSession(Session session) {}

    /// Whether events are kept for recovery; then every event goes through the adapter.
    default boolean recovers() {
        return false;
    }

    /// The session of that private id, or null where it is unknown or the event `offset` is not
    /// kept any more.
    default CompletableFuture<@Nullable Recovery> restoreSession(String pid, String offset) {
        return CompletableFuture.completedFuture(null);
    }

    /// The namespace is going away.
    default void close() {}

    /// Gathers the answers to one event. It is complete when each party has said how many answers
    /// to expect, and as many have come. Any thread.
    interface Answers {
        /// So many further parties will call [#expect].
        void addParties(int parties);

        /// One party expects so many answers.
        void expect(int answers);

        /// An answer came: an array of arguments.
        void answered(Payload args);

        /// No further answer will come. Has no effect when all are there.
        void timedOut();
    }

    /// Gets the events of other servers.
    @FunctionalInterface
    interface ServerEvents {
        /// An event came.
        ///
        /// @param args an array that starts with the event's name
        /// @param answer takes the answer, an array of arguments, at most once and on any thread;
        ///   null where none is wanted
        void onServerSideEmit(Payload args, @Nullable Consumer<Payload> answer);
    }

    /// A socket as it can be described to another server.
    ///
    /// @param handshake with the keys of a Node.js handshake
    record SocketState(
            String id,
            Map<String, @Nullable Object> handshake,
            Set<String> rooms,
            Map<String, Object> data) {}

    /// The part of a socket that is kept when its connection is lost.
    ///
    /// @param pid the private id, known only to the client
    record Session(String sid, String pid, Set<String> rooms, Map<String, Object> data) {}

    /// A session found again.
    interface Recovery {
        /// The session.
        Session session();

        /// The events that the client has missed, each an array that ends with its offset. Called
        /// once, on the strand on which the socket is about to join its rooms.
        Missed missed();

        /// Missed events.
        ///
        /// @param events the oldest first
        /// @param upTo the number of the last event considered: the socket does not get deliveries
        ///   up to it, which may still be under way. See [LocalAdapter#broadcast]
        record Missed(List<Payload> events, long upTo) {}
    }
}
