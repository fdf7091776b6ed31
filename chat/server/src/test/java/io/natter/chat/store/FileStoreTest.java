package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.chat.domain.file.FileStore;
import io.natter.chat.domain.file.MessageFile;
import io.natter.chat.domain.file.NewUpload;
import io.natter.chat.domain.file.SentFile;
import io.natter.chat.domain.file.Upload;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.RoomHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileStoreTest extends StoreTest {
    private static final byte[] CONTENT = {1, 2, 3, 4};

    private FileStore files() {
        return store.files();
    }

    private MessageFile uploaded(Person person, String token) {
        Upload begun = files().begin(person, NewUpload.of(token, "a.bin", CONTENT.length));
        MessageFile file = files().append(person, begun.id(), 0, CONTENT).file();
        assertThat(file).isNotNull();
        return java.util.Objects.requireNonNull(file);
    }

    private void send(Person person, String cmid, MessageFile file) {
        store.messages()
                .post(
                        Draft.of(
                                RoomHead.GENERAL,
                                person,
                                cmid,
                                "",
                                null,
                                List.of(SentFile.of(file.id(), ""))))
                .join();
    }

    private List<Path> onDisk() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("files"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private int rows(String table) {
        return store.write(
                        "test",
                        handle ->
                                handle.createQuery("SELECT count(*) FROM " + table)
                                        .mapTo(Integer.class)
                                        .one())
                .join();
    }

    @Test
    void onlyTheServersUserReadsTheBytes() throws Exception {
        uploaded(guest("Ann"), "t");
        Path file = onDisk().getFirst();
        assertThat(onDisk()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(directory.resolve("files"))))
                .isEqualTo("rwx------");
        reopen();
        assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
    }

    @Test
    void whatWasNotSentIsGoneAfterAnHour() throws Exception {
        Person ann = guest("Ann");
        send(ann, "c", uploaded(ann, "sent"));
        uploaded(ann, "unsent");
        Upload begun = files().begin(ann, NewUpload.of("begun", "b", 9));
        files().append(ann, begun.id(), 0, CONTENT);
        files().begin(ann, NewUpload.of("nothing", "b", 9));
        assertThat(onDisk()).hasSize(3);
        clock.advance(Duration.ofMinutes(59));
        files().sweep();
        assertThat(onDisk()).hasSize(3);
        clock.advance(Duration.ofMinutes(1));
        files().sweep();
        assertThat(onDisk()).hasSize(1);
        assertThat(rows("file")).isEqualTo(1);
        assertThat(rows("file_trash")).isZero();
        assertThatThrownBy(() -> files().append(ann, begun.id(), 4, CONTENT))
                .hasMessageContaining("file_unknown");
    }

    @Test
    void theBytesOfADeletedMessageAreRemovedAlsoAfterACrash() throws Exception {
        Person ann = guest("Ann");
        MessageFile file = uploaded(ann, "t");
        send(ann, "c", file);
        store.messages().delete(ann, RoomHead.GENERAL, 1).join();
        assertThatThrownBy(() -> files().open(ann, file.id(), false))
                .hasMessageContaining("file_unknown");
        reopen();
        assertThat(onDisk()).hasSize(1);
        files().sweep();
        assertThat(onDisk()).isEmpty();
        assertThat(rows("file_trash")).isZero();
    }

    @Test
    void aCancelledUploadLeavesNothing() throws Exception {
        Person ann = guest("Ann");
        Upload begun = files().begin(ann, NewUpload.of("t", "b", 9));
        files().append(ann, begun.id(), 0, CONTENT);
        files().cancel(ann, begun.id());
        files().cancel(ann, begun.id());
        assertThat(onDisk()).isEmpty();
        assertThat(rows("file")).isZero();
    }

    @Test
    void aPersonHasOneGibibyte() {
        Person ann = guest("Ann");
        MessageFile file = uploaded(ann, "t");
        store.write(
                        "test",
                        handle ->
                                handle.execute(
                                        "UPDATE file SET stored = ? WHERE id = ?",
                                        (1L << 30) - 10,
                                        file.id()))
                .join();
        assertThatThrownBy(() -> files().begin(ann, NewUpload.of("more", "b", 11)))
                .hasMessageContaining("quota");
        files().begin(ann, NewUpload.of("fits", "b", 10));
        assertThatThrownBy(() -> files().begin(ann, NewUpload.of("no", "b", 1)))
                .hasMessageContaining("quota");
        files().begin(guest("Bob"), NewUpload.of("other", "b", 11));
    }

    @Test
    void aMutedPersonUploadsNothing() {
        Person ann = guest("Ann");
        store.write(
                        "test",
                        handle ->
                                handle.execute(
                                        "UPDATE person SET muted_until = ?", clock.millis() + 1000))
                .join();
        assertThatThrownBy(() -> files().begin(ann, NewUpload.of("t", "b", 1)))
                .hasMessageContaining("muted");
    }

    @Test
    void aGuestWhoIsForgottenTakesUnsentFilesAlong() {
        Person ann = guest("Ann");
        uploaded(ann, "t");
        clock.advance(Duration.ofMinutes(11));
        store.sessions().forgetUnused(java.util.Set.of()).join();
        assertThat(rows("person")).isZero();
        assertThat(rows("file_trash")).isEqualTo(1);
    }
}
