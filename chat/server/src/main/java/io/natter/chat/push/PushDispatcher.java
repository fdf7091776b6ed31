package io.natter.chat.push;

import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.push.PushReminder;
import io.natter.chat.domain.push.PushStore;
import io.natter.chat.domain.push.PushSubscription;
import io.natter.chat.domain.push.PushTarget;
import io.natter.chat.domain.store.Change;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the browsers of people who are not here of new messages and reminders. Messages wait in a
/// queue of [#QUEUE]; when push services are slow and it is full, further ones are dropped and
/// counted: the messages themselves are stored, and shown when the page is opened.
public final class PushDispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PushDispatcher.class);

    static final int QUEUE = 1000;

    /// So many requests to push services at a time.
    private static final int AT_A_TIME = 32;

    private final PushStore store;
    private final PushServices services;
    private final VapidKeys keys;
    private final PushSender sender;
    private final Predicate<String> here;
    private final BlockingQueue<Change> waiting = new ArrayBlockingQueue<>(QUEUE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(AT_A_TIME);
    private final LongAdder taken = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder gone = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    /// @param here whether a person, by id, has a socket: then the page tells them
    /// @param contact where the operator is reached, for the push services
    /// @param more origins of push services besides those of the known browsers
    public PushDispatcher(
            PushStore store,
            Predicate<String> here,
            String contact,
            List<URI> more,
            InstantSource clock) {
        this.store = store;
        this.here = here;
        this.services = new PushServices(more);
        this.keys = VapidKeys.of(store.keys(VapidKeys.fresh()));
        this.sender = new PushSender(keys, contact, clock);
        var _ = threads.submit(this::run);
    }

    /// The server's public key, which a page subscribes with.
    public String publicKey() {
        return keys.publicKey();
    }

    /// Whether the server would send to this subscription: its endpoint is one of a known push
    /// service, its key a point of P-256, and its secret 16 bytes long.
    public boolean accepts(PushSubscription subscription) {
        try {
            return services.allow(subscription.endpoint())
                    && subscription.auth().length == 16
                    && P256.publicKey(subscription.key()).isPresent();
        } catch (java.security.GeneralSecurityException _) {
            return false;
        }
    }

    /// Takes a committed change. Never blocks.
    public void committed(Change change) {
        if (store.any() && tells(change) && !waiting.offer(change)) {
            dropped.increment();
        }
    }

    private static boolean tells(Change change) {
        return switch (change) {
            case Change.OfMessage sent -> sent.action() == Change.Action.SENT;
            case Change.SavedChanged saved -> saved.reminds();
            default -> false;
        };
    }

    /// Sends a test message; blocks. True if the push service took it.
    public boolean test(PushSubscription subscription) throws InterruptedException {
        return deliver(subscription, PushMessage.test(), null);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                tell(waiting.take());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void tell(Change change) throws InterruptedException {
        try {
            switch (change) {
                case Change.OfMessage sent -> tell(sent.message());
                case Change.SavedChanged saved -> remind(saved);
                default -> throw new IllegalArgumentException(change.toString());
            }
        } catch (ChatException e) {
            log.warn("Push messages were not sent: {}", e.getMessage());
            failed.increment();
        }
    }

    private void tell(Message message) throws InterruptedException {
        for (PushTarget target : store.targets(message, here)) {
            submit(target, PushMessage.of(message, target), topic(message.room()));
        }
    }

    private void remind(Change.SavedChanged saved) throws InterruptedException {
        if (here.test(saved.person())) {
            return;
        }
        PushReminder reminder =
                store.reminder(saved.person(), saved.room(), saved.seq()).orElse(null);
        if (reminder == null) {
            return;
        }
        for (PushTarget target : reminder.targets()) {
            // Each reminder is shown: none takes the place of another.
            submit(target, PushMessage.ofReminder(reminder.message(), target), null);
        }
    }

    private void submit(PushTarget target, byte[] text, @Nullable String topic)
            throws InterruptedException {
        places.acquire();
        var _ =
                threads.submit(
                        () -> {
                            try {
                                return deliver(target.subscription(), text, topic);
                            } finally {
                                places.release();
                            }
                        });
    }

    /// A room's newest message takes the place of one that still waits at the service.
    private static String topic(String room) {
        return room.length() <= 32 ? room : room.substring(0, 32);
    }

    private boolean deliver(PushSubscription to, byte[] text, @Nullable String topic)
            throws InterruptedException {
        PushSender.Outcome outcome = sender.send(to, text, topic);
        switch (outcome) {
            case TAKEN -> taken.increment();
            case FAILED -> failed.increment();
            case GONE -> {
                gone.increment();
                var _ = store.forget(to.endpoint());
            }
        }
        return outcome == PushSender.Outcome.TAKEN;
    }

    /// Push messages that push services took.
    public long taken() {
        return taken.sum();
    }

    /// Push messages that were refused or not sent.
    public long failed() {
        return failed.sum();
    }

    /// Push messages for browsers that take no more.
    public long gone() {
        return gone.sum();
    }

    /// Messages of which nobody was told because too many waited.
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        sender.close();
    }
}
