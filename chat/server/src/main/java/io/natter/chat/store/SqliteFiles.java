package io.natter.chat.store;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.file.FileStore;
import io.natter.chat.domain.file.FileTypes;
import io.natter.chat.domain.file.MessageFile;
import io.natter.chat.domain.file.NewUpload;
import io.natter.chat.domain.file.OpenFile;
import io.natter.chat.domain.file.Upload;
import io.natter.chat.domain.person.Person;
import io.natter.chat.files.FileContent;
import io.natter.chat.store.sql.FileRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files: rows in the database, bytes in [FileFolder]. A row is there before the first byte, and a
/// removed row leaves its id in the trash until the bytes are removed, so no bytes are forgotten.
final class SqliteFiles implements FileStore {
    private static final Logger log = LoggerFactory.getLogger(SqliteFiles.class);

    private static final int LOCKS = 64;

    private final Transactions transactions;
    private final FileFolder folder;
    private final LongSupplier room;
    private final StoreCounters counters;
    private final FileContent content = new FileContent();

    /// One upload is written by one thread at a time; which, is told by its id.
    private final List<Lock> locks =
            IntStream.range(0, LOCKS).<Lock>mapToObj(_ -> new ReentrantLock()).toList();

    /// @param room bytes that files may still have; negative when they have more
    SqliteFiles(
            Transactions transactions,
            FileFolder folder,
            LongSupplier room,
            StoreCounters counters) {
        this.transactions = transactions;
        this.folder = folder;
        this.room = room;
        this.counters = counters;
    }

    @Override
    public Upload begin(Person person, NewUpload upload) {
        if (room.getAsLong() < 2 * upload.size()) {
            throw ChatError.diskFull().exception();
        }
        FileRows.Row row =
                write(
                        () ->
                                transactions
                                        .change("upload", w -> FileRows.begin(w, person, upload))
                                        .join());
        return state(row);
    }

    @Override
    public Upload state(Person person, String id) {
        return state(own(person, id));
    }

    private Upload state(FileRows.Row row) {
        try {
            long offset = row.file() == null ? folder.arrived(row.id()) : row.size();
            return new Upload(row.id(), offset, row.size(), row.file());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Takes the lock of an upload.
    private Lock lock(String id) {
        Lock lock = locks.get(Math.floorMod(id.hashCode(), LOCKS));
        lock.lock();
        return lock;
    }

    private FileRows.Row own(Person person, String id) {
        return transactions.read("upload", handle -> FileRows.own(handle, person, id));
    }

    @Override
    public Upload append(Person person, String id, long offset, byte[] bytes) {
        Lock lock = lock(id);
        try {
            FileRows.Row row = own(person, id);
            Upload upload = state(row);
            if (row.file() != null || offset != upload.offset()) {
                return upload;
            }
            long arrived = offset + bytes.length;
            if (arrived > row.size()) {
                throw ChatError.badRequest("These are more bytes than were announced.").exception();
            }
            if (room.getAsLong() < bytes.length) {
                throw ChatError.diskFull().exception();
            }
            folder.append(id, offset, bytes);
            MessageFile file = arrived < row.size() ? null : complete(person, row);
            if (file != null) {
                counters.uploads.increment();
                counters.uploadedBytes.add(row.size());
            }
            return new Upload(id, arrived, row.size(), file);
        } catch (ChatException e) {
            counters.uploadsRefused.increment();
            throw e;
        } catch (IOException e) {
            counters.uploadsRefused.increment();
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    private MessageFile complete(Person person, FileRows.Row row) throws IOException {
        String id = row.id();
        try {
            folder.makeEmpty(id);
            FileContent.Made made =
                    content.make(row.name(), folder.part(id), folder.file(id), folder.preview(id));
            long stored = folder.complete(id, made.preview());
            MessageFile file =
                    new MessageFile(
                            id,
                            made.name(),
                            made.type(),
                            Files.size(folder.file(id)),
                            orNull(made.width()),
                            orNull(made.height()),
                            made.preview() ? true : null,
                            null);
            return write(
                    () ->
                            transactions
                                    .change("file", w -> FileRows.complete(w, file, stored))
                                    .join());
        } catch (ChatException e) {
            if (e.error().permanent()) {
                forget(person, id);
                folder.remove(id);
            }
            throw e;
        }
    }

    private static @Nullable Integer orNull(int pixels) {
        return pixels == 0 ? null : pixels;
    }

    @Override
    public void cancel(Person person, String id) {
        if (forget(person, id)) {
            sweep();
        }
    }

    private boolean forget(Person person, String id) {
        return write(
                () ->
                        transactions
                                .write("cancel", handle -> FileRows.cancel(handle, person, id))
                                .join());
    }

    @Override
    public OpenFile open(Person person, String id, boolean preview) {
        MessageFile file =
                transactions.read("file", handle -> FileRows.readable(handle, person, id));
        boolean small = preview && file.preview() != null;
        Path path = small ? folder.preview(id) : folder.file(id);
        try {
            return new OpenFile(
                    file.name(), small ? previewType(path) : file.type(), path, Files.size(path));
        } catch (IOException _) {
            // Removed meanwhile, or the database is an older one than the folder.
            throw ChatError.fileUnknown().exception();
        }
    }

    /// Previews are PNG where the image is transparent.
    private static String previewType(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return in.read() == 0x89 ? FileTypes.PNG : FileTypes.JPEG;
        }
    }

    @Override
    public void sweep() {
        List<String> gone =
                write(() -> transactions.change("unsent files", FileRows::trash).join());
        List<String> removed = new ArrayList<>();
        for (String id : gone) {
            // Bytes of an upload that is written right now come before this.
            Lock lock = lock(id);
            try {
                folder.remove(id);
                removed.add(id);
            } catch (IOException e) {
                log.warn("A file could not be removed: {}", e.getClass().getSimpleName());
            } finally {
                lock.unlock();
            }
        }
        if (!removed.isEmpty()) {
            transactions.attempt("trash", handle -> FileRows.removed(handle, removed));
        }
    }

    /// Waits for a write, and throws what it was refused with.
    private static <T> T write(Supplier<T> waiting) {
        try {
            return waiting.get();
        } catch (CompletionException e) {
            throw ChatError.of(e).exception();
        }
    }

    private ChatException failed(IOException e) {
        boolean full = room.getAsLong() <= 0;
        log.warn("A file could not be stored: {}", e.getClass().getSimpleName());
        return (full ? ChatError.diskFull() : ChatError.storage()).exception();
    }
}
