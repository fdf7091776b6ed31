package io.natter.bench.soak;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/// The failures that application code can throw at the library.
enum Fault {
    RUNTIME {
        @Override
        void occur() {
            throw new IllegalStateException("injected");
        }
    },
    ERROR {
        @Override
        void occur() {
            throw new AssertionError("injected");
        }
    },
    STACK_OVERFLOW {
        @Override
        void occur() {
            descend(0);
        }
    },
    OUT_OF_MEMORY {
        @Override
        void occur() {
            throw new OutOfMemoryError("injected");
        }
    };

    private static final LongAdder INJECTED = new LongAdder();

    abstract void occur();

    /// Throws.
    final void inject() {
        INJECTED.increment();
        occur();
    }

    /// How often one was thrown.
    static long injected() {
        return INJECTED.sum();
    }

    /// The fault of this name.
    static Fault of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @SuppressWarnings("InfiniteRecursion") // which is the fault
    private static int descend(int depth) {
        return descend(depth + 1) + depth;
    }
}
