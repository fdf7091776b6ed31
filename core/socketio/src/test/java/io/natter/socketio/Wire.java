package io.natter.socketio;

import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.InProcessRequest;
import io.natter.host.inprocess.InProcessWebSocket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A client that speaks Engine.IO in literal packets. Received messages are Socket.IO text without
/// the Engine.IO type, or `0x` and hexadecimal.
abstract class Wire {
    final InProcessHost host;

    Wire(InProcessHost host) {
        this.host = host;
    }

    enum Kind {
        POLLING {
            @Override
            Wire open(InProcessHost host, String query) {
                return new Polling(host, query);
            }
        },
        WEBSOCKET {
            @Override
            Wire open(InProcessHost host, String query) {
                return new WebSocket(host, query);
            }
        },
        UPGRADED {
            @Override
            Wire open(InProcessHost host, String query) {
                return new Upgraded(host, query);
            }
        };

        abstract Wire open(InProcessHost host, String query);

        Wire open(InProcessHost host) {
            return open(host, "");
        }
    }

    /// Sends a Socket.IO text packet.
    abstract void send(String packet);

    /// Sends an attachment.
    abstract void send(byte[] attachment);

    /// The messages since the last call.
    abstract List<String> received();

    /// Whether the server has ended the connection.
    abstract boolean closed();

    /// The line is cut by the client.
    abstract void cut();

    /// Joins `/` and forgets the answer.
    Wire join() {
        send("0");
        received();
        return this;
    }

    private static @Nullable String message(String packet) {
        if (packet.startsWith("4")) {
            return packet.substring(1);
        }
        if (packet.startsWith("0x")) {
            return packet;
        }
        if (packet.startsWith("b")) {
            return "0x" + HexFormat.of().formatHex(Base64.getDecoder().decode(packet.substring(1)));
        }
        return null;
    }

    static String sidOf(String handshake) {
        int at = handshake.indexOf("\"sid\":\"") + 7;
        return handshake.substring(at, handshake.indexOf('"', at));
    }

    private static final class Polling extends Wire {
        private final String target;
        private @Nullable InProcessRequest pending;
        private boolean closed;

        Polling(InProcessHost host, String query) {
            super(host);
            String base = "/socket.io/?EIO=4&transport=polling" + query;
            target = base + "&sid=" + sidOf(host.get(base).text());
            poll();
        }

        private void poll() {
            pending = host.get(target);
        }

        @Override
        void send(String packet) {
            host.post(target, "4" + packet);
        }

        @Override
        void send(byte[] attachment) {
            host.post(target, "b" + Base64.getEncoder().encodeToString(attachment));
        }

        @Override
        List<String> received() {
            host.strand().run();
            var messages = new ArrayList<String>();
            while (!closed && Objects.requireNonNull(pending).isAnswered()) {
                var answer = Objects.requireNonNull(pending);
                if (answer.status() != 200) {
                    closed = true;
                    break;
                }
                for (String packet : answer.text().split("\u001e", -1)) {
                    if (packet.equals("1")) {
                        closed = true;
                    }
                    String message = message(packet);
                    if (message != null) {
                        messages.add(message);
                    }
                }
                if (!closed) {
                    poll();
                }
            }
            return messages;
        }

        @Override
        boolean closed() {
            received();
            return closed;
        }

        @Override
        void cut() {
            received();
            Objects.requireNonNull(pending).abort();
        }
    }

    private static class WebSocket extends Wire {
        InProcessWebSocket socket;

        WebSocket(InProcessHost host, String query) {
            this(host, host.webSocket("/socket.io/?EIO=4&transport=websocket" + query));
            socket.received();
        }

        WebSocket(InProcessHost host, InProcessWebSocket socket) {
            super(host);
            this.socket = socket;
        }

        @Override
        void send(String packet) {
            socket.send("4" + packet);
        }

        @Override
        void send(byte[] attachment) {
            socket.send(attachment);
        }

        @Override
        List<String> received() {
            host.strand().run();
            var messages = new ArrayList<String>();
            for (String packet : socket.received()) {
                String message = message(packet);
                if (message != null) {
                    messages.add(message);
                }
            }
            return messages;
        }

        @Override
        boolean closed() {
            return !socket.isOpen();
        }

        @Override
        void cut() {
            socket.close(1006);
        }
    }

    private static final class Upgraded extends WebSocket {
        Upgraded(InProcessHost host, String query) {
            super(host, upgrade(host, query));
            socket.received();
        }

        private static InProcessWebSocket upgrade(InProcessHost host, String query) {
            String base = "/socket.io/?EIO=4" + query;
            String sid = sidOf(host.get(base + "&transport=polling").text());
            var socket = host.webSocket(base + "&transport=websocket&sid=" + sid);
            socket.send("2probe");
            socket.send("5");
            return socket;
        }
    }

    /// The first message that starts so, of many.
    static String first(List<String> messages, String prefix) {
        return messages.stream()
                .filter(m -> m.startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + prefix + " in " + messages));
    }

    static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
