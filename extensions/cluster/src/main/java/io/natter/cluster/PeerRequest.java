package io.natter.cluster;

import io.natter.protocol.Payload;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A question to the other servers. It is complete when each has answered or is gone. Answers may
/// come before it is known how many there are. Any thread.
final class PeerRequest {
    private final Consumer<Payload> onAnswer;
    private final IntConsumer onComplete;
    private final Set<String> settled = new HashSet<>();
    private @Nullable Peers peers;
    private int answers;
    private boolean done;

    /// @param onAnswer gets the data of each answer
    /// @param onComplete gets the number of answers, once
    PeerRequest(Consumer<Payload> onAnswer, IntConsumer onComplete) {
        this.onAnswer = onAnswer;
        this.onComplete = onComplete;
    }

    /// The servers that are asked. Returns whether the request is complete, as the others do.
    synchronized boolean asks(Peers asked) {
        peers = asked;
        return check();
    }

    /// A server has answered; a second answer of the same server has no effect.
    synchronized boolean answered(String uid, Payload data) {
        if (!done && !settled.contains(uid)) {
            onAnswer.accept(data);
            settled.add(uid);
            answers++;
        }
        return check();
    }

    /// A server is gone.
    synchronized boolean gone(String uid) {
        // If only the number of servers is known, a lost server cannot be identified.
        if (peers != null && peers.uids().contains(uid)) {
            settled.add(uid);
        }
        return check();
    }

    /// Takes no answer any more, and says how many are missing.
    synchronized String end() {
        done = true;
        Peers asked = peers;
        return asked == null
                ? "the servers could not be counted"
                : "%d of %d servers did not answer"
                        .formatted(asked.missing(settled), asked.count());
    }

    private boolean check() {
        if (!done && peers != null && peers.missing(settled) == 0) {
            done = true;
            onComplete.accept(answers);
        }
        return done;
    }
}
