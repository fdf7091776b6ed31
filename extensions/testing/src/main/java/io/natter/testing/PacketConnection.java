package io.natter.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.inprocess.InProcessWebSocket;
import io.natter.host.inprocess.ManualStrand;
import io.natter.protocol.EngineMessage;
import io.natter.protocol.Packet;
import io.natter.protocol.Parser;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The client's end of a connection in memory. Carries Socket.IO packets and keeps the heartbeat.
/// For the event loop's thread.
final class PacketConnection {
    /// Gets the packets.
    interface Receiver {
        void received(Packet packet);

        /// The server sent something that is no packet.
        void malformed(String reason);
    }

    private static final Parser.Limits LIMITS = new Parser.Limits(10_000, Long.MAX_VALUE, 500);
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");
    private static final Pattern PING_INTERVAL = Pattern.compile("\"pingInterval\":(\\d+)");

    /// Protocol 3 puts the packet type before binary data, here in hexadecimal.
    private static final String BINARY_MESSAGE_3 = "0x04";

    private final InProcessWebSocket socket;
    private final ManualStrand strand;
    private final int protocol;
    private final Parser parser;
    private final Parser.Decoder decoder;
    private final Receiver receiver;
    private String sid = "";
    private boolean heartbeat = true;
    private long pingIntervalNanos;
    private long nextPing;
    private long packets;

    PacketConnection(
            InProcessWebSocket socket,
            ManualStrand strand,
            int protocol,
            Parser parser,
            Receiver receiver) {
        this.socket = socket;
        this.strand = strand;
        this.protocol = protocol;
        this.parser = parser;
        this.decoder = parser.newDecoder(LIMITS);
        this.receiver = receiver;
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    /// The id of the session.
    String sid() {
        return sid;
    }

    /// The number of packets sent and received.
    long packets() {
        return packets;
    }

    void stopHeartbeat() {
        heartbeat = false;
    }

    void close(int code) {
        socket.close(code);
    }

    void send(Packet packet) {
        packets++;
        for (var message : parser.encode(packet)) {
            switch (message) {
                case EngineMessage.Text(var utf8) -> socket.send("4" + new String(utf8, UTF_8));
                case EngineMessage.Binary(var data) -> socket.send(framed(data));
            }
        }
    }

    private byte[] framed(byte[] data) {
        if (protocol != 3) {
            return data;
        }
        var framed = new byte[data.length + 1];
        framed[0] = 4;
        System.arraycopy(data, 0, framed, 1, data.length);
        return framed;
    }

    /// Reads what has come since the last call.
    void read() {
        for (var message : socket.received()) {
            read(message);
        }
        if (pingIntervalNanos > 0 && heartbeat && isOpen() && strand.nanoTime() >= nextPing) {
            nextPing = strand.nanoTime() + pingIntervalNanos;
            socket.send("2");
        }
    }

    private void read(String message) {
        if (message.startsWith("0x")) {
            var prefix = protocol == 3 ? BINARY_MESSAGE_3 : "0x";
            decoded(decoder.binary(HexFormat.of().parseHex(message.substring(prefix.length()))));
            return;
        }
        switch (message.charAt(0)) {
            case '0' -> opened(message);
            case '2' -> {
                if (heartbeat && isOpen()) {
                    socket.send("3");
                }
            }
            case '4' -> {
                var utf8 = message.getBytes(UTF_8);
                decoded(decoder.text(utf8, 1, utf8.length));
            }
            default -> {
                // A pong, a close packet, or a noop.
            }
        }
    }

    /// In protocol 3 the client sends the pings.
    private void opened(String handshake) {
        var id = SID.matcher(handshake);
        sid = id.find() ? id.group(1) : "";
        var interval = PING_INTERVAL.matcher(handshake);
        if (protocol == 3 && interval.find()) {
            pingIntervalNanos = Duration.ofMillis(Long.parseLong(interval.group(1))).toNanos();
            nextPing = strand.nanoTime() + pingIntervalNanos;
        }
    }

    private void decoded(Parser.Step step) {
        switch (step) {
            case Parser.Step.Decoded(var packet) -> {
                packets++;
                receiver.received(packet);
            }
            case Parser.Step.Incomplete ignored -> {}
            case Parser.Step.Malformed(var reason) -> receiver.malformed(reason);
        }
    }
}
