package io.natter.bench;

import io.natter.host.dispatch.Dispatch;
import io.natter.host.inprocess.ManualStrand;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;

/// How much heap a session takes that has joined the main namespace and a room, has a handler and
/// is idle: the engine's session and the socket, without anything of a host, without the request's
/// head (shared here), for more and more sessions in one process.
///
/// `Sessions [MOST]`, a million unless told. Prints a line for each power of ten.
public final class Sessions {
    private Sessions() {}

    public static void main(String[] arguments) {
        var most = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        var strand = new ManualStrand();
        var io = SocketIoServer.create(SocketIoOptions.builder().dispatch(Dispatch.INLINE).build());
        io.onConnection(
                socket -> {
                    socket.on("echo", String.class, text -> socket.emit("echo", text));
                    socket.join("lobby");
                });
        var clients = new ArrayList<QuietClient>(most);
        clients.add(QuietClient.join(io, strand)); // loads the classes
        var before = heap();
        var began = System.nanoTime();
        for (var next = 1000; clients.size() <= most; next = Math.min(most, next * 10)) {
            while (clients.size() <= next) {
                clients.add(QuietClient.join(io, strand));
            }
            var used = heap() - before;
            System.out.printf(
                    "%,9d sessions  %,9.1f MB  %,6d bytes each  %,5.1f s%n",
                    next, used / 1e6, used / next, (System.nanoTime() - began) / 1e9);
        }
        if (clients.getLast().heard() == 0 || io.sockets().size() != clients.size()) {
            throw new IllegalStateException("not everybody has joined");
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
