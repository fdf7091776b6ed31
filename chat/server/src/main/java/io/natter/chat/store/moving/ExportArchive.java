package io.natter.chat.store.moving;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// The files that an export brings, if it is a zip.
public final class ExportArchive implements Closeable {
    private static final byte[] MAGIC = {'P', 'K', 3, 4};

    private final @Nullable ZipFile zip;

    private ExportArchive(@Nullable ZipFile zip) {
        this.zip = zip;
    }

    /// Opens an export, of which nothing but its first bytes tells whether it is a zip.
    ///
    /// @throws java.util.zip.ZipException for a zip without its end
    public static ExportArchive open(Path file) throws IOException {
        return new ExportArchive(isZip(file) ? new ZipFile(file.toFile()) : null);
    }

    /// Whether a file begins as a zip does.
    public static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /// Finds a file, also in the folder `data` of Mattermost.
    Optional<ZipEntry> find(String name) {
        ZipFile open = zip;
        if (open == null || name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(open.getEntry(name))
                .or(() -> Optional.ofNullable(open.getEntry("data/" + name)))
                .filter(entry -> !entry.isDirectory());
    }

    /// The bytes of a file that was found.
    InputStream read(ZipEntry entry) throws IOException {
        ZipFile open = zip;
        if (open == null) {
            throw new IllegalStateException("nothing was found without a zip");
        }
        return open.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
        if (zip != null) {
            zip.close();
        }
    }
}
