package io.natter.chat.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bytes of files on the disk: `files/ab/ID`, where `ab` begins the id; `ID.part` while it is
/// uploaded, and `ID.preview` for the smaller form of an image.
final class FileFolder {
    private final Path root;

    FileFolder(Path root) {
        this.root = root;
    }

    Path file(String id) {
        return root.resolve(id.substring(0, 2)).resolve(id);
    }

    Path preview(String id) {
        return beside(id, ".preview");
    }

    Path part(String id) {
        return beside(id, ".part");
    }

    private Path beside(String id, String ending) {
        return file(id).resolveSibling(id + ending);
    }

    /// How many bytes of an upload are here.
    long arrived(String id) throws IOException {
        return bytes(part(id));
    }

    private static long bytes(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    /// @param offset how many are here already
    void append(String id, long offset, byte[] bytes) throws IOException {
        Path part = part(id);
        PrivateFiles.makeFolder(root.resolve(id.substring(0, 2)));
        try (FileChannel channel = PrivateFiles.open(part)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            for (long at = offset; rest.hasRemaining(); ) {
                at += channel.write(rest, at);
            }
        }
    }

    /// Files of the right owner, for others to write into.
    void makeEmpty(String id) throws IOException {
        empty(file(id));
        empty(preview(id));
    }

    private static void empty(Path file) throws IOException {
        try (FileChannel channel = PrivateFiles.open(file)) {
            channel.truncate(0);
        }
    }

    /// Brings a complete file to the disk, and removes what it was made of.
    ///
    /// @return the bytes of all its forms
    long complete(String id, boolean preview) throws IOException {
        Files.deleteIfExists(part(id));
        if (!preview) {
            Files.deleteIfExists(preview(id));
        }
        force(file(id));
        if (preview) {
            force(preview(id));
        }
        forceFolder(file(id).resolveSibling("."));
        forceFolder(root);
        return bytes(file(id)) + bytes(preview(id));
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // Windows opens no folders; there the names are safe with the files.
        }
    }

    /// Removes all forms of a file.
    void remove(String id) throws IOException {
        Files.deleteIfExists(part(id));
        Files.deleteIfExists(preview(id));
        Files.deleteIfExists(file(id));
    }
}
