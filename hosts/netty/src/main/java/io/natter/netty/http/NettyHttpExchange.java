package io.natter.netty.http;

import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/// A request and its answer. Calls of other threads are moved to the connection's event loop, on
/// which all the fields live.
final class NettyHttpExchange extends CurrentRequest implements HttpExchange {
    private static final byte[] NONE = new byte[0];

    private enum Body {
        /// It was not requested yet, so it is not read.
        UNASKED,
        READING,
        /// Given to its reader, or thrown away as it comes.
        DONE
    }

    private final long contentLength;
    private final boolean expectsContinue;
    private final boolean bodiless;

    private Body body = Body.UNASKED;
    private boolean whole;
    private boolean answered;
    private boolean aborted;
    private @Nullable BodyReader reader;
    private long limit;
    private final BodyBytes collected;
    private @Nullable Runnable onAbort;

    /// Whether nothing more will come from the client.
    private boolean inputEnded;

    /// @param asked the request as it came
    NettyHttpExchange(
            HttpConnection connection,
            HttpRequest request,
            io.netty.handler.codec.http.HttpRequest asked) {
        super(connection, request);
        contentLength = HttpUtil.getContentLength(asked, -1L);
        expectsContinue = HttpUtil.is100ContinueExpected(asked);
        bodiless = contentLength <= 0 && !HttpUtil.isTransferEncodingChunked(asked);
        collected = new BodyBytes(connection.memory());
    }

    /// Whether there is a body, or was one.
    boolean hasBody() {
        return !bodiless;
    }

    @Override
    public void readBody(long limit, BodyReader reader) {
        onLoop(() -> read(limit, reader));
    }

    private void read(long limit, BodyReader reader) {
        if (body != Body.UNASKED || answered || aborted) {
            return;
        }
        this.limit = limit;
        this.reader = reader;
        if (contentLength > limit) {
            // A client that waits for 100 will not send a body that the server refuses.
            if (expectsContinue && !whole) {
                connection.closeAfterAnswer();
            }
            refuseBody();
        } else if (whole) {
            body = Body.DONE;
            reader.complete(NONE);
        } else {
            body = Body.READING;
            if (expectsContinue) {
                connection.writeContinue();
            }
            connection.bodyWanted();
        }
    }

    private void refuseBody() {
        body = Body.DONE;
        collected.clear();
        connection.counters().bodiesTooLarge.increment();
        var to = reader;
        if (to != null) {
            to.tooLarge();
        }
    }

    @Override
    boolean take(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        var bytes = content.content();
        switch (body) {
            case UNASKED -> {
                if (bytes.isReadable()) {
                    return false;
                }
                whole = last;
            }
            case READING -> {
                whole = last;
                if (bytes.readableBytes() + (long) collected.size() > limit) {
                    refuseBody();
                } else {
                    collected.add(bytes, contentLength >= 0 ? contentLength : limit);
                    if (last) {
                        complete(collected.take());
                    }
                }
            }
            case DONE -> whole = last;
        }
        return true;
    }

    private void complete(byte[] all) {
        body = Body.DONE;
        var to = reader;
        if (to != null && !answered) {
            to.complete(all);
        }
    }

    /// Whether all of the body has come.
    boolean isWhole() {
        return whole;
    }

    @Override
    public void respond(HttpResponse response) {
        onLoop(() -> answer(response));
    }

    private void answer(HttpResponse response) {
        if (answered || aborted) {
            return;
        }
        answered = true;
        if (expectsContinue && !whole && body == Body.UNASKED) {
            // Whether its body still comes is not known.
            connection.closeAfterAnswer();
        }
        body = Body.DONE;
        collected.clear();
        onAbort = null;
        connection.answer(this, response);
    }

    @Override
    public void onAbort(Runnable task) {
        onLoop(
                () -> {
                    if (aborted) {
                        task.run();
                    } else if (!answered) {
                        onAbort = task;
                        if (inputEnded && bodiless) {
                            // Later, for the answer may be on its way behind this.
                            connection.strand().execute(() -> connection.giveUp(this));
                        }
                    }
                });
    }

    /// The client has closed its half of the connection or all of it; only a write shows which. A
    /// request with a body is complete and is answered. A request without a body may come from a
    /// page that was closed, such as a waiting `GET`. If it has an abort listener, it counts as
    /// closed.
    ///
    /// @return whether the answer is to be waited for
    boolean endInput() {
        inputEnded = true;
        return !bodiless || onAbort == null;
    }

    @Override
    void abort() {
        if (answered || aborted) {
            return;
        }
        aborted = true;
        collected.clear();
        connection.counters().aborts.increment();
        var task = onAbort;
        onAbort = null;
        if (task != null) {
            connection.guarded(task);
        }
    }
}
