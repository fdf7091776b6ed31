package io.natter.host.dispatch;

/// Where handlers run. Whichever it is, the handlers of one socket run one at a time and in the
/// order in which their events came.
public enum Dispatch {
    /// On a virtual thread, so a handler may block. The default.
    VIRTUAL,
    /// On the strand of the connection, for handlers that never block: no hand-over, but a slow
    /// handler delays every connection of that strand. Calls that wait for an answer throw.
    INLINE
}
