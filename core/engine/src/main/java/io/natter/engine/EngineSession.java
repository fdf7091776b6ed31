package io.natter.engine;

import io.natter.host.HttpRequest;
import io.natter.host.MemoryAccount;
import io.natter.host.Strand;
import java.util.List;

/// One client's session: its public methods, and the packets to the client. Its life is in
/// [SessionLife], its upgrade in [SessionUpgrade], the packets of the client in [SessionInput]. A
/// method that may be called by any thread says so. All others are for the [#strand].
public final class EngineSession extends SessionInput {
    /// @param call the handshake
    EngineSession(SessionContext context, String id, EngineRequest call) {
        super(context, id, call);
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

    /// The state of the session. Any thread.
    public SessionState state() {
        return state;
    }

    /// Whether a message sent now goes out at once: a `GET` waits, or the WebSocket takes more
    /// without queueing.
    public boolean isWritable() {
        return state.isOpen() && carrier().isWritable();
    }

    // ---- out

    /// Sends a message. If the session is not open, the message is dropped. If too much waits for
    /// the client (see [EngineOptions#maxWaitingBytes]), the session is closed instead.
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

    /// Sends messages even if much waits for the client: only [EngineOptions#memoryBudget] limits
    /// them. For messages that are sent once and together, such as those that a returning client
    /// has missed. On a WebSocket the same amount may then wait beyond
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

    /// Sends messages that are not worth waiting for. They are dropped and counted if no `GET`
    /// waits, or if anything waits for the client. Messages that wait for the end of the strand's
    /// pass count too. So of several in one pass the first is sent, as in Node.js.
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

    /// Whether less than `bytes` wait for the client. A sender with more to send than may wait goes
    /// on when [EngineListener#drained] is called. A WebSocket calls that only if more than 64 KiB
    /// have waited.
    public boolean takesMore(long bytes) {
        return state.isOpen() && carrier().takesMore(bytes);
    }

    @Override
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

    // ---- in

    /// Stops or resumes taking data from the client, for a listener that has more than it can hold.
    /// A WebSocket is not read in the meantime. A polling client gets no answer to its POST, and
    /// sends no other before that; data that was read already still comes. Heartbeats are not read
    /// either, so after `pingInterval` + `pingTimeout` the session ends with `ping timeout`.
    public void setReading(boolean on) {
        if (isReading != on && state != SessionState.CLOSED) {
            isReading = on;
            carrier().setReading(on);
        }
    }

    boolean isReading() {
        return isReading;
    }

    // ---- limits and the end

    /// Reports that the client exceeded a limit, for a layer above that has limits of its own: it
    /// is logged, counted and passed to [EngineServer#onLimit]. Any thread.
    ///
    /// @param detail a sentence for the log, with the figures
    public void limitExceeded(LimitExceeded.Limit limit, String detail) {
        context.limitExceeded(limit, request, id, detail);
    }

    /// Reports that one place holds `after` bytes for this client, and not `before` any more; see
    /// [MemoryAccount#changed]. Each holder of a session's input or output reports it, so that it
    /// counts for [EngineOptions#memoryBudget]. Any thread.
    public void holds(long before, long after) {
        if (MemoryAccount.isCounted(before, after)) {
            memory.holds(before, after);
        }
    }

    /// Closes the session with `forced close` when all sent messages have left. Has no effect on a
    /// closed session.
    public void close() {
        close("");
    }

    /// Closes like [#close()], because the client broke `rule`. On WebSocket the close frame has
    /// the code 1008 (RFC 6455 §7.4.1) and the rule as its reason, cut after 123 bytes. The close
    /// packet of polling has no room for a reason.
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

    /// Closes the session now and drops waiting messages. `reason` and `detail` go to the
    /// [EngineListener]. Has no effect on a closed session.
    public void discard(CloseReason reason, String detail) {
        end(reason, detail);
    }

    @Override
    EngineSession self() {
        return this;
    }

    @Override
    public String toString() {
        return "EngineSession[" + transportName + ", " + state + "]";
    }
}
