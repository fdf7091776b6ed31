package io.natter.netty.http;

import io.natter.host.HttpRequest;
import io.natter.host.Strand;
import io.netty.handler.codec.http.HttpContent;

/// The request of an [HttpConnection] that is being answered. The next one waits for its answer, so
/// answers leave in the order of the requests. On the event loop, but for `request`, `strand` and
/// `onLoop`.
abstract sealed class CurrentRequest permits NettyHttpExchange, NettyUpgrade {
    final HttpConnection connection;
    private final HttpRequest request;

    CurrentRequest(HttpConnection connection, HttpRequest request) {
        this.connection = connection;
        this.request = request;
    }

    /// The head of the request.
    public final HttpRequest request() {
        return request;
    }

    /// The connection's event loop.
    public final Strand strand() {
        return connection.strand();
    }

    /// Runs `task` on the event loop: now if this is it, else in its turn.
    final void onLoop(Runnable task) {
        if (connection.strand().isCurrent()) {
            task.run();
        } else {
            connection.strand().execute(() -> connection.guarded(task));
        }
    }

    /// A piece of the body. False if it must wait; it is then offered again. A piece that is taken
    /// is released by the caller.
    abstract boolean take(HttpContent content);

    /// The client has gone.
    abstract void abort();
}
