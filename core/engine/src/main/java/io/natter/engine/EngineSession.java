package io.natter.engine;

import io.natter.host.ConnectionsPerAddress;
import io.natter.host.HttpRequest;
import io.natter.host.Loggers;
import io.natter.host.MemoryAccount;
import io.natter.host.RateLimitedLog;
import io.natter.host.Strand;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.protocol.EnginePacket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// One client's session. Everything here is for its [#strand] only, but for what says otherwise.
public final class EngineSession extends SessionEvents {
    static final Refusal UNKNOWN = new Refusal(ConnectionError.Code.UNKNOWN_SID, "sid unknown");

    private static final Logger log = Loggers.of(EngineSession.class);
    private final String id;
    private final int protocol;
    private final HttpRequest request;
    private final Strand strand;
    private final SessionTimers timers;
    private final SessionMemory memory;
    private final ConnectionsPerAddress.Place place;

    // Written on the strand, read by any thread.
    private volatile SessionState state = SessionState.OPENING;
    private volatile TransportName transportName = TransportName.POLLING;

    // On the strand only. Set by open, before anybody else sees the session.
    private @Nullable Transport transport;

    /// The connection of `transport` where a message needs no more than to be written to it. A
    /// broadcast finds the objects of each session cold, so it touches as few as it can.
    private @Nullable WebSocketConnection directConnection;

    private @Nullable Heartbeat heartbeat;
    private @Nullable WebSocketTransport probing;
    private @Nullable UnfinishedUpgrade unfinishedUpgrade;

    /// The client has sent a close packet that takes effect in a moment.
    private boolean isLeaving;

    private boolean reading = true;

    /// Whether the client has sent anything since its polling handshake.
    private boolean isUsed;

    private CloseReason closeReason = CloseReason.FORCED_CLOSE;
    private String closeDetail = "";

    /// @param call the handshake
    @SuppressWarnings("this-escape") // The class is final, and the account only keeps it.
    EngineSession(SessionContext context, String id, EngineRequest call) {
        super(context);
        this.id = id;
        this.protocol = call.protocol();
        this.request = call.request();
        this.strand = call.strand();
        this.place = call.place();
        this.memory = new SessionMemory(this);
        this.timers = context.timers(strand);
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

    /// The options of the server. Any thread.
    public EngineOptions options() {
        return context.options();
    }

    /// The transport of the session's packets. Any thread.
    public TransportName transport() {
        return transportName;
    }

    /// Where the session is in its life. Any thread.
    public SessionState state() {
        return state;
    }

    /// Whether a message sent now goes out at once: a `GET` waits, or the WebSocket takes more
    /// without queueing.
    public boolean isWritable() {
        return state.isOpen() && carrier().isWritable();
    }

    /// Sends a message. It is dropped when the session is not open. Where too much waits for the
    /// client already (see [EngineOptions#maxWaitingBytes]), the session is closed instead.
    public void send(Outgoing message) {
        if (state.isOpen()) {
            if (observer != null && !observeSent(observer, message)) {
                return;
            }
            var direct = directConnection;
            if (direct != null && direct.waitingBytes() == 0) {
                timers.sent(message.size());
                direct.send(message, message.isPrefixed(protocol));
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

    /// Sends messages however much waits for the client already: only [EngineOptions#memoryBudget]
    /// bounds them. For what is sent once and in one piece, as to a client that has come back and
    /// gets what it missed. On a WebSocket the same amount may then wait beyond
    /// [EngineOptions#maxWaitingBytes] until the client has read it.
    public void sendUnbounded(List<Outgoing> messages) {
        if (state.isOpen()) {
            if (observer != null) {
                for (var message : messages) {
                    if (!observeSent(observer, message)) {
                        return;
                    }
                }
            }
            carrier().sendUnbounded(messages);
        }
    }

    /// Sends messages that are not worth waiting for: where anything waits for the client already,
    /// be it only for the end of the strand's pass, or no `GET` is there to take them, they are
    /// dropped and counted. So of several in one pass the first is sent, as in Node.js.
    ///
    /// @return whether they were sent
    public boolean sendVolatile(List<Outgoing> messages) {
        boolean idle = state.isOpen() && carrier().isIdle();
        if (idle) {
            send(messages);
        } else {
            metrics().volatileDropped.add(messages.size());
        }
        return idle;
    }

    /// Whether less than `bytes` wait for the client. For a sender with more to send than may wait,
    /// who goes on when [EngineListener#drained] is called. A WebSocket calls that only where more
    /// than 64 KiB have waited.
    public boolean takesMore(long bytes) {
        return state.isOpen() && carrier().takesMore(bytes);
    }

    /// Stops or resumes taking what the client sends, for a listener that has more than it can
    /// hold. A WebSocket is not read meanwhile, and a polling client gets no answer to its POST,
    /// before which it sends no other; what was read already still comes. Heartbeats are not heard
    /// either, so a session that is not read for `pingInterval` + `pingTimeout` ends with `ping
    /// timeout`.
    public void setReading(boolean on) {
        if (reading != on && state != SessionState.CLOSED) {
            reading = on;
            carrier().setReading(on);
        }
    }

    boolean isReading() {
        return reading;
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
            case WebSocketTransport ignored ->
                    end(CloseReason.FORCED_CLOSE, "closed by the server", rule);
            case PollingTransport polling when polling.isIdle() -> polling.finish();
            case PollingTransport polling -> {
                pollingGoesOn();
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

    /// The address that this session counts for, or null where sessions are not counted.
    @Nullable InetAddress countedAddress() {
        return place.address();
    }

    /// Reports that one place holds `after` bytes for this client, and not `before` any more; see
    /// [MemoryAccount#changed]. Each holder of a session's input or output reports it, so that it
    /// counts for [EngineOptions#memoryBudget]. Any thread.
    public void holds(long before, long after) {
        if (MemoryAccount.isCounted(before, after)) {
            memory.holds(before, after);
        }
    }

    // The rest is for the engine.

    /// Any thread.
    void closeForMemory(String detail) {
        try {
            strand.execute(
                    () -> {
                        if (state != SessionState.CLOSED) {
                            overLimit(LimitExceeded.Limit.MEMORY, detail);
                        }
                    });
        } catch (RejectedExecutionException e) {
            log.debug("{}: its strand has ended", RateLimitedLog.id(id), e);
        }
    }

    SessionContext context() {
        return context;
    }

    SessionTimers timers() {
        return timers;
    }

    EngineMetrics metrics() {
        return context.metrics();
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
        // A reader of the whole id could speak for the client.
        if (log.isDebugEnabled()) {
            log.debug(
                    "{}: {} -> {} ({})",
                    RateLimitedLog.id(id),
                    state,
                    next,
                    RateLimitedLog.text(why));
        }
        state = next;
    }

    /// The handshake came by a polling `GET`.
    void openPolling(PollingRequest call) {
        var format = PollingFormat.of(protocol, call.parameter("b64"), call.parameter("j"));
        var polling = new PollingTransport(this, format);
        start(polling, SessionState.POLLING);
        timers.unusedSessions.add(this);
        polling.respond(call, openPackets());
        listen();
    }

    /// The handshake came by a WebSocket.
    WebSocketListener openWebSocket(WebSocketConnection connection, UpgradeRequest call) {
        var webSocket = new WebSocketTransport(this, connection, call);
        transportName = webSocket.name();
        start(webSocket, SessionState.WEBSOCKET);
        directConnection = webSocket.directConnection();
        webSocket.open(openPackets());
        listen();
        return webSocket;
    }

    private void start(Transport first, SessionState opened) {
        transport = first;
        heartbeat = new Heartbeat(this, timers);
        become(opened, "handshake");
    }

    private List<OutgoingPacket> openPackets() {
        var packets = OpenPacket.of(this);
        if (observer != null) {
            var ignored = packets.stream().allMatch(packet -> observeSent(observer, packet));
        }
        return packets;
    }

    private void listen() {
        var named = listener;
        try {
            named = context.listenerOf(this);
        } catch (Throwable e) {
            failed("making the listener", e);
        }
        listener = named;
        if (state == SessionState.CLOSED) {
            tellClosed(closeReason, closeDetail);
        } else if (context.isClosing()) {
            end(CloseReason.SERVER_SHUTTING_DOWN, "the server closes");
        } else {
            guarded("onConnection", () -> context.opened(this));
        }
    }

    /// A request with this session's `sid`; the session may have moved on while it was on its way.
    void http(PollingRequest call) {
        try {
            answer(call);
        } catch (Throwable e) {
            failed("a request", e);
            call.fail();
        }
    }

    private void answer(PollingRequest call) {
        pollingGoesOn();
        if (state == SessionState.CLOSED) {
            call.refuse(UNKNOWN);
        } else if (beat().isOverdue() && call.request().method().equals("GET")) {
            // Behind the timer that may end the session. A POST may be what that waits for.
            var ignored = strand.schedule(() -> http(call), beat().untilDue());
        } else if (transport instanceof PollingTransport polling) {
            use();
            polling.request(call);
        } else {
            call.refuse(new Refusal(ConnectionError.Code.BAD_REQUEST, "TRANSPORT_MISMATCH"));
        }
    }

    /// A WebSocket with this session's `sid` has opened.
    WebSocketListener probe(WebSocketConnection connection, UpgradeRequest call) {
        if (state != SessionState.POLLING) {
            return UpgradeRequest.closed(connection);
        }
        use();
        pollingGoesOn();
        become(SessionState.PROBING, "a WebSocket opened");
        var webSocket = new WebSocketTransport(this, connection, call);
        webSocket.startProbe();
        probing = webSocket;
        return webSocket;
    }

    /// The client sent `2probe`.
    void probed() {
        guarded("upgrading", listener::upgrading);
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

    /// The WebSocket of a probe closed. A `GET` that waits tells by itself when the client is gone.
    void probeClosed(String why) {
        probeFailed(why);
        if (state == SessionState.POLLING
                && transport instanceof PollingTransport polling
                && !polling.isWritable()) {
            unfinishedUpgrade = new UnfinishedUpgrade(this, polling);
        }
    }

    /// The client is there, or the session ends.
    private void pollingGoesOn() {
        var unfinished = unfinishedUpgrade;
        if (unfinished != null) {
            unfinishedUpgrade = null;
            unfinished.cancel();
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
        directConnection = webSocket.directConnection();
        transportName = webSocket.name();
        metrics().upgrades.increment();
        var rest = polling.take();
        polling.leave();
        if (!reading) {
            webSocket.setReading(false);
        }
        webSocket.sendUnbounded(rest);
        if (open) {
            beat().moved();
            guarded("upgraded", listener::upgraded);
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
            if (observer != null
                    && !observeReceived(observer, new EnginePacket.Text(buffer, from, to))) {
                return;
            }
            beat().touch();
            hear(buffer, from, to);
        }
    }

    /// A packet came. Once the session is closing nothing is listened to any more.
    void received(EnginePacket packet) {
        if (!state.isOpen() || isLeaving) {
            return;
        }
        if (observer != null && !observeReceived(observer, packet)) {
            return;
        }
        if (!(packet instanceof EnginePacket.Pong)) {
            beat().touch();
        }
        switch (packet) {
            case EnginePacket.Text(var buffer, var from, var to) -> hear(buffer, from, to);
            case EnginePacket.Binary(var data) -> hear(data);
            case EnginePacket.Ping ignored when protocol == 3 -> {
                beat().clientPing();
                sendControl(ControlPacket.PONG);
                guarded("heartbeat", listener::heartbeat);
            }
            case EnginePacket.Pong ignored when protocol == 4 -> {
                beat().pong();
                guarded("heartbeat", listener::heartbeat);
            }
            case EnginePacket.Ping ignored -> invalidHeartbeat();
            case EnginePacket.Pong ignored -> invalidHeartbeat();
            case EnginePacket.Close() -> closedByClient();
            case EnginePacket.Malformed(var reason) -> end(CloseReason.PARSE_ERROR, reason);
            // As npm's server: these say nothing in an open session.
            default -> {}
        }
    }

    private void invalidHeartbeat() {
        end(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction");
    }

    /// Code of ours or of the application threw: the session cannot be trusted any more, and all
    /// others go on.
    @Override
    void failed(String where, Throwable cause) {
        context.logs().failure(where, "a session ends, because " + where + " threw", cause);
        if (transport instanceof WebSocketTransport webSocket) {
            webSocket.closeAfterFailure();
        }
        end(
                CloseReason.FORCED_CLOSE,
                "the server failed: " + cause.getClass().getSimpleName() + " in " + where);
    }

    @Override
    EngineSession self() {
        return this;
    }

    /// The client sent a close packet. By polling, a `GET` that it sent before on another
    /// connection may still be on its way here from another strand, and is to be answered.
    private void closedByClient() {
        Runnable end = () -> end(CloseReason.TRANSPORT_CLOSE, "closed by the client");
        if (transport instanceof PollingTransport polling && !polling.isWritable()) {
            isLeaving = true;
            strand.executeAfterAllReads(end);
        } else {
            end.run();
        }
    }

    private void use() {
        if (!isUsed) {
            isUsed = true;
            timers.unusedSessions.remove(this);
        }
    }

    /// Ends an unused session, because there are too many of them.
    void endUnused(String detail) {
        limitExceeded(LimitExceeded.Limit.UNUSED_SESSIONS, detail);
        end(CloseReason.FORCED_CLOSE, detail);
    }

    /// Whether the client has sent a close packet that has not ended the session yet.
    boolean isLeaving() {
        return isLeaving;
    }

    void sendControl(ControlPacket packet) {
        if (state.isOpen()) {
            if (observer != null && !observeSent(observer, packet)) {
                return;
            }
            carrier().send(packet);
        }
    }

    void drained() {
        if (state != SessionState.CLOSED) {
            guarded("drained", listener::drained);
        }
    }

    /// Too much is held for the client.
    void overLimit(LimitExceeded.Limit limit, String detail) {
        limitExceeded(limit, detail);
        var why =
                limit == LimitExceeded.Limit.MEMORY
                        ? "out of memory budget: "
                        : "client too slow: ";
        end(CloseReason.TRANSPORT_ERROR, why + detail);
    }

    /// Reports that the client exceeded a limit, for a layer above that has limits of its own: it
    /// is logged, counted and told to [EngineServer#onLimit]. Any thread.
    ///
    /// @param detail a sentence for the log, with the figures
    public void limitExceeded(LimitExceeded.Limit limit, String detail) {
        context.limitExceeded(limit, request, id, detail);
    }

    void end(CloseReason reason, String detail) {
        end(reason, detail, "");
    }

    private void end(CloseReason reason, String detail, String rule) {
        if (state == SessionState.CLOSED) {
            return;
        }
        become(SessionState.CLOSED, reason + ": " + detail);
        use();
        closeReason = reason;
        closeDetail = detail;
        beat().stop();
        pollingGoesOn();
        var probe = probing;
        if (probe != null) {
            probing = null;
            probe.abandon();
        }
        try {
            if (!reading) {
                // A client that is not read could not answer the close frame.
                reading = true;
                carrier().setReading(true);
            }
            carrier().shut(reason, rule);
        } catch (Throwable e) {
            context.logs().failure("goodbye", "a session could not say goodbye", e);
        }
        memory.closeAccount();
        place.free();
        context.closed(this, reason);
        tellClosed(reason, detail);
    }

    @Override
    public String toString() {
        return "EngineSession[" + transportName + ", " + state + "]";
    }
}
