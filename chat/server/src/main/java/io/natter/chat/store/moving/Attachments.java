package io.natter.chat.store.moving;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.file.FileStore;
import io.natter.chat.domain.file.NewUpload;
import io.natter.chat.domain.file.SentFile;
import io.natter.chat.domain.file.Upload;
import io.natter.chat.domain.person.Person;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;

/// Takes the files of an export as uploads of their senders. So they have the limits of uploads,
/// their bytes tell their type, and images are written anew. An interrupted import leaves uploads
/// that were not sent, which the chat removes.
final class Attachments {
    private static final int PART = 1 << 20;

    /// Refusals that are no fault of the file. They end the import, which can be repeated.
    private static final Set<String> LATER = Set.of("disk_full", "storage", "busy");

    private final FileStore store;
    private final ExportArchive archive;
    private final MoveReport report;

    Attachments(FileStore store, ExportArchive archive, MoveReport report) {
        this.store = store;
        this.archive = archive;
        this.report = report;
    }

    /// The files of a message.
    ///
    /// @param sent those that were taken
    /// @param missed the names of the others
    record Taken(List<SentFile> sent, List<String> missed) {
        static final Taken NONE = new Taken(List.of(), List.of());
    }

    /// Takes the files of a message, and reports those that cannot be taken.
    ///
    /// @param token the same each time for this message
    Taken take(Person sender, String token, MovedMessage message) {
        List<SentFile> sent = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        for (MovedFile file : message.files()) {
            String detail = "%s in %s".formatted(file.name(), message.key());
            Optional<ZipEntry> entry = archive.find(file.entry());
            Optional<SentFile> taken = Optional.empty();
            if (entry.isEmpty()) {
                report.miss("file that is not in the export", detail);
            } else if (sent.size() == Bounds.FILES) {
                report.miss("file beyond the %d of a message".formatted(Bounds.FILES), detail);
            } else {
                int place = sent.size() + missed.size();
                taken = upload(sender, token + "-f" + place, file, entry.get(), detail);
            }
            taken.ifPresentOrElse(sent::add, () -> missed.add(file.name()));
        }
        return new Taken(sent, missed);
    }

    private Optional<SentFile> upload(
            Person sender, String token, MovedFile file, ZipEntry entry, String detail) {
        try (InputStream in = archive.read(entry)) {
            Upload upload = store.begin(sender, NewUpload.of(token, file.name(), entry.getSize()));
            in.skipNBytes(upload.file() == null ? upload.offset() : entry.getSize());
            for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
                upload = store.append(sender, upload.id(), upload.offset(), part);
            }
            if (upload.file() == null) {
                store.cancel(sender, upload.id());
                report.miss("file with fewer bytes than announced", detail);
                return Optional.empty();
            }
            return Optional.of(SentFile.of(upload.id(), ""));
        } catch (ChatException e) {
            if (LATER.contains(e.error().code())) {
                throw e;
            }
            report.miss("file that the chat refuses (%s)".formatted(e.error().code()), detail);
            return Optional.empty();
        } catch (IOException _) {
            report.miss("file that cannot be unpacked", detail);
            return Optional.empty();
        }
    }
}
