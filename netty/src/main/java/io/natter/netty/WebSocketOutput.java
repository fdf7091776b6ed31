package io.natter.netty;

import io.natter.engine.Outgoing;
import io.natter.engine.UpgradeExchange;
import io.natter.engine.WebSocketConnection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What leaves by a WebSocket: whole frames, flushed once a pass of the strand. A class above
/// [NettyWebSocket] and not an object beside it, so that a frame takes no detour. Everything but
/// `waitingBytes` on the strand.
///
/// Frames are queued here until the flush, and then take one of two ways. Where the socket is alone
/// in an epoll channel they are written straight to the kernel. Otherwise, and as long as the
/// kernel has not taken what it was given, they go through the pipeline, small ones as one buffer;
/// the pipeline waits for the kernel.
abstract sealed class WebSocketOutput extends ChannelInboundHandlerAdapter
        implements WebSocketConnection permits NettyWebSocket {
    private static final int NO_DEFLATE = -1;

    /// With so many pieces in its queue a socket is flushed before the pass ends.
    private static final int MAX_QUEUED = 1024;

    /// With so many bytes in its queue a socket is not writable, as Netty's default has it.
    private static final int HIGH_WATER = 64 * 1024;

    final EventLoopStrand strand;
    final Traffic traffic;
    private final int deflateThreshold;

    private @Nullable ChannelHandlerContext context;
    private boolean touched;

    /// The kernel's socket, where frames may go there straight.
    private @Nullable Socket line;

    /// Whether the pipeline may hold bytes that are not written yet.
    private boolean piped = true;

    /// What waits for the flush: one piece of a buffer, as it nearly always is, or several frames.
    private @Nullable ByteBuf piece;

    private int from;
    private int to;
    private boolean shareable;
    private @Nullable ArrayList<WireFrame> several;

    /// Read anywhere, where it may be a little late.
    private int queuedBytes;

    /// @param deflate what was agreed on, not what was offered
    WebSocketOutput(
            EventLoopStrand strand,
            HostMetrics metrics,
            UpgradeExchange.@Nullable Deflate deflate) {
        this.strand = strand;
        this.traffic = metrics.on(strand);
        this.deflateThreshold = deflate == null ? NO_DEFLATE : Math.max(1, deflate.threshold());
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /// Null until the socket has its place in the pipeline.
    final @Nullable ChannelHandlerContext place() {
        return context;
    }

    final ChannelHandlerContext context() {
        var ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    /// Whether messages may leave: after the handshake, before any close frame.
    abstract boolean isOpen();

    @Override
    public final EventLoopStrand strand() {
        return strand;
    }

    final HostMetrics metrics() {
        return traffic.host;
    }

    /// Sends the answer to the handshake, at once and not together with the first messages: a
    /// client that reads both in one piece may miss a message that comes before it has seen `open`.
    /// `open` follows in the same task.
    final void writeHandshake(ByteBuf answer) {
        write(strand.lend(answer));
        flush();
    }

    /// From here on frames may go straight to the kernel, if nothing in the pipeline wants them.
    final void opened(ChannelHandlerContext ctx) {
        if (ctx.channel() instanceof EpollSocketChannel channel
                && ctx.pipeline().first() == this
                && channel.fd() instanceof Socket socket) {
            line = socket;
        }
    }

    @Override
    public final void send(Outgoing message, int protocol) {
        if (!isOpen()) {
            return;
        }
        var frame = message.frame();
        boolean compressed =
                deflateThreshold != NO_DEFLATE
                        && message.compress()
                        && PreparedFrames.length(frame) >= deflateThreshold;
        write(strand.frame(message, PreparedFrames.hasEngineForm(frame, protocol), compressed), 1);
    }

    @Override
    public final void sendText(String text) {
        if (isOpen()) {
            write(strand.lend(OutFrames.text(context().alloc(), text)), 1);
        }
    }

    /// Sends a ping of at most 125 bytes.
    final void ping(byte[] payload) {
        if (isOpen()) {
            write(strand.lend(OutFrames.control(context().alloc(), OutFrames.PING, payload)));
        }
    }

    /// Sends a frame with the next flush.
    final void write(WireFrame frame) {
        write(frame, 0);
    }

    /// @param messages how many messages end with this frame
    private void write(WireFrame frame, int messages) {
        traffic.messagesOut.add(messages);
        traffic.bytesOut.add(frame.length());
        queue(frame);
        if (!touched) {
            touched = true;
            strand.touch(this);
        }
    }

    private void queue(WireFrame frame) {
        queuedBytes += frame.length();
        var more = several;
        if (more != null) {
            more.add(frame);
            if (more.size() == MAX_QUEUED) {
                flush();
            }
        } else if (piece == null) {
            piece = frame.in();
            from = frame.from();
            to = frame.end();
            shareable = frame.shareable();
        } else if (frame.follows(piece, to)) {
            to = frame.end();
        } else {
            several = new ArrayList<>();
            several.add(new WireFrame(piece, from, to - from, shareable));
            several.add(frame);
        }
    }

    /// Called by the strand after `touch`.
    final void flushNow() {
        touched = false;
        flush();
    }

    @Override
    public final void flush() {
        var first = piece;
        if (first == null) {
            return;
        }
        var frames = several;
        int bytes = queuedBytes;
        piece = null;
        several = null;
        queuedBytes = 0;
        long sent = isDirect() ? toKernel(first, frames) : 0;
        if (sent < bytes) {
            toPipeline(
                    frames == null
                            ? List.of(new WireFrame(first, from, to - from, shareable))
                            : frames,
                    (int) sent);
        }
        if (bytes >= HIGH_WATER && isWritable()) {
            becameWritable();
        }
    }

    private boolean isDirect() {
        if (line == null) {
            return false;
        }
        if (piped) {
            piped = inPipeline() > 0;
        }
        return !piped;
    }

    private long inPipeline() {
        var ctx = context;
        var buffer = ctx == null ? null : ctx.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /// @return how many bytes the kernel took
    private long toKernel(ByteBuf first, @Nullable List<WireFrame> frames) {
        var socket = line;
        if (socket == null || !socket.isOpen()) {
            return 0;
        }
        try {
            return frames == null
                    ? KernelWriter.write(socket, first, from, to)
                    : strand.kernel().write(socket, frames);
        } catch (IOException _) {
            // The pipeline will meet the same error and knows what belongs to it.
            return 0;
        }
    }

    /// Small frames go on as one buffer: a handler's or a ring's work is by the buffer.
    private void toPipeline(List<WireFrame> frames, int sent) {
        piped = true;
        var ctx = context();
        ByteBuf together = null;
        int skip = sent;
        for (var frame : frames) {
            int length = frame.length() - skip;
            skip = Math.max(0, -length);
            if (length <= 0) {
                continue;
            }
            int start = frame.end() - length;
            if (frame.shareable()) {
                if (together != null) {
                    var _ = ctx.write(together, ctx.voidPromise());
                    together = null;
                }
                var _ = ctx.write(frame.in().retainedSlice(start, length), ctx.voidPromise());
            } else {
                if (together == null) {
                    together = ctx.alloc().directBuffer(length);
                }
                together.writeBytes(frame.in(), start, length);
            }
        }
        if (together != null) {
            var _ = ctx.write(together, ctx.voidPromise());
        }
        ctx.flush();
    }

    /// The socket was not writable and now is.
    abstract void becameWritable();

    @Override
    public final boolean isWritable() {
        return isOpen() && queuedBytes < HIGH_WATER && (!piped || context().channel().isWritable());
    }

    @Override
    public final long waitingBytes() {
        return queuedBytes + (piped ? inPipeline() : 0);
    }

    /// What stands in the pipeline.
    final List<String> pipelineNames() {
        return context().pipeline().names();
    }
}
