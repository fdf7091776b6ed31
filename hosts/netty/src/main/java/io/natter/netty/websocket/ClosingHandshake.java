package io.natter.netty.websocket;

import io.natter.host.CloseCode;
import io.natter.netty.frame.FrameException;
import io.natter.netty.frame.FrameWriter;
import io.natter.netty.loop.Connection;
import io.natter.netty.loop.EventLoopStrand;
import io.natter.netty.loop.StrandTraffic;
import java.util.concurrent.TimeUnit;

/// From a WebSocket's close frame to the end of its connection (RFC 6455 §7.1): however the peer
/// behaves, a timer closes. Made when the end begins, so that an open connection needs no memory
/// for it. On the strand.
final class ClosingHandshake {
    /// How long the peer may take to answer a close frame.
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);

    /// The time in which bytes are still read after a violation, so that the peer gets the close
    /// frame and no reset.
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Runnable cancelTimer;

    private ClosingHandshake(Connection connection, EventLoopStrand strand, long nanos) {
        cancelTimer = strand.schedule(connection::close, nanos);
    }

    /// Our close frame was written: the peer has to answer it.
    static ClosingHandshake ours(Connection connection, EventLoopStrand strand) {
        connection.setReading(true);
        return new ClosingHandshake(connection, strand, ANSWER_NANOS);
    }

    /// Writes the close frame that names the rule that the peer broke. For 1009 the reason is
    /// empty, as Engine.IO's own tests expect: the code alone names the rule.
    static ClosingHandshake violated(
            Connection connection,
            EventLoopStrand strand,
            StrandTraffic traffic,
            FrameException violation) {
        var words = violation.code() == CloseCode.TOO_BIG ? "" : violation.reason();
        var frame = FrameWriter.close(connection.alloc(), violation.code(), words);
        traffic.bytesOut.add(frame.readableBytes());
        connection.finish(frame, false);
        return new ClosingHandshake(connection, strand, LINGER_NANOS);
    }

    /// Writes the answer to the peer's close frame, and closes behind it.
    static ClosingHandshake answer(
            Connection connection, EventLoopStrand strand, StrandTraffic traffic, int code) {
        var frame = FrameWriter.close(connection.alloc(), code, "");
        traffic.bytesOut.add(frame.readableBytes());
        connection.finish(frame, true);
        return new ClosingHandshake(connection, strand, LINGER_NANOS);
    }

    /// The connection is down.
    void over() {
        cancelTimer.run();
    }
}
