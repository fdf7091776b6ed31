package io.natter.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.natter.engine.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Answers as bytes, where the pipeline is our own and has no encoder: one buffer an answer, and on
/// epoll without TLS straight to the kernel, past the pipeline, as with the frames of a WebSocket
/// (docs/performance/notes.md says why).
final class ByteAnswers extends AnswerWriter {
    /// A larger body is not copied behind its head.
    private static final int MAX_TOGETHER = 16 * 1024;

    // Without leak detection, for it lives as long as its thread.
    private static final FastThreadLocal<ByteBuf> SHARED =
            new FastThreadLocal<>() {
                @Override
                protected ByteBuf initialValue() {
                    return new UnpooledByteBufAllocator(true, true).directBuffer(2 * MAX_TOGETHER);
                }

                @Override
                protected void onRemoval(ByteBuf buffer) {
                    buffer.release();
                }
            };

    /// The kernel's socket, where answers may go there straight.
    private final @Nullable Socket line;

    /// Whether the pipeline may hold bytes that are not written yet.
    private boolean piped;

    ByteAnswers(Channel channel) {
        line =
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
        var _ = ctx.writeAndFlush(go, ctx.voidPromise());
    }

    @Override
    void write(
            ChannelHandlerContext ctx,
            HttpResponse response,
            String date,
            @Nullable String connection) {
        var bytes = SHARED.get().clear();
        AnswerHead.write(bytes, response, date, connection);
        var body = body(response);
        if (body.length > MAX_TOGETHER) {
            var _ = toPipeline(ctx, bytes, body, ctx.voidPromise());
            return;
        }
        bytes.writeBytes(body);
        bytes.skipBytes(toKernel(ctx, bytes));
        if (bytes.isReadable()) {
            var _ = toPipeline(ctx, bytes, new byte[0], ctx.voidPromise());
        }
    }

    @Override
    ChannelFuture writeClosing(ChannelHandlerContext ctx, HttpResponse response, String date) {
        var bytes = SHARED.get().clear();
        AnswerHead.write(bytes, response, date, "close");
        return toPipeline(ctx, bytes, body(response), ctx.newPromise());
    }

    private byte[] body(HttpResponse response) {
        return isToHead() || !AnswerHead.mayHaveBody(response.status())
                ? new byte[0]
                : response.body();
    }

    /// @return how many bytes the kernel took
    private int toKernel(ChannelHandlerContext ctx, ByteBuf bytes) {
        var socket = line;
        if (socket == null || !socket.isOpen() || isPiped(ctx)) {
            return 0;
        }
        try {
            return KernelWriter.write(socket, bytes, 0, bytes.writerIndex());
        } catch (IOException _) {
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
            ChannelHandlerContext ctx, ByteBuf bytes, byte[] body, ChannelPromise promise) {
        piped = true;
        var own = ctx.alloc().directBuffer(bytes.readableBytes()).writeBytes(bytes);
        if (body.length == 0) {
            return ctx.writeAndFlush(own, promise);
        }
        var _ = ctx.write(own, ctx.voidPromise());
        return ctx.writeAndFlush(Unpooled.wrappedBuffer(body), promise);
    }
}
