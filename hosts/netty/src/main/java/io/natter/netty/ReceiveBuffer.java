package io.natter.netty;

import io.natter.netty.loop.DirectMemory;
import io.natter.netty.loop.FrameArena;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/// Lets all connections of an event loop read into one buffer, which is free again when the bytes
/// are processed. So a read allocates nothing, and an idle connection holds nothing. While an HTTP
/// codec keeps a part of the buffer, reads get buffers of their own.
final class ReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int SIZE = 64 * 1024;
    private static final int OWN_SIZE = 2 * 1024;

    private static final FastThreadLocal<ByteBuf> SHARED =
            new FastThreadLocal<>() {
                @Override
                protected ByteBuf initialValue() {
                    return FrameArena.UNCOUNTED.directBuffer(SIZE, SIZE);
                }

                @Override
                protected void onRemoval(ByteBuf buffer) {
                    buffer.release();
                }
            };

    @Override
    @SuppressWarnings("deprecation") // the interface asks for the deprecated type
    public Handle newHandle() {
        return new OneForAll();
    }

    private final class OneForAll extends MaxMessageHandle {
        private boolean shared;

        @Override
        public ByteBuf allocate(ByteBufAllocator alloc) {
            var buffer = SHARED.get();
            shared = buffer.refCnt() == 1;
            if (shared) {
                return buffer.clear().retain();
            }
            DirectMemory.require(OWN_SIZE);
            return alloc.ioBuffer(OWN_SIZE);
        }

        @Override
        public int guess() {
            return shared ? SIZE : OWN_SIZE;
        }
    }
}
