package io.natter.conformance.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Carries TCP connections from a port of its own to a server, until it is told to let them go
/// silent: they stay open then and carry nothing, as after a change of the network. Connections
/// made later are carried.
final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private final Set<Socket> carried = ConcurrentHashMap.newKeySet();
    private final Set<Socket> silent = ConcurrentHashMap.newKeySet();

    private Relay() throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static Relay open() {
        try {
            return new Relay();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /// Begins to carry.
    void to(URI server) {
        Thread.ofVirtual().start(() -> accept(server));
    }

    /// From now on the connections that are open carry nothing in either direction.
    void silence() {
        silent.addAll(carried);
    }

    @Override
    public void close() {
        closeQuietly(door);
        carried.forEach(Relay::closeQuietly);
    }

    private void accept(URI server) {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                var target = new Socket(server.getHost(), server.getPort());
                carried.add(client);
                carried.add(target);
                Thread.ofVirtual().start(() -> carry(client, target));
                Thread.ofVirtual().start(() -> carry(target, client));
            } catch (IOException e) {
                // The door was closed, or the server is away: the client tries again.
            }
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            var bytes = new byte[16 * 1024];
            for (int n = from.getInputStream().read(bytes);
                    n >= 0;
                    n = from.getInputStream().read(bytes)) {
                if (!silent.contains(from)) {
                    to.getOutputStream().write(bytes, 0, n);
                }
            }
        } catch (IOException e) {
            // One of the two sides closed.
        } finally {
            carried.remove(from);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closed is what it shall be.
        }
    }
}
