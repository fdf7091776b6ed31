package io.natter.host;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// The limit of the bytes that all clients together may make the server hold. These are output that
/// waits for a slow receiver, and input that waits for its rest or for a handler. Each client's
/// part is a [MemoryAccount]. Above the limit, the clients that hold the most are closed, until the
/// others fit. Any thread.
///
/// Bytes that are written or handled at once are never counted, so a server that keeps up does no
/// work here.
public final class MemoryBudget {
    /// A client may hold this part of the limit.
    private static final int CLIENT_PART = 4;

    /// After a search for the largest clients, this part of the limit may be added before the next
    /// search.
    private static final int SEARCH_STEP_PART = 64;

    private static final MemoryBudget SHARED =
            new MemoryBudget(Math.max(1, Runtime.getRuntime().maxMemory() / 4));

    private final Set<MemoryAccount> accounts = ConcurrentHashMap.newKeySet();
    private final AtomicLong used = new AtomicLong();
    private final LongAdder closedClients = new LongAdder();
    private final AtomicBoolean searching = new AtomicBoolean();
    private volatile long limit;
    private volatile long searchAbove;

    private MemoryBudget(long limit) {
        this.limit = limit;
        this.searchAbove = limit;
    }

    /// The budget of this JVM, which servers share unless they have another. It is a quarter of the
    /// maximum heap, or less if the host has less direct memory.
    public static MemoryBudget shared() {
        return SHARED;
    }

    /// A budget of its own.
    ///
    /// @param bytes the limit; positive
    public static MemoryBudget of(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a memory budget must be positive, not " + bytes);
        }
        return new MemoryBudget(bytes);
    }

    /// Lowers the limit to `bytes` where it is higher. A host calls this once, because its output
    /// waits in direct memory.
    public synchronized void limitTo(long bytes) {
        if (bytes > 0 && bytes < limit) {
            limit = bytes;
            searchAbove = bytes;
        }
    }

    /// The bytes that all clients together may hold.
    public long limit() {
        return limit;
    }

    /// The bytes that one client may hold: a quarter of the limit.
    public long clientLimit() {
        return limit / CLIENT_PART;
    }

    /// The bytes that all clients hold now, in steps of 4 KiB a client.
    public long used() {
        return used.get();
    }

    /// How many clients were closed because they held too much.
    public long closedClients() {
        return closedClients.sum();
    }

    /// Whether clients hold more than the limit, those included that are about to be closed. A host
    /// then reads no more of a message that is not whole, until they have given back what they
    /// hold.
    public boolean isExceeded() {
        return used.get() > limit;
    }

    /// Whether more than three quarters are used. A host then reads less from a client whose input
    /// waits.
    public boolean isScarce() {
        return used.get() > limit - limit / 4;
    }

    /// Opens the account of one client.
    ///
    /// @param owner closes that client
    public MemoryAccount open(MemoryAccount.Owner owner) {
        var account = new MemoryAccount(this, owner);
        accounts.add(account);
        return account;
    }

    void forget(MemoryAccount account) {
        accounts.remove(account);
    }

    /// An account has grown or shrunk.
    void add(MemoryAccount account, long bytes) {
        long now = used.addAndGet(bytes);
        if (bytes < 0) {
            if (now <= limit) {
                searchAbove = limit;
            }
        } else if (account.held() > clientLimit()) {
            close(account);
        } else if (now > searchAbove) {
            closeLargest();
        }
    }

    /// Closes the clients that hold the most, until the others fit. Clients that were told to close
    /// before do not count, because they are about to give back their bytes.
    private void closeLargest() {
        if (!searching.compareAndSet(false, true)) {
            return;
        }
        try {
            long left = 0;
            for (var account : accounts) {
                left += account.isClosing() ? 0 : account.held();
            }
            if (left > limit) {
                var largest =
                        accounts.stream()
                                .filter(account -> !account.isClosing())
                                .map(account -> new Share(account, account.held()))
                                .sorted(Comparator.comparingLong(Share::held).reversed())
                                .iterator();
                while (left > limit - limit / 8 && largest.hasNext()) {
                    var next = largest.next();
                    left -= next.held;
                    close(next.account);
                }
            }
            searchAbove = Math.max(limit, used.get()) + limit / SEARCH_STEP_PART;
        } finally {
            searching.set(false);
        }
    }

    /// The bytes of an account at one moment, so that the order does not change meanwhile.
    private record Share(MemoryAccount account, long held) {}

    private void close(MemoryAccount account) {
        if (account.startClosing()) {
            closedClients.increment();
            account.tellOwner();
        }
    }
}
