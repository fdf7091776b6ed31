package io.natter.netty;

import io.natter.engine.HttpExchange;
import io.natter.engine.HttpRequest;
import io.natter.engine.HttpResponse;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request and its answer. What comes from other threads is moved to the connection's event loop,
/// on which all the fields live.
final class NettyHttpExchange extends Turn implements HttpExchange {
    private static final Logger LOG = LoggerFactory.getLogger(NettyHttpExchange.class);
    private static final byte[] NONE = new byte[0];

    private enum Body {
        /// Nobody has asked for it; it stays on the line.
        UNASKED,
        READING,
        /// Given to its reader, or thrown away as it comes.
        DONE
    }

    private final long contentLength;
    private final boolean expectsContinue;

    private Body body = Body.UNASKED;
    private boolean whole;
    private boolean answered;
    private boolean aborted;
    private @Nullable BodyReader reader;
    private long limit;
    private @Nullable ByteArrayOutputStream collected;
    private @Nullable Runnable onAbort;

    /// @param contentLength as announced, or -1
    NettyHttpExchange(
            HttpConnection connection,
            HttpRequest request,
            long contentLength,
            boolean expectsContinue) {
        super(connection, request);
        this.contentLength = contentLength;
        this.expectsContinue = expectsContinue;
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
            // A client that waits for a go-ahead will not send what it would be told to keep.
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
        collected = null;
        connection.metrics().bodiesTooLarge.increment();
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
                var so = collected;
                if (bytes.readableBytes() + (so == null ? 0 : so.size()) > limit) {
                    refuseBody();
                } else if (last && so == null) {
                    complete(ByteBufUtil.getBytes(bytes));
                } else {
                    if (so == null) {
                        so = new ByteArrayOutputStream(Math.max(bytes.readableBytes(), 256));
                        collected = so;
                    }
                    so.writeBytes(ByteBufUtil.getBytes(bytes));
                    if (last) {
                        collected = null;
                        complete(so.toByteArray());
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
        collected = null;
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
                    }
                });
    }

    @Override
    void abort() {
        if (answered || aborted) {
            return;
        }
        aborted = true;
        collected = null;
        connection.metrics().aborts.increment();
        var task = onAbort;
        onAbort = null;
        if (task != null) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("What was to run when a client goes away threw", e);
            }
        }
    }
}
