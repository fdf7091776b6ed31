package io.natter.netty;

import io.natter.engine.HttpResponse;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// Writes answers, and knows whether the connection outlives the next one (RFC 9112 §9.3). On the
/// event loop.
abstract sealed class AnswerWriter permits ByteAnswers, CodecAnswers {
    private boolean keepAlive;
    private boolean http10;
    private boolean head;

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

    /// Whether the answer is to a HEAD: as to a GET, but without its body.
    final boolean isToHead() {
        return head;
    }

    /// Tells the client to go on with its body.
    abstract void writeContinue(ChannelHandlerContext ctx);

    /// @throws IllegalArgumentException if a header cannot be sent; nothing is written then
    final void write(ChannelHandlerContext ctx, HttpResponse response, String date) {
        write(ctx, response, date, http10 ? "keep-alive" : null);
    }

    /// @param connection the value of `Connection`, if it needs one
    abstract void write(
            ChannelHandlerContext ctx,
            HttpResponse response,
            String date,
            @Nullable String connection);

    /// Like [#write] with `Connection: close`.
    ///
    /// @return done when it has left
    abstract ChannelFuture writeClosing(
            ChannelHandlerContext ctx, HttpResponse response, String date);

    /// Writes the last answer. True if the caller is to read on until the client closes too:
    /// closing at once, with bytes of the client unread, would reset the line and take the answer
    /// with it.
    final boolean writeLast(
            ChannelHandlerContext ctx, HttpResponse response, String date, boolean secure) {
        keepAlive = false;
        var written = writeClosing(ctx, response, date);
        if (secure || !(ctx.channel() instanceof DuplexChannel channel)) {
            written.addListener(ChannelFutureListener.CLOSE);
            return false;
        }
        written.addListener(
                _ -> {
                    var _ = channel.shutdownOutput();
                });
        return true;
    }
}
