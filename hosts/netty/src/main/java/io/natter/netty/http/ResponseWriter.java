package io.natter.netty.http;

import io.natter.host.HttpResponse;
import io.natter.netty.loop.ConnectionMemory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// Writes answers, and knows whether the connection outlives the next one (RFC 9112 §9.3). A long
/// answer is given to the channel piece by piece, each when the kernel has taken the one before. So
/// only one piece waits for a client that does not read, besides the body, which exists anyway. On
/// the event loop.
abstract sealed class ResponseWriter permits DirectResponseWriter, CodecResponseWriter {
    /// The bytes of a body that are given to the channel at a time.
    static final int PIECE = 64 * 1024;

    private static final byte[] NONE = {};

    /// The owner of the answers.
    interface Owner {
        /// A piece of an answer has left that had to wait.
        void answerProgressed();

        /// An answer cannot go on.
        void answerFailed(Throwable cause);
    }

    private final Owner owner;
    private final ConnectionMemory memory;
    private boolean keepAlive;
    private boolean http10;
    private boolean head;

    private byte[] body = NONE;
    private int next;
    private boolean leaving;
    private long own;
    private long waiting;

    /// @param memory is told how much waits
    ResponseWriter(Owner owner, ConnectionMemory memory) {
        this.owner = owner;
        this.memory = memory;
    }

    /// The request that is answered next.
    final void begin(HttpRequest request) {
        keepAlive = HttpUtil.isKeepAlive(request);
        http10 = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
        head = request.method().equals(HttpMethod.HEAD);
    }

    final boolean keepsAlive() {
        return keepAlive;
    }

    /// The next answer is the last.
    final void closeNext() {
        keepAlive = false;
    }

    /// Whether some of the last answer has not left for the kernel.
    final boolean isLeaving() {
        return leaving;
    }

    /// Tells the client to go on with its body.
    abstract void writeContinue(ChannelHandlerContext ctx);

    /// Writes the head of an answer and the first `count` bytes of its body.
    ///
    /// @param connection the value of `Connection`, if it needs one
    /// @return done when they have left; null where they have
    /// @throws IllegalArgumentException if a header cannot be sent; nothing is written then
    abstract @Nullable ChannelFuture writeHead(
            ChannelHandlerContext ctx,
            HttpResponse response,
            String date,
            @Nullable String connection,
            byte[] body,
            int count);

    /// Writes `count` bytes of a body, which may be the last.
    ///
    /// @return as of `writeHead`
    abstract @Nullable ChannelFuture writeMore(
            ChannelHandlerContext ctx, byte[] body, int from, int count);

    /// Writes an answer; the last one where the connection is not kept.
    ///
    /// @throws IllegalArgumentException if a header cannot be sent; nothing is written then
    final void write(ChannelHandlerContext ctx, HttpResponse response, String date) {
        var connection = keepAlive ? http10 ? "keep-alive" : null : "close";
        boolean none = head || !ResponseHead.mayHaveBody(response.status());
        var bytes = none ? NONE : response.body();
        int first = Math.min(bytes.length, PIECE);
        var written = writeHead(ctx, response, date, connection, bytes, first);
        if (written == null && first == bytes.length) {
            return;
        }
        body = bytes;
        next = first;
        leaving = true;
        // A body that others are sent as well costs nothing but its piece.
        own = response.shared() ? 0 : bytes.length;
        goOn(ctx, written);
    }

    /// @param written the piece that was written last, or null where it has left
    private void goOn(ChannelHandlerContext ctx, @Nullable ChannelFuture written) {
        var last = written;
        while (last == null || last.isSuccess()) {
            if (next == body.length) {
                leaving = false;
                body = NONE;
                waits(0);
                return;
            }
            int count = Math.min(PIECE, body.length - next);
            last = writeMore(ctx, body, next, count);
            next += count;
        }
        waits(own + PIECE);
        last.addListener(
                done -> {
                    if (done.isSuccess()) {
                        pieceLeft(ctx);
                    } else {
                        var ignored = ctx.close();
                    }
                });
    }

    private void waits(long bytes) {
        long before = waiting;
        waiting = bytes;
        memory.holds(before, bytes);
    }

    private void pieceLeft(ChannelHandlerContext ctx) {
        try {
            goOn(ctx, null);
            owner.answerProgressed();
        } catch (Throwable t) {
            owner.answerFailed(t);
        }
    }
}
