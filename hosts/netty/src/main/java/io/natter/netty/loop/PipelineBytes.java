package io.natter.netty.loop;

import io.natter.host.MemoryAccount;
import io.netty.buffer.Unpooled;

/// Counts the bytes that wait in the pipeline of a [ChannelConnection], and reports them. A buffer
/// that waits for several receivers counts for each of them by its part. On the strand.
final class PipelineBytes {
    private final ChannelConnection connection;
    private final Connection.User user;

    /// The reported number of bytes.
    private long reported;

    /// Whether a mark lies in the pipeline's queue. It shows when all bytes before it are written.
    private boolean marked;

    /// The bytes before the mark that count for other receivers of the same buffer.
    private long sharedBefore;

    /// The bytes behind the mark that count for other receivers of the same buffer.
    private long sharedBehind;

    PipelineBytes(ChannelConnection connection, Connection.User user) {
        this.connection = connection;
        this.user = user;
    }

    /// The bytes in the pipeline.
    long pending() {
        if (!connection.isInPipeline()) {
            return 0;
        }
        var buffer = connection.context().channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /// Of a written buffer this number of bytes counts for other receivers.
    void share(long bytes) {
        sharedBehind += bytes;
    }

    /// Reports the bytes to the user. Netty reports a finished write only by a promise. So if much
    /// waits, a mark with a promise follows it.
    void report() {
        long pending = pending();
        if (pending == 0) {
            sharedBefore = 0;
            sharedBehind = 0;
        }
        long before = reported;
        long now = Math.max(0, pending - sharedBefore - sharedBehind);
        if (now != before) {
            reported = now;
            user.holds(before, now);
        }
        if (!marked && MemoryAccount.isCounted(0, pending)) {
            marked = true;
            sharedBefore += sharedBehind;
            sharedBehind = 0;
            connection
                    .context()
                    .pipeline()
                    .firstContext()
                    .writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(ignored -> connection.onStrand(this::unmark));
        }
    }

    private void unmark() {
        marked = false;
        sharedBefore = 0;
        report();
    }
}
