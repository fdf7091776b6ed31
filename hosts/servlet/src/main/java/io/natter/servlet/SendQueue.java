package io.natter.servlet;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends messages one after the other, because a container takes one message at a time. Messages
/// are added on the strand; the container reports the end of each on a thread of its own, which
/// then sends the next.
final class SendQueue implements SendHandler {
    /// Hands one message to the container.
    interface Sending {
        /// The bytes that the message counts for.
        int bytes();

        /// Starts to send. `done` is called at the end, on any thread.
        void start(SendHandler done) throws IOException;
    }

    private final ConcurrentLinkedQueue<Sending> waiting = new ConcurrentLinkedQueue<>();

    /// The calls of [#drain] under way, so that one thread drains and recursion does not go deep.
    private final AtomicInteger draining = new AtomicInteger();

    private final Listener listener;
    private volatile boolean sending;
    private volatile boolean ended;
    private volatile Sending current = Nothing.INSTANCE;

    /// Told about the queue, on any thread.
    interface Listener {
        /// Bytes were added to what waits.
        void added(int bytes);

        /// Bytes wait no longer.
        void sent(int bytes);

        /// A message could not be sent; nothing more is sent.
        void failed(Throwable cause);
    }

    private enum Nothing implements Sending {
        INSTANCE;

        @Override
        public int bytes() {
            return 0;
        }

        @Override
        public void start(SendHandler done) {}
    }

    SendQueue(Listener listener) {
        this.listener = listener;
    }

    /// Adds a message. On the strand.
    void add(Sending message) {
        if (ended) {
            return;
        }
        listener.added(message.bytes());
        waiting.add(message);
        drain();
    }

    /// Drops what waits and takes nothing more. Any thread.
    void end() {
        ended = true;
        drain();
    }

    private void drain() {
        if (draining.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            if (ended) {
                drop();
            } else if (!sending) {
                start();
            }
            seen = draining.addAndGet(-seen);
        } while (seen != 0);
    }

    private void start() {
        var next = waiting.poll();
        if (next == null) {
            return;
        }
        sending = true;
        current = next;
        try {
            next.start(this);
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    @Override
    public void onResult(SendResult result) {
        var sent = current;
        current = Nothing.INSTANCE;
        taken(sent);
        if (result.isOK()) {
            sending = false;
            drain();
        } else {
            fail(result.getException());
        }
    }

    private void taken(Sending sent) {
        if (sent.bytes() > 0) {
            listener.sent(sent.bytes());
        }
    }

    private void fail(Throwable cause) {
        if (!ended) {
            listener.failed(cause);
        }
        end();
    }

    private void drop() {
        for (var each = waiting.poll(); each != null; each = waiting.poll()) {
            taken(each);
        }
    }
}
