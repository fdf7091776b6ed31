package io.natter.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.natter.host.HttpResponse;
import io.natter.netty.loop.ConnectionMemory;
import io.natter.netty.loop.DirectMemory;
import io.natter.netty.loop.GatheringWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Writes responses as bytes, if the pipeline is Natter's own and has no encoder: one buffer for
/// each part. On epoll without TLS they go directly to the kernel, past the pipeline, like the
/// frames of a WebSocket. docs/performance/diary.md has the reasons.
final class DirectResponseWriter extends ResponseWriter {
    private static final int INITIAL = 32 * 1024;

    // Without leak detection, for it lives as long as its thread.
    private static final FastThreadLocal<ByteBuf> SHARED =
            new FastThreadLocal<>() {
                @Override
                protected ByteBuf initialValue() {
                    return new UnpooledByteBufAllocator(true, true).directBuffer(INITIAL);
                }

                @Override
                protected void onRemoval(ByteBuf buffer) {
                    buffer.release();
                }
            };

    /// The kernel's socket, where answers may go there straight.
    private final @Nullable Socket kernel;

    /// Whether the pipeline may hold bytes that are not written yet.
    private boolean piped;

    DirectResponseWriter(Channel channel, Owner owner, ConnectionMemory memory) {
        super(owner, memory);
        kernel =
                channel instanceof EpollSocketChannel epoll
                                && !RequestHead.secure(channel)
                                && epoll.fd() instanceof Socket socket
                        ? socket
                        : null;
    }

    @Override
    void writeContinue(ChannelHandlerContext ctx) {
        piped = true;
        var go = Unpooled.copiedBuffer("HTTP/1.1 100 Continue\r\n\r\n", ISO_8859_1);
        var ignored = ctx.writeAndFlush(go, ctx.voidPromise());
    }

    @Override
    @Nullable ChannelFuture writeHead(
            ChannelHandlerContext ctx,
            HttpResponse response,
            String date,
            @Nullable String connection,
            byte[] body,
            int count) {
        var bytes = SHARED.get().clear();
        ResponseHead.write(bytes, response, date, connection);
        return write(ctx, bytes, body, 0, count);
    }

    @Override
    @Nullable ChannelFuture writeMore(ChannelHandlerContext ctx, byte[] body, int from, int count) {
        return write(ctx, SHARED.get().clear(), body, from, count);
    }

    private @Nullable ChannelFuture write(
            ChannelHandlerContext ctx, ByteBuf bytes, byte[] body, int from, int count) {
        var socket = kernel;
        if (socket == null || !socket.isOpen() || isPiped(ctx)) {
            return toPipeline(ctx, bytes, body, from, count);
        }
        bytes.writeBytes(body, from, count);
        bytes.skipBytes(toKernel(socket, bytes));
        return bytes.isReadable() ? toPipeline(ctx, bytes, body, 0, 0) : null;
    }

    /// @return how many bytes the kernel took
    private static int toKernel(Socket socket, ByteBuf bytes) {
        try {
            return GatheringWriter.write(socket, bytes, 0, bytes.writerIndex());
        } catch (IOException ignored) {
            // The pipeline will meet the same error and knows what belongs to it.
            return 0;
        }
    }

    private boolean isPiped(ChannelHandlerContext ctx) {
        if (piped) {
            var buffer = ctx.channel().unsafe().outboundBuffer();
            piped = buffer != null && buffer.totalPendingWriteBytes() > 0;
        }
        return piped;
    }

    private ChannelFuture toPipeline(
            ChannelHandlerContext ctx, ByteBuf head, byte[] body, int from, int count) {
        piped = true;
        int length = head.readableBytes() + count;
        DirectMemory.require(length);
        var own = ctx.alloc().directBuffer(length).writeBytes(head).writeBytes(body, from, count);
        return ctx.writeAndFlush(own);
    }
}
