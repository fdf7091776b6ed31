package io.natter.chat.web;

import io.natter.chat.events.ChatEvents;
import io.natter.chat.events.Presence;
import io.natter.chat.log.RateLimitFilter;
import io.natter.chat.log.WithoutMessages;
import io.natter.chat.store.SqliteStore;
import io.natter.chat.watch.ClockWatch;
import io.natter.chat.webhooks.WebhookDispatcher;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The work that the chat does once a second, on a thread of its own.
final class Housekeeping {
    private static final Logger log = LoggerFactory.getLogger(ChatServer.class);
    private static final int TROUBLE_SECONDS = 2;
    private static final int FORGET_SECONDS = 60;

    private final SqliteStore store;
    private final ChatEvents events;
    private final Presence presence;
    private final EventLoopProbe probe;
    private final ClockWatch clocks;
    private final NightlyJob nightly;
    private final WebhookDispatcher webhooks;

    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("natter-ticker").daemon().factory());

    /// Only the ticker touches it.
    private int ticks;

    private volatile boolean moreToForget;

    Housekeeping(
            SqliteStore store,
            ChatEvents events,
            Presence presence,
            EventLoopProbe probe,
            WebhookDispatcher webhooks,
            ClockWatch clocks,
            NightlyJob nightly) {
        this.store = store;
        this.events = events;
        this.presence = presence;
        this.probe = probe;
        this.clocks = clocks;
        this.nightly = nightly;
        this.webhooks = webhooks;
    }

    void start() {
        var _ = ticker.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    void close() {
        ticker.shutdownNow();
    }

    /// Runs once a second. The ticker goes on after an exception.
    private void tick() {
        ticks++;
        attempt("Gathering presence", events::gatherPresence);
        attempt("Asking the event loops", probe::ask);
        attempt("Sending on time", this::runDue);
        attempt("Comparing the clocks", clocks::compare);
        attempt("Looking for deliveries", webhooks::wake);
        attempt("Summing up the log", RateLimitFilter::summarize);
        if (ticks % TROUBLE_SECONDS == 0) {
            // The check itself ends the trouble, if no other code asks.
            attempt("Asking the store", () -> events.announceStore(store.trouble()));
        }
        if (ticks % FORGET_SECONDS == 0 || moreToForget) {
            attempt("Forgetting guests", this::forgetUnused);
        }
        if (clocks.steady() && nightly.due()) {
            var _ =
                    Thread.startVirtualThread(
                            () ->
                                    attemptWhileOpen(
                                            "Removing old messages", store.admin()::removeOld));
        }
        if (ticks % FORGET_SECONDS == 0) {
            var _ =
                    Thread.startVirtualThread(
                            () -> attemptWhileOpen("Removing files", store.files()::sweep));
        }
    }

    private void runDue() {
        var _ = store.personal().runDue();
    }

    private void forgetUnused() {
        moreToForget = false; // if it is refused, the next minute tries again
        if (!clocks.steady()) {
            return;
        }
        var _ =
                store.sessions()
                        .forgetUnused(presence.ids())
                        .thenAccept(more -> moreToForget = more);
    }

    /// The store refuses a step that runs while the chat stops. The next start does it again.
    private void attemptWhileOpen(String what, Runnable step) {
        attempt(
                what,
                () -> {
                    try {
                        step.run();
                    } catch (RuntimeException e) {
                        if (!ticker.isShutdown()) {
                            throw e;
                        }
                    }
                });
    }

    /// Runs a step and logs its exception.
    static void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (Throwable t) {
            log.error("{} failed", what, WithoutMessages.of(t));
        }
    }
}
