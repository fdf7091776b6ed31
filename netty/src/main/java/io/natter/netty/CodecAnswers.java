package io.natter.netty;

import io.natter.engine.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// Answers by way of the codec of somebody else's pipeline, which must see every answer to know
/// which request the next one is for. It leaves out the body where the request was HEAD.
final class CodecAnswers extends AnswerWriter {

    @Override
    void writeContinue(ChannelHandlerContext ctx) {
        var go =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
        var _ = ctx.writeAndFlush(go, ctx.voidPromise());
    }

    @Override
    void write(
            ChannelHandlerContext ctx,
            HttpResponse response,
            String date,
            @Nullable String connection) {
        var _ = ctx.writeAndFlush(message(response, date, connection), ctx.voidPromise());
    }

    @Override
    ChannelFuture writeClosing(ChannelHandlerContext ctx, HttpResponse response, String date) {
        return ctx.writeAndFlush(message(response, date, "close"));
    }

    private static FullHttpResponse message(
            HttpResponse response, String date, @Nullable String connection) {
        var status = HttpResponseStatus.valueOf(response.status());
        var message =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(response.body()));
        var headers = message.headers();
        response.headers().forEach(headers::add);
        if (!headers.contains(HttpHeaderNames.DATE)) {
            headers.set(HttpHeaderNames.DATE, date);
        }
        if (AnswerHead.mayHaveBody(response.status())) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        }
        if (connection != null) {
            headers.set(HttpHeaderNames.CONNECTION, connection);
        }
        return message;
    }
}
