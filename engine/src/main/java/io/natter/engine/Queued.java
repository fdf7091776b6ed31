package io.natter.engine;

/// What may wait in a session for its transport. Immutable; any thread.
sealed interface Queued permits Outgoing, Control {

    /// The packet in the text form of protocol 3 or 4. Shared: not to be written to.
    byte[] text(int protocol);

    /// Roughly how many bytes it takes while it waits.
    int size();

    /// Whether it may be compressed.
    boolean compress();
}
