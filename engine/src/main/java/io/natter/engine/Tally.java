package io.natter.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A count of something that happens with every message. Each strand adds to a part of its own,
/// where nobody else writes, so adding takes no atomic instruction; a message counts in half a
/// dozen places.
public final class Tally {
    private final List<Part> parts = new CopyOnWriteArrayList<>();

    /// A tally of nought.
    public Tally() {}

    /// A new part, for one strand. Any thread.
    public Part part() {
        var part = new Part();
        parts.add(part);
        return part;
    }

    /// What all strands have counted. Any thread; may be a moment late.
    public long sum() {
        long sum = 0;
        for (var part : parts) {
            sum += (long) Part.COUNT.getOpaque(part);
        }
        return sum;
    }

    /// What one strand has counted.
    public static final class Part {
        private static final VarHandle COUNT;

        static {
            try {
                COUNT = MethodHandles.lookup().findVarHandle(Part.class, "count", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private long count;

        private Part() {}

        /// Adds `n`. On the strand only.
        public void add(long n) {
            COUNT.setOpaque(this, count + n);
        }
    }
}
