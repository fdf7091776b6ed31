package io.natter.socketio;

import io.natter.engine.CloseReason;
import io.natter.engine.EngineOptions;
import io.natter.engine.EngineSession;
import io.natter.engine.Outgoing;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends a returning client what it has missed, a portion at a time as it takes it, and behind that
/// what is sent to it meanwhile. So it may have missed any amount. On the strand.
///
/// Missed events belong to the log and are shared; each is encoded when its turn comes.
final class Replay {
    /// No more than this waits for the client; beyond 64 KiB it is told when it has read.
    private static final long PORTION = 256 << 10;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Socket socket;
    private final EngineSession session;
    private final long maxWaitingBytes;
    private final long portion;
    private final ArrayDeque<Part> parts = new ArrayDeque<>();
    private long missedBytes;
    private long liveBytes;
    private long reported;
    private boolean looksAgain;
    private boolean tooSlow;

    /// Either missed and yet to be encoded, or messages of now.
    private record Part(@Nullable Payload missed, List<Outgoing> live) {}

    Replay(Socket socket, List<Payload> missed) {
        this.socket = socket;
        this.session = socket.client.session;
        EngineOptions options = session.options();
        this.maxWaitingBytes = options.maxWaitingBytes();
        this.portion = maxWaitingBytes == 0 ? PORTION : Math.min(PORTION, maxWaitingBytes / 2 + 1);
        for (Payload args : missed) {
            missedBytes += args.heldBytes();
            parts.add(new Part(args, List.of()));
        }
    }

    /// Sends messages behind all that comes before them. A client that is too slow for them is
    /// closed, as any other.
    void add(List<Outgoing> live) {
        for (Outgoing message : live) {
            liveBytes += message.size();
        }
        parts.add(new Part(null, live));
        report();
        if (maxWaitingBytes > 0 && liveBytes > maxWaitingBytes && !tooSlow) {
            tooSlow = true;
            String detail = "client too slow: " + liveBytes + " bytes wait behind what it missed";
            // Not in the midst of a broadcast.
            socket.client.context.execute(
                    () -> session.discard(CloseReason.TRANSPORT_ERROR, detail));
        }
    }

    /// Sends what the client takes now.
    ///
    /// @return whether that was all
    boolean send() {
        long sent = 0;
        while (!parts.isEmpty()) {
            if (!session.takesMore(portion)) {
                lookAgain();
                break;
            }
            if (sent >= PORTION) {
                socket.client.context.execute(socket::replayOn); // others have their turn
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
                session.sendUnbounded(encode(missed));
            }
        }
        report();
        return parts.isEmpty();
    }

    private List<Outgoing> encode(Payload args) {
        Namespace nsp = socket.nsp;
        String name = new Args(nsp.server().mapping(), args, 0).require(0, String.class);
        return socket.client.encode(new Packet.Event(nsp.name(), Packet.NO_ID, name, args), true);
    }

    /// The client will say when it has taken what waits, but for little of it.
    private void lookAgain() {
        if (!looksAgain) {
            looksAgain = true;
            socket.client.context.strand.schedule(
                    () -> {
                        looksAgain = false;
                        socket.replayOn();
                    },
                    LOOK_AGAIN.toNanos());
        }
    }

    /// Missed events are kept by the log as well, so they alone close no client.
    private void report() {
        long missed = Math.min(missedBytes, session.options().memoryBudget().clientLimit() / 2);
        long now = missed + liveBytes;
        session.holds(reported, now);
        reported = now;
    }

    /// The socket has left.
    void end() {
        parts.clear();
        missedBytes = 0;
        liveBytes = 0;
        report();
    }
}
