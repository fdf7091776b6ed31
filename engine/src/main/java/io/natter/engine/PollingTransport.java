package io.natter.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries a session over HTTP long-polling: packets wait until a `GET` takes them. On the
/// session's strand.
final class PollingTransport implements Transport {
    private static final byte[] OK = {'o', 'k'};

    private final EngineSession session;
    private final PollingFormat format;
    private final Deque<Queued> waiting = new ArrayDeque<>();
    private final Deadlines.Entry closing =
            new Deadlines.Entry() {
                @Override
                protected void expired() {
                    session.end(CloseReason.FORCED_CLOSE, "no GET took what waited");
                }
            };
    private long waitingBytes;
    private @Nullable HttpCall get;
    private @Nullable HttpCall post;
    private boolean flushScheduled;

    PollingTransport(EngineSession session, PollingFormat format) {
        this.session = session;
        this.format = format;
    }

    @Override
    public TransportName name() {
        return TransportName.POLLING;
    }

    @Override
    public boolean isWritable() {
        return get != null;
    }

    /// The head of the POST that brings the packets being received, or null.
    @Nullable HttpRequest currentPost() {
        return post == null ? null : post.request();
    }

    @Override
    public void send(Outgoing message) {
        var options = session.server().options();
        if (options.maxWaitingBytes() > 0 && waitingBytes >= options.maxWaitingBytes()) {
            session.overLimit(LimitHit.Limit.WAITING_BYTES, waitingBytes + " bytes wait for a GET");
        } else if (options.maxWaitingPackets() > 0
                && waiting.size() >= options.maxWaitingPackets()) {
            session.overLimit(
                    LimitHit.Limit.WAITING_PACKETS, waiting.size() + " packets wait for a GET");
        } else {
            enqueue(message);
        }
    }

    @Override
    public void send(Control packet) {
        enqueue(packet);
    }

    private void enqueue(Queued packet) {
        waiting.add(packet);
        waitingBytes += packet.size();
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

    /// What waits, for the transport that takes over.
    List<Queued> take() {
        var all = new ArrayList<>(waiting);
        waiting.clear();
        waitingBytes = 0;
        return all;
    }

    /// A request of this session. A second `GET` or `POST` beside one that has not been answered is
    /// an error of the client that ends the session.
    void request(HttpCall call) {
        switch (call.request().method()) {
            case "GET" -> poll(call);
            case "POST" -> data(call);
            default -> call.respondEmpty(500);
        }
    }

    private void poll(HttpCall call) {
        if (get != null) {
            call.respondEmpty(400);
            session.end(CloseReason.TRANSPORT_ERROR, "overlap from client");
            return;
        }
        get = call;
        call.exchange().onAbort(() -> onStrand(() -> aborted(call)));
        if (session.state() == SessionState.CLOSING && waiting.isEmpty()) {
            waiting.add(Control.NOOP);
            finish();
        } else {
            flush();
        }
    }

    /// Waits for a `GET` that takes what waits, and for the next, which takes the close packet.
    void awaitFinish() {
        session.share().closeTimeout.add(closing);
    }

    /// Sends what waits and the close packet in answer to the `GET` that is there.
    void finish() {
        waiting.add(Control.CLOSE);
        flush();
        session.end(CloseReason.FORCED_CLOSE, "closed by the server");
    }

    private void aborted(HttpCall call) {
        if (call.equals(get)) {
            get = null;
            session.end(CloseReason.TRANSPORT_ERROR, "poll connection closed prematurely");
        } else if (call.equals(post)) {
            post = null;
            session.end(CloseReason.TRANSPORT_ERROR, "data request connection closed prematurely");
        }
    }

    private void flush() {
        var call = get;
        if (call != null && !waiting.isEmpty()) {
            get = null;
            respond(call, take());
            session.drained();
        }
    }

    /// Ends a waiting `GET` so that the client turns to its new transport.
    void nudge() {
        if (get != null && waiting.isEmpty()) {
            waiting.add(Control.NOOP);
            flush();
        }
    }

    /// Answers a `GET`, that of the handshake included.
    void respond(HttpCall call, List<Queued> packets) {
        boolean compress = false;
        for (var packet : packets) {
            session.share().sent(packet.size());
            compress |= packet.compress();
        }
        var body = format.encode(packets);
        int threshold = session.server().options().httpCompressionThreshold();
        var coding =
                compress && threshold >= 0 && body.bytes().length >= threshold
                        ? HttpCompression.preferred(call.request().header("accept-encoding"))
                        : null;
        call.respondOk(body.contentType(), body.bytes(), coding);
    }

    private void data(HttpCall call) {
        boolean octets = PollingFormat.OCTETS.equals(call.request().header("content-type"));
        if (post != null) {
            call.respondEmpty(400);
            session.end(CloseReason.TRANSPORT_ERROR, "data request overlap from client");
            return;
        }
        if (octets && !format.takesOctets()) {
            call.respondEmpty(400);
            session.end(CloseReason.TRANSPORT_ERROR, "invalid content");
            return;
        }
        post = call;
        call.exchange().onAbort(() -> onStrand(() -> aborted(call)));
        int limit = session.server().options().maxHttpBufferSize();
        call.exchange()
                .readBody(
                        limit,
                        new HttpExchange.BodyReader() {
                            @Override
                            public void complete(byte[] body) {
                                onStrand(() -> received(call, body, octets));
                            }

                            @Override
                            public void tooLarge() {
                                onStrand(() -> PollingTransport.this.tooLarge(call));
                            }
                        });
    }

    private void onStrand(Runnable task) {
        if (session.strand().isCurrent()) {
            task.run();
        } else {
            session.strand().execute(task);
        }
    }

    private void received(HttpCall call, byte[] body, boolean octets) {
        if (session.state() == SessionState.CLOSED) {
            post = null;
            call.refuse(EngineSession.UNKNOWN);
            return;
        }
        session.share().bytesIn.add(body.length);
        for (var packet : format.decode(body, octets)) {
            session.share().packetsIn.add(1);
            session.received(packet);
        }
        post = null;
        call.respondOk("text/html", OK, null);
    }

    private void tooLarge(HttpCall call) {
        post = null;
        var limit = session.server().options().maxHttpBufferSize();
        session.hit(LimitHit.Limit.PAYLOAD, "a POST of more than " + limit + " bytes");
        call.respondEmpty(413);
    }

    @Override
    public void shut(CloseReason reason, String rule) {
        closing.cancel();
        take();
        var call = get;
        if (call != null) {
            get = null;
            // npm `engine.io`: whoever sends the close packet gets a noop, everybody else is told.
            boolean byClient = reason == CloseReason.TRANSPORT_CLOSE;
            respond(call, List.of(byClient ? Control.NOOP : Control.CLOSE));
        }
    }

    /// The session has moved to a WebSocket. A `GET` that still waits gets the close packet.
    void leave() {
        closing.cancel();
        shut(CloseReason.FORCED_CLOSE, "");
    }
}
