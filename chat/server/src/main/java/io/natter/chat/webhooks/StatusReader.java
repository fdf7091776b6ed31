package io.natter.chat.webhooks;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/// Reads the status of an answer. Its body is not looked at.
final class StatusReader extends SimpleChannelInboundHandler<HttpObject> {
    private final CompletableFuture<Integer> status;

    StatusReader(CompletableFuture<Integer> status) {
        this.status = status;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            status.completeExceptionally(new IOException("the answer is no HTTP"));
        } else if (part instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            status.complete(response.status().code());
        }
        if (status.isDone()) {
            var _ = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        status.completeExceptionally(new IOException("the connection was closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        status.completeExceptionally(cause);
        var _ = context.close();
    }
}
