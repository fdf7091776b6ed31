package io.natter.engine;

import io.natter.engine.polling.PollingFormat;
import io.natter.host.HttpCompression;
import io.natter.host.TimeoutList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries a session over HTTP long-polling: packets wait until a `GET` takes them. On the
/// session's strand.
final class PollingTransport extends PollingInput {
    private final PollingQueue waiting;
    private final TimeoutList.Timeout closing =
            new TimeoutList.Timeout() {
                @Override
                protected void expired() {
                    session.end(CloseReason.FORCED_CLOSE, "no GET took what waited");
                }
            };
    private @Nullable PollingRequest get;
    private boolean flushScheduled;

    PollingTransport(EngineSession session, PollingFormat format) {
        super(session, format);
        this.waiting = new PollingQueue(session);
    }

    @Override
    public TransportName name() {
        return TransportName.POLLING;
    }

    @Override
    public boolean isWritable() {
        return get != null;
    }

    @Override
    public void send(Outgoing message) {
        var limit = waiting.exceeded();
        if (limit == null) {
            enqueue(message);
        } else {
            session.overLimit(limit, waiting.figures());
        }
    }

    @Override
    public void sendUnbounded(List<? extends OutgoingPacket> packets) {
        packets.forEach(this::enqueue);
    }

    @Override
    public void send(ControlPacket packet) {
        enqueue(packet);
    }

    private void enqueue(OutgoingPacket packet) {
        waiting.add(packet);
        // Later in this pass, so that what is sent together leaves together.
        if (get != null && !flushScheduled) {
            flushScheduled = true;
            session.strand().execute(this::flushLater);
        }
    }

    private void flushLater() {
        flushScheduled = false;
        flush();
    }

    /// The waiting packets, for the transport that takes over.
    List<OutgoingPacket> take() {
        return waiting.take();
    }

    /// A request of this session. A second `GET` or `POST` beside one that has not been answered is
    /// an error of the client that ends the session.
    void request(PollingRequest call) {
        call.carriedBy(this);
        switch (call.request().method()) {
            case "GET" -> poll(call);
            case "POST" -> data(call);
            default -> call.respondEmpty(500);
        }
    }

    private void poll(PollingRequest call) {
        if (get != null) {
            call.respondEmpty(400);
            session.end(CloseReason.TRANSPORT_ERROR, "overlap from client");
            return;
        }
        get = call;
        if (call.isGone()) {
            aborted(call);
        } else if (session.state() == SessionState.CLOSING && waiting.isEmpty()) {
            waiting.add(ControlPacket.NOOP);
            finish();
        } else {
            flush();
        }
    }

    @Override
    public boolean isIdle() {
        return get != null && waiting.isEmpty();
    }

    @Override
    public boolean takesMore(long bytes) {
        return waiting.bytes() < bytes;
    }

    /// Waits for a `GET` that takes the waiting messages, and for the next, which takes the close
    /// packet. Clients that get both at once leave before they have processed the messages.
    void awaitFinish() {
        session.timers().closeTimeout.add(closing);
    }

    /// Sends the close packet in answer to the `GET` that is there.
    void finish() {
        waiting.add(ControlPacket.CLOSE);
        flush();
        session.end(CloseReason.FORCED_CLOSE, "closed by the server");
    }

    @Override
    void aborted(PollingRequest call) {
        if (call.equals(get)) {
            get = null;
            session.end(CloseReason.TRANSPORT_ERROR, "poll connection closed prematurely");
        } else {
            postAborted(call);
        }
    }

    private void flush() {
        var call = get;
        if (call != null && !waiting.isEmpty()) {
            get = null;
            answer(call, take());
            session.drained();
        }
    }

    /// Ends a waiting `GET` so that the client turns to its new transport.
    void nudge() {
        if (get != null && waiting.isEmpty()) {
            waiting.add(ControlPacket.NOOP);
            flush();
        }
    }

    /// Answers a `GET` that has waited, whatever happens to its packets.
    private void answer(PollingRequest call, List<OutgoingPacket> packets) {
        try {
            respond(call, packets);
        } catch (Throwable e) {
            call.fail();
            session.failed("an answer", e);
        }
    }

    /// Answers a `GET`, that of the handshake included.
    void respond(PollingRequest call, List<OutgoingPacket> packets) {
        boolean compress = false;
        for (var packet : packets) {
            session.timers().sent(packet.size());
            compress |= packet.compress();
        }
        var body = format.encode(packets);
        int threshold = session.options().httpCompressionThreshold();
        var coding =
                compress && threshold >= 0 && body.bytes().length >= threshold
                        ? HttpCompression.preferred(call.request().header("accept-encoding"))
                        : null;
        call.respondOk(body.contentType(), body.bytes(), coding);
    }

    @Override
    public void shut(CloseReason reason, String rule) {
        closing.cancel();
        take();
        answerHeardPost();
        var call = get;
        if (call != null) {
            get = null;
            // As in npm `engine.io`, a client that sent the close packet gets a noop, and others
            // get a close packet.
            boolean byClient = reason == CloseReason.TRANSPORT_CLOSE;
            answer(call, List.of(byClient ? ControlPacket.NOOP : ControlPacket.CLOSE));
        }
    }

    /// The session has moved to a WebSocket. A `GET` that still waits gets the close packet.
    void leave() {
        closing.cancel();
        shut(CloseReason.FORCED_CLOSE, "");
    }
}
