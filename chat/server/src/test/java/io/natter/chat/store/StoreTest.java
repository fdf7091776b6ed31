package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.natter.chat.ManualClock;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.room.RoomHead;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A store on a real file, and short ways to use it.
abstract class StoreTest {
    @TempDir Path directory;

    final ManualClock clock = new ManualClock();
    SqliteStore store; // set before each test
    private final CompletableFuture<Void> held = new CompletableFuture<>();

    StoreSettings settings() {
        return StoreSettings.DEFAULT;
    }

    @BeforeEach
    void open() throws StoreUnavailableException {
        store = SqliteStore.open(directory, clock, settings());
    }

    @AfterEach
    void close() {
        held.complete(null); // a test that fails meanwhile must not hang
        store.close();
    }

    void reopen() throws StoreUnavailableException {
        close();
        open();
    }

    Person guest(String name) {
        return store.sessions()
                .signIn(PersonName.of(name), Optional.empty())
                .join()
                .session()
                .person();
    }

    /// Keeps the writing thread busy until the test lets it go on.
    CompletableFuture<Void> holdWriter() {
        CompletableFuture<Void> started = new CompletableFuture<>();
        var _ =
                store.write(
                        "test",
                        _ -> {
                            started.complete(null);
                            held.join();
                            return true;
                        });
        started.join();
        return held;
    }

    CompletableFuture<Posted> send(Person sender, String cmid) {
        return store.messages().post(Draft.of(RoomHead.GENERAL, sender, cmid, "text of " + cmid));
    }

    Posted post(Person sender, String cmid) {
        return send(sender, cmid).join();
    }

    void addRoom(String id, Person... members) {
        store.write(
                        "test",
                        handle -> {
                            handle.execute("INSERT INTO room (id, name) VALUES (?, ?)", id, id);
                            for (Person member : members) {
                                handle.execute(
                                        "INSERT INTO member (room_id, person_id, read_seq) VALUES (?, ?, 0)",
                                        id,
                                        member.id());
                            }
                            return true;
                        })
                .join();
    }

    List<Message> latest(Person reader) {
        return store.messages()
                .history(reader, RoomHead.GENERAL, new Window.Latest(), 100)
                .messages();
    }

    static List<Long> seqs(List<Message> messages) {
        return messages.stream().map(Message::seq).toList();
    }

    /// The code that something is refused with.
    static String refusal(Callable<?> asked) {
        Throwable thrown = catchThrowable(asked::call);
        assertThat(thrown).as("a refusal").isNotNull();
        return ChatError.of(thrown).code();
    }
}
