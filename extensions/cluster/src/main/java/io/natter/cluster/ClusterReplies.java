package io.natter.cluster;

import static io.natter.cluster.ClusterMessage.BROADCAST;
import static io.natter.cluster.ClusterMessage.BROADCAST_ACK;
import static io.natter.cluster.ClusterMessage.BROADCAST_CLIENT_COUNT;
import static io.natter.cluster.ClusterMessage.FETCH_SOCKETS;
import static io.natter.cluster.ClusterMessage.FETCH_SOCKETS_RESPONSE;
import static io.natter.cluster.ClusterMessage.SERVER_SIDE_EMIT;
import static io.natter.cluster.ClusterMessage.SERVER_SIDE_EMIT_RESPONSE;

import io.natter.protocol.Payload;

/// Answers what other servers ask.
final class ClusterReplies {
    private final ClusterAdapter adapter;

    ClusterReplies(ClusterAdapter adapter) {
        this.adapter = adapter;
    }

    /// Answers a request. Unknown types get no answer, as in Node.js.
    void answer(ClusterMessage request) {
        switch (request.type()) {
            case BROADCAST -> {
                Payload data = request.requireData();
                var local = adapter.local();
                local.broadcastWithAck(
                        adapter.event(data, local.nextAckId()),
                        ClusterAdapter.options(data),
                        new ToAsker(request));
            }
            case FETCH_SOCKETS -> fetch(request);
            case SERVER_SIDE_EMIT -> serverSide(request);
            default -> {}
        }
    }

    private void fetch(ClusterMessage request) {
        var local = adapter.local();
        var ignored =
                local.fetchSockets(ClusterAdapter.options(request.requireData()))
                        .thenAccept(
                                found ->
                                        send(
                                                request,
                                                FETCH_SOCKETS_RESPONSE,
                                                head(request)
                                                        .payload(
                                                                "sockets",
                                                                Messages.sockets(
                                                                        found, local.mapping()))));
    }

    private void serverSide(ClusterMessage request) {
        Payload args = MessageReader.eventArguments(request.requireData(), "packet");
        if (request.requestId() == null) {
            adapter.events().onServerSideEmit(args, null);
            return;
        }
        adapter.events()
                .onServerSideEmit(
                        args,
                        answer ->
                                send(
                                        request,
                                        SERVER_SIDE_EMIT_RESPONSE,
                                        withFirst(head(request), answer)));
    }

    private static MessageWriter head(ClusterMessage request) {
        return new MessageWriter().text("requestId", String.valueOf(request.requestId()));
    }

    /// Node.js sends the first argument only, and leaves out what is undefined.
    private static MessageWriter withFirst(MessageWriter data, Payload args) {
        Payload first = Messages.first(args);
        return first == null ? data : data.payload("packet", first);
    }

    private void send(ClusterMessage request, int type, MessageWriter data) {
        adapter.respond(String.valueOf(request.uid()), adapter.message(type, data));
    }

    private final class ToAsker extends AnswersToAsker {
        private final ClusterMessage request;

        ToAsker(ClusterMessage request) {
            this.request = request;
        }

        @Override
        protected void sendCount(int count) {
            send(request, BROADCAST_CLIENT_COUNT, head(request).number("clientCount", count));
        }

        @Override
        public void answered(Payload args) {
            send(request, BROADCAST_ACK, withFirst(head(request), args));
        }
    }
}
