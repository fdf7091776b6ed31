package io.natter.netty;

import io.natter.host.Loggers;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/// A [Tls] in use, whose files are read again when they have changed. Any thread.
final class ReloadingTls {
    private static final Logger LOG = Loggers.of(ReloadingTls.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Tls tls;
    private final LongSupplier nanoTime;
    private final AtomicLong next;
    private List<String> versions;
    private volatile SslContext current;

    /// @throws IllegalArgumentException if a file cannot be used
    ReloadingTls(Tls tls, LongSupplier nanoTime) {
        this.tls = tls;
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong() + INTERVAL_NANOS);
        this.versions = versions(tls);
        this.current = tls.context();
        if (!OpenSsl.isAvailable()) {
            LOG.info(
                    "TLS runs on the JDK. For faster TLS, add"
                            + " io.netty:netty-tcnative-boringssl-static to the class path");
        }
    }

    /// For a new connection.
    SslHandler newHandler(ByteBufAllocator alloc) {
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL_NANOS)) {
            // Files may be slow, and this is an event loop.
            Thread.startVirtualThread(this::reloadIfChanged);
        }
        return current.newHandler(alloc);
    }

    private synchronized void reloadIfChanged() {
        var found = versions(tls);
        if (found.equals(versions)) {
            return;
        }
        versions = found;
        try {
            current = tls.context();
            LOG.info("TLS has new certificates: {}", tls.files());
        } catch (RuntimeException e) {
            LOG.warn("TLS keeps its old certificates: {}", e.getMessage());
        }
    }

    /// The state that changes with a file.
    private static List<String> versions(Tls tls) {
        return tls.files().stream().map(ReloadingTls::version).toList();
    }

    private static String version(Path file) {
        try {
            var found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.lastModifiedTime() + " " + found.size() + " " + found.fileKey();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
