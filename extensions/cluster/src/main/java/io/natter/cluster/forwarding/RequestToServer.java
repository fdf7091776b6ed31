package io.natter.cluster.forwarding;

import io.natter.host.HttpExchange;
import io.natter.host.HttpResponse;
import io.natter.host.RateLimitedLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// A plain request that is passed on, and its answer. It has a virtual thread of its own, which
/// ends when the client goes away.
final class RequestToServer {
    /// Far above what a server lets wait for a client.
    private static final int MAX_ANSWER = 64 << 20;

    private static final byte[] NOTHING = {};

    private final Line line;
    private final OtherServer to;
    private final HttpExchange exchange;
    private final Runnable notFound;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean gone = new AtomicBoolean();

    RequestToServer(Line line, OtherServer to, HttpExchange exchange, Runnable notFound) {
        this.line = line;
        this.to = to;
        this.exchange = exchange;
        this.notFound = notFound;
    }

    /// On the strand of the request.
    void start() {
        if (!line.inFlight().enter()) {
            exchange.respond(Line.tooMany());
            return;
        }
        if (exchange.request().method().equals("POST")) {
            exchange.onAbort(this::end);
            exchange.readBody(line.options().maxHttpBufferSize(), new Body());
        } else {
            send(NOTHING);
        }
    }

    /// Gives the place back, once.
    private void end() {
        if (ended.compareAndSet(false, true)) {
            line.inFlight().leave();
        }
    }

    private final class Body implements HttpExchange.BodyReader {
        @Override
        public void complete(byte[] body) {
            if (ended.get()) {
                return;
            }
            if (line.inFlight().hold(body.length)) {
                send(body);
            } else {
                exchange.respond(Line.tooMany());
                end();
            }
        }

        @Override
        public void tooLarge() {
            line.metrics().refused.increment();
            exchange.respond(new HttpResponse(413, new TreeMap<>(), NOTHING));
            end();
        }
    }

    private void send(byte[] body) {
        var thread = Thread.ofVirtual().name("natter-forwarding").unstarted(() -> run(body));
        exchange.onAbort(
                () -> {
                    gone.set(true);
                    thread.interrupt();
                });
        thread.start();
    }

    private void run(byte[] body) {
        try {
            pass(body);
        } catch (HttpTimeoutException e) {
            boolean connecting = e instanceof HttpConnectTimeoutException;
            (connecting ? line.metrics().unreachable : line.metrics().timedOut).increment();
            if (connecting) {
                to.failed(System.nanoTime());
            }
            missed(e);
        } catch (IOException e) {
            if (!gone.get()) {
                line.metrics().unreachable.increment();
                if (e instanceof ConnectException) {
                    to.failed(System.nanoTime());
                }
                missed(e);
            }
        } catch (InterruptedException clientGone) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            line.log().failure("request", "a request could not be passed on", e);
            notFound.run();
        } finally {
            line.inFlight().release(body.length);
            end();
        }
    }

    private void missed(IOException cause) {
        line.log()
                .warn(
                        "unreachable",
                        "the server of a session cannot be reached: {}",
                        RateLimitedLog.text(String.valueOf(cause)));
        notFound.run();
    }

    private void pass(byte[] body) throws IOException, InterruptedException {
        var head = exchange.request();
        var request =
                HttpRequest.newBuilder(to.target(false, head.path(), head.rawQuery()))
                        .timeout(line.answerTimeout())
                        .method(
                                head.method(),
                                body.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        ForwardedHead.write(head, to.signature(), request::header);
        var answer = line.http().send(request.build(), BodyHandlers.ofInputStream());
        byte[] bytes;
        try (InputStream in = answer.body()) {
            bytes = in.readNBytes(MAX_ANSWER + 1);
        }
        if (bytes.length > MAX_ANSWER) {
            throw new IOException("an answer of more than " + MAX_ANSWER + " bytes");
        }
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        answer.headers()
                .map()
                .forEach(
                        (name, values) -> {
                            if (ForwardedHead.isForClient(name.toLowerCase(Locale.ROOT))) {
                                headers.put(name, values);
                            }
                        });
        line.metrics().requests.increment();
        exchange.respond(new HttpResponse(answer.statusCode(), headers, bytes));
    }
}
