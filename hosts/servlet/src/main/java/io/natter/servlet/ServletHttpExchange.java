package io.natter.servlet;

import io.natter.host.CountedHostMetrics;
import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.Strand;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A request of a container and its answer. Bodies are read and answers written on virtual threads,
/// because both may block.
///
/// Both begin only when the container's thread has left the filters in front of the servlet.
/// Filters such as those of Spring Security set headers on the way out, and containers do not guard
/// a request against two threads. The first call of [#onWritePossible] tells that the thread has
/// left.
final class ServletHttpExchange implements HttpExchange, AsyncListener, WriteListener {
    private static final int PIECE = 8192;

    /// Bodies of up to this size are read before the request becomes asynchronous.
    private static final int MAX_EARLY_BYTES = 65_536;

    /// This part of a body over the limit is read.
    private static final long MAX_REST_BYTES = 16L << 20;

    private static final String BODY_READ =
            "A filter in front of Natter's servlet has read the body of a POST. Let it pass requests"
                    + " of Natter untouched.";

    private final CountedHostMetrics metrics;
    private final HttpServletRequest request;
    private final AsyncContext context;
    private final HttpRequest head;
    private final Strand strand;
    private final AtomicBoolean answered = new AtomicBoolean();

    /// The rest of a body over the limit is to be read.
    private volatile boolean hasRest;

    /// The whole body, if it was small.
    private final byte @Nullable [] early;

    private final Semaphore writable = new Semaphore(0);
    private volatile boolean writeFailed;

    // Guarded by this.
    private boolean aborted;
    private @Nullable Runnable onAbort;
    private boolean hasLeftFilters;
    private final List<Runnable> waiting = new ArrayList<>(1);

    /// Starts the request's asynchronous mode, without a timeout of the container's.
    ServletHttpExchange(
            HttpServletRequest request, HttpRequest head, Strand strand, CountedHostMetrics metrics)
            throws ServletException, IOException {
        this.metrics = metrics;
        this.request = request;
        this.head = head;
        this.strand = strand;
        // A client that leaves right behind its last message ends an asynchronous request, and the
        // message would be lost.
        early = early(request);
        context = request.startAsync();
        context.setTimeout(0);
        context.addListener(this);
        context.getResponse().getOutputStream().setWriteListener(this);
    }

    /// Runs a task on a virtual thread when the container's thread has left the filters.
    private void afterFilters(Runnable task) {
        synchronized (this) {
            if (!hasLeftFilters) {
                waiting.add(task);
                return;
            }
        }
        Thread.startVirtualThread(task);
    }

    /// The container's thread has left the filters, or the container can take more bytes.
    @Override
    public void onWritePossible() {
        List<Runnable> due;
        synchronized (this) {
            hasLeftFilters = true;
            due = List.copyOf(waiting);
            waiting.clear();
        }
        writable.release();
        due.forEach(Thread::startVirtualThread);
    }

    /// Writing has failed. A waiting request is ended by [#onError(AsyncEvent)].
    @Override
    public void onError(Throwable failure) {
        writeFailed = true;
        writable.release();
    }

    private static byte @Nullable [] early(HttpServletRequest request)
            throws ServletException, IOException {
        long length = request.getContentLengthLong();
        if (length <= 0 || length > MAX_EARLY_BYTES) {
            return null;
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes((int) length);
        } catch (IllegalStateException e) {
            throw new ServletException(BODY_READ, e);
        }
        if (body.length < length) {
            throw new ServletException(BODY_READ);
        }
        return body;
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
    public void readBody(long limit, BodyReader reader) {
        byte[] known = early;
        if (known == null) {
            afterFilters(() -> read(limit, reader));
        } else if (known.length > limit) {
            tooLarge(reader);
        } else {
            strand.execute(() -> reader.complete(known));
        }
    }

    private void read(long limit, BodyReader reader) {
        try {
            if (request.getContentLengthLong() > limit) {
                hasRest = true;
                tooLarge(reader);
                return;
            }
            var body = read(request.getInputStream(), limit);
            if (body == null) {
                hasRest = true;
                tooLarge(reader);
            } else {
                strand.execute(() -> reader.complete(body));
            }
        } catch (IOException | RuntimeException e) {
            // The client went away, or sent too slowly for the container.
            abort();
        }
    }

    private void tooLarge(BodyReader reader) {
        metrics.bodiesTooLarge.increment();
        strand.execute(reader::tooLarge);
    }

    /// The whole body, or null if it is longer than `limit` bytes.
    private static byte @Nullable [] read(ServletInputStream in, long limit) throws IOException {
        var body = new ByteArrayOutputStream();
        var piece = new byte[PIECE];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            if (body.size() + (long) n > limit) {
                return null;
            }
            body.write(piece, 0, n);
        }
        return body.toByteArray();
    }

    @Override
    public void respond(HttpResponse response) {
        if (answered.compareAndSet(false, true)) {
            afterFilters(() -> write(response));
        }
    }

    private void write(HttpResponse response) {
        try {
            // A body in chunks may never end, so its answer does not wait for it.
            boolean isInChunks = request.getContentLengthLong() < 0;
            if (hasRest && !isInChunks) {
                discardRest();
            }
            write(response, (HttpServletResponse) context.getResponse());
            if (hasRest && isInChunks) {
                context.getResponse().flushBuffer();
                discardRest();
            }
            awaitWritten(context.getResponse().getOutputStream());
        } catch (InterruptedException | IOException | RuntimeException e) {
            metrics.aborts.increment();
        }
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // The container has ended the request already.
        }
    }

    /// Waits until the container has taken all bytes, or the container's timeout has passed.
    private void awaitWritten(ServletOutputStream out) throws IOException, InterruptedException {
        while (!out.isReady()) {
            writable.acquire();
            if (writeFailed) {
                throw new IOException("the client does not take the answer");
            }
        }
    }

    /// Reads what the client still sends, up to a bound. A container closes the connection of a
    /// request that was not read, and the client then loses the answer.
    private void discardRest() throws IOException {
        if (request.getContentLengthLong() > MAX_REST_BYTES
                || request.getHeader("Expect") != null) {
            return;
        }
        var in = request.getInputStream();
        var piece = new byte[PIECE];
        long left = MAX_REST_BYTES;
        for (int n = in.read(piece); n >= 0 && left > 0; n = in.read(piece)) {
            left -= n;
        }
    }

    /// An answer that is a sentence.
    static HttpResponse answer(int status, String sentence) {
        return new HttpResponse(
                status,
                Map.of("Content-Type", List.of("text/plain; charset=utf-8")),
                (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Writes an answer to a container's response. May block.
    static void write(HttpResponse response, HttpServletResponse to) throws IOException {
        to.setStatus(response.status());
        response.headers().forEach((name, values) -> write(name, values, to));
        to.setContentLength(response.body().length);
        to.getOutputStream().write(response.body());
    }

    /// A filter may have set the same header: the answer's own stands, except for those of which
    /// each value counts.
    private static void write(String name, List<String> values, HttpServletResponse to) {
        boolean adds = name.equalsIgnoreCase("Set-Cookie") || name.equalsIgnoreCase("Vary");
        for (int i = 0; i < values.size(); i++) {
            if (i == 0 && !adds) {
                to.setHeader(name, values.get(i));
            } else {
                to.addHeader(name, values.get(i));
            }
        }
    }

    @Override
    public void onAbort(Runnable task) {
        synchronized (this) {
            if (!aborted) {
                onAbort = task;
                return;
            }
        }
        strand.execute(task);
    }

    private void abort() {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        metrics.aborts.increment();
        Runnable task;
        synchronized (this) {
            aborted = true;
            task = onAbort;
        }
        if (task != null) {
            strand.execute(task);
        }
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // The container has ended the request already.
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onTimeout(AsyncEvent event) {
        abort();
    }

    @Override
    public void onError(AsyncEvent event) {
        abort();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
