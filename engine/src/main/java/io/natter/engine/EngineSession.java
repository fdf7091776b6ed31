package io.natter.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// One client's session. Everything here is for its [#strand] only, but for what says otherwise.
public final class EngineSession {
    private final EngineServer server;
    private final String id;
    private final int protocol;
    private final HttpRequest request;
    private final Strand strand;

    EngineSession(
            EngineServer server, String id, int protocol, HttpRequest request, Strand strand) {
        this.server = server;
        this.id = id;
        this.protocol = protocol;
        this.request = request;
        this.strand = strand;
    }

    /// The `sid`: a secret between the server and this client. Any thread.
    public String id() {
        return id;
    }

    /// The Engine.IO protocol, 3 or 4. Any thread.
    public int protocol() {
        return protocol;
    }

    /// The head of the handshake request. Any thread.
    public HttpRequest request() {
        return request;
    }

    /// The strand on which the session lives from handshake to end. Any thread.
    public Strand strand() {
        return strand;
    }

    /// The server that the session belongs to. Any thread.
    public EngineServer server() {
        return server;
    }

    /// What the session's packets travel on. Any thread.
    public TransportName transport() {
        return TransportName.POLLING;
    }

    /// Where the session is in its life. Any thread.
    public SessionState state() {
        return SessionState.OPENING;
    }

    /// Whether a message sent now goes out at once: a `GET` waits, or the WebSocket takes more
    /// without queueing. Volatile messages are dropped when it is false.
    public boolean isWritable() {
        return false;
    }

    /// Sends a message. It is dropped when the session is not open.
    public void send(Outgoing message) {
        requireNonNull(message);
    }

    /// Sends messages with nothing between them.
    public void send(List<Outgoing> messages) {
        requireNonNull(messages);
    }

    /// Sends messages that are not worth waiting for: when the session is not writable they are
    /// dropped and counted.
    ///
    /// @return whether they were sent
    public boolean sendVolatile(List<Outgoing> messages) {
        return messages.isEmpty();
    }

    /// Closes the session with `forced close` once all that was sent has left. Harmless when it is
    /// closed already.
    public void close() {
        requireNonNull(id);
    }

    /// Closes the session now; what waits is thrown away. `reason` and `detail` go to the
    /// [EngineListener]. Harmless when it is closed already.
    public void discard(CloseReason reason, String detail) {
        requireNonNull(reason);
        requireNonNull(detail);
    }
}
