package io.natter.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.Engine3;
import io.natter.protocol.Engine4;
import io.natter.protocol.EnginePacket;
import org.jspecify.annotations.Nullable;

/// Carries a session over a WebSocket, or tries to: while it has a probe, its frames belong to
/// that. On the session's strand.
final class WebSocketTransport implements Transport, WebSocketListener {
    // RFC 6455 §7.4.1: how a host closes what breaks its rules.
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NO_UTF8 = 1007;
    private static final int POLICY_VIOLATION = 1008;
    private static final int TOO_BIG = 1009;

    private final EngineSession session;
    private final WebSocketConnection connection;
    private final int protocol;

    /// Whether the client asked for base64 instead of binary frames.
    private final boolean textOnly;

    private final long maxWaitingBytes;
    private @Nullable UpgradeProbe probe;

    /// Why the client was given up, from then to the end of the connection.
    private @Nullable String tooSlow;

    WebSocketTransport(EngineSession session, WebSocketConnection connection, UpgradeCall call) {
        this.session = session;
        this.connection = connection;
        this.protocol = session.protocol();
        var b64 = call.parameter("b64");
        this.textOnly = b64 != null && !b64.isEmpty();
        this.maxWaitingBytes = session.server().options().maxWaitingBytes();
    }

    void startProbe() {
        probe = new UpgradeProbe(session, this);
    }

    /// The session ended while this was on trial.
    void abandon() {
        if (probe != null) {
            probe.stop();
        }
        close();
    }

    /// The probe passed: from here on this carries the session. One that failed keeps its probe,
    /// which hears nothing any more.
    void endProbe() {
        probe = null;
    }

    @Override
    public TransportName name() {
        return TransportName.WEBSOCKET;
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    /// The connection, if all that a message needs while nothing waits is to be written to it.
    @Nullable WebSocketConnection straight() {
        return textOnly ? null : connection;
    }

    @Override
    public void send(Outgoing message) {
        if (maxWaitingBytes > 0 && connection.waitingBytes() >= maxWaitingBytes) {
            // Most of it may only wait for the end of this pass.
            connection.flush();
            long waiting = connection.waitingBytes();
            if (waiting >= maxWaitingBytes) {
                // Who does not read would not read a close frame either. The session ends with the
                // connection, not in the midst of a broadcast to others.
                tooSlow = waiting + " bytes wait for the client";
                connection.terminate();
                return;
            }
        }
        write(message);
    }

    private void write(Outgoing message) {
        session.share().sent(message.size());
        if (textOnly) {
            connection.sendText(new String(message.text(protocol), UTF_8));
        } else {
            connection.send(message, protocol);
        }
    }

    @Override
    public void send(Control packet) {
        session.share().packetsOut.add(1);
        connection.sendText(packet.text());
    }

    /// Sends what waited for another transport, whatever its size.
    void send(Queued packet) {
        switch (packet) {
            case Outgoing message -> write(message);
            case Control control -> send(control);
        }
    }

    void sendProbePong() {
        connection.sendText(Control.PROBE_PONG);
    }

    /// Closes the connection after all that was written.
    void close() {
        connection.close(UpgradeCall.NO_STATUS, "");
    }

    @Override
    public void shut(CloseReason reason, String rule) {
        if (rule.isEmpty()) {
            close();
        } else {
            connection.close(POLICY_VIOLATION, rule);
        }
    }

    @Override
    public void text(byte[] utf8) {
        if (probe != null) {
            probe.received(decode(utf8));
            return;
        }
        session.share().packetsIn.add(1);
        session.share().bytesIn.add(utf8.length);
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
        session.share().packetsIn.add(1);
        session.share().bytesIn.add(data.length);
        session.received(packet);
    }

    @Override
    public void writable() {
        if (probe == null) {
            session.drained();
        }
    }

    @Override
    public void closed(int code, String reason) {
        if (probe != null) {
            probe.failed("the WebSocket closed with " + code);
            return;
        }
        if (tooSlow != null) {
            session.overLimit(LimitHit.Limit.WAITING_BYTES, tooSlow);
            return;
        }
        var detail = code + (reason.isEmpty() ? "" : " " + reason);
        switch (code) {
            case TOO_BIG -> {
                session.hit(LimitHit.Limit.PAYLOAD, reason);
                session.end(CloseReason.TRANSPORT_ERROR, detail);
            }
            case PROTOCOL_ERROR, NO_UTF8 -> session.end(CloseReason.TRANSPORT_ERROR, detail);
            default -> session.end(CloseReason.TRANSPORT_CLOSE, detail);
        }
    }
}
