package io.natter.redis;

import io.natter.cluster.MessageReader;
import io.natter.cluster.MessageWriter;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.BroadcastOptions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The head of a request: the server that asks, the id that its answers carry, and its type.
///
/// @param id null where no answer is wanted
/// @param options the sockets that are meant; of none where the request names none
/// @param rooms the rooms to join or to leave
record ClassicRequest(
        @Nullable String uid,
        @Nullable String id,
        int type,
        BroadcastOptions options,
        Set<String> rooms) {
    static final int SOCKETS = 0;
    static final int ALL_ROOMS = 1;
    static final int JOIN = 2;
    static final int LEAVE = 3;
    static final int DISCONNECT = 4;
    static final int FETCH = 5;
    static final int SERVER_SIDE_EMIT = 6;
    static final int BROADCAST = 7;
    static final int BROADCAST_CLIENT_COUNT = 8;
    static final int BROADCAST_ACK = 9;

    /// No socket has this id, and no room this name.
    private static final Set<String> NOBODY = Set.of("");

    ClassicRequest(String uid, @Nullable String id, int type) {
        this(uid, id, type, BroadcastOptions.ALL, Set.of());
    }

    /// Begins the request's object.
    MessageWriter write() {
        var message = new MessageWriter().text("uid", String.valueOf(uid));
        if (id != null) {
            message.text("requestId", id);
        }
        return message.number("type", type);
    }

    /// Reads the head of a request. Versions before 6 named one socket as `sid` and one `room`.
    static ClassicRequest read(Payload message) {
        Payload options = MessageReader.member(message, "opts");
        String sid = MessageReader.text(message, "sid");
        String room = MessageReader.text(message, "room");
        Set<String> receivers = sid == null ? NOBODY : Set.of(sid);
        return new ClassicRequest(
                MessageReader.text(message, "uid"),
                MessageReader.text(message, "requestId"),
                MessageReader.number(message, "type", -1),
                options == null ? BroadcastOptions.to(receivers) : MessageReader.options(options),
                room == null ? MessageReader.texts(message, "rooms") : Set.of(room));
    }
}
