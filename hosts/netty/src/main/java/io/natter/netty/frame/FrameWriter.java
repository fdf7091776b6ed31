package io.natter.netty.frame;

import io.natter.host.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/// WebSocket frames as a server sends them (RFC 6455 §5.2): whole messages, never masked.
public final class FrameWriter {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /// The most that a control frame carries.
    public static final int MAX_CONTROL = 125;

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;

    private FrameWriter() {}

    /// A direct buffer with the header written and room for `length` bytes of payload.
    static ByteBuf header(ByteBufAllocator alloc, int opcode, int length) {
        return start(alloc, FIN | opcode, length);
    }

    /// Like `header`, for a compressed message (RFC 7692 §6).
    static ByteBuf compressedHeader(ByteBufAllocator alloc, int opcode, int length) {
        return start(alloc, FIN | RSV1 | opcode, length);
    }

    private static ByteBuf start(ByteBufAllocator alloc, int first, int length) {
        int size = headerSize(length) + length;
        return start(alloc.directBuffer(size, size), first, length);
    }

    private static ByteBuf start(ByteBuf to, int first, int length) {
        to.writeByte(first);
        if (length <= MAX_CONTROL) {
            return to.writeByte(length);
        }
        if (length <= 0xffff) {
            return to.writeByte(126).writeShort(length);
        }
        return to.writeByte(127).writeLong(length);
    }

    /// How many bytes the header of a message of `length` bytes takes.
    public static int headerSize(int length) {
        return length <= MAX_CONTROL ? 2 : length <= 0xffff ? 4 : 10;
    }

    /// Writes the header of a message of `length` bytes to the end of `to`.
    public static ByteBuf header(ByteBuf to, int opcode, int length) {
        return start(to, FIN | opcode, length);
    }

    /// A text frame.
    public static ByteBuf text(ByteBufAllocator alloc, String text) {
        int length = ByteBufUtil.utf8Bytes(text);
        var frame = header(alloc, TEXT, length);
        ByteBufUtil.reserveAndWriteUtf8(frame, text, length);
        return frame;
    }

    /// A ping or pong.
    ///
    /// @throws IllegalArgumentException for more than 125 bytes
    public static ByteBuf control(ByteBufAllocator alloc, int opcode, byte[] payload) {
        if (payload.length > MAX_CONTROL) {
            throw new IllegalArgumentException(
                    "a control frame carries at most 125 bytes, not " + payload.length);
        }
        return header(alloc, opcode, payload.length).writeBytes(payload);
    }

    /// A close frame; 1005 makes one without status. A reason that does not fit is cut between
    /// characters.
    public static ByteBuf close(ByteBufAllocator alloc, int code, String reason) {
        if (code == CloseCode.NO_STATUS) {
            return header(alloc, CLOSE, 0);
        }
        var utf8 = reason.getBytes(StandardCharsets.UTF_8);
        int length = utf8.length;
        if (length > MAX_CONTROL - 2) {
            length = MAX_CONTROL - 2;
            while ((utf8[length] & 0xc0) == 0x80) {
                length--;
            }
        }
        return header(alloc, CLOSE, 2 + length).writeShort(code).writeBytes(utf8, 0, length);
    }
}
