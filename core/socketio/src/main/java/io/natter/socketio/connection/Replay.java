package io.natter.socketio.connection;

import io.natter.engine.CloseReason;
import io.natter.engine.EngineOptions;
import io.natter.engine.EngineSession;
import io.natter.engine.Outgoing;
import io.natter.protocol.Payload;
import io.natter.socketio.rooms.StrandContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sends a returning client the events that it has missed, in portions, as fast as the client
/// reads. Events that are sent to it in the meantime follow. So the missed events may be of any
/// size. On the strand.
///
/// Missed events belong to the log and are shared. Each is encoded immediately before it is sent.
public final class Replay {
    /// No more than this waits for the client. Above 64 KiB the host reports when it has read.
    private static final long PORTION = 256 << 10;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final EngineSession session;
    private final StrandContext context;
    private final Function<Payload, List<Outgoing>> encoder;
    private final Runnable goOn;
    private final long maxWaitingBytes;
    private final long portion;
    private final ArrayDeque<Part> parts = new ArrayDeque<>();
    private long missedBytes;
    private long liveBytes;
    private long reported;
    private boolean looksAgain;
    private boolean tooSlow;

    /// Either a missed event that is not encoded yet, or messages of now.
    private record Part(@Nullable Payload missed, List<Outgoing> live) {}

    /// @param encoder makes the messages of a missed event, whose first element is its name
    /// @param goOn is to call [#send] again
    /// @param missed the events
    public Replay(
            EngineSession session,
            StrandContext context,
            Function<Payload, List<Outgoing>> encoder,
            Runnable goOn,
            List<Payload> missed) {
        this.session = session;
        this.context = context;
        this.encoder = encoder;
        this.goOn = goOn;
        EngineOptions options = session.options();
        this.maxWaitingBytes = options.maxWaitingBytes();
        this.portion = maxWaitingBytes == 0 ? PORTION : Math.min(PORTION, maxWaitingBytes / 2 + 1);
        for (Payload args : missed) {
            missedBytes += args.heldBytes();
            parts.add(new Part(args, List.of()));
        }
    }

    /// Sends messages behind all earlier ones. A client that is too slow for them is disconnected,
    /// like any other.
    public void add(List<Outgoing> live) {
        for (Outgoing message : live) {
            liveBytes += message.size();
        }
        parts.add(new Part(null, live));
        report();
        if (maxWaitingBytes > 0 && liveBytes > maxWaitingBytes && !tooSlow) {
            tooSlow = true;
            String detail = "client too slow: " + liveBytes + " bytes wait behind missed events";
            // Later, because a broadcast may be in progress.
            context.execute(() -> session.discard(CloseReason.TRANSPORT_ERROR, detail));
        }
    }

    /// Sends as much as the client takes now.
    ///
    /// @return whether that was all
    public boolean send() {
        long sent = 0;
        while (!parts.isEmpty()) {
            if (!session.takesMore(portion)) {
                lookAgain();
                break;
            }
            if (sent >= PORTION) {
                context.execute(goOn); // other tasks of the strand run before
                break;
            }
            Part part = parts.remove();
            Payload missed = part.missed;
            if (missed == null) {
                for (Outgoing message : part.live) {
                    liveBytes -= message.size();
                    sent += message.size();
                }
                session.sendUnbounded(part.live);
            } else {
                missedBytes -= missed.heldBytes();
                sent += missed.length();
                session.sendUnbounded(encoder.apply(missed));
            }
        }
        report();
        return parts.isEmpty();
    }

    /// The host reports when the client has read, but not if only little waits.
    private void lookAgain() {
        if (!looksAgain) {
            looksAgain = true;
            context.strand.schedule(
                    () -> {
                        looksAgain = false;
                        goOn.run();
                    },
                    LOOK_AGAIN.toNanos());
        }
    }

    /// The log keeps missed events too, so they alone disconnect no client.
    private void report() {
        long missed = Math.min(missedBytes, session.options().memoryBudget().clientLimit() / 2);
        long now = missed + liveBytes;
        session.holds(reported, now);
        reported = now;
    }

    /// The socket has left.
    public void end() {
        parts.clear();
        missedBytes = 0;
        liveBytes = 0;
        report();
    }
}
