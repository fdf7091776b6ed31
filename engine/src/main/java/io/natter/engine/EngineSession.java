package io.natter.engine;

import io.natter.protocol.EnginePacket;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's session. Everything here is for its [#strand] only, but for what says otherwise.
public final class EngineSession {
    static final Refusal UNKNOWN = new Refusal(ConnectionError.Code.UNKNOWN_SID, "sid unknown");

    private static final Logger log = LoggerFactory.getLogger(EngineSession.class);
    private static final EngineListener NOBODY =
            new EngineListener() {
                @Override
                public void text(byte[] buffer, int from, int to) {}

                @Override
                public void binary(byte[] data) {}

                @Override
                public void closed(CloseReason reason, String detail) {}
            };

    private final EngineServer server;
    private final String id;
    private final int protocol;
    private final HttpRequest request;
    private final Strand strand;
    private final StrandShare share;
    private final @Nullable PacketObserver observer;

    // Written on the strand, read by any thread.
    private volatile SessionState state = SessionState.OPENING;
    private volatile TransportName transportName = TransportName.POLLING;

    // On the strand only. Set by open, before anybody else sees the session.
    private @Nullable Transport transport;

    /// The connection of `transport` where a message needs no more than to be written to it. A
    /// broadcast finds the objects of each session cold, so it touches as few as it can.
    private @Nullable WebSocketConnection straight;

    private @Nullable Heartbeat heartbeat;
    private EngineListener listener = NOBODY;
    private @Nullable WebSocketTransport probing;
    private CloseReason closeReason = CloseReason.FORCED_CLOSE;
    private String closeDetail = "";

    EngineSession(
            EngineServer server, String id, int protocol, HttpRequest request, Strand strand) {
        this.server = server;
        this.id = id;
        this.protocol = protocol;
        this.request = request;
        this.strand = strand;
        this.share = server.share(strand);
        this.observer = server.observer();
    }

    /// The `sid`: a secret between the server and this client. Any thread.
    public String id() {
        return id;
    }

    /// The Engine.IO protocol, 3 or 4. Any thread.
    public int protocol() {
        return protocol;
    }

    /// The head of the handshake request. Any thread.
    public HttpRequest request() {
        return request;
    }

    /// The head of the request that brought the message being handled: a POST, or on WebSocket the
    /// handshake.
    public HttpRequest currentRequest() {
        var post = transport instanceof PollingTransport polling ? polling.currentPost() : null;
        return post == null ? request : post;
    }

    /// The strand on which the session lives from handshake to end. Any thread.
    public Strand strand() {
        return strand;
    }

    /// The server that the session belongs to. Any thread.
    public EngineServer server() {
        return server;
    }

    /// What the session's packets travel on. Any thread.
    public TransportName transport() {
        return transportName;
    }

    /// Where the session is in its life. Any thread.
    public SessionState state() {
        return state;
    }

    /// Whether a message sent now goes out at once: a `GET` waits, or the WebSocket takes more
    /// without queueing. Volatile messages are dropped when it is false.
    public boolean isWritable() {
        return state.isOpen() && carrier().isWritable();
    }

    /// Sends a message. It is dropped when the session is not open. Where too much waits for the
    /// client already (see [EngineOptions#maxWaitingBytes]), the session is closed instead.
    public void send(Outgoing message) {
        if (state.isOpen()) {
            if (observer != null) {
                observer.sent(this, message.packet());
            }
            var line = straight;
            if (line != null && line.waitingBytes() == 0) {
                share.sent(message.size());
                line.send(message, protocol);
            } else {
                carrier().send(message);
            }
        }
    }

    /// Sends messages with nothing between them.
    public void send(List<Outgoing> messages) {
        for (var message : messages) {
            send(message);
        }
    }

    /// Sends messages that are not worth waiting for: when the session is not writable they are
    /// dropped and counted.
    ///
    /// @return whether they were sent
    public boolean sendVolatile(List<Outgoing> messages) {
        boolean writable = isWritable();
        if (writable) {
            send(messages);
        } else {
            metrics().volatileDropped.add(messages.size());
        }
        return writable;
    }

    /// Closes the session with `forced close` once all that was sent has left. Harmless when it is
    /// closed already.
    public void close() {
        close("");
    }

    /// Closes like [#close()] because the client broke `rule`. On WebSocket the close frame says
    /// so: code 1008 (RFC 6455 §7.4.1) with the rule as its reason, cut after 123 bytes. The close
    /// of polling has no room for a reason.
    public void close(String rule) {
        if (!state.isOpen()) {
            return;
        }
        switch (carrier()) {
            case WebSocketTransport _ ->
                    end(CloseReason.FORCED_CLOSE, "closed by the server", rule);
            case PollingTransport polling when polling.isWritable() -> polling.finish();
            case PollingTransport polling -> {
                become(SessionState.CLOSING, "closed by the server");
                polling.awaitFinish();
            }
        }
    }

    /// Closes the session now; what waits is thrown away. `reason` and `detail` go to the
    /// [EngineListener]. Harmless when it is closed already.
    public void discard(CloseReason reason, String detail) {
        end(reason, detail);
    }

    // The rest is for the engine.

    StrandShare share() {
        return share;
    }

    EngineMetrics metrics() {
        return server.metrics();
    }

    private Transport carrier() {
        if (transport == null) {
            throw new IllegalStateException("the session is not open yet");
        }
        return transport;
    }

    private void become(SessionState next, String why) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException(state + " cannot become " + next + ": " + why);
        }
        // Whoever knows the whole id can speak for the client.
        log.debug(
                "{}…: {} -> {} ({})", id.substring(0, Math.min(6, id.length())), state, next, why);
        state = next;
    }

    /// The handshake came by a polling `GET`.
    void openPolling(HttpCall call) {
        var format = PollingFormat.of(protocol, call.parameter("b64"), call.parameter("j"));
        var polling = new PollingTransport(this, format);
        start(polling, SessionState.POLLING);
        polling.respond(call, greeting());
        listen();
    }

    /// The handshake came by a WebSocket.
    WebSocketListener openWebSocket(WebSocketConnection connection, UpgradeCall call) {
        var webSocket = new WebSocketTransport(this, connection, call);
        transportName = TransportName.WEBSOCKET;
        start(webSocket, SessionState.WEBSOCKET);
        straight = webSocket.straight();
        greeting().forEach(webSocket::send);
        listen();
        return webSocket;
    }

    private void start(Transport first, SessionState opened) {
        transport = first;
        heartbeat = new Heartbeat(this, share);
        become(opened, "handshake");
    }

    private List<Queued> greeting() {
        var packets = Greeting.of(this);
        if (observer != null) {
            packets.forEach(packet -> observer.sent(this, packet.packet()));
        }
        return packets;
    }

    private void listen() {
        var named = server.listenerOf(this);
        listener = named;
        if (state == SessionState.CLOSED) {
            named.closed(closeReason, closeDetail);
        } else if (server.isClosing()) {
            end(CloseReason.SERVER_SHUTTING_DOWN, "the server closes");
        } else {
            server.opened(this);
        }
    }

    /// A request with this session's `sid`; the session may have moved on while it was on its way.
    void http(HttpCall call) {
        if (state == SessionState.CLOSED) {
            call.refuse(UNKNOWN);
        } else if (beat().isOverdue() && call.request().method().equals("GET")) {
            // Behind the timer that may end the session. A POST may be what that waits for.
            var _ = strand.schedule(() -> http(call), beat().untilDue());
        } else if (transport instanceof PollingTransport polling) {
            polling.request(call);
        } else {
            call.refuse(new Refusal(ConnectionError.Code.BAD_REQUEST, "TRANSPORT_MISMATCH"));
        }
    }

    /// A WebSocket with this session's `sid` has opened.
    WebSocketListener probe(WebSocketConnection connection, UpgradeCall call) {
        if (state != SessionState.POLLING) {
            return UpgradeCall.closed(connection);
        }
        become(SessionState.PROBING, "a WebSocket opened");
        var webSocket = new WebSocketTransport(this, connection, call);
        webSocket.startProbe();
        probing = webSocket;
        return webSocket;
    }

    /// The client sent `2probe`.
    void probed() {
        listener.upgrading();
    }

    /// Ends the waiting `GET` of a client that upgrades.
    void nudge() {
        if (transport instanceof PollingTransport polling) {
            polling.nudge();
        }
    }

    void probeFailed(String why) {
        probing = null;
        if (state == SessionState.PROBING) {
            become(SessionState.POLLING, why);
        }
    }

    /// The client sent `5`: from here on everything goes over the WebSocket, first what waits.
    void upgrade(WebSocketTransport webSocket) {
        probing = null;
        if (!(transport instanceof PollingTransport polling)) {
            throw new IllegalStateException("upgraded twice");
        }
        boolean open = state.isOpen();
        if (open) {
            become(SessionState.WEBSOCKET, "upgraded");
        }
        transport = webSocket;
        straight = webSocket.straight();
        transportName = TransportName.WEBSOCKET;
        metrics().upgrades.increment();
        var rest = polling.take();
        polling.leave();
        rest.forEach(webSocket::send);
        if (open) {
            beat().moved();
            listener.upgraded();
        } else {
            end(CloseReason.FORCED_CLOSE, "closed by the server");
        }
    }

    private Heartbeat beat() {
        if (heartbeat == null) {
            throw new IllegalStateException("the session is not open yet");
        }
        return heartbeat;
    }

    /// A message of text came.
    void text(byte[] buffer, int from, int to) {
        if (state.isOpen()) {
            if (observer != null) {
                observer.received(this, new EnginePacket.Text(buffer, from, to));
            }
            beat().touch();
            listener.text(buffer, from, to);
        }
    }

    /// A packet came. Once the session is closing nothing is listened to any more.
    void received(EnginePacket packet) {
        if (!state.isOpen()) {
            return;
        }
        if (observer != null) {
            observer.received(this, packet);
        }
        if (!(packet instanceof EnginePacket.Pong)) {
            beat().touch();
        }
        switch (packet) {
            case EnginePacket.Text(var buffer, var from, var to) -> listener.text(buffer, from, to);
            case EnginePacket.Binary(var data) -> listener.binary(data);
            case EnginePacket.Ping _ when protocol == 3 -> {
                beat().clientPing();
                sendControl(Control.PONG);
                listener.heartbeat();
            }
            case EnginePacket.Pong _ when protocol == 4 -> {
                beat().pong();
                listener.heartbeat();
            }
            case EnginePacket.Ping _, EnginePacket.Pong _ ->
                    end(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction");
            case EnginePacket.Close() -> end(CloseReason.TRANSPORT_CLOSE, "closed by the client");
            case EnginePacket.Malformed(var reason) -> end(CloseReason.PARSE_ERROR, reason);
            case EnginePacket.Open _, EnginePacket.Upgrade _, EnginePacket.Noop _ -> {}
        }
    }

    void sendControl(Control packet) {
        if (state.isOpen()) {
            if (observer != null) {
                observer.sent(this, packet.packet());
            }
            carrier().send(packet);
        }
    }

    void drained() {
        if (state != SessionState.CLOSED) {
            listener.drained();
        }
    }

    /// Too much waits for the client.
    void overLimit(LimitHit.Limit limit, String detail) {
        hit(limit, detail);
        end(CloseReason.TRANSPORT_ERROR, "client too slow: " + detail);
    }

    void hit(LimitHit.Limit limit, String detail) {
        server.hit(limit, request, id, detail);
    }

    void end(CloseReason reason, String detail) {
        end(reason, detail, "");
    }

    private void end(CloseReason reason, String detail, String rule) {
        if (state == SessionState.CLOSED) {
            return;
        }
        become(SessionState.CLOSED, reason + ": " + detail);
        closeReason = reason;
        closeDetail = detail;
        beat().stop();
        var probe = probing;
        if (probe != null) {
            probing = null;
            probe.abandon();
        }
        carrier().shut(reason, rule);
        server.closed(this, reason);
        listener.closed(reason, detail);
    }

    @Override
    public String toString() {
        return "EngineSession[" + transportName + ", " + state + "]";
    }
}
