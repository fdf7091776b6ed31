package io.natter.redis;

import static io.natter.redis.ClassicRequest.BROADCAST;
import static io.natter.redis.ClassicRequest.DISCONNECT;
import static io.natter.redis.ClassicRequest.FETCH;
import static io.natter.redis.ClassicRequest.JOIN;
import static io.natter.redis.ClassicRequest.LEAVE;
import static io.natter.redis.ClassicRequest.SERVER_SIDE_EMIT;

import io.natter.cluster.MessageParser;
import io.natter.cluster.MessageReader;
import io.natter.cluster.Messages;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.adapter.LocalAdapter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One namespace over plain publish and subscribe, as npm `@socket.io/redis-adapter` does it in
/// `createAdapter`. Operations on this server's own sockets happen at once and do not pass through
/// Redis.
final class ClassicAdapter implements Adapter {
    private final LocalAdapter local;
    private final RedisBus bus;
    private final String uid = Messages.randomId(8);
    private final MessageParser parser;
    private final ClassicChannels channels;
    private final ClassicReplies replies;
    private final ClassicRequests requests;
    private final List<Runnable> subscriptions;

    ClassicAdapter(LocalAdapter local, ServerEvents events, RedisAdapter.Settings settings) {
        this.local = local;
        this.bus = settings.bus();
        this.parser = settings.parser();
        channels = new ClassicChannels(settings.key(), local.namespace(), uid);
        requests = new ClassicRequests(local, bus, channels, settings);
        replies = new ClassicReplies(local, events, channels, settings);
        subscriptions =
                List.of(
                        bus.subscribeAll(channels.broadcast(), this::onBroadcast),
                        bus.subscribe(channels.request(), this::onRequest),
                        bus.subscribe(channels.response(), requests::onResponse),
                        bus.subscribe(channels.ownResponse(), requests::onResponse));
    }

    // ---- to the others

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions options) {
        if (!options.local()) {
            Payload message =
                    Messages.broadcast(
                            uid,
                            Messages.packet(packet, true).build(),
                            Messages.options(options).build());
            bus.publish(channels.broadcast(options.rooms()), parser.encode(message));
        }
        local.broadcast(packet, options);
    }

    @Override
    public void broadcastWithAck(Packet.Event packet, BroadcastOptions options, Answers answers) {
        if (!options.local()) {
            answers.addParties(1); // held until the number of servers is known
            String id = Messages.randomId(8);
            requests.addBroadcast(id, options, answers);
            publish(
                    new ClassicRequest(uid, id, BROADCAST)
                            .write()
                            .object("packet", Messages.packet(packet, true))
                            .object("opts", Messages.options(options))
                            .build(),
                    true);
        }
        local.broadcastWithAck(packet, options, answers);
    }

    @Override
    public CompletableFuture<List<SocketState>> fetchSockets(BroadcastOptions options) {
        var own = local.fetchSockets(options);
        if (options.local()) {
            return own;
        }
        String id = Messages.randomId(8);
        var all = requests.addFetch(id, own);
        publish(
                new ClassicRequest(uid, id, FETCH)
                        .write()
                        .object("opts", Messages.options(options))
                        .build(),
                false);
        return all;
    }

    @Override
    public void socketsJoin(BroadcastOptions options, Set<String> rooms) {
        publishRooms(JOIN, options, rooms);
        local.socketsJoin(options, rooms);
    }

    @Override
    public void socketsLeave(BroadcastOptions options, Set<String> rooms) {
        publishRooms(LEAVE, options, rooms);
        local.socketsLeave(options, rooms);
    }

    private void publishRooms(int type, BroadcastOptions options, Set<String> rooms) {
        if (!options.local()) {
            publish(
                    new ClassicRequest(uid, null, type)
                            .write()
                            .object("opts", Messages.options(options))
                            .texts("rooms", rooms)
                            .build(),
                    false);
        }
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        if (!options.local()) {
            publish(
                    new ClassicRequest(uid, null, DISCONNECT)
                            .write()
                            .object("opts", Messages.options(options))
                            .flag("close", close)
                            .build(),
                    false);
        }
        local.disconnectSockets(options, close);
    }

    @Override
    public void serverSideEmit(Payload args, @Nullable Answers answers) {
        String id = null;
        if (answers != null) {
            id = Messages.randomId(8);
            requests.addServerSide(id, answers);
        }
        publish(
                new ClassicRequest(uid, id, SERVER_SIDE_EMIT).write().payload("data", args).build(),
                false);
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        return requests.serverCount();
    }

    /// @param encoded whether the parser writes it in any case
    private void publish(Payload message, boolean encoded) {
        bus.publish(
                channels.request(),
                encoded ? parser.encode(message) : parser.jsonOrEncoded(message));
    }

    // ---- from the others

    private void onBroadcast(String channel, byte[] bytes) {
        List<Payload> parts = parser.decode(bytes).elements();
        if (parts.size() < 3) {
            throw new IllegalArgumentException("a broadcast of " + parts.size() + " parts");
        }
        if (uid.equals(MessageReader.tree(parts.get(0)).asString(""))) {
            return;
        }
        String namespace = MessageReader.text(parts.get(1), "nsp");
        if (local.namespace().equals(namespace == null ? "/" : namespace)) {
            local.broadcast(
                    MessageReader.event(parts.get(1), local.namespace(), Packet.NO_ID),
                    MessageReader.options(parts.get(2)));
        }
    }

    private void onRequest(byte[] bytes) {
        Payload message = parser.jsonOrDecoded(bytes);
        var request = ClassicRequest.read(message);
        if (uid.equals(request.uid()) || requests.isOwn(request.id())) {
            return;
        }
        switch (request.type()) {
            case JOIN, LEAVE, DISCONNECT -> change(request, message);
            default -> replies.answer(request, message);
        }
    }

    private void change(ClassicRequest request, Payload message) {
        // Looked up before the socket may be disconnected.
        boolean isHere = request.options().rooms().stream().anyMatch(local::hasRoom);
        switch (request.type()) {
            case JOIN -> local.socketsJoin(request.options(), request.rooms());
            case LEAVE -> local.socketsLeave(request.options(), request.rooms());
            default ->
                    local.disconnectSockets(
                            request.options(), MessageReader.isTrue(message, "close"));
        }
        if (isHere) {
            replies.done(request);
        }
    }

    @Override
    public void close() {
        subscriptions.forEach(Runnable::run);
        requests.close();
        local.close();
    }
}
