package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.store.StoreTrouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The writing thread under what should never happen.
class WriterTest {
    private static final ThreadFactory THREADS = Thread.ofPlatform().name("test-writer").factory();

    @TempDir Path directory;

    private final StoreCounters counters = new StoreCounters();
    private @Nullable Writer writer;

    @AfterEach
    void close() {
        if (writer != null) {
            writer.close();
        }
    }

    private Handle connect() {
        return Jdbi.create("jdbc:sqlite:" + directory.resolve("test.db")).open();
    }

    private Writer writer(
            StoreSettings settings, WriterHealth.FileCheck files, ThreadFactory threads) {
        Writer made =
                new Writer(this::connect, new WriterHealth(files), settings, counters, threads);
        writer = made;
        return made;
    }

    private Writer writer() {
        return writer(StoreSettings.DEFAULT, _ -> Optional.empty(), THREADS);
    }

    private static String outcome(CompletableFuture<?> answer) {
        return answer.handle((_, failure) -> failure == null ? "ok" : ChatError.of(failure).code())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void anErrorInAListenerHarmsNeitherItsWriteNorTheNext() {
        Writer writer = writer();
        CompletableFuture<Boolean> first =
                writer.submit(
                        "first",
                        _ -> true,
                        _ -> {
                            throw new OutOfMemoryError("on purpose");
                        });
        assertThat(outcome(first)).isEqualTo("ok");
        assertThat(outcome(writer.submit("second", _ -> true, _ -> {}))).isEqualTo("ok");
        assertThat(writer.trouble()).isEmpty();
        assertThat(counters.listenerErrors()).isEqualTo(1);
    }

    @Test
    void anErrorInAWriteIsAnsweredAndTheNextIsTaken() {
        Writer writer = writer();
        CompletableFuture<Boolean> first =
                writer.submit(
                        "first",
                        _ -> {
                            throw new StackOverflowError("on purpose");
                        },
                        _ -> {});
        assertThat(outcome(first)).isEqualTo("storage");
        assertThat(outcome(writer.submit("second", _ -> true, _ -> {}))).isEqualTo("ok");
        await().atMost(Duration.ofSeconds(20)).until(() -> writer.trouble().isEmpty());
    }

    @Test
    void anErrorAnywhereElseIsAnsweredAndTheNextIsTaken() {
        AtomicInteger asked = new AtomicInteger();
        Writer writer =
                writer(
                        StoreSettings.DEFAULT,
                        committed -> {
                            if (asked.incrementAndGet() <= 2 && committed) {
                                throw new OutOfMemoryError("on purpose");
                            }
                            return Optional.empty();
                        },
                        THREADS);
        assertThat(outcome(writer.submit("first", _ -> true, _ -> {}))).isEqualTo("storage");
        assertThat(outcome(writer.submit("second", _ -> true, _ -> {}))).isEqualTo("ok");
    }

    @Test
    void aWriterThatIsDeadSaysSoAndLeavesNobodyWaiting() throws Exception {
        Thread[] made = new Thread[1];
        Writer writer =
                writer(
                        StoreSettings.DEFAULT,
                        _ -> Optional.empty(),
                        run -> made[0] = Thread.ofPlatform().unstarted(() -> {}));
        made[0].join();
        assertThat(writer.trouble()).contains(StoreTrouble.WRITER_STOPPED);
        assertThat(outcome(writer.submit("late", _ -> true, _ -> {}))).isEqualTo("storage");
    }

    @Test
    void aWriteThatTakesTooLongIsTold() {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        Writer writer =
                writer(
                        StoreSettings.DEFAULT.withStalledAfter(Duration.ZERO),
                        _ -> Optional.empty(),
                        THREADS);
        CompletableFuture<Boolean> slow =
                writer.submit(
                        "slow",
                        _ -> {
                            started.countDown();
                            return awaitQuietly(goOn);
                        },
                        _ -> {});
        assertThat(awaitQuietly(started)).isTrue();
        assertThat(writer.trouble()).contains(StoreTrouble.WRITER_STALLED);
        goOn.countDown();
        assertThat(outcome(slow)).isEqualTo("ok");
        await().atMost(Duration.ofSeconds(20)).until(() -> writer.trouble().isEmpty());
    }

    @Test
    void closingDoesNotWaitForEverForAListenerThatHangs() {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        Writer writer =
                writer(
                        StoreSettings.DEFAULT.withCloseWait(Duration.ofMillis(200)),
                        _ -> Optional.empty(),
                        THREADS);
        var _ =
                writer.submit(
                        "hangs",
                        _ -> true,
                        _ -> {
                            hangs.countDown();
                            var _ = awaitQuietly(goOn);
                        });
        assertThat(awaitQuietly(hangs)).isTrue();
        CompletableFuture<Boolean> behind = writer.submit("behind", _ -> true, _ -> {});
        writer.close();
        assertThat(outcome(behind)).isEqualTo("storage");
        goOn.countDown();
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            return false;
        }
    }
}
