package io.natter.netty.frame;

import io.natter.host.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads what a client sends (RFC 6455 §5), in pieces as they come. Between two messages it holds
/// no buffer; within one it holds at most `maxMessage` bytes, and never allocates for bytes that a
/// header only announces. It stops between two messages where the sink had enough. One thread.
public final class FrameReader {
    /// The results of reading.
    public interface Sink {
        /// A whole text message, checked to be UTF-8.
        void text(byte[] utf8);

        /// A whole binary message.
        void binary(byte[] data);

        void pinged(byte[] payload);

        void ponged(byte[] payload);

        /// The peer's close frame: its code, 1005 for none. Nothing is read after it.
        void closing(int code, String reason);

        /// The inflated form of a compressed message, of at most `max` bytes.
        byte[] inflate(byte[] data, int length, int max) throws FrameException;

        /// Whether nothing more shall be read for now, after a message or a control frame.
        ///
        /// @param inflated how many bytes a compressed message had in its inflated form, else 0
        boolean hadEnough(int inflated);
    }

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NONE = new byte[0];
    private static final int MAX_HEADER = 14;

    /// A message this big or smaller gets its whole array at once.
    private static final int SMALL = 16 * 1024;

    private final int maxMessage;
    private final boolean deflate;

    private byte @Nullable [] partialHeader;
    private int partialSize;

    private boolean inPayload;
    private boolean fin;
    private byte opcode;
    private int remaining;
    private int mask;

    private byte[] control = NONE;
    private int controlSize;

    private byte messageOpcode;
    private boolean compressed;
    private byte[] message = NONE;
    private int messageSize;
    private int utf8State;

    private boolean ended;
    private boolean paused;

    /// @param maxMessage a larger message is refused with 1009, compressed or inflated
    /// @param deflate whether permessage-deflate was agreed on
    public FrameReader(int maxMessage, boolean deflate) {
        this.maxMessage = maxMessage;
        this.deflate = deflate;
    }

    /// Reads all of `in`, which stays the caller's, or until the sink has had enough.
    public void read(ByteBuf in, Sink sink) throws FrameException {
        paused = false;
        while (!ended && !paused && in.isReadable()) {
            if (!inPayload && !readHeader(in)) {
                return;
            }
            readPayload(in, sink);
        }
    }

    /// Whether the last read stopped because the sink had enough.
    public boolean isPaused() {
        return paused;
    }

    /// Nothing is read any more: forgets what was read of a message.
    public void end() {
        ended = true;
        message = NONE;
    }

    /// How many bytes of memory a message that is not whole yet takes.
    public int held() {
        return message.length;
    }

    private boolean readHeader(ByteBuf in) throws FrameException {
        if (partialSize == 0 && in.readableBytes() >= 2) {
            int at = in.readerIndex();
            int length = headerLength(in.getByte(at), in.getByte(at + 1));
            if (in.readableBytes() >= length) {
                startFrame(in);
                return true;
            }
        }
        var header = partialHeader;
        if (header == null) {
            header = new byte[MAX_HEADER];
            partialHeader = header;
        }
        while (in.isReadable()) {
            header[partialSize++] = in.readByte();
            if (partialSize >= 2 && partialSize == headerLength(header[0], header[1])) {
                startFrame(Unpooled.wrappedBuffer(header));
                partialSize = 0;
                partialHeader = null;
                return true;
            }
        }
        return false;
    }

    /// Checks the first two bytes of a frame and says how long its header is.
    private int headerLength(byte first, byte second) throws FrameException {
        int code = first & 0x0f;
        boolean isControl = code >= 8;
        int length = second & 0x7f;
        boolean wrongRsv1 = (first & 0x40) != 0 && (!deflate || isControl || code == 0);
        if ((first & 0x30) != 0 || wrongRsv1) {
            throw violation("a reserved bit is set");
        }
        if ((code > 2 && code < 8) || code > 10) {
            throw violation("unknown opcode " + code);
        }
        if (isControl && (first & 0x80) == 0) {
            throw violation("a control frame is fragmented");
        }
        if (isControl && length > FrameWriter.MAX_CONTROL) {
            throw violation("a control frame is longer than 125 bytes");
        }
        if ((second & 0x80) == 0) {
            throw violation("a client's frame is not masked");
        }
        if (code == 0 && messageOpcode == 0) {
            throw violation("a continuation without a message");
        }
        if ((code == 1 || code == 2) && messageOpcode != 0) {
            throw violation("a new message inside a fragmented one");
        }
        return 2 + 4 + (length == 126 ? 2 : length == 127 ? 8 : 0);
    }

    private void startFrame(ByteBuf in) throws FrameException {
        int first = in.readByte();
        int shortLength = in.readByte() & 0x7f;
        long length = shortLength;
        if (shortLength == 126) {
            length = in.readUnsignedShort();
        } else if (shortLength == 127) {
            length = in.readLong();
        }
        if ((shortLength == 126 && length < 126) || (shortLength == 127 && length <= 0xffff)) {
            throw violation("a length is not in its shortest form");
        }
        mask = in.readInt();
        fin = (first & 0x80) != 0;
        opcode = (byte) (first & 0x0f);
        inPayload = true;
        if (opcode >= 8) {
            remaining = (int) length;
            control = length == 0 ? NONE : new byte[(int) length];
            controlSize = 0;
            return;
        }
        if (length > maxMessage - messageSize) {
            throw new FrameException(
                    CloseCode.TOO_BIG, "message larger than " + maxMessage + " bytes");
        }
        remaining = (int) length;
        if (opcode != 0) {
            messageOpcode = opcode;
            compressed = (first & 0x40) != 0;
        }
    }

    private void readPayload(ByteBuf in, Sink sink) throws FrameException {
        int count = Math.min(remaining, in.readableBytes());
        remaining -= count;
        if (opcode >= 8) {
            unmaskInto(control, controlSize, in, count);
            controlSize += count;
        } else if (count > 0) {
            makeRoom(count);
            unmaskInto(message, messageSize, in, count);
            if (messageOpcode == FrameWriter.TEXT && !compressed) {
                utf8State =
                        Utf8Validator.next(utf8State, message, messageSize, messageSize + count);
                if (utf8State == Utf8Validator.WRONG) {
                    throw notUtf8();
                }
            }
            messageSize += count;
        }
        if (remaining == 0) {
            inPayload = false;
            if (opcode >= 8) {
                var payload = control;
                control = NONE;
                endControl(payload, sink);
            } else if (fin) {
                endMessage(sink);
            }
        }
    }

    private void makeRoom(int count) {
        int needed = messageSize + count;
        if (needed > message.length) {
            int announced = needed + remaining;
            int size =
                    announced <= SMALL || needed == announced
                            ? announced
                            : Math.min(announced, Math.max(needed, 2 * message.length));
            message = Arrays.copyOf(message, size);
        }
    }

    /// Moves `count` bytes out of `in`, unmasked, and turns the mask on for the bytes that follow.
    private void unmaskInto(byte[] to, int at, ByteBuf in, int count) {
        in.readBytes(to, at, count);
        long wide = ((mask & 0xffffffffL) << 32) | (mask & 0xffffffffL);
        int i = at;
        int end = at + count;
        for (; end - i >= 8; i += 8) {
            LONGS.set(to, i, (long) LONGS.get(to, i) ^ wide);
        }
        for (int shift = 56; i < end; i++, shift -= 8) {
            to[i] ^= (byte) (wide >>> shift);
        }
        mask = Integer.rotateLeft(mask, 8 * (count & 3));
    }

    private void endMessage(Sink sink) throws FrameException {
        boolean text = messageOpcode == FrameWriter.TEXT;
        byte[] whole;
        if (compressed) {
            whole = sink.inflate(message, messageSize, maxMessage);
            if (text) {
                utf8State = Utf8Validator.next(Utf8Validator.BETWEEN, whole, 0, whole.length);
            }
        } else {
            whole = message.length == messageSize ? message : Arrays.copyOf(message, messageSize);
        }
        if (text && utf8State != Utf8Validator.BETWEEN) {
            throw notUtf8();
        }
        message = NONE;
        messageSize = 0;
        messageOpcode = 0;
        utf8State = Utf8Validator.BETWEEN;
        int inflated = compressed ? whole.length : 0;
        if (text) {
            sink.text(whole);
        } else {
            sink.binary(whole);
        }
        paused = sink.hadEnough(inflated);
    }

    private void endControl(byte[] payload, Sink sink) throws FrameException {
        switch (opcode) {
            case FrameWriter.PING -> sink.pinged(payload);
            case FrameWriter.PONG -> sink.ponged(payload);
            default -> {
                ended = true;
                endClose(payload, sink);
            }
        }
        paused = sink.hadEnough(0);
    }

    private static void endClose(byte[] payload, Sink sink) throws FrameException {
        if (payload.length == 0) {
            sink.closing(CloseCode.NO_STATUS, "");
            return;
        }
        if (payload.length == 1) {
            throw violation("a close frame of one byte");
        }
        int code = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        if (!CloseCode.isSendable(code)) {
            throw violation("close code " + code);
        }
        if (Utf8Validator.next(Utf8Validator.BETWEEN, payload, 2, payload.length)
                != Utf8Validator.BETWEEN) {
            throw notUtf8();
        }
        sink.closing(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
    }

    private static FrameException violation(String reason) {
        return new FrameException(CloseCode.PROTOCOL_ERROR, reason);
    }

    private static FrameException notUtf8() {
        return new FrameException(CloseCode.INVALID_PAYLOAD, "text is not UTF-8");
    }
}
