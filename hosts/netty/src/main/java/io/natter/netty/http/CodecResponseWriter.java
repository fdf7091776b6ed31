package io.natter.netty.http;

import io.natter.host.HttpResponse;
import io.natter.netty.loop.ConnectionMemory;
import io.natter.netty.loop.DirectMemory;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// Writes responses through the codec of an existing pipeline. The codec must see every response,
/// to know the request of the next one. It leaves out the body of a response to HEAD.
final class CodecResponseWriter extends ResponseWriter {

    CodecResponseWriter(Owner owner, ConnectionMemory memory) {
        super(owner, memory);
    }

    @Override
    void writeContinue(ChannelHandlerContext ctx) {
        var go =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
        var ignored = ctx.writeAndFlush(go, ctx.voidPromise());
    }

    @Override
    ChannelFuture writeHead(
            ChannelHandlerContext ctx,
            HttpResponse response,
            String date,
            @Nullable String connection,
            byte[] body,
            int count) {
        DirectMemory.require(count);
        var status = HttpResponseStatus.valueOf(response.status());
        var first = Unpooled.wrappedBuffer(body, 0, count);
        boolean whole = count == body.length;
        var message =
                whole
                        ? new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, first)
                        : new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
        var headers = message.headers();
        response.headers().forEach(headers::add);
        if (!headers.contains(HttpHeaderNames.DATE)) {
            headers.set(HttpHeaderNames.DATE, date);
        }
        if (ResponseHead.mayHaveBody(response.status())) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        }
        if (connection != null) {
            headers.set(HttpHeaderNames.CONNECTION, connection);
        }
        if (whole) {
            return ctx.writeAndFlush(message);
        }
        var ignored = ctx.write(message);
        return ctx.writeAndFlush(new DefaultHttpContent(first));
    }

    @Override
    ChannelFuture writeMore(ChannelHandlerContext ctx, byte[] body, int from, int count) {
        DirectMemory.require(count);
        var piece = Unpooled.wrappedBuffer(body, from, count);
        return ctx.writeAndFlush(
                from + count == body.length
                        ? new DefaultLastHttpContent(piece)
                        : new DefaultHttpContent(piece));
    }
}
