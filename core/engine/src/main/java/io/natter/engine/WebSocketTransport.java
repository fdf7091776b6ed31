package io.natter.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.CloseCode;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.protocol.Engine3;
import io.natter.protocol.Engine4;
import io.natter.protocol.EnginePacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries a session over a WebSocket or a WebTransport session, or tries to: while it has a probe,
/// its frames belong to that. On the session's strand.
final class WebSocketTransport implements Transport, WebSocketListener {
    private final EngineSession session;
    private final WebSocketConnection connection;
    private final TransportName name;
    private final int protocol;

    /// Whether the client asked for base64 instead of binary frames.
    private final boolean textOnly;

    private final long maxWaitingBytes;
    private @Nullable UpgradeProbe probe;

    /// The bytes that may wait besides `maxWaitingBytes`, until the client has read so far.
    private long beyondBound;

    /// Whether a pong is owed to a client of protocol 3 that pinged and did not read.
    private boolean owesPong;

    /// The reason for which the session ended, from then to the end of the connection.
    private @Nullable String tooSlow;

    private @Nullable String overMemory;

    WebSocketTransport(EngineSession session, WebSocketConnection connection, UpgradeRequest call) {
        this.session = session;
        this.connection = connection;
        this.name = call.transport();
        this.protocol = session.protocol();
        var b64 = call.parameter("b64");
        this.textOnly = b64 != null && !b64.isEmpty();
        this.maxWaitingBytes = session.options().maxWaitingBytes();
    }

    void startProbe() {
        probe = new UpgradeProbe(session, this);
    }

    /// The session ended while this was probed.
    void abandon() {
        if (probe != null) {
            probe.stop();
        }
        close();
    }

    /// The probe passed: from now on this carries the session. A failed one keeps its probe, which
    /// ignores everything.
    void endProbe() {
        probe = null;
    }

    @Override
    public TransportName name() {
        return name;
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public boolean isIdle() {
        return connection.waitingBytes() == 0 && connection.isWritable();
    }

    @Override
    public boolean takesMore(long bytes) {
        if (connection.waitingBytes() >= bytes) {
            connection.flush();
        }
        return connection.waitingBytes() < bytes;
    }

    @Override
    public void setReading(boolean on) {
        connection.setReading(on);
    }

    /// The connection, if all that a message needs while nothing waits is to be written to it.
    @Nullable WebSocketConnection directConnection() {
        return textOnly ? null : connection;
    }

    @Override
    public void send(Outgoing message) {
        if (maxWaitingBytes > 0 && connection.waitingBytes() >= maxWaitingBytes) {
            // Most of it may only wait for the end of this pass.
            connection.flush();
            long waiting = connection.waitingBytes();
            if (waiting >= maxWaitingBytes + beyondBound) {
                // A client that does not read would not read a close frame either. The session ends
                // with the connection, and not during a broadcast to others.
                tooSlow = waiting + " bytes wait for the client";
                connection.terminate();
                return;
            }
        }
        write(message);
    }

    private void write(Outgoing message) {
        session.timers().sent(message.size());
        if (textOnly) {
            connection.sendText(new String(message.text(protocol), UTF_8));
        } else {
            connection.send(message, message.isPrefixed(protocol));
        }
    }

    /// Pongs of protocol 3 wait for a client that does not read, and then only the latest is sent.
    /// A ping of protocol 4 is always sent, because a client that reads a long stream must not miss
    /// it. There is at most one in an interval.
    @Override
    public void send(ControlPacket packet) {
        if (packet.equals(ControlPacket.PONG) && !connection.isWritable()) {
            owesPong = true;
        } else {
            session.timers().packetsOut.add(1);
            connection.sendText(packet.text());
        }
    }

    void open(List<OutgoingPacket> packets) {
        packets.forEach(this::sendUnbounded);
    }

    private void sendUnbounded(OutgoingPacket packet) {
        switch (packet) {
            case Outgoing message -> write(message);
            case ControlPacket control -> send(control);
        }
    }

    @Override
    public void sendUnbounded(List<? extends OutgoingPacket> packets) {
        packets.forEach(this::sendUnbounded);
        if (connection.waitingBytes() >= maxWaitingBytes) {
            connection.flush();
            beyondBound = connection.waitingBytes();
        }
    }

    void sendProbePong() {
        connection.sendText(ControlPacket.PROBE_PONG);
    }

    /// Closes the connection after all that was written.
    void close() {
        connection.close(CloseCode.NO_STATUS, "");
    }

    /// Closes because code of Natter or of the application failed.
    void closeAfterFailure() {
        connection.close(CloseCode.INTERNAL_ERROR, "internal error");
    }

    @Override
    public void shut(CloseReason reason, String rule) {
        if (rule.isEmpty()) {
            close();
        } else {
            connection.close(CloseCode.POLICY_VIOLATION, rule);
        }
    }

    @Override
    public void text(byte[] utf8) {
        if (probe != null) {
            probe.received(decode(utf8));
            return;
        }
        session.timers().packetsIn.add(1);
        session.timers().bytesIn.add(utf8.length);
        if (utf8.length > 0 && utf8[0] == '4') {
            session.text(utf8, 1, utf8.length);
        } else {
            session.received(decode(utf8));
        }
    }

    private EnginePacket decode(byte[] utf8) {
        return protocol == 3
                ? Engine3.decodeText(utf8, 0, utf8.length)
                : Engine4.decodeText(utf8, 0, utf8.length);
    }

    @Override
    public void binary(byte[] data) {
        var packet = protocol == 3 ? Engine3.decodeBinary(data) : Engine4.decodeBinary(data);
        if (probe != null) {
            probe.received(packet);
            return;
        }
        session.timers().packetsIn.add(1);
        session.timers().bytesIn.add(data.length);
        session.received(packet);
    }

    @Override
    public void writable() {
        beyondBound = 0;
        if (owesPong) {
            owesPong = false;
            send(ControlPacket.PONG);
        }
        if (probe == null) {
            session.drained();
        }
    }

    @Override
    public void overMemory(String detail) {
        overMemory = detail;
    }

    @Override
    public void closed(int code, String reason) {
        if (probe != null) {
            if (overMemory != null) {
                session.limitExceeded(LimitExceeded.Limit.MEMORY, overMemory);
            }
            probe.closed(code);
            return;
        }
        if (tooSlow != null) {
            session.overLimit(LimitExceeded.Limit.WAITING_BYTES, tooSlow);
            return;
        }
        if (overMemory != null) {
            session.overLimit(LimitExceeded.Limit.MEMORY, overMemory);
            return;
        }
        var detail = code + (reason.isEmpty() ? "" : " " + reason);
        switch (code) {
            case CloseCode.TOO_BIG -> {
                session.limitExceeded(LimitExceeded.Limit.PAYLOAD, reason);
                session.end(CloseReason.TRANSPORT_ERROR, detail);
            }
            case CloseCode.PROTOCOL_ERROR, CloseCode.INVALID_PAYLOAD ->
                    session.end(CloseReason.TRANSPORT_ERROR, detail);
            default -> session.end(CloseReason.TRANSPORT_CLOSE, detail);
        }
    }
}
