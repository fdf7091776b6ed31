package io.natter.chat.store;

import io.natter.chat.domain.store.StoreTrouble;
import java.io.Serial;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the database takes writes, as the outcomes of writes tell. The writing thread tells it;
/// any thread may ask.
final class WriterHealth {
    /// The write that asks the disk for room; only its success ends [StoreTrouble#DISK_FULL].
    static final String PROBE = "probe";

    private static final Logger log = LoggerFactory.getLogger(WriterHealth.class);

    /// The trouble with the files, if there is any.
    @FunctionalInterface
    interface FileCheck {
        /// Asks; blocks for a look at the disk.
        ///
        /// @param committed whether something was just committed
        Optional<StoreTrouble> wrong(boolean committed);
    }

    private final FileCheck files;

    private volatile @Nullable StoreTrouble trouble;

    WriterHealth(FileCheck files) {
        this.files = files;
    }

    Optional<StoreTrouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    /// Fails when writing to the files is of no use.
    void checkFiles(boolean committed) {
        Optional<StoreTrouble> wrong = files.wrong(committed);
        if (wrong.isPresent()) {
            throw new FilesGoneException(wrong.get());
        }
    }

    /// A committed batch may contain writes that the database refused, as a full disk does with one
    /// that needs a new page. Its other writes may be smaller. So only the probe, which is larger
    /// than any write, shows that the disk has room again.
    void committed(List<WriteJob<?>> batch) {
        for (WriteJob<?> job : batch) {
            if (job.failure() instanceof JdbiException failure) {
                failed(failure, job.name());
                return;
            }
        }
        StoreTrouble known = trouble;
        if (known != null && batch.stream().anyMatch(job -> ends(known, job))) {
            log.info("The database takes writes again");
            trouble = null;
        }
    }

    private static boolean ends(StoreTrouble trouble, WriteJob<?> job) {
        return job.succeeded() && (trouble != StoreTrouble.DISK_FULL || job.name().equals(PROBE));
    }

    /// A write was refused by the database.
    void failed(Throwable why, String write) {
        SqlFault fault =
                why instanceof FilesGoneException gone
                        ? new SqlFault(gone.trouble, gone.trouble.code())
                        : SqlFault.of(why);
        if (trouble != fault.trouble()) {
            log.warn(
                    "The database refused the write '{}': {}. {}",
                    write,
                    fault.detail(),
                    fault.trouble().sentence());
        }
        trouble = fault.trouble();
    }

    /// The database is not, or no longer, the file of its name.
    static final class FilesGoneException extends RuntimeException {
        @Serial private static final long serialVersionUID = 1L;

        final StoreTrouble trouble;

        FilesGoneException(StoreTrouble trouble) {
            super(null, null, false, false);
            this.trouble = trouble;
        }
    }
}
