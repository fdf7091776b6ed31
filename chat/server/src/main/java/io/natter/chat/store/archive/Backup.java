package io.natter.chat.store.archive;

import io.natter.chat.domain.store.StoreTrouble;
import io.natter.chat.log.FileFault;
import io.natter.chat.store.DataDirectory;
import io.natter.chat.store.PrivateFiles;
import io.natter.chat.store.SqlFault;
import io.natter.chat.store.StoreUnavailableException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.JdbiException;
import tools.jackson.databind.json.JsonMapper;

/// Makes a backup of a data folder while a chat may run on it: a zip with a copy of the database,
/// the attached files, and a manifest. The zip is read again and checked before it gets its name.
public final class Backup {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path data;
    private final Path target;
    private final Path part;
    private final Path copy;
    private final InstantSource clock;
    private final Steps steps;

    private Backup(Path data, Path target, InstantSource clock, Steps steps) {
        this.data = data;
        this.target = target;
        this.part = target.resolveSibling(target.getFileName() + ".part");
        this.copy = target.resolveSibling(target.getFileName() + ".db.part");
        this.clock = clock;
        this.steps = steps;
    }

    /// Writes a backup, whole or not at all. Needs space for the database twice meanwhile.
    ///
    /// @return the contents
    /// @throws BackupException if the file exists, cannot be written, or the database is damaged
    public static OpenDatabase.Contents make(Path data, Path file, InstantSource clock, Steps steps)
            throws BackupException, StoreUnavailableException {
        Path target = file.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            throw new BackupException(
                    "%s exists already. Choose another name.".formatted(target), null);
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BackupException(
                    "Cannot write the backup %s: there is no folder %s. Make it, or choose another."
                            .formatted(target, folder),
                    null);
        }
        return new Backup(data, target, clock, steps).make();
    }

    private OpenDatabase.Contents make() throws BackupException, StoreUnavailableException {
        try {
            OpenDatabase.Contents contents = copyDatabase();
            steps.at("Packing the database and the files");
            zip(contents);
            steps.at("Checking the backup");
            BackupFile.verify(part, steps);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            force(target.resolveSibling("."));
            note();
            return contents;
        } catch (IOException e) {
            throw FileFault.isFullDisk(e) ? full(e) : cannotWrite(e);
        } finally {
            remove(part);
            remove(copy);
        }
    }

    private BackupException cannotWrite(IOException e) {
        return new BackupException(
                "Cannot write the backup %s: %s. Choose another place, or run this as the chat's user."
                        .formatted(target, FileFault.of(e)),
                e);
    }

    private BackupException full(Exception e) {
        return new BackupException(
                ("The disk is full. A backup to %s needs space for two copies of the database there,"
                                + " and for the files. Free some space, or choose another disk.")
                        .formatted(target.getParent()),
                e);
    }

    /// For the admin page.
    private void note() {
        Path file = data.resolve(DataDirectory.LAST_BACKUP);
        try {
            if (!Files.exists(file)) {
                PrivateFiles.open(file).close();
            }
            Files.setLastModifiedTime(file, FileTime.fromMillis(clock.millis()));
        } catch (IOException _) {
            // The backup is made all the same.
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // The next backup with this name tries again.
        }
    }

    /// A copy of one moment, without blocking writers.
    private OpenDatabase.Contents copyDatabase()
            throws IOException, BackupException, StoreUnavailableException {
        remove(copy);
        try (OpenDatabase source = OpenDatabase.in(data)) {
            PrivateFiles.open(copy).close(); // SQLite fills an empty file and keeps its rights
            steps.at("Copying the database, %,d MiB".formatted(source.bytes() >> 20));
            source.handle().execute("VACUUM INTO ?", copy.toString());
        } catch (JdbiException e) {
            SqlFault fault = SqlFault.of(e);
            throw fault.trouble() == StoreTrouble.DISK_FULL
                    ? full(e)
                    : new BackupException(
                            "Cannot copy the database: %s. %s"
                                    .formatted(OpenDatabase.reason(e), fault.remedy()),
                            e);
        }
        steps.at("Checking the copy");
        try (OpenDatabase copied = OpenDatabase.file(copy)) {
            List<String> faults = copied.faults();
            if (!faults.isEmpty()) {
                throw new BackupException(
                        "The database is damaged: %s.".formatted(String.join("; ", faults)), null);
            }
            return copied.contents();
        }
    }

    private void zip(OpenDatabase.Contents contents) throws IOException {
        remove(part);
        try (FileChannel channel = PrivateFiles.open(part)) {
            OutputStream out =
                    new BufferedOutputStream(
                            new CountedOutput(Channels.newOutputStream(channel), "Packed", steps),
                            1 << 16);
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.setLevel(Deflater.BEST_SPEED);
            Digest digest = new Digest();
            zip.putNextEntry(new ZipEntry(Manifest.DATABASE));
            digest.copy(copy, zip);
            zip.closeEntry();
            FileCount files = new FileCount();
            addFiles(zip, files);
            Manifest manifest =
                    new Manifest(
                            Manifest.FORMAT,
                            clock.millis(),
                            contents,
                            digest.hex(),
                            files.number,
                            files.bytes);
            zip.putNextEntry(new ZipEntry(Manifest.NAME));
            zip.write(JSON.writeValueAsBytes(manifest));
            zip.closeEntry();
            zip.finish();
            out.flush();
            channel.force(true);
        }
    }

    private static final class FileCount {
        private long number;
        private long bytes;
    }

    /// The chat writes a file before the row that names it, so that every file of the copy is here.
    private void addFiles(ZipOutputStream zip, FileCount count) throws IOException {
        Path folder = data.resolve("files");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (!name.endsWith(".part")) {
                    addFile(zip, name, file, count);
                }
            }
        }
    }

    private static void addFile(ZipOutputStream zip, String name, Path file, FileCount count)
            throws IOException {
        try (var in = Files.newInputStream(file)) {
            zip.putNextEntry(new ZipEntry(Manifest.FILES + name));
            count.bytes += in.transferTo(zip);
            count.number++;
            zip.closeEntry();
        } catch (NoSuchFileException _) {
            // deleted since
        }
    }

    /// So that the name survives a power cut, where the system can do this.
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // Windows
        }
    }
}
