package io.natter.admin;

import io.natter.protocol.Payload;
import io.natter.socketio.Args;
import io.natter.socketio.ConnListener;
import io.natter.socketio.DisconnectReason;
import io.natter.socketio.Listener;
import io.natter.socketio.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A socket whose events, data and end the admins see.
final class WatchedSocket {
    /// Events with more bytes are shown without their arguments.
    private static final int MAX_EVENT_BYTES = 16 * 1024;

    private final DevelopmentView view;
    private final Socket socket;
    private final Listener.CatchAll received =
            (event, args) -> event("event_received", event, args);
    private final Listener.CatchAll sent = (event, args) -> event("event_sent", event, args);

    /// A hash of the data that the admins have. The feed's thread.
    private int data;

    WatchedSocket(DevelopmentView view, Socket socket) {
        this.view = view;
        this.socket = socket;
        socket.onDisconnect(this::left);
        socket.onConn(
                new ConnListener() {
                    @Override
                    public void upgraded() {
                        updated("transport", socket.conn().transport().toString());
                    }
                });
    }

    Socket socket() {
        return socket;
    }

    /// Shows its events from now on.
    void watch() {
        unwatch();
        if (!view.isAdmin(socket)) {
            socket.prependAny(received);
            socket.prependAnyOutgoing(sent);
        }
    }

    /// Shows none from now on.
    void unwatch() {
        socket.offAny(received);
        socket.offAnyOutgoing(sent);
    }

    private void event(String name, String event, Args args) {
        if (!view.isWatching()) {
            return;
        }
        String time = view.time();
        view.feed()
                .event(
                        name,
                        () ->
                                new Object[] {
                                    socket.nsp().name(), socket.id(), shown(event, args), time
                                });
    }

    private static List<@Nullable Object> shown(String event, Args args) {
        var shown = new ArrayList<@Nullable Object>();
        shown.add(event);
        if (args.bytes() > MAX_EVENT_BYTES) {
            shown.add("[" + args.bytes() + " bytes]");
        } else {
            shown.addAll(args.toList());
        }
        return shown;
    }

    private void left(DisconnectReason reason) {
        view.left(this);
        if (view.isWatching()) {
            String time = view.time();
            view.feed()
                    .changed(
                            "socket_disconnected",
                            () ->
                                    new Object[] {
                                        socket.nsp().name(), socket.id(), reason.toString(), time
                                    });
        }
    }

    private void updated(String member, Object value) {
        if (view.isWatching()) {
            view.feed()
                    .changed(
                            "socket_updated",
                            () ->
                                    new Object[] {
                                        Map.of(
                                                "id",
                                                socket.id(),
                                                "nsp",
                                                socket.nsp().name(),
                                                member,
                                                value)
                                    });
        }
    }

    /// The admins have the data as it is now.
    void toldData() {
        data = dataHash();
    }

    /// Tells the admins of the data if it has changed.
    void tellData() {
        int now = dataHash();
        if (now != data) {
            data = now;
            updated("data", SocketDescription.ownData(socket.data()));
        }
    }

    private int dataHash() {
        try {
            Payload json =
                    socket.nsp()
                            .server()
                            .options()
                            .mapping()
                            .write(SocketDescription.ownData(socket.data()));
            return Arrays.hashCode(Arrays.copyOfRange(json.buffer(), json.from(), json.to()));
        } catch (IllegalArgumentException e) {
            return 0; // data that cannot be written cannot be shown
        }
    }
}
