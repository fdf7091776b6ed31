package io.natter.engine;

import io.natter.engine.polling.PollingFormat;
import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import org.jspecify.annotations.Nullable;

/// The part of a [PollingTransport] that takes the POSTs of the client: one at a time. On the
/// session's strand.
abstract sealed class PollingInput implements Transport permits PollingTransport {
    private static final byte[] OK = {'o', 'k'};

    final EngineSession session;
    final PollingFormat format;
    private @Nullable PollingRequest post;

    /// Whether the packets of `post` were heard, and its answer waits until the session reads on.
    private boolean postHeard;

    PollingInput(EngineSession session, PollingFormat format) {
        this.session = session;
        this.format = format;
    }

    /// The client of `call` went away before it was answered.
    abstract void aborted(PollingRequest call);

    /// Whether a POST is under way.
    final boolean isReceiving() {
        return post != null;
    }

    /// The head of the POST that brings the packets being received, or null.
    final @Nullable HttpRequest currentPost() {
        return post == null ? null : post.request();
    }

    /// A client sends its next POST when the last one was answered, so that answer waits.
    @Override
    public final void setReading(boolean on) {
        if (on) {
            answerHeardPost();
        }
    }

    /// Takes a POST.
    final void data(PollingRequest call) {
        if (session.isLeaving()) {
            call.refuse(SessionInput.UNKNOWN);
            return;
        }
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
        if (call.isGone()) {
            aborted(call);
            return;
        }
        call.readBody(
                new HttpExchange.BodyReader() {
                    @Override
                    public void complete(byte[] body) {
                        received(call, body, octets);
                    }

                    @Override
                    public void tooLarge() {
                        PollingInput.this.tooLarge(call);
                    }
                });
    }

    /// The POST is answered whatever happens to its packets.
    private void received(PollingRequest call, byte[] body, boolean octets) {
        if (session.state() == SessionState.CLOSED) {
            post = null;
            call.refuse(SessionInput.UNKNOWN);
            return;
        }
        session.timers().bytesIn.add(body.length);
        boolean heard = false;
        try {
            for (var packet : format.decode(body, octets)) {
                session.timers().packetsIn.add(1);
                session.received(packet);
            }
            heard = true;
        } catch (Throwable e) {
            session.failed("a POST", e);
        } finally {
            if (!heard) {
                post = null;
                call.respondEmpty(500);
            } else {
                postHeard = true;
                // Where the body held the close packet, the answer comes with the end, so that
                // the client's next request finds the session gone.
                if (session.isReading() && !session.isLeaving()) {
                    answerHeardPost();
                }
            }
        }
    }

    /// Answers the POST whose packets were heard, if there is one.
    final void answerHeardPost() {
        var call = post;
        if (call != null && postHeard) {
            post = null;
            postHeard = false;
            call.respondOk("text/html", OK, null);
        }
    }

    private void tooLarge(PollingRequest call) {
        post = null;
        var limit = session.options().maxHttpBufferSize();
        session.limitExceeded(
                LimitExceeded.Limit.PAYLOAD, "a POST of more than " + limit + " bytes");
        call.respondEmpty(413);
    }

    /// The client of `call`, which may be the POST, went away before it was answered.
    final void postAborted(PollingRequest call) {
        if (!call.equals(post)) {
            return;
        }
        post = null;
        postHeard = false;
        if (!session.isLeaving()) {
            session.end(CloseReason.TRANSPORT_ERROR, "data request connection closed prematurely");
        }
    }
}
