package io.natter.chat.files;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/// Images for tests, good and evil.
public final class TestImages {
    /// A lossy WebP of one pixel.
    public static final byte[] WEBP =
            Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

    private TestImages() {}

    /// An image of two colours: red at the left, blue at the right.
    public static byte[] of(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException(format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// A JPEG with an EXIF block: turned by 90°, and with the name of a place.
    public static byte[] jpegWithExif(int width, int height) {
        byte[] plain = of("jpg", width, height);
        // TIFF, big-endian, one directory of two entries: orientation 6, and a description.
        String place = "SECRET-PLACE\0";
        ByteArrayOutputStream tiff = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(tiff)) {
            out.writeBytes("MM");
            out.writeShort(42);
            out.writeInt(8);
            out.writeShort(2);
            entry(out, 0x010e, 2, place.length(), 8 + 2 + 24 + 4);
            entry(out, 0x0112, 3, 1, 6 << 16);
            out.writeInt(0);
            out.writeBytes(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] block = tiff.toByteArray();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(whole)) {
            out.write(plain, 0, 2);
            out.writeShort(0xffe1);
            out.writeShort(2 + 6 + block.length);
            out.writeBytes("Exif\0\0");
            out.write(block);
            out.write(plain, 2, plain.length - 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return whole.toByteArray();
    }

    private static void entry(DataOutputStream out, int tag, int type, int count, int value)
            throws IOException {
        out.writeShort(tag);
        out.writeShort(type);
        out.writeInt(count);
        out.writeInt(value);
    }

    /// A PNG of a few bytes that claims to be huge.
    public static byte[] pngBomb(int width, int height) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(whole)) {
            out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            try (DataOutputStream fields = new DataOutputStream(header)) {
                fields.writeInt(width);
                fields.writeInt(height);
                fields.write(new byte[] {8, 6, 0, 0, 0});
            }
            chunk(out, "IHDR", header.toByteArray());
            chunk(out, "IDAT", new byte[] {0x78, (byte) 0x9c, 3, 0, 0, 0, 0, 1});
            chunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return whole.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        out.writeInt(data.length);
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        out.write(name);
        out.write(data);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        out.writeInt((int) sum.getValue());
    }

    /// A GIF with a comment, and a page behind its end: a file that is two things at once.
    public static byte[] gifWithPage() {
        byte[] plain = of("gif", 20, 10);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(plain, 0, plain.length - 1);
        whole.writeBytes(new byte[] {0x21, (byte) 0xfe, 14});
        whole.writeBytes("SECRET-COMMENT".getBytes(StandardCharsets.US_ASCII));
        whole.write(0);
        whole.write(0x3b);
        whole.writeBytes("<script>SECRET-PAGE</script>".getBytes(StandardCharsets.US_ASCII));
        return whole.toByteArray();
    }
}
