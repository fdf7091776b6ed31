package io.natter.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.natter.host.Loggers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Reads one stream, from its end at the start, on a connection of its own. Where reading fails, it
/// is tried again with growing pauses.
final class StreamReader {
    private static final Logger LOG = Loggers.of(RedisStreamsAdapter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE = 50;
    private static final long LONGEST_PAUSE = 2_000;

    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final String stream;
    private final XReadArgs args;
    private final Consumer<StreamMessage<String, byte[]>> onEntry;
    private final ScheduledExecutorService timers;
    private String offset;
    private long pause = FIRST_PAUSE;
    private volatile boolean closed;

    /// Blocks until the end of the stream is known.
    ///
    /// @param readCount how many entries are read at once
    /// @param block how long Redis waits for new entries
    /// @param onEntry gets each entry, in order, on a thread of Lettuce
    StreamReader(
            RedisClusterAsyncCommands<String, byte[]> commands,
            String stream,
            int readCount,
            Duration block,
            Consumer<StreamMessage<String, byte[]>> onEntry,
            ScheduledExecutorService timers) {
        this.commands = commands;
        this.stream = stream;
        this.args = XReadArgs.Builder.count(readCount).block(block.toMillis());
        this.onEntry = onEntry;
        this.timers = timers;
        this.offset = end();
        read();
    }

    /// The last id. `$` would lose what comes between two reads.
    private String end() {
        try {
            var last =
                    commands.xrevrange(stream, Range.unbounded(), Limit.from(1))
                            .toCompletableFuture()
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return last.isEmpty() ? "0-0" : last.getFirst().getId();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the stream '" + stream + "' cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @SuppressWarnings("unchecked") // the array of one stream
    private void read() {
        if (closed) {
            return;
        }
        try {
            var ignored =
                    commands.xread(args, XReadArgs.StreamOffset.from(stream, offset))
                            .whenComplete(this::entries);
        } catch (RuntimeException notNow) {
            later(notNow);
        }
    }

    private void entries(
            @Nullable List<StreamMessage<String, byte[]>> entries, @Nullable Throwable failure) {
        if (failure != null) {
            later(failure);
            return;
        }
        pause = FIRST_PAUSE;
        if (entries != null) {
            for (var entry : entries) {
                offset = entry.getId();
                onEntry.accept(entry);
            }
        }
        read();
    }

    private void later(Throwable failure) {
        if (!closed) {
            Refusals.log("stream", "to read the stream " + stream, failure);
            LOG.debug("the stream {} was not read: {}", stream, failure.toString());
            var ignored = timers.schedule(this::read, pause, TimeUnit.MILLISECONDS);
            pause = Math.min(LONGEST_PAUSE, pause * 2);
        }
    }

    void close() {
        closed = true;
    }
}
