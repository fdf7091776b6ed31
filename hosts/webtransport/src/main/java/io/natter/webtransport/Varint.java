package io.natter.webtransport;

import io.netty.buffer.ByteBuf;

/// Variable-length integers of QUIC (RFC 9000 §16).
final class Varint {
    /// There are not enough bytes yet.
    static final long INCOMPLETE = -1;

    private Varint() {}

    /// How many bytes an integer has that begins with `first`.
    static int length(byte first) {
        return 1 << ((first & 0xff) >> 6);
    }

    /// Reads an integer, or returns [#INCOMPLETE] and reads nothing.
    static long read(ByteBuf in) {
        if (!in.isReadable()) {
            return INCOMPLETE;
        }
        int length = length(in.getByte(in.readerIndex()));
        if (in.readableBytes() < length) {
            return INCOMPLETE;
        }
        return switch (length) {
            case 1 -> in.readByte() & 0x3f;
            case 2 -> in.readShort() & 0x3fff;
            case 4 -> in.readInt() & 0x3fff_ffff;
            default -> in.readLong() & 0x3fff_ffff_ffff_ffffL;
        };
    }

    /// Writes an integer below 2^14 in two bytes.
    static void writeShort(ByteBuf out, int value) {
        out.writeShort(0x4000 | value);
    }
}
