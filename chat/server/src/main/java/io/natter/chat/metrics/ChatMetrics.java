package io.natter.chat.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.store.Change;
import io.natter.chat.events.Presence;
import io.natter.chat.push.PushDispatcher;
import io.natter.chat.store.SqliteStore;
import io.natter.chat.watch.Operations;
import io.natter.micrometer.SocketIoMeters;
import io.natter.socketio.SocketIoServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// All meters of the chat and of its Socket.IO server, in the text form of Prometheus. No tag value
/// comes from a client: codes of refusals are those of [ChatError]. Any thread.
public final class ChatMetrics implements AutoCloseable {
    /// The event whose time to the stored answer is a histogram.
    private static final String SEND = "msg.send";

    private static final Duration[] BUCKETS =
            LongStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
                    .mapToObj(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer sends =
            Timer.builder("natter.chat.send")
                    .description("From taking a message to the answer that it is on disk")
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
    private final Counter messages =
            Counter.builder("natter.chat.messages")
                    .description("Messages that were stored")
                    .register(registry);

    /// Makes the meters. Add it before the first request.
    public ChatMetrics(
            SocketIoServer io,
            SqliteStore store,
            Presence presence,
            PushDispatcher push,
            Operations operations) {
        SocketIoMeters.of(io).bindTo(registry);
        Figures figures = new Figures(registry);
        figures.gauge("people.online", "People who are online", presence::count);
        figures.gauge("ready", "1 if the chat can store messages", () -> ready(store));
        disk(figures, store);
        writer(figures, store);
        figures.count("push", "Push messages", push::taken, "result", "taken");
        figures.count("push", "Push messages", push::failed, "result", "failed");
        figures.count("push", "Push messages", push::gone, "result", "gone");
        figures.count("push", "Push messages", push::dropped, "result", "dropped");
        operations.onDone(this::done);
        store.onCommitted(this::committed);
    }

    private static int ready(SqliteStore store) {
        return store.trouble().isEmpty() ? 1 : 0;
    }

    private static void disk(Figures figures, SqliteStore store) {
        figures.bytes("database", "The database with its log", () -> store.space().database());
        figures.bytes("disk.free", "Free on the disk of the data", () -> store.space().free());
        var counters = store.counters();
        figures.count("uploads", "Files that arrived", counters::uploads);
        figures.countBytes(
                "uploads.received", "Bytes of files that arrived", counters::uploadedBytes);
        figures.count("uploads.refused", "Parts of files refused", counters::uploadsRefused);
    }

    private static void writer(Figures figures, SqliteStore store) {
        figures.gauge("writer.waiting", "Writes that wait for the disk", store::waitingWrites);
        var counters = store.counters();
        figures.count("writes", "Writes that are on disk", counters::writes);
        figures.count("writes.failed", "Writes that the database refused", counters::failed);
        figures.count("writes.busy", "Writes refused because too many wait", counters::busy);
        figures.time(
                "commits",
                "Commits with their writes",
                counters,
                c -> c.commits(),
                c -> c.commitNanos());
    }

    private void done(String kind, long nanos, @Nullable ChatError refusal) {
        if (refusal != null) {
            registry.counter("natter.chat.refusals", "code", refusal.code()).increment();
        } else if (kind.equals(SEND)) {
            sends.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void committed(Change change) {
        if (change instanceof Change.OfMessage(Change.Action action, _)
                && action == Change.Action.SENT) {
            messages.increment();
        }
    }

    /// The present figures. Asks the file system, so call it where blocking is allowed.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
