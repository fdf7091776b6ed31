package io.natter.netty.websocket;

import io.natter.host.CloseCode;
import io.natter.netty.frame.FrameException;
import io.natter.netty.frame.FrameWriter;
import io.natter.netty.loop.Connection;
import io.natter.netty.loop.EventLoopStrand;
import io.natter.netty.loop.StrandTraffic;
import java.util.concurrent.TimeUnit;

/// From a WebSocket's close frame to the end of its line (RFC 6455 §7.1): however the peer behaves,
/// a timer closes. Made when the end begins, so that an open connection carries nothing of it. On
/// the strand.
final class ClosingHandshake {
    /// How long the peer may take to answer a close frame.
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);

    /// How long bytes are still read after a violation, so that the peer gets to see the close
    /// frame instead of a reset.
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Runnable cancelTimer;

    private ClosingHandshake(Connection line, EventLoopStrand strand, long nanos) {
        cancelTimer = strand.schedule(line::close, nanos);
    }

    /// Our close frame was written: the peer has to answer it.
    static ClosingHandshake ours(Connection line, EventLoopStrand strand) {
        line.setReading(true);
        return new ClosingHandshake(line, strand, ANSWER_NANOS);
    }

    /// Writes the close frame that says which rule the peer broke. 1009 says it all without words,
    /// and clients look for none beside it: Engine.IO's own tests expect an empty reason there.
    static ClosingHandshake violated(
            Connection line,
            EventLoopStrand strand,
            StrandTraffic traffic,
            FrameException violation) {
        var words = violation.code() == CloseCode.TOO_BIG ? "" : violation.reason();
        var frame = FrameWriter.close(line.alloc(), violation.code(), words);
        traffic.bytesOut.add(frame.readableBytes());
        line.finish(frame, false);
        return new ClosingHandshake(line, strand, LINGER_NANOS);
    }

    /// Writes the answer to the peer's close frame, and closes behind it.
    static ClosingHandshake answer(
            Connection line, EventLoopStrand strand, StrandTraffic traffic, int code) {
        var frame = FrameWriter.close(line.alloc(), code, "");
        traffic.bytesOut.add(frame.readableBytes());
        line.finish(frame, true);
        return new ClosingHandshake(line, strand, LINGER_NANOS);
    }

    /// The line is down.
    void over() {
        cancelTimer.run();
    }
}
