package io.natter.admin;

import io.natter.host.Loggers;
import io.natter.host.RateLimitedLog;
import io.natter.socketio.Args;
import io.natter.socketio.BroadcastTarget;
import io.natter.socketio.Namespace;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoServer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The commands of an admin: send an event, make sockets join and leave rooms, disconnect them.
/// Each command is logged.
final class AdminCommands {
    private static final Logger LOG = Loggers.of(AdminUi.class);

    private final SocketIoServer io;

    AdminCommands(SocketIoServer io) {
        this.io = io;
    }

    void accept(Socket admin) {
        admin.on(
                "emit",
                (args, ack) -> {
                    @Nullable Object[] values = args.toArray();
                    String event = args.require(2, String.class);
                    target(admin, "emit " + event, args, 1)
                            .emit(event, Arrays.copyOfRange(values, 3, values.length));
                });
        admin.on(
                "join",
                (args, ack) -> {
                    String room = args.require(1, String.class);
                    target(admin, "join " + room, args, 2).socketsJoin(room);
                });
        admin.on(
                "leave",
                (args, ack) -> {
                    String room = args.require(1, String.class);
                    target(admin, "leave " + room, args, 2).socketsLeave(room);
                });
        admin.on(
                "_disconnect",
                (args, ack) -> {
                    boolean close = Boolean.TRUE.equals(args.get(1, Boolean.class));
                    target(admin, close ? "disconnect and close" : "disconnect", args, 2)
                            .disconnectSockets(close);
                });
    }

    /// The sockets that a command is for: those in a room or with an id, or all of the namespace.
    private BroadcastTarget target(Socket admin, String command, Args args, int filterAt) {
        String name = args.require(0, String.class);
        String filter = args.get(filterAt, String.class);
        LOG.info(
                "admin {} at {}: {}, namespace {}, {}",
                admin.id(),
                admin.handshake().address(),
                RateLimitedLog.text(command),
                RateLimitedLog.text(name),
                filter == null || filter.isEmpty()
                        ? "all sockets"
                        : "room or socket " + RateLimitedLog.text(filter));
        Namespace nsp =
                io.namespaces().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "there is no namespace " + name));
        return filter == null || filter.isEmpty() ? nsp : nsp.in(filter);
    }
}
