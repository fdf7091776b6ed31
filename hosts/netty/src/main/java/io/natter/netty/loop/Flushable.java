package io.natter.netty.loop;

/// Has output that waits for the end of the strand's pass. On the strand.
public interface Flushable {
    /// Writes what waits to the connection.
    void flushNow();
}
