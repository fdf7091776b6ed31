package io.natter.chat.store;

import io.natter.chat.domain.Changes;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatStore;
import io.natter.chat.domain.Delta;
import io.natter.chat.domain.DeltaBudget;
import io.natter.chat.domain.Draft;
import io.natter.chat.domain.Message;
import io.natter.chat.domain.Page;
import io.natter.chat.domain.Person;
import io.natter.chat.domain.PersonName;
import io.natter.chat.domain.Posted;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.Room;
import io.natter.chat.domain.Session;
import io.natter.chat.domain.SessionToken;
import io.natter.chat.domain.SignedIn;
import io.natter.chat.domain.Snapshot;
import io.natter.chat.domain.Window;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The store in one SQLite file, `natter.db` in a directory that it holds for itself alone.
public final class SqliteStore implements ChatStore {
    private static final Logger log = LoggerFactory.getLogger(SqliteStore.class);

    private final DataDirectory directory;
    private final Database database;
    private final Writer writer;
    private final StoreCounters counters;
    private final InstantSource clock;
    private final String epoch;
    private final AtomicBoolean closed = new AtomicBoolean();

    private volatile Consumer<Message> committed = _ -> {};

    private SqliteStore(
            DataDirectory directory,
            Database database,
            Writer writer,
            StoreCounters counters,
            InstantSource clock,
            String epoch) {
        this.directory = directory;
        this.database = database;
        this.writer = writer;
        this.counters = counters;
        this.clock = clock;
        this.epoch = epoch;
    }

    /// Opens the database in `directory`, making both where they are not there yet.
    ///
    /// @throws StoreUnavailableException with a sentence for whoever starts the server
    public static SqliteStore open(Path directory, InstantSource clock)
            throws StoreUnavailableException {
        return open(directory, clock, StoreSettings.DEFAULT);
    }

    static SqliteStore open(Path path, InstantSource clock, StoreSettings settings)
            throws StoreUnavailableException {
        DataDirectory directory = DataDirectory.hold(path);
        try {
            Database database = Database.open(directory.database(), settings);
            StoreCounters counters = new StoreCounters();
            Writer writer = new Writer(database::openWriter, settings, counters);
            try {
                String epoch = writer.submit(SqliteStore::epoch, _ -> {}).join();
                return new SqliteStore(directory, database, writer, counters, clock, epoch);
            } catch (RuntimeException e) {
                writer.close();
                database.close();
                throw new StoreUnavailableException(
                        "Cannot write to the database %s. Is the disk full or the file read-only?"
                                .formatted(directory.database()),
                        e);
            }
        } catch (StoreUnavailableException e) {
            directory.close();
            throw e;
        }
    }

    private static String epoch(Handle handle) {
        handle.execute(
                "INSERT OR IGNORE INTO meta (key, value) VALUES ('epoch', ?)", RandomId.next());
        return handle.createQuery("SELECT value FROM meta WHERE key = 'epoch'")
                .mapTo(String.class)
                .one();
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public void onCommitted(Consumer<Message> listener) {
        committed = listener;
    }

    @Override
    public CompletableFuture<SignedIn> signIn(PersonName name) {
        return write(handle -> People.signIn(handle, name, clock.millis()));
    }

    @Override
    public Optional<Session> session(SessionToken token) {
        long now = clock.millis();
        Optional<People.Found> found = read(handle -> People.session(handle, token, now));
        found.filter(People.Found::noteUse)
                .ifPresent(use -> attempt(handle -> People.noteUse(handle, use.session(), now)));
        return found.map(People.Found::session);
    }

    @Override
    public CompletableFuture<Boolean> signOut(SessionToken token) {
        return write(handle -> People.signOut(handle, token));
    }

    @Override
    public CompletableFuture<Posted> post(Draft draft) {
        return writer.submit(handle -> Messages.post(handle, draft, clock.millis()), this::publish)
                .thenApply(Messages.Stored::posted);
    }

    private void publish(Messages.Stored stored) {
        Message message = stored.message();
        if (message != null) {
            committed.accept(message);
        }
    }

    @Override
    public CompletableFuture<Long> read(Person person, String room, long seq) {
        return write(handle -> Rooms.read(handle, person, room, seq));
    }

    @Override
    public List<Room> rooms(Person person) {
        return read(handle -> Rooms.of(handle, person));
    }

    @Override
    public Snapshot snapshot(Person person, Optional<String> known, Map<String, Long> have) {
        boolean sameEpoch = known.filter(epoch::equals).isPresent();
        return read(
                handle -> {
                    List<Room> rooms = Rooms.of(handle, person);
                    DeltaBudget budget = new DeltaBudget();
                    Map<String, Delta> deltas = new LinkedHashMap<>();
                    for (Room room : rooms) {
                        Long from = sameEpoch ? have.get(room.id()) : null;
                        deltas.put(room.id(), Rooms.delta(handle, room, from, budget));
                    }
                    return new Snapshot(epoch, rooms, deltas);
                });
    }

    @Override
    public Page history(Person person, String room, Window window, int limit) {
        return read(
                handle -> {
                    Rooms.one(handle, person, room);
                    return Messages.page(handle, room, window, Math.clamp(limit, 1, Page.MAX));
                });
    }

    @Override
    public Changes changes(Person person, String room, long since, int limit) {
        return read(
                handle -> {
                    Room head = Rooms.one(handle, person, room);
                    return Messages.changes(
                            handle, room, since, Math.clamp(limit, 1, Changes.MAX), head.lastVer());
                });
    }

    /// While there is trouble, each call also tries a small write, whose success ends it.
    @Override
    public Optional<String> trouble() {
        Optional<String> trouble = writer.trouble();
        if (trouble.isPresent()) {
            attempt(
                    handle ->
                            handle.execute(
                                    "UPDATE meta SET value = ? WHERE key = 'probe'",
                                    Long.toString(clock.millis())));
        }
        return trouble;
    }

    public StoreCounters counters() {
        return counters;
    }

    /// A write whose outcome only [#trouble] and the counters tell.
    private void attempt(WriteJob.Work<?> work) {
        var _ = write(work);
    }

    /// Any write; tests use it too.
    <T> CompletableFuture<T> write(WriteJob.Work<T> work) {
        return writer.submit(work, _ -> {});
    }

    private <T> T read(HandleCallback<T, RuntimeException> query) {
        try {
            // One transaction, so all that one answer holds is of one moment.
            return database.reading().inTransaction(query);
        } catch (JdbiException e) {
            log.warn("A query failed", e);
            throw ChatError.storage().exception();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            writer.close();
            database.close();
            directory.close();
        }
    }
}
