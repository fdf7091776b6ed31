package io.natter.chat.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Credentials;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Hashes passwords with argon2id: 19 MiB, 2 passes, 1 lane, as OWASP advises. Hashing has half as
/// many threads as there are processors, and a bounded queue. So a flood of sign-ins leaves memory
/// and processors for the chat. Blocks its caller.
public final class PasswordHasher implements AutoCloseable {
    private static final int WAITING = 32;
    private static final Duration RETRY = Duration.ofSeconds(2);

    private static final Argon2Function ARGON2 =
            Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    private final ThreadPoolExecutor threads;

    /// Compared where there is no account, so that the answer takes as long.
    private final String nobody;

    public PasswordHasher() {
        int processors = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        threads =
                new ThreadPoolExecutor(
                        processors,
                        processors,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        Thread.ofPlatform().name("natter-hash-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        nobody =
                "$argon2id$v=19$m=19456,t=2,p=1$bmF0dGVyLW5vYm9keS1zYQ"
                        + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    }

    /// The encoded hash of a password.
    ///
    /// @throws io.natter.chat.domain.ChatException with `busy` when too many wait
    public String hash(io.natter.chat.domain.person.Password password) {
        return run(
                () -> Password.hash(password.secret()).addRandomSalt(16).with(ARGON2).getResult());
    }

    /// Whether a password is the account's. Takes the same time where there is no account.
    ///
    /// @throws io.natter.chat.domain.ChatException with `busy` when too many wait
    public boolean matches(
            io.natter.chat.domain.person.Password password, Optional<Credentials> account) {
        String hash = account.map(Credentials::hash).orElse(nobody);
        boolean same =
                run(
                        () ->
                                Password.check(password.secret(), hash)
                                        .with(Argon2Function.getInstanceFromHash(hash)));
        return same && account.isPresent();
    }

    private <T> T run(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (RejectedExecutionException _) {
            throw ChatError.busy(RETRY).exception();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ChatError.busy(RETRY).exception();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
