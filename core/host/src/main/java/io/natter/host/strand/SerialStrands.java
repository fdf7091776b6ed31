package io.natter.host.strand;

import io.natter.host.Strand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Some strands, each with a platform thread of its own. A host gives each connection one of them
/// with [#next], hands over to it whatever the connection brings, and closes them last. Any thread.
///
/// ```java
/// var strands = SerialStrands.of(Runtime.getRuntime().availableProcessors());
/// var strand = strands.next();
/// strand.execute(() -> endpoint.http(exchange));
/// ```
public final class SerialStrands implements AutoCloseable {
    private final List<SerialStrand> all;
    private final AtomicInteger next = new AtomicInteger();

    private SerialStrands(int count) {
        all =
                IntStream.range(0, count)
                        .mapToObj(i -> new SerialStrand("natter-strand-" + i, this))
                        .toList();
        all.forEach(SerialStrand::start);
    }

    /// Starts `count` strands. One for each processor is enough, because their tasks never block.
    ///
    /// @throws IllegalArgumentException unless `count` is positive
    public static SerialStrands of(int count) {
        if (count <= 0) {
            throw new IllegalArgumentException("strands must be positive, not " + count);
        }
        return new SerialStrands(count);
    }

    /// The strand for one more connection: each in turn.
    public Strand next() {
        return all.get(Math.floorMod(next.getAndIncrement(), all.size()));
    }

    /// All of them.
    public List<Strand> all() {
        return List.copyOf(all);
    }

    List<SerialStrand> strands() {
        return all;
    }

    /// Waits until the threads have ended, after [#close]. Not for a strand.
    ///
    /// @return whether they have
    public boolean awaitEnd(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (var each : all) {
            if (!each.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    /// Ends the strands: the tasks that were given to them by now run, timers do not, and further
    /// tasks are refused with a `RejectedExecutionException`. Does not wait for that.
    @Override
    public void close() {
        all.forEach(SerialStrand::end);
    }
}
