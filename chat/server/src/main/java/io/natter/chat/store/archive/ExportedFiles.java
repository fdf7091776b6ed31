package io.natter.chat.store.archive;

import io.natter.chat.store.DataDirectory;
import io.natter.chat.store.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Copies attached files into an export.
final class ExportedFiles {
    private final Path from;
    private final Path export;

    ExportedFiles(Path data, Path export) {
        this.from = data.resolve(DataDirectory.FILES);
        this.export = export;
    }

    /// One that was deleted since is left out.
    void copy(List<ExportRows.Attached> files) throws IOException {
        for (ExportRows.Attached file : files) {
            PrivateFiles.makeFolder(export.resolve("files"));
            Path stored = from.resolve(file.id().substring(0, 2)).resolve(file.id());
            try (var channel = PrivateFiles.open(export.resolve(file.path()));
                    OutputStream out = Channels.newOutputStream(channel)) {
                Files.copy(stored, out);
            } catch (NoSuchFileException _) {
                Files.deleteIfExists(export.resolve(file.path()));
            }
        }
    }
}
