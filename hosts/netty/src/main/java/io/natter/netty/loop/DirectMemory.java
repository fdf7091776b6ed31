package io.natter.netty.loop;

import io.netty.util.internal.PlatformDependent;

/// The JVM's direct memory, where all that goes to and comes from sockets lies. Any thread.
public final class DirectMemory {
    /// This part of it stays free for what cannot be refused.
    private static final int SPARE_PART = 16;

    private static final long MAX = PlatformDependent.maxDirectMemory();

    private DirectMemory() {}

    /// To be asked before memory is taken for a client. Without it the JVM would make the event
    /// loop sleep for half a second before it gives up (`Bits.reserveMemory`).
    ///
    /// @throws DirectMemoryError where too little is left
    public static void require(int bytes) {
        long used = PlatformDependent.usedDirectMemory();
        if (used + bytes > MAX - MAX / SPARE_PART) {
            throw new DirectMemoryError(used + " of " + MAX + " bytes of direct memory are in use");
        }
    }
}
