package io.natter.redis;

import io.natter.cluster.AnswersToAsker;
import io.natter.cluster.MessageParser;
import io.natter.cluster.MessageReader;
import io.natter.cluster.MessageWriter;
import io.natter.cluster.Messages;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter.ServerEvents;
import io.natter.socketio.adapter.Adapter.SocketState;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.adapter.LocalAdapter;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/// Answers what other servers ask.
final class ClassicReplies {
    private final LocalAdapter local;
    private final ServerEvents events;
    private final RedisBus bus;
    private final MessageParser parser;
    private final ClassicChannels channels;
    private final boolean answersToAsker;

    ClassicReplies(
            LocalAdapter local,
            ServerEvents events,
            ClassicChannels channels,
            RedisAdapter.Settings settings) {
        this.local = local;
        this.events = events;
        this.bus = settings.bus();
        this.parser = settings.parser();
        this.channels = channels;
        this.answersToAsker = settings.answersToAsker();
    }

    /// Answers a request, where its type wants an answer. Unknown types get none, as in Node.js.
    void answer(ClassicRequest request, Payload message) {
        switch (request.type()) {
            case ClassicRequest.SOCKETS -> sockets(request);
            case ClassicRequest.ALL_ROOMS -> allRooms(request);
            case ClassicRequest.FETCH -> fetch(request);
            case ClassicRequest.SERVER_SIDE_EMIT -> serverSide(request, message);
            case ClassicRequest.BROADCAST -> broadcast(request, message);
            default -> {}
        }
    }

    /// Answers a change of rooms or a disconnection. Only versions before 6 wait for this, and only
    /// for the server that has the socket.
    void done(ClassicRequest request) {
        if (request.id() != null) {
            send(request, head(request));
        }
    }

    /// Node.js counts the rooms that sockets have to themselves.
    private void allRooms(ClassicRequest request) {
        var ignored =
                local.fetchSockets(BroadcastOptions.ALL)
                        .thenAccept(
                                found -> {
                                    var rooms = new LinkedHashSet<String>(local.rooms());
                                    found.forEach(socket -> rooms.add(socket.id()));
                                    send(request, head(request).texts("rooms", rooms));
                                });
    }

    private void sockets(ClassicRequest request) {
        BroadcastOptions inRooms =
                request.rooms().isEmpty()
                        ? BroadcastOptions.ALL
                        : BroadcastOptions.to(request.rooms());
        var ignored =
                local.fetchSockets(inRooms)
                        .thenAccept(
                                found ->
                                        send(
                                                request,
                                                head(request)
                                                        .texts(
                                                                "sockets",
                                                                found.stream()
                                                                        .map(SocketState::id)
                                                                        .toList())));
    }

    private void fetch(ClassicRequest request) {
        var ignored =
                local.fetchSockets(request.options())
                        .thenAccept(
                                found ->
                                        send(
                                                request,
                                                head(request)
                                                        .payload(
                                                                "sockets",
                                                                Messages.sockets(
                                                                        found, local.mapping()))));
    }

    private void serverSide(ClassicRequest request, Payload message) {
        Payload args = MessageReader.eventArguments(message, "data");
        if (request.id() == null) {
            events.onServerSideEmit(args, null);
            return;
        }
        events.onServerSideEmit(
                args,
                answer -> {
                    var reply = typed(request, ClassicRequest.SERVER_SIDE_EMIT);
                    Payload first = Messages.first(answer);
                    send(request, first == null ? reply : reply.payload("data", first));
                });
    }

    private void broadcast(ClassicRequest request, Payload message) {
        Payload packet = MessageReader.required(message, "packet");
        var event = MessageReader.event(packet, local.namespace(), local.nextAckId());
        local.broadcastWithAck(event, request.options(), new ToAsker(request));
    }

    private static MessageWriter head(ClassicRequest request) {
        return new MessageWriter().text("requestId", String.valueOf(request.id()));
    }

    private static MessageWriter typed(ClassicRequest request, int type) {
        return new MessageWriter()
                .number("type", type)
                .text("requestId", String.valueOf(request.id()));
    }

    private void send(ClassicRequest request, MessageWriter reply) {
        bus.publish(channel(request), parser.jsonOrEncoded(reply.build()));
    }

    private String channel(ClassicRequest request) {
        String asker = request.uid();
        return answersToAsker && asker != null ? channels.responseTo(asker) : channels.response();
    }

    private final class ToAsker extends AnswersToAsker {
        private final ClassicRequest request;

        ToAsker(ClassicRequest request) {
            this.request = request;
        }

        @Override
        protected void sendCount(int count) {
            send(
                    request,
                    typed(request, ClassicRequest.BROADCAST_CLIENT_COUNT)
                            .number("clientCount", count));
        }

        @Override
        public void answered(Payload args) {
            var reply = typed(request, ClassicRequest.BROADCAST_ACK);
            @Nullable Payload first = Messages.first(args);
            if (first != null) {
                reply.payload("packet", first);
            }
            bus.publish(channel(request), parser.encode(reply.build()));
        }
    }
}
