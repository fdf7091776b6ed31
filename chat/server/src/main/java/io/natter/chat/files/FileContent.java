package io.natter.chat.files;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.file.FileName;
import io.natter.chat.domain.file.FileTypes;
import io.natter.chat.domain.person.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/// Checks the content of an upload, and makes of it what readers get. Images are decoded and
/// written anew: their metadata, with place and time, and everything hidden in them are gone.
///
/// One image of the whole process is decoded at a time, since one needs some hundred megabytes. Any
/// thread; blocks.
public final class FileContent {
    static {
        // On a desktop, drawing would open a window server's connection otherwise.
        System.setProperty("java.awt.headless", "true");
    }

    /// Pixels of an image.
    public static final long MAX_PIXELS = 40_000_000;

    /// The side of a picture of a person, in pixels.
    public static final int PICTURE = 256;

    /// The side of its smaller form, sharp at 48 pixels on dense screens.
    public static final int SMALL_PICTURE = 96;

    /// Images that wait for their turn.
    private static final int MAX_WAITING = 32;

    /// Memory for one pixel: decoded, turned, and in other colours.
    private static final long BYTES_PER_PIXEL = 12;

    private static final Semaphore TURN = new Semaphore(1, true);
    private static final Semaphore WAITING = new Semaphore(MAX_WAITING);

    private final long maxPixels;

    /// For as many pixels as there is memory for, at most [#MAX_PIXELS].
    public FileContent() {
        this(Math.min(MAX_PIXELS, Runtime.getRuntime().maxMemory() / 2 / BYTES_PER_PIXEL));
    }

    FileContent(long maxPixels) {
        this.maxPixels = maxPixels;
    }

    /// A file that is ready to be read.
    ///
    /// @param name with another extension where the format changed
    /// @param width 0 for a file that is no image
    /// @param preview whether a smaller form was written
    public record Made(String name, String type, int width, int height, boolean preview) {}

    /// Makes the file and its preview out of what was uploaded.
    ///
    /// @param upload may be moved away
    /// @param target is replaced
    /// @param preview is replaced where there is one
    /// @throws io.natter.chat.domain.ChatException with `image_broken`, `image_too_large` or `busy`
    public Made make(String name, Path upload, Path target, Path preview) throws IOException {
        String type = MagicBytes.type(upload);
        if (!type.startsWith("image/")) {
            Files.move(upload, target, StandardCopyOption.REPLACE_EXISTING);
            return new Made(name, type, 0, 0, false);
        }
        return inTurn(() -> image(name, type, upload, target, preview));
    }

    /// Makes the squares of a picture of a person out of an image.
    ///
    /// @throws io.natter.chat.domain.ChatException with `picture_invalid`, `image_broken`,
    ///   `image_too_large` or `busy`
    public Picture picture(byte[] upload) throws IOException {
        String type = MagicBytes.type(upload);
        if (!type.startsWith("image/")) {
            throw ChatError.pictureInvalid().exception();
        }
        return inTurn(
                () -> {
                    BufferedImage image =
                            Pictures.read(new ByteArrayInputStream(upload), type, maxPixels);
                    String written =
                            image.getColorModel().hasAlpha() ? FileTypes.PNG : FileTypes.JPEG;
                    return new Picture(
                            written,
                            Pictures.square(image, PICTURE, written),
                            Pictures.square(image, SMALL_PICTURE, written));
                });
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T inTurn(Work<T> work) throws IOException {
        if (!WAITING.tryAcquire()) {
            throw ChatError.busy(Duration.ofSeconds(5)).exception();
        }
        try {
            TURN.acquireUninterruptibly();
            try {
                return work.run();
            } finally {
                TURN.release();
            }
        } finally {
            WAITING.release();
        }
    }

    private Made image(String name, String type, Path upload, Path target, Path preview)
            throws IOException {
        BufferedImage image = Pictures.read(upload, type, maxPixels);
        boolean animated = type.equals(FileTypes.GIF);
        boolean transparent = image.getColorModel().hasAlpha();
        boolean lossless =
                type.equals(FileTypes.PNG) || (type.equals(FileTypes.WEBP) && transparent);
        String written = animated ? type : lossless ? FileTypes.PNG : FileTypes.JPEG;
        if (animated) {
            copyGif(upload, target);
        } else {
            Pictures.write(image, written, target);
        }
        boolean small = !animated && Pictures.isLarge(image);
        if (small) {
            Pictures.writePreview(image, preview);
        }
        return new Made(
                written.equals(type)
                        ? name
                        : FileName.withExtension(name, lossless ? "png" : "jpg"),
                written,
                image.getWidth(),
                image.getHeight(),
                small);
    }

    private void copyGif(Path upload, Path target) {
        try {
            GifCopy.copy(upload, target, maxPixels);
        } catch (IOException _) {
            throw ChatError.imageBroken().exception();
        }
    }
}
