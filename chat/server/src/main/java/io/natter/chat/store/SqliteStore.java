package io.natter.chat.store;

import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.admin.AdminStore;
import io.natter.chat.domain.file.FileStore;
import io.natter.chat.domain.integration.BotStore;
import io.natter.chat.domain.integration.WebhookStore;
import io.natter.chat.domain.message.MessageStore;
import io.natter.chat.domain.person.AccountStore;
import io.natter.chat.domain.person.PictureStore;
import io.natter.chat.domain.person.PlaceStore;
import io.natter.chat.domain.person.SessionStore;
import io.natter.chat.domain.person.SignInMethodStore;
import io.natter.chat.domain.personal.PersonalStore;
import io.natter.chat.domain.push.PushStore;
import io.natter.chat.domain.room.RoomStore;
import io.natter.chat.domain.store.Change;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.domain.store.EventFormat;
import io.natter.chat.domain.store.StoreTrouble;
import io.natter.chat.store.sql.Names;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// The store in one SQLite file, `natter.db` in a directory that it holds for itself alone.
public final class SqliteStore implements ChatStore {
    private final DataDirectory directory;
    private final Database database;
    private final Writer writer;
    private final StoreCounters counters;
    private final String epoch;
    private final Transactions transactions;
    private final TroubleCheck check;
    private final SessionStore sessions;
    private final AccountStore accounts;
    private final SignInMethodStore methods;
    private final PlaceStore place;
    private final MessageStore messages;
    private final RoomStore rooms;
    private final PersonalStore personal;
    private final PictureStore pictures;
    private final PushStore push;
    private final FileStore files;
    private final AdminStore admin;
    private final BotStore bots;
    private final WebhookStore webhooks;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteStore(
            DataDirectory directory,
            Database database,
            Writer writer,
            StoreCounters counters,
            InstantSource clock,
            StoreSettings settings,
            String epoch) {
        this.directory = directory;
        this.database = database;
        this.writer = writer;
        this.counters = counters;
        this.epoch = epoch;
        this.transactions = new Transactions(database, writer, clock);
        this.check = new TroubleCheck(directory, transactions);
        this.sessions = new SqliteSessions(transactions, clock);
        this.accounts = new SqliteAccounts(transactions, clock);
        this.methods = new SqliteSignInMethods(transactions);
        this.place = new SqlitePlace(transactions, clock);
        this.messages = new SqliteMessages(transactions);
        this.rooms = new SqliteRooms(transactions, epoch);
        this.personal = new SqlitePersonal(transactions, clock);
        this.pictures = new SqlitePictures(transactions);
        this.push = new SqlitePush(transactions, clock);
        this.bots = new SqliteBots(transactions, clock);
        this.webhooks = new SqliteWebhooks(transactions, clock);
        this.files =
                new SqliteFiles(
                        transactions,
                        new FileFolder(directory.files()),
                        () -> directory.room() - settings.fileReserve(),
                        counters);
        this.admin = new SqliteAdmin(transactions, files);
    }

    /// Opens the database in `directory`, making both where they are not there yet.
    ///
    /// @throws StoreUnavailableException with a sentence for the administrator of the server
    public static SqliteStore open(Path directory, InstantSource clock)
            throws StoreUnavailableException {
        return open(directory, clock, StoreSettings.DEFAULT);
    }

    static SqliteStore open(Path path, InstantSource clock, StoreSettings settings)
            throws StoreUnavailableException {
        DataDirectory directory = DataDirectory.hold(path);
        try {
            Database database = Database.open(directory, settings);
            StoreCounters counters = new StoreCounters();
            WriterHealth health = new WriterHealth(directory::check);
            Writer writer =
                    new Writer(
                            database::openWriter,
                            health,
                            settings,
                            counters,
                            Thread.ofPlatform().name("natter-writer").factory());
            try {
                String epoch = writer.submit("epoch", SqliteStore::epoch, _ -> {}).join();
                var _ = writer.submit("skeletons", Names::fillSkeletons, _ -> {}).join();
                return new SqliteStore(
                        directory, database, writer, counters, clock, settings, epoch);
            } catch (RuntimeException e) {
                writer.close();
                database.close();
                throw new StoreUnavailableException(
                        "Cannot write to the database %s. %s"
                                .formatted(directory.database(), remedy(health, e)),
                        e);
            }
        } catch (StoreUnavailableException e) {
            directory.close();
            throw e;
        }
    }

    /// The writer tells the trouble; its refusals hide it.
    private static String remedy(WriterHealth health, RuntimeException e) {
        return health.trouble()
                .map(trouble -> new SqlFault(trouble, trouble.code()))
                .orElseGet(() -> SqlFault.of(e))
                .remedy();
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
    public void onCommitted(Consumer<Change> listener) {
        transactions.onCommitted(listener);
    }

    @Override
    public void formatEvents(EventFormat format) {
        transactions.outbox().format(format);
    }

    @Override
    public SessionStore sessions() {
        return sessions;
    }

    @Override
    public AccountStore accounts() {
        return accounts;
    }

    @Override
    public SignInMethodStore methods() {
        return methods;
    }

    @Override
    public PlaceStore place() {
        return place;
    }

    @Override
    public MessageStore messages() {
        return messages;
    }

    @Override
    public RoomStore rooms() {
        return rooms;
    }

    @Override
    public PersonalStore personal() {
        return personal;
    }

    @Override
    public PictureStore pictures() {
        return pictures;
    }

    @Override
    public PushStore push() {
        return push;
    }

    @Override
    public FileStore files() {
        return files;
    }

    @Override
    public AdminStore admin() {
        return admin;
    }

    @Override
    public BotStore bots() {
        return bots;
    }

    @Override
    public WebhookStore webhooks() {
        return webhooks;
    }

    /// As [TroubleCheck] has it.
    @Override
    public Optional<StoreTrouble> trouble() {
        return check.ask();
    }

    public StoreCounters counters() {
        return counters;
    }

    /// The number of writes that wait for the disk.
    public int waitingWrites() {
        return writer.waiting();
    }

    /// The space that the data takes, and the space that is left. Asks the file system.
    public DiskSpace space() {
        return directory.space();
    }

    /// The time of the last backup by the command, in milliseconds since 1970; empty without one.
    public OptionalLong lastBackup() {
        return directory.lastBackup();
    }

    /// Any write whose changes are not published: for tests and [Maintenance].
    <T> CompletableFuture<T> write(String name, WriteJob.Work<T> work) {
        return transactions.write(name, work);
    }

    /// Writes the file anew without free pages, in which removed texts may remain.
    void vacuum() {
        try (Handle handle = database.openWriter()) {
            handle.execute("VACUUM");
            handle.execute("PRAGMA wal_checkpoint(TRUNCATE)");
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
