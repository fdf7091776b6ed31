package io.natter.netty;

/// Where the handlers of plain WebSockets run. Either way a socket's handlers run one at a time and
/// in the order of what happened.
public enum Dispatch {
    /// On a virtual thread; they may block. A client that sends faster than its handlers work is
    /// made to wait.
    VIRTUAL,
    /// On the event loop; for handlers that never block.
    INLINE
}
