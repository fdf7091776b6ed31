package io.natter.chat.webhooks;

import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.integration.Delivery;
import io.natter.chat.domain.integration.WebhookStore;
import io.natter.chat.domain.store.Change;
import io.natter.chat.log.WithoutMessages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers the events that wait in the store, for each webhook one after the other. It reads them
/// from the store, so it needs no queue, and a restart loses nothing. An event whose outcome was
/// not stored is delivered again, with the same id.
public final class WebhookDispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebhookDispatcher.class);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);

    private final WebhookStore store;
    private final WebhookSender sender;
    private final BlockingQueue<Boolean> woken = new ArrayBlockingQueue<>(1);
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public WebhookDispatcher(WebhookStore store, WebhookAddresses addresses, InstantSource clock) {
        this.store = store;
        this.sender = new WebhookSender(addresses, clock);
        var _ = threads.submit(this::run);
    }

    /// Takes a committed change. Never blocks.
    public void committed(Change change) {
        if (change instanceof Change.OfMessage || change instanceof Change.RoomChanged) {
            wake();
        }
    }

    /// Looks for deliveries whose time has come. Never blocks; to be called once a second.
    public void wake() {
        if (store.hasOutgoing()) {
            var _ = woken.offer(true);
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                woken.take();
                for (String webhook : store.due()) {
                    if (busy.add(webhook)) {
                        var _ = threads.submit(() -> deliver(webhook));
                    }
                }
            } catch (ChatException e) {
                log.warn("Webhooks wait: {}", e.getMessage());
            } catch (RuntimeException e) {
                log.error("Looking for deliveries failed", WithoutMessages.of(e));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt(); // closing
            }
        }
    }

    /// Until nothing is left or one is not taken.
    private void deliver(String webhook) {
        try {
            Optional<Delivery> next = store.next(webhook);
            while (next.isPresent() && attempt(next.get())) {
                next = store.next(webhook);
            }
        } catch (ChatException | CompletionException e) {
            log.warn("A webhook waits: {}", e.getMessage());
            // The outcome may not be stored: without a pause the receiver would get it each second.
            LockSupport.parkNanos(AFTER_TROUBLE.toNanos());
        } catch (RuntimeException | Error e) {
            log.error("A delivery failed", WithoutMessages.of(e));
            LockSupport.parkNanos(AFTER_TROUBLE.toNanos());
        } finally {
            busy.remove(webhook);
        }
    }

    private boolean attempt(Delivery delivery) {
        WebhookSender.Outcome outcome;
        try {
            outcome = sender.send(delivery);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closing: not the receiver's fault
            return false;
        }
        if (outcome.taken()) {
            return store.delivered(delivery).join();
        }
        if (store.failed(delivery, outcome.error(), outcome.gone()).join()) {
            log.warn("A webhook was disabled: {}", outcome.error());
        }
        return false;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        sender.close();
    }
}
