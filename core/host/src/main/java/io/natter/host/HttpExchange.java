package io.natter.host;

/// A request that waits for its answer. The host calls an [Endpoint] with it on the strand of its
/// connection. All its methods may be called from any thread, also at the same time.
public interface HttpExchange {

    /// The request's head.
    HttpRequest request();

    /// The strand of the connection on which the request came.
    Strand strand();

    /// Asks for the body; `reader` is called once on `strand()`. The host buffers `limit` bytes at
    /// the most.
    void readBody(long limit, BodyReader reader);

    /// Answers. A second answer, or one to a request whose client has gone, is dropped.
    void respond(HttpResponse response);

    /// Runs `task` on `strand()` if the client goes away before it was answered; at once if it
    /// already has. Best effort: some servers, such as servlet containers, do not tell their host.
    /// Then it never runs, and an answer that waits ends by its own timeout.
    void onAbort(Runnable task);

    /// The outcome of reading a body.
    interface BodyReader {
        /// All of it. The array belongs to the reader.
        void complete(byte[] body);

        /// There were more than the limit's bytes; the rest is thrown away.
        void tooLarge();
    }
}
