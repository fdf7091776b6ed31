package io.natter.chat.store.archive;

import io.natter.chat.log.FileFault;
import io.natter.chat.store.PrivateFiles;
import io.natter.chat.store.Schema;
import io.natter.chat.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A backup as a file: unpacks it and checks every byte of it.
final class BackupFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MANIFEST_BYTES = 1 << 16;

    /// So many files are some seconds of work.
    private static final int FILES_STEP = 1000;

    /// A name below `files/` that leads nowhere else.
    private static final Pattern FILE =
            Pattern.compile(
                    "files/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*+[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private final Path backup;
    private final ZipFile zip;
    private final Steps steps;
    private long files;
    private long fileBytes;

    private BackupFile(Path backup, ZipFile zip, Steps steps) {
        this.backup = backup;
        this.zip = zip;
        this.steps = steps;
    }

    /// Checks a backup by unpacking its database into a file that is removed again.
    static Manifest verify(Path backup, Steps steps) throws BackupException {
        Path database = backup.resolveSibling(backup.getFileName() + ".check.part");
        try {
            return unpack(backup, database, null, steps);
        } finally {
            try {
                Files.deleteIfExists(database);
            } catch (IOException _) {
                // The next check overwrites it.
            }
        }
    }

    /// Checks a backup and unpacks it.
    ///
    /// @param database the file to write the database to
    /// @param folder for the attached files; null to check them alone
    /// @throws BackupException with the fault, if there is one
    static Manifest unpack(Path backup, Path database, @Nullable Path folder, Steps steps)
            throws BackupException {
        if (Files.isDirectory(backup)) {
            throw new BackupException(
                    "%s is a folder. Name the file that the command backup has made."
                            .formatted(backup),
                    null);
        }
        if (!Files.isRegularFile(backup)) {
            throw new BackupException("There is no file %s.".formatted(backup), null);
        }
        if (!Files.isReadable(backup)) {
            throw new BackupException(
                    "This user may not read %s. Run the command as its owner, or change its rights."
                            .formatted(backup),
                    null);
        }
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            return new BackupFile(backup, zip, steps).unpack(database, folder);
        } catch (ZipException e) {
            throw new BackupException(
                    "%s is no backup, or its end is missing (%s)."
                            .formatted(backup, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new BackupException(
                    "Cannot unpack the backup %s into %s: %s."
                            .formatted(backup, database.getParent(), FileFault.of(e)),
                    e);
        }
    }

    private Manifest unpack(Path database, @Nullable Path folder)
            throws IOException, BackupException {
        Manifest manifest = manifest();
        try (Stream<? extends ZipEntry> entries = zip.stream()) {
            for (ZipEntry entry : (Iterable<ZipEntry>) entries.map(e -> (ZipEntry) e)::iterator) {
                if (entry.getName().startsWith(Manifest.FILES)) {
                    file(entry, folder);
                }
            }
        }
        if (files != manifest.files() || fileBytes != manifest.fileBytes()) {
            throw damaged(
                    "it has %d attached files with %d bytes and should have %d with %d"
                            .formatted(files, fileBytes, manifest.files(), manifest.fileBytes()));
        }
        database(manifest, database);
        return manifest;
    }

    private BackupException damaged(String fault) {
        return new BackupException("The backup %s is damaged: %s.".formatted(backup, fault), null);
    }

    private ZipEntry entry(String name) throws BackupException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new BackupException(
                    "%s is no backup of Natter: it has no %s.".formatted(backup, name), null);
        }
        return entry;
    }

    private Manifest manifest() throws IOException, BackupException {
        Manifest manifest;
        try (InputStream in = zip.getInputStream(entry(Manifest.NAME))) {
            manifest = JSON.readValue(in.readNBytes(MANIFEST_BYTES), Manifest.class);
        } catch (JacksonException _) {
            throw damaged(Manifest.NAME + " cannot be read");
        }
        if (manifest.format() != Manifest.FORMAT || manifest.database().schema() > Schema.VERSION) {
            throw new BackupException(
                    "The backup %s was made by a newer Natter. Use that one.".formatted(backup),
                    null);
        }
        return manifest;
    }

    private void file(ZipEntry entry, @Nullable Path folder) throws IOException, BackupException {
        String name = entry.getName();
        if (!FILE.matcher(name).matches()) {
            throw damaged("the name %s is not allowed".formatted(name.replaceAll("\\p{C}", "?")));
        }
        files++;
        if (files % FILES_STEP == 0) {
            steps.at("%,d files".formatted(files));
        }
        if (folder == null) {
            fileBytes += copy(entry, OutputStream.nullOutputStream());
            return;
        }
        Path target = folder.resolve(name.substring(Manifest.FILES.length()));
        PrivateFiles.makeFolder(target.resolveSibling(".").normalize());
        try (var channel = PrivateFiles.open(target);
                var out = Channels.newOutputStream(channel)) {
            fileBytes += copy(entry, out);
            channel.force(true);
        }
    }

    /// A [ZipFile] does not compare checksums by itself.
    private long copy(ZipEntry entry, OutputStream out) throws IOException, BackupException {
        CRC32 crc = new CRC32();
        long bytes;
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
            bytes = in.transferTo(out);
        } catch (ZipException _) {
            throw damaged(entry.getName() + " cannot be unpacked");
        }
        if (crc.getValue() != entry.getCrc()) {
            throw damaged("the checksum of %s does not match".formatted(entry.getName()));
        }
        return bytes;
    }

    private void database(Manifest manifest, Path database) throws IOException, BackupException {
        Files.deleteIfExists(database);
        Digest digest = new Digest();
        try (InputStream in = zip.getInputStream(entry(Manifest.DATABASE));
                var channel = PrivateFiles.open(database);
                var out = new CountedOutput(Channels.newOutputStream(channel), "Unpacked", steps)) {
            digest.copy(in, out);
            channel.force(true);
        } catch (ZipException _) {
            throw damaged(Manifest.DATABASE + " cannot be unpacked");
        }
        if (!digest.hex().equals(manifest.sha256())) {
            throw damaged("the checksum of %s does not match".formatted(Manifest.DATABASE));
        }
        try (OpenDatabase open = OpenDatabase.file(database)) {
            List<String> faults = open.faults();
            if (!faults.isEmpty()) {
                throw damaged(String.join("; ", faults));
            }
            if (!open.contents().equals(manifest.database())) {
                throw damaged("the database has other contents than %s".formatted(Manifest.NAME));
            }
        } catch (StoreUnavailableException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }
}
