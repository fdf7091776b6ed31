package io.natter.chat.store;

import io.natter.chat.domain.store.StoreTrouble;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;

/// Finds out why the store cannot do its work. While writes fail, asking also tries a write of a
/// mebibyte, once a second at most, whose success ends the trouble.
final class TroubleCheck {
    /// The size of the probe, which must be free besides: more than the largest write.
    private static final int ROOM = 1 << 20;

    private static final long PROBE_PAUSE_NANOS = 1_000_000_000;

    private final DataDirectory directory;
    private final Transactions transactions;

    /// [System#nanoTime] of the last probe.
    private final AtomicLong probed = new AtomicLong(System.nanoTime() - PROBE_PAUSE_NANOS);

    TroubleCheck(DataDirectory directory, Transactions transactions) {
        this.directory = directory;
        this.transactions = transactions;
    }

    Optional<StoreTrouble> ask() {
        Optional<StoreTrouble> trouble = transactions.trouble();
        if (trouble.isPresent()) {
            if (transactions.writesFail()) {
                probe();
            }
            return trouble;
        }
        Optional<StoreTrouble> files = directory.check(false);
        return files.isEmpty() && directory.room() < ROOM
                ? Optional.of(StoreTrouble.DISK_FULL)
                : files;
    }

    private void probe() {
        long last = probed.get();
        long now = System.nanoTime();
        if (now - last < PROBE_PAUSE_NANOS || !probed.compareAndSet(last, now)) {
            return;
        }
        transactions.attempt(WriterHealth.PROBE, handle -> meta(handle, "x".repeat(ROOM)));
        transactions.attempt("probe's end", handle -> meta(handle, ""));
    }

    private static int meta(Handle handle, String probe) {
        return handle.execute("UPDATE meta SET value = ? WHERE key = 'probe'", probe);
    }
}
