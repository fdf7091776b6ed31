package io.natter.chat.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Copies a GIF block by block, so that it stays animated: frames, colours, times and the number of
/// repetitions. Comments, other extensions and all bytes behind its end are left out.
final class GifCopy {
    private static final int MAX_FRAMES = 5_000;
    private static final int TRAILER = 0x3b;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;
    private static final int CONTROL = 0xf9;
    private static final int APPLICATION = 0xff;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final long maxPixels;

    private GifCopy(DataInputStream in, DataOutputStream out, long maxPixels) {
        this.in = in;
        this.out = out;
        this.maxPixels = maxPixels;
    }

    /// @param maxPixels of the whole and of each frame
    /// @throws IOException also for a file that is no GIF
    static void copy(Path source, Path target, long maxPixels) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(source)));
                var out =
                        new DataOutputStream(
                                new BufferedOutputStream(Files.newOutputStream(target)))) {
            new GifCopy(in, out, maxPixels).copy();
        }
    }

    private void copy() throws IOException {
        byte[] header = in.readNBytes(13);
        out.write(header);
        if (header.length < 13) {
            throw new IOException("no header");
        }
        colours(header[10] & 0xff);
        int frames = 0;
        while (true) {
            int kind = in.readUnsignedByte();
            switch (kind) {
                case TRAILER -> {
                    if (frames == 0) {
                        throw new IOException("no frame");
                    }
                    out.write(TRAILER);
                    return;
                }
                case EXTENSION -> extension();
                case FRAME -> {
                    if (++frames > MAX_FRAMES) {
                        throw new IOException("too many frames");
                    }
                    frame();
                }
                default -> throw new IOException("unknown block");
            }
        }
    }

    private void frame() throws IOException {
        byte[] frame = in.readNBytes(9);
        if (frame.length < 9
                || (long) little(frame[4], frame[5]) * little(frame[6], frame[7]) > maxPixels) {
            throw new IOException("bad frame");
        }
        out.write(FRAME);
        out.write(frame);
        colours(frame[8] & 0xff);
        out.write(in.readUnsignedByte()); // of LZW
        parts(true);
    }

    private void extension() throws IOException {
        int label = in.readUnsignedByte();
        if (label == CONTROL) {
            out.write(EXTENSION);
            out.write(label);
            parts(true);
        } else if (label == APPLICATION) {
            byte[] name = in.readNBytes(in.readUnsignedByte());
            boolean repeats = new String(name, StandardCharsets.US_ASCII).equals("NETSCAPE2.0");
            if (repeats) {
                out.write(EXTENSION);
                out.write(label);
                out.write(name.length);
                out.write(name);
            }
            parts(repeats);
        } else {
            parts(false);
        }
    }

    /// Data of any length, in parts that end with an empty one.
    private void parts(boolean kept) throws IOException {
        int length;
        do {
            length = in.readUnsignedByte();
            byte[] part = new byte[length];
            in.readFully(part);
            if (kept) {
                out.write(length);
                out.write(part);
            }
        } while (length > 0);
    }

    private void colours(int flags) throws IOException {
        if ((flags & 0x80) != 0) {
            byte[] colours = new byte[3 << ((flags & 7) + 1)];
            in.readFully(colours);
            out.write(colours);
        }
    }

    private static int little(byte low, byte high) {
        return (low & 0xff) | (high & 0xff) << 8;
    }
}
