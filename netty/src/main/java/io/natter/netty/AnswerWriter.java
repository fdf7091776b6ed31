package io.natter.netty;

import io.natter.engine.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/// Writes answers, and knows whether the connection outlives the next one (RFC 9112 §9.3).
final class AnswerWriter {
    private boolean keepAlive;
    private boolean http10;

    /// The request that is answered next.
    void begin(HttpRequest request) {
        keepAlive = HttpUtil.isKeepAlive(request);
        http10 = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
    }

    boolean keepsAlive() {
        return keepAlive;
    }

    /// The next answer is the last.
    void closeNext() {
        keepAlive = false;
    }

    void writeContinue(ChannelHandlerContext ctx) {
        var go =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
        var _ = ctx.writeAndFlush(go, ctx.voidPromise());
    }

    void write(ChannelHandlerContext ctx, HttpResponse response, String date) {
        var message = Answers.of(response, date);
        if (http10) {
            message.headers().set(HttpHeaderNames.CONNECTION, "keep-alive");
        }
        var _ = ctx.writeAndFlush(message, ctx.voidPromise());
    }

    /// Writes the last answer. True if the caller is to read on until the client closes too:
    /// closing at once, with bytes of the client unread, would reset the line and take the answer
    /// with it.
    boolean writeLast(
            ChannelHandlerContext ctx, HttpResponse response, String date, boolean secure) {
        keepAlive = false;
        var message = Answers.of(response, date);
        message.headers().set(HttpHeaderNames.CONNECTION, "close");
        var written = ctx.writeAndFlush(message);
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
