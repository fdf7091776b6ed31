package io.natter.netty.frame;

import io.natter.host.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// permessage-deflate (RFC 7692) for all connections of a strand. No context is taken over between
/// messages, in either direction. So one compressor and one decompressor serve all connections, and
/// a message is compressed once for all. One thread.
public final class MessageDeflater {
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int SCRATCH = 4096;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private byte[] scratch = new byte[SCRATCH];

    /// A frame with the compressed message, or null where compressing makes it no shorter.
    ///
    /// @param prefix a byte to go before the payload, or -1
    public @Nullable ByteBuf frame(ByteBufAllocator alloc, int opcode, int prefix, byte[] payload) {
        deflater.reset();
        int plain = payload.length;
        int size = 0;
        if (prefix >= 0) {
            plain++;
            deflater.setInput(new byte[] {(byte) prefix});
            size = deflate(size, Deflater.NO_FLUSH);
        }
        deflater.setInput(payload);
        size = deflate(size, Deflater.SYNC_FLUSH) - TAIL.length;
        var frame =
                size < 1 || size >= plain
                        ? null
                        : FrameWriter.compressedHeader(alloc, opcode, size)
                                .writeBytes(scratch, 0, size);
        shrink();
        return frame;
    }

    private int deflate(int from, int flush) {
        int size = from;
        while (true) {
            if (size == scratch.length) {
                scratch = Arrays.copyOf(scratch, 2 * scratch.length);
            }
            int room = scratch.length - size;
            int count = deflater.deflate(scratch, size, room, flush);
            size += count;
            if (count < room) {
                return size;
            }
        }
    }

    /// The message of which a client sent `data[0..length)`.
    public byte[] inflate(byte[] data, int length, int max) throws FrameException {
        inflater.reset();
        inflater.setInput(data, 0, length);
        try {
            int size = inflate(0, max);
            inflater.setInput(TAIL);
            size = inflate(size, max);
            return Arrays.copyOf(scratch, size);
        } catch (DataFormatException e) {
            throw new FrameException(
                    CloseCode.INVALID_PAYLOAD, "compressed data is broken: " + e.getMessage());
        } finally {
            shrink();
        }
    }

    private int inflate(int from, int max) throws DataFormatException, FrameException {
        int size = from;
        while (true) {
            if (size > max) {
                throw new FrameException(
                        CloseCode.TOO_BIG, "message inflates to more than " + max + " bytes");
            }
            if (size == scratch.length) {
                scratch = Arrays.copyOf(scratch, 2 * scratch.length);
            }
            int count = inflater.inflate(scratch, size, scratch.length - size);
            size += count;
            if (count == 0) {
                if (inflater.needsDictionary()) {
                    throw new DataFormatException("a dictionary is asked for");
                }
                return size;
            }
        }
    }

    private void shrink() {
        if (scratch.length > 16 * SCRATCH) {
            scratch = new byte[SCRATCH];
        }
    }
}
