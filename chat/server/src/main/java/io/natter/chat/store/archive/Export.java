package io.natter.chat.store.archive;

import io.natter.chat.store.PrivateFiles;
import io.natter.chat.store.StoreUnavailableException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.core.exc.JacksonIOException;

/// Writes everything of a chat that people can read into a folder, while a chat may run on it. All
/// of it is of one moment.
public final class Export {
    /// The forms of an export.
    public enum Format {
        JSON,
        HTML
    }

    /// The numbers of what was written.
    public record Done(long rooms, long messages) {}

    private Export() {}

    /// Writes an export.
    ///
    /// @param folder must not exist or be empty; has its name only when all is written
    /// @throws BackupException if the folder cannot be written
    /// @throws StoreUnavailableException if there is no database
    public static Done write(Path data, Path folder, Format format, Steps steps)
            throws BackupException, StoreUnavailableException {
        Path target = folder.toAbsolutePath().normalize();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (OpenDatabase database = OpenDatabase.in(data).requireCurrent()) {
            requireEmpty(target);
            requireEmpty(part);
            try {
                Done done = write(database, data, part, format, steps);
                Files.deleteIfExists(target);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                return done;
            } finally {
                PrivateFiles.removeFolder(part); // the disk may be full of it
            }
        } catch (IOException e) {
            throw BackupException.cannotWrite("the export " + target, e);
        } catch (JacksonIOException e) {
            throw BackupException.cannotWrite("the export " + target, e);
        }
    }

    private static Done write(
            OpenDatabase database, Path data, Path part, Format format, Steps steps)
            throws IOException {
        PrivateFiles.makeFolder(part);
        database.handle().begin();
        ExportRows rows = new ExportRows(database, steps);
        ExportedFiles files = new ExportedFiles(data, part);
        Done done =
                format == Format.JSON
                        ? new JsonExport(database, rows, files, part).write()
                        : new HtmlExport(rows, files, part).write();
        database.handle().rollback();
        return done;
    }

    private static void requireEmpty(Path folder) throws IOException, BackupException {
        if (!Files.exists(folder)) {
            return;
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isEmpty()) {
                    return;
                }
            }
        }
        throw new BackupException(
                "%s exists already. Choose another name, or remove it.".formatted(folder), null);
    }

    static Writer open(Path file) throws IOException {
        return new BufferedWriter(
                Channels.newWriter(PrivateFiles.open(file), StandardCharsets.UTF_8));
    }

    /// A file's name for each room: its number and the letters of its name that every system takes.
    static String fileName(int number, ExportRows.Room room) {
        String letters =
                room.title()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        String cut = letters.substring(0, Math.min(40, letters.length()));
        return "%04d%s".formatted(number, cut.isEmpty() ? "" : "-" + cut);
    }

    static long last(List<ExportRows.Line> page) {
        return page.isEmpty() ? 0 : page.getLast().seq();
    }
}
