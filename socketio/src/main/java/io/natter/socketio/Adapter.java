package io.natter.socketio;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Reaches the sockets of one namespace, on one server or on many. [LocalAdapter] does this
/// server's part; an adapter for a cluster holds one, does with it what concerns its own sockets,
/// and tells the other servers besides. Methods may be called from any thread and must not block.
///
/// What one thread sends through an adapter, each socket of this server gets in that order.
public interface Adapter {

    /// Makes the adapter of a namespace.
    @FunctionalInterface
    interface Factory {
        /// The adapter for the namespace whose sockets `local` holds. `handler` gets what other
        /// servers send to this one.
        Adapter create(LocalAdapter local, ServerEvents handler);
    }

    /// Sends an event that asks for no acknowledgement.
    void broadcast(Packet.Event packet, BroadcastOptions options);

    /// Sends an event that asks every receiver for an acknowledgement; `packet.id()` is set. Calls
    /// [Replies#expect] before it returns for every party that will report, itself included.
    void broadcastWithAck(Packet.Event packet, BroadcastOptions options, Replies replies);

    /// The sockets that `options` name.
    CompletableFuture<List<SocketState>> fetchSockets(BroadcastOptions options);

    /// Makes those sockets join the rooms.
    void socketsJoin(BroadcastOptions options, Set<String> rooms);

    /// Makes those sockets leave the rooms.
    void socketsLeave(BroadcastOptions options, Set<String> rooms);

    /// Disconnects those sockets; with `close` also their connections.
    void disconnectSockets(BroadcastOptions options, boolean close);

    /// Sends an event to the other servers; `args` is an array that starts with its name. With
    /// `answers`, each of them is asked for one value.
    void serverSideEmit(Payload args, @Nullable ServerReplies answers);

    /// How many servers there are, this one included.
    CompletableFuture<Integer> serverCount();

    /// Keeps a session whose connection was lost, so that it can be recovered.
    default void persistSession(Session session) {}

    /// Whether events are kept for recovery; then every event goes through the adapter.
    default boolean recovers() {
        return false;
    }

    /// The session of that private id, if it is known and the event `offset` is still kept.
    default CompletableFuture<@Nullable Recovery> restoreSession(String pid, String offset) {
        return CompletableFuture.completedFuture(null);
    }

    /// The namespace is going away.
    default void close() {}

    /// Gathers what a broadcast with acknowledgement brings back. Any thread.
    interface Replies {
        /// So many more parties will report how many clients they have sent to.
        void expect(int parties);

        /// One party has sent to that many clients.
        void sent(int clients);

        /// A client has answered with this array.
        void answered(Payload args);
    }

    /// Gathers what other servers answer. Any thread.
    interface ServerReplies {
        /// So many servers were asked.
        void expect(int servers);

        /// One of them answered with this value.
        void answered(Payload value);

        /// The rest did not answer in time.
        void timedOut();
    }

    /// Gets what another server sent.
    @FunctionalInterface
    interface ServerEvents {
        /// An event from another server, an array that starts with its name. `answer`, when not
        /// null, takes one value.
        void onServerSideEmit(Payload args, @Nullable Ack answer);
    }

    /// A socket as it can be told to another server.
    ///
    /// @param handshake as [Handshake#toMap] gives it
    record SocketState(
            String id,
            Map<String, @Nullable Object> handshake,
            Set<String> rooms,
            Map<String, Object> data) {}

    /// What is kept of a socket whose connection was lost.
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

        /// What was missed.
        ///
        /// @param events what was missed, oldest first
        /// @param upTo the number of the last event considered: deliveries up to it, which may
        ///   still be under way, are not for this socket. See [LocalAdapter#broadcast]
        record Missed(List<Payload> events, long upTo) {}
    }
}
