package io.natter.host;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A counter of something that happens with every message. Each strand writes a cell of its own, so
/// adding needs no atomic instruction. A message counts in about six places.
public final class StrandCounter {
    private final List<Cell> cells = new CopyOnWriteArrayList<>();

    /// A counter at zero.
    public StrandCounter() {}

    /// A new cell, for one strand. Any thread.
    public Cell cell() {
        var cell = new Cell();
        cells.add(cell);
        return cell;
    }

    /// The sum of all strands. Any thread; may be a moment late.
    public long sum() {
        long sum = 0;
        for (var cell : cells) {
            sum += (long) Cell.COUNT.getOpaque(cell);
        }
        return sum;
    }

    /// The count of one strand.
    public static final class Cell {
        private static final VarHandle COUNT;

        static {
            try {
                COUNT = MethodHandles.lookup().findVarHandle(Cell.class, "count", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private long count;

        private Cell() {}

        /// Adds `n`. On the strand only.
        public void add(long n) {
            COUNT.setOpaque(this, count + n);
        }
    }
}
