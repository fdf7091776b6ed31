package io.natter.postgres;

import io.natter.protocol.Payload;

/// A listener of a channel. Both methods are called on the thread of the [Subscriber].
interface Subscription {
    /// The sender whose messages are left out: the listener's own.
    String ownUid();

    /// PostgreSQL listens to the channel from now on: for the first time, or again.
    void onListening();

    /// A message came, in the order in which PostgreSQL has committed them.
    ///
    /// @throws IllegalArgumentException if it cannot be read
    void onMessage(Payload message);
}
