package io.natter.engine;

import io.natter.host.inprocess.InProcessRequest;
import io.natter.host.inprocess.InProcessWebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client of protocol 4 that speaks packets in their text form, the same over every transport.
abstract sealed class Client {
    final Fixture server;

    private Client(Fixture server) {
        this.server = server;
    }

    /// The ways in which a session can stand when a rule that knows no transport is tried.
    enum Over {
        POLLING,
        WEBSOCKET,
        UPGRADE;

        Client open(Fixture server) {
            return switch (this) {
                case POLLING -> new Polling(server);
                case WEBSOCKET -> new WebSocket(server, Fixture.WEBSOCKET);
                case UPGRADE -> {
                    new Polling(server);
                    var upgraded = new WebSocket(server, server.upgradeTarget());
                    upgraded.send("2probe");
                    upgraded.send("5");
                    upgraded.received();
                    server.heard();
                    yield upgraded;
                }
            };
        }
    }

    abstract void send(String packet);

    /// Sends bytes in the transport's own way.
    abstract void sendBinary(byte[] data, String base64);

    /// The packets received since the last call.
    abstract List<String> received();

    /// Whether the server has ended the connection.
    abstract boolean isClosed();

    private static final class Polling extends Client {
        private final String target;
        private @Nullable InProcessRequest get;

        Polling(Fixture server) {
            super(server);
            target = server.openPolling();
        }

        @Override
        void send(String packet) {
            server.host.post(target, packet);
        }

        @Override
        void sendBinary(byte[] data, String base64) {
            send("b" + base64);
        }

        @Override
        List<String> received() {
            var packets = new ArrayList<String>();
            if (get == null) {
                get = server.host.get(target);
            }
            while (get.isAnswered() && get.status() == 200) {
                packets.addAll(Arrays.asList(get.text().split("\u001e", -1)));
                get = server.host.get(target);
            }
            return packets;
        }

        @Override
        boolean isClosed() {
            return server.host.get(target).isAnswered();
        }
    }

    private static final class WebSocket extends Client {
        private final InProcessWebSocket socket;

        WebSocket(Fixture server, String target) {
            super(server);
            socket = server.host.webSocket(target);
            socket.received();
        }

        @Override
        void send(String packet) {
            socket.send(packet);
        }

        @Override
        void sendBinary(byte[] data, String base64) {
            socket.send(data);
        }

        @Override
        List<String> received() {
            return socket.received();
        }

        @Override
        boolean isClosed() {
            return !socket.isOpen();
        }
    }
}
