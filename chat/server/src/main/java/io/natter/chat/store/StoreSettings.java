package io.natter.chat.store;

import java.time.Duration;

/// The store's bounds.
///
/// @param lockWait how long a write waits while another process holds the database
/// @param maxWaiting writes that may wait before further ones are answered `busy`
/// @param maxBatch writes in one commit
/// @param batchTime how long one commit goes on taking in writes that wait
/// @param readers connections that read
/// @param stalledAfter how long one batch may be under way before the store counts as not ready
/// @param closeWait how long closing waits for writes that wait
/// @param fileReserve bytes of the disk that files leave for messages
record StoreSettings(
        Duration lockWait,
        int maxWaiting,
        int maxBatch,
        Duration batchTime,
        int readers,
        Duration stalledAfter,
        Duration closeWait,
        long fileReserve) {
    static final StoreSettings DEFAULT =
            new StoreSettings(
                    Duration.ofSeconds(2),
                    1024,
                    64,
                    Duration.ofMillis(5),
                    4,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    64L << 20);

    StoreSettings withLockWait(Duration wait) {
        return new StoreSettings(
                wait,
                maxWaiting,
                maxBatch,
                batchTime,
                readers,
                stalledAfter,
                closeWait,
                fileReserve);
    }

    StoreSettings withMaxWaiting(int max) {
        return new StoreSettings(
                lockWait, max, maxBatch, batchTime, readers, stalledAfter, closeWait, fileReserve);
    }

    StoreSettings withStalledAfter(Duration time) {
        return new StoreSettings(
                lockWait, maxWaiting, maxBatch, batchTime, readers, time, closeWait, fileReserve);
    }

    StoreSettings withCloseWait(Duration time) {
        return new StoreSettings(
                lockWait,
                maxWaiting,
                maxBatch,
                batchTime,
                readers,
                stalledAfter,
                time,
                fileReserve);
    }

    StoreSettings withFileReserve(long bytes) {
        return new StoreSettings(
                lockWait, maxWaiting, maxBatch, batchTime, readers, stalledAfter, closeWait, bytes);
    }
}
