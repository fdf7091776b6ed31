package io.natter.chat.web.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Closes a connection whose request does not end in time. A connection has one timer at most.
///
/// Reactor Netty 1.3.8 has `requestTimeout` for this. It does not cancel the timer of a request
/// that is answered before its end has been read, such as a request for a missing file. Each timer
/// keeps the request in memory until it expires.
final class RequestTimeout extends ChannelInboundHandlerAdapter {
    static final String NAME = "natter-request-timeout";

    private final long nanos;
    private final LongAdder closed;
    private @Nullable Future<?> timer;

    /// @param closed counts the connections that this closes
    RequestTimeout(Duration timeout, LongAdder closed) {
        nanos = timeout.toNanos();
        this.closed = closed;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            cancel();
            timer = context.executor().schedule(() -> expire(context), nanos, TimeUnit.NANOSECONDS);
        }
        if (message instanceof LastHttpContent) {
            cancel();
        }
        context.fireChannelRead(message);
    }

    private void expire(ChannelHandlerContext context) {
        timer = null;
        closed.increment();
        var _ = context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancel();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancel();
    }

    private void cancel() {
        Future<?> running = timer;
        timer = null;
        if (running != null) {
            running.cancel(false);
        }
    }
}
