package io.natter.webtransport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;

/// Stands first in each bidirectional stream and looks at its first bytes. A stream of the session
/// begins with 0x41 and the session's id; any other belongs to HTTP/3.
final class StreamSorter extends ChannelInboundHandlerAdapter {
    private static final int STREAM_OF_SESSION = 0x41;
    private static final byte FIRST_BYTE = 0x40;

    /// WEBTRANSPORT_BUFFERED_STREAM_REJECTED.
    private static final int REJECTED = 0x3994bd84;

    private final ClientConnection connection;
    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private boolean isRejected;

    StreamSorter(ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (isRejected) {
            bytes.release();
            return;
        }
        held = held.isReadable() ? Unpooled.wrappedBuffer(held, bytes) : bytes;
        int start = held.readerIndex();
        if (held.isReadable() && held.getByte(start) != FIRST_BYTE) {
            leave(ctx);
            return;
        }
        long type = Varint.read(held);
        long session = type == STREAM_OF_SESSION ? Varint.read(held) : Varint.INCOMPLETE;
        if (type != Varint.INCOMPLETE && type != STREAM_OF_SESSION) {
            held.readerIndex(start);
            leave(ctx);
        } else if (session == Varint.INCOMPLETE) {
            held.readerIndex(start);
        } else {
            takeOver(ctx, session);
        }
    }

    /// The stream is one of HTTP/3.
    private void leave(ChannelHandlerContext ctx) {
        var bytes = held;
        held = Unpooled.EMPTY_BUFFER;
        ctx.fireChannelRead(bytes);
        ctx.pipeline().remove(this);
    }

    private void takeOver(ChannelHandlerContext ctx, long session) {
        var pipeline = ctx.pipeline();
        while (pipeline.last() != this) {
            pipeline.removeLast();
        }
        var stream = (QuicStreamChannel) ctx.channel();
        var taker = connection.streamOf(session, stream);
        if (taker == null) {
            isRejected = true;
            var ignored = stream.shutdown(REJECTED);
        } else {
            pipeline.addLast(taker);
            leave(ctx);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ReferenceCountUtil.release(held);
        held = Unpooled.EMPTY_BUFFER;
    }
}
