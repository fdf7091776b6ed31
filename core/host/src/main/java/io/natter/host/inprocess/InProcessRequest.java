package io.natter.host.inprocess;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.Strand;
import org.jspecify.annotations.Nullable;

/// A request made to an [InProcessHost], and its answer when there is one.
public final class InProcessRequest {
    private final ManualStrand strand;
    private final Exchange exchange;
    private volatile @Nullable HttpResponse response;
    private volatile boolean aborted;
    private byte @Nullable [] body;
    private HttpExchange.@Nullable BodyReader reader;
    private long limit;
    private @Nullable Runnable onAbort;

    InProcessRequest(ManualStrand strand, HttpRequest head, byte @Nullable [] body) {
        this.strand = strand;
        this.body = body;
        this.exchange = new Exchange(head);
    }

    HttpExchange exchange() {
        return exchange;
    }

    /// Whether the answer has come.
    public boolean isAnswered() {
        return response != null;
    }

    /// The answer.
    ///
    /// @throws IllegalStateException when there is none yet
    public HttpResponse response() {
        var answer = response;
        if (answer == null) {
            throw new IllegalStateException("not answered yet");
        }
        return answer;
    }

    /// The answer's status.
    public int status() {
        return response().status();
    }

    /// The answer's body as text.
    public String text() {
        return new String(response().body(), UTF_8);
    }

    /// The first value of a header of the answer, in any spelling, or null.
    public @Nullable String header(String name) {
        for (var e : response().headers().entrySet()) {
            if (e.getKey().equalsIgnoreCase(name)) {
                return e.getValue().getFirst();
            }
        }
        return null;
    }

    /// The body that was held back.
    public void body(byte[] bytes) {
        body = bytes;
        deliver();
        strand.run();
    }

    /// The client goes away.
    public void abort() {
        aborted = true;
        if (response == null && onAbort != null) {
            strand.execute(onAbort);
        }
        strand.run();
    }

    private void deliver() {
        var to = reader;
        if (to == null || body == null) {
            return;
        }
        reader = null;
        byte[] bytes = requireNonNull(body);
        strand.execute(
                () -> {
                    if (bytes.length > limit) {
                        to.tooLarge();
                    } else {
                        to.complete(bytes);
                    }
                });
    }

    private final class Exchange implements HttpExchange {
        private final HttpRequest head;

        Exchange(HttpRequest head) {
            this.head = head;
        }

        @Override
        public HttpRequest request() {
            return head;
        }

        @Override
        public Strand strand() {
            return strand;
        }

        @Override
        public void readBody(long max, BodyReader to) {
            limit = max;
            reader = to;
            deliver();
        }

        @Override
        public void respond(HttpResponse answer) {
            if (response == null && !aborted) {
                response = answer;
            }
        }

        @Override
        public void onAbort(Runnable task) {
            if (aborted) {
                strand.execute(task);
            } else {
                onAbort = task;
            }
        }
    }
}
