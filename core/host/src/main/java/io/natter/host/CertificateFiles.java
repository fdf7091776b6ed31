package io.natter.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;

/// Makes a value of files with certificates and keys, and makes it again when they have changed.
/// The times of the files are looked at every ten seconds at most, when a connection asks. Any
/// thread.
public final class CertificateFiles<T> {
    private static final Logger LOG = Loggers.of(CertificateFiles.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<Path> files;
    private final Supplier<T> load;
    private final LongSupplier nanoTime;
    private final AtomicLong next;
    private List<String> versions;
    private volatile T current;

    /// Loads the files for the first time.
    ///
    /// @param load makes the value of the files; if it throws later, the old value stays
    /// @param nanoTime the clock
    public CertificateFiles(List<Path> files, Supplier<T> load, LongSupplier nanoTime) {
        this.files = List.copyOf(files);
        this.load = load;
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong() + INTERVAL_NANOS);
        this.versions = versions();
        this.current = load.get();
    }

    /// The present value. Does not block: changed files are read on another thread, for later
    /// connections.
    public T current() {
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL_NANOS)) {
            Thread.startVirtualThread(this::reloadIfChanged);
        }
        return current;
    }

    private synchronized void reloadIfChanged() {
        var found = versions();
        if (found.equals(versions)) {
            return;
        }
        versions = found;
        try {
            current = load.get();
            LOG.info("TLS has new certificates: {}", files);
        } catch (RuntimeException e) {
            LOG.warn("TLS keeps its old certificates: {}", e.getMessage());
        }
    }

    /// The state that changes with a file.
    private List<String> versions() {
        return files.stream().map(CertificateFiles::version).toList();
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
