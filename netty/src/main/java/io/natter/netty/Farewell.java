package io.natter.netty;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/// From a WebSocket's close frame to the end of its line (RFC 6455 §7.1): however the peer behaves,
/// a timer closes. Made when the end begins, so that an open connection carries nothing of it. On
/// the strand.
final class Farewell {
    /// How long the peer may take to answer a close frame.
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);

    /// How long bytes are still read after a violation, so that the peer gets to see the close
    /// frame instead of a reset.
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Runnable cancelTimer;

    private Farewell(ChannelHandlerContext ctx, EventLoopStrand strand, long nanos) {
        cancelTimer =
                strand.schedule(
                        () -> {
                            var _ = ctx.close();
                        },
                        nanos);
    }

    /// Our close frame was written: the peer has to answer it.
    static Farewell ours(ChannelHandlerContext ctx, EventLoopStrand strand) {
        ctx.channel().config().setAutoRead(true);
        return new Farewell(ctx, strand, ANSWER_NANOS);
    }

    /// Writes the close frame that says which rule the peer broke. 1009 says it all without words,
    /// and clients look for none beside it: Engine.IO's own tests expect an empty reason there.
    static Farewell violated(
            ChannelHandlerContext ctx,
            EventLoopStrand strand,
            Traffic traffic,
            FrameException violation) {
        var words = violation.code() == FrameException.TOO_BIG ? "" : violation.reason();
        var frame = OutFrames.close(ctx.alloc(), violation.code(), words);
        traffic.bytesOut.add(frame.readableBytes());
        boolean tls = ctx.pipeline().get(SslHandler.class) != null;
        ctx.writeAndFlush(frame)
                .addListener(
                        _ -> {
                            if (!tls && ctx.channel() instanceof DuplexChannel channel) {
                                var _ = channel.shutdownOutput();
                            }
                        });
        return new Farewell(ctx, strand, LINGER_NANOS);
    }

    /// Writes the answer to the peer's close frame, and closes behind it.
    static Farewell answer(
            ChannelHandlerContext ctx, EventLoopStrand strand, Traffic traffic, int code) {
        var frame = OutFrames.close(ctx.alloc(), code, "");
        traffic.bytesOut.add(frame.readableBytes());
        ctx.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
        return new Farewell(ctx, strand, LINGER_NANOS);
    }

    /// The line is down.
    void over() {
        cancelTimer.run();
    }
}
