package io.natter.chat.files;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.file.FileTypes;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.geometry.Positions;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.jspecify.annotations.Nullable;

/// Reads and writes images by ImageIO.
final class Pictures {
    /// Pixels of a preview.
    private static final int PREVIEW_WIDTH = 1200;

    private static final int PREVIEW_HEIGHT = 800;
    private static final float QUALITY = 0.9f;

    private Pictures() {}

    /// Decodes the first frame, upright.
    ///
    /// @param type by its magic bytes; no other format is tried
    /// @param maxPixels is checked before anything is decoded
    /// @throws ChatException with `image_broken` or `image_too_large`
    static BufferedImage read(Path file, String type, long maxPixels) {
        return read((Object) file.toFile(), type, maxPixels);
    }

    /// As above.
    ///
    /// @param source of [ImageIO#createImageInputStream]
    static BufferedImage read(Object source, String type, long maxPixels) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(type);
        if (!readers.hasNext()) {
            throw ChatError.imageBroken().exception();
        }
        ImageReader reader = readers.next();
        try (ImageInputStream in = ImageIO.createImageInputStream(source)) {
            boolean jpeg = type.equals(FileTypes.JPEG);
            reader.setInput(in, false, !jpeg);
            if ((long) reader.getWidth(0) * reader.getHeight(0) > maxPixels) {
                throw ChatError.imageTooLarge(maxPixels).exception();
            }
            @Nullable Orientation orientation = jpeg ? orientation(reader) : null;
            BufferedImage image = reader.read(0);
            return orientation == null || orientation == Orientation.TOP_LEFT
                    ? image
                    : ExifFilterUtils.getFilterForOrientation(orientation).apply(image);
        } catch (ChatException e) {
            throw e;
        } catch (IOException | RuntimeException _) {
            // Decoders throw almost anything for bytes that are no image.
            throw ChatError.imageBroken().exception();
        } finally {
            reader.dispose();
        }
    }

    private static @Nullable Orientation orientation(ImageReader reader) {
        try {
            return ExifUtils.getExifOrientation(reader, 0);
        } catch (IOException | RuntimeException _) {
            return null; // of a broken EXIF block, which is not needed
        }
    }

    static boolean isLarge(BufferedImage image) {
        return image.getWidth() > PREVIEW_WIDTH || image.getHeight() > PREVIEW_HEIGHT;
    }

    static void writePreview(BufferedImage image, Path file) throws IOException {
        BufferedImage small =
                Thumbnails.of(image).size(PREVIEW_WIDTH, PREVIEW_HEIGHT).asBufferedImage();
        write(small, small.getColorModel().hasAlpha() ? FileTypes.PNG : FileTypes.JPEG, file);
    }

    static void write(BufferedImage image, String type, Path file) throws IOException {
        try (FileImageOutputStream out = new FileImageOutputStream(file.toFile())) {
            write(image, type, out);
        }
    }

    /// The middle of an image as a square of so many pixels, in bytes.
    static byte[] square(BufferedImage image, int side, String type) throws IOException {
        int shorter = Math.min(image.getWidth(), image.getHeight());
        BufferedImage square =
                Thumbnails.of(image)
                        .sourceRegion(Positions.CENTER, shorter, shorter)
                        .forceSize(side, side)
                        .asBufferedImage();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            write(square, type, out);
        }
        return bytes.toByteArray();
    }

    private static void write(BufferedImage image, String type, ImageOutputStream out)
            throws IOException {
        boolean jpeg = type.equals(FileTypes.JPEG);
        ImageWriter writer = ImageIO.getImageWritersByMIMEType(type).next();
        try {
            writer.setOutput(out);
            ImageWriteParam settings = writer.getDefaultWriteParam();
            if (jpeg) {
                settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                settings.setCompressionQuality(QUALITY);
            }
            // Without metadata and thumbnails of the original.
            writer.write(null, new IIOImage(jpeg ? plain(image) : image, null, null), settings);
        } finally {
            writer.dispose();
        }
    }

    /// In the colours that every browser takes a JPEG for.
    private static BufferedImage plain(BufferedImage image) {
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
                || image.getType() == BufferedImage.TYPE_INT_RGB
                || image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            return image;
        }
        BufferedImage plain =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = plain.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return plain;
    }
}
