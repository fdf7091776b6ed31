package io.natter.cluster;

import static io.natter.cluster.ClusterMessage.BROADCAST;
import static io.natter.cluster.ClusterMessage.DISCONNECT_SOCKETS;
import static io.natter.cluster.ClusterMessage.SERVER_SIDE_EMIT;
import static io.natter.cluster.ClusterMessage.SOCKETS_JOIN;
import static io.natter.cluster.ClusterMessage.SOCKETS_LEAVE;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.adapter.LocalAdapter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// An adapter that needs nothing but a way to publish [messages][ClusterMessage], as
/// `ClusterAdapter` of npm `socket.io-adapter`. Each task is done for this server's own sockets at
/// once; the others get a message.
///
/// A subclass publishes, calls [#onMessage] for each message that comes, in order, and counts the
/// servers. Its constructor must not publish: finish construction first.
public abstract class ClusterAdapter implements Adapter {
    private final LocalAdapter local;
    private final ServerEvents events;
    private final String uid = Messages.randomId(8);
    private final ClusterRequests requests;
    private final ClusterReplies replies;

    /// The state that the adapters of all namespaces share.
    ///
    /// @param requestsTimeout how long other servers have to answer; Node.js: 5 seconds
    /// @param timers runs what happens when the time is over
    /// @param timedOut counts requests that not all servers answered in time
    public record Settings(
            Duration requestsTimeout, ScheduledExecutorService timers, LongAdder timedOut) {}

    /// The adapter of one namespace.
    @SuppressWarnings("this-escape") // the two keep the reference only
    protected ClusterAdapter(LocalAdapter local, ServerEvents events, Settings settings) {
        this.local = local;
        this.events = events;
        requests = new ClusterRequests(this, settings);
        replies = new ClusterReplies(this);
    }

    /// Sends a message to all other servers. It may come back to this one. Any thread; must not
    /// block, and must not throw when the message cannot be sent.
    protected abstract void publish(ClusterMessage message);

    /// Sends an answer to the server that asked; as [#publish] in all else.
    ///
    /// @param requester the id of that server
    protected abstract void respond(String requester, ClusterMessage response);

    /// Delivers a broadcast of another server to this server's sockets.
    ///
    /// @param offset what [#onMessage] was called with
    protected void deliver(Packet.Event packet, BroadcastOptions options, @Nullable String offset) {
        local.broadcast(packet, options);
    }

    /// The servers that a request asks.
    CompletableFuture<Peers> peers() {
        return serverCount().thenApply(count -> Peers.number(count - 1));
    }

    /// The id of this server in this namespace.
    public final String uid() {
        return uid;
    }

    /// This server's own sockets.
    protected final LocalAdapter local() {
        return local;
    }

    final ServerEvents events() {
        return events;
    }

    final ClusterRequests requests() {
        return requests;
    }

    // ---- to the others

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions options) {
        if (!options.local()) {
            publish(broadcastMessage(packet, options));
        }
        local.broadcast(packet, options);
    }

    @Override
    public void broadcastWithAck(Packet.Event packet, BroadcastOptions options, Answers answers) {
        if (!options.local()) {
            requests.broadcast(packet, options, answers);
        }
        local.broadcastWithAck(packet, options, answers);
    }

    @Override
    public CompletableFuture<List<SocketState>> fetchSockets(BroadcastOptions options) {
        return options.local() ? local.fetchSockets(options) : requests.fetch(options);
    }

    @Override
    public void socketsJoin(BroadcastOptions options, Set<String> rooms) {
        if (!options.local()) {
            publish(roomsMessage(SOCKETS_JOIN, options, rooms));
        }
        local.socketsJoin(options, rooms);
    }

    @Override
    public void socketsLeave(BroadcastOptions options, Set<String> rooms) {
        if (!options.local()) {
            publish(roomsMessage(SOCKETS_LEAVE, options, rooms));
        }
        local.socketsLeave(options, rooms);
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        if (!options.local()) {
            publish(disconnectMessage(options, close));
        }
        local.disconnectSockets(options, close);
    }

    @Override
    public void serverSideEmit(Payload args, @Nullable Answers answers) {
        if (answers == null) {
            publish(message(SERVER_SIDE_EMIT, new MessageWriter().payload("packet", args)));
        } else {
            requests.serverSideEmit(args, answers);
        }
    }

    // ---- the messages

    /// A message of this server.
    protected final ClusterMessage message(int type, @Nullable MessageWriter data) {
        return new ClusterMessage(type, data == null ? null : data.build(), uid, local.namespace());
    }

    /// A broadcast without acknowledgements.
    protected final ClusterMessage broadcastMessage(Packet.Event packet, BroadcastOptions options) {
        return message(
                BROADCAST,
                new MessageWriter()
                        .object("packet", Messages.packet(packet, false))
                        .object("opts", Messages.options(options)));
    }

    /// [ClusterMessage#SOCKETS_JOIN] or [ClusterMessage#SOCKETS_LEAVE].
    protected final ClusterMessage roomsMessage(
            int type, BroadcastOptions options, Set<String> rooms) {
        return message(
                type,
                new MessageWriter()
                        .object("opts", Messages.options(options))
                        .texts("rooms", rooms));
    }

    /// [ClusterMessage#DISCONNECT_SOCKETS].
    protected final ClusterMessage disconnectMessage(BroadcastOptions options, boolean close) {
        return message(
                DISCONNECT_SOCKETS,
                new MessageWriter().object("opts", Messages.options(options)).flag("close", close));
    }

    // ---- from the others

    /// Handles a message. Those of this server itself, of another namespace and of unknown types
    /// have no effect. Called in the order in which the messages came; does not block.
    ///
    /// @param offset the place of the message in a log, or null
    /// @throws IllegalArgumentException where a message has another form than Node.js gives it
    protected void onMessage(ClusterMessage message, @Nullable String offset) {
        if (isForeign(message)) {
            return;
        }
        if (message.isResponse()) {
            requests.onResponse(message);
            return;
        }
        switch (message.type()) {
            case BROADCAST -> {
                if (message.requestId() == null) {
                    Payload data = message.requireData();
                    deliver(event(data, Packet.NO_ID), options(data), offset);
                } else {
                    replies.answer(message);
                }
            }
            case SOCKETS_JOIN, SOCKETS_LEAVE, DISCONNECT_SOCKETS -> apply(message);
            default -> replies.answer(message);
        }
    }

    /// Whether a message is none of another server to this namespace.
    final boolean isForeign(ClusterMessage message) {
        return uid.equals(message.uid())
                || (message.nsp() != null && !local.namespace().equals(message.nsp()));
    }

    /// Does what a message asks of this server's sockets.
    private void apply(ClusterMessage message) {
        Payload data = message.requireData();
        BroadcastOptions options = options(data);
        switch (message.type()) {
            case SOCKETS_JOIN -> local.socketsJoin(options, MessageReader.texts(data, "rooms"));
            case SOCKETS_LEAVE -> local.socketsLeave(options, MessageReader.texts(data, "rooms"));
            default -> local.disconnectSockets(options, MessageReader.isTrue(data, "close"));
        }
    }

    /// The receivers and flags that the data of a message names.
    protected static BroadcastOptions options(Payload data) {
        return MessageReader.options(MessageReader.required(data, "opts"));
    }

    /// The event that the data of a broadcast holds.
    ///
    /// @param id the id of the acknowledgement, or [Packet#NO_ID]
    protected final Packet.Event event(Payload data, long id) {
        return MessageReader.event(MessageReader.required(data, "packet"), local.namespace(), id);
    }

    @Override
    public void close() {
        requests.close();
        local.close();
    }
}
