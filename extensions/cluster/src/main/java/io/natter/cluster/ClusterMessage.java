package io.natter.cluster;

import io.natter.protocol.Payload;
import org.jspecify.annotations.Nullable;

/// A message between servers, `{type, data, uid, nsp}`, as `ClusterAdapter` of npm
/// `socket.io-adapter` sends it. The sharded and the streams adapter of Redis and the adapter of
/// PostgreSQL share these messages.
///
/// @param type one of the constants of this class
/// @param data null where the type has none
/// @param uid the sender, or [#EMITTER]
/// @param nsp null where the sender did not name the namespace
public record ClusterMessage(
        int type, @Nullable Payload data, @Nullable String uid, @Nullable String nsp) {
    /// A server has come; the others answer with [#HEARTBEAT].
    public static final int INITIAL_HEARTBEAT = 1;

    /// A server is there.
    public static final int HEARTBEAT = 2;

    /// `{packet, opts}`, and `requestId` where acknowledgements are wanted.
    public static final int BROADCAST = 3;

    /// `{opts, rooms}`.
    public static final int SOCKETS_JOIN = 4;

    /// `{opts, rooms}`.
    public static final int SOCKETS_LEAVE = 5;

    /// `{opts, close}`.
    public static final int DISCONNECT_SOCKETS = 6;

    /// `{opts, requestId}`.
    public static final int FETCH_SOCKETS = 7;

    /// `{requestId, sockets}`.
    public static final int FETCH_SOCKETS_RESPONSE = 8;

    /// `{packet}`, and `requestId` where an answer is wanted.
    public static final int SERVER_SIDE_EMIT = 9;

    /// `{requestId, packet}`, with the first argument of the answer.
    public static final int SERVER_SIDE_EMIT_RESPONSE = 10;

    /// `{requestId, clientCount}`.
    public static final int BROADCAST_CLIENT_COUNT = 11;

    /// `{requestId, packet}`, with the first argument of one client's acknowledgement.
    public static final int BROADCAST_ACK = 12;

    /// A server goes.
    public static final int ADAPTER_CLOSE = 13;

    /// The sender of processes without sockets. It is no server.
    public static final String EMITTER = "emitter";

    /// Reads a whole message.
    ///
    /// @throws IllegalArgumentException where it has another form
    public static ClusterMessage read(Payload message) {
        return new ClusterMessage(
                MessageReader.number(message, "type", -1),
                MessageReader.member(message, "data"),
                MessageReader.text(message, "uid"),
                MessageReader.text(message, "nsp"));
    }

    /// The whole message. Its members stand in the order of Node.js.
    public Payload write() {
        var message = new MessageWriter().number("type", type);
        if (data != null) {
            message.payload("data", data);
        }
        if (uid != null) {
            message.text("uid", uid);
        }
        return (nsp == null ? message : message.text("nsp", nsp)).build();
    }

    /// The data.
    ///
    /// @throws IllegalArgumentException where there is none
    public Payload requireData() {
        if (data == null) {
            throw new IllegalArgumentException("a message of type " + type + " without 'data'");
        }
        return data;
    }

    /// The id of the request that this message asks or answers, or null.
    public @Nullable String requestId() {
        return data == null ? null : MessageReader.text(data, "requestId");
    }

    /// Whether this answers a request.
    public boolean isResponse() {
        return switch (type) {
            case FETCH_SOCKETS_RESPONSE,
                    SERVER_SIDE_EMIT_RESPONSE,
                    BROADCAST_CLIENT_COUNT,
                    BROADCAST_ACK ->
                    true;
            default -> false;
        };
    }

    /// Whether this is a broadcast without acknowledgements.
    public boolean isPlainBroadcast() {
        return type == BROADCAST && requestId() == null;
    }
}
