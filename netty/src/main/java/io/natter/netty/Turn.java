package io.natter.netty;

import io.netty.handler.codec.http.HttpContent;

/// The request whose turn it is on an [HttpConnection]: the next one waits until it is answered, so
/// answers leave in the order of the requests. On the event loop.
sealed interface Turn permits NettyHttpExchange, NettyUpgrade {

    /// A piece of the body. False if it must wait; it is then offered again. What is taken is
    /// released by the caller.
    boolean take(HttpContent content);

    /// The client has gone.
    void abort();
}
