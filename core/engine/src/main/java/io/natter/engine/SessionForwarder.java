package io.natter.engine;

import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.UpgradeExchange;
import org.jspecify.annotations.Nullable;

/// Passes requests on to the server that has their session, where a proxy spreads the requests of
/// one client over several servers. See [EngineServer#forwardBy]. Methods are called on strands,
/// must not block, and may be called at the same time.
public interface SessionForwarder {

    /// The first four characters of the ids of sessions that open from now on, by which other
    /// servers find this one. Allowed are `A` to `Z`, `a` to `z`, `0` to `9`, `-` and `_`.
    String idPrefix();

    /// Whether another server may have this session. Only asked for sessions that this server does
    /// not have.
    boolean mayHave(String sid);

    /// Passes on a plain request, and its answer back.
    ///
    /// @param notFound to be run, on any thread, if no server that has the session can be reached.
    ///   The client is then told that its session is unknown
    void forward(HttpExchange exchange, Runnable notFound);

    /// Passes on a request to become a WebSocket, and all messages in both directions.
    ///
    /// @param notFound as in [#forward(HttpExchange, Runnable)]; not after the request was accepted
    void forward(UpgradeExchange exchange, Runnable notFound);

    /// Whether a request claims to come from another server, which has passed it on.
    boolean isForwarded(HttpRequest request);

    /// The request as the client has sent it to the other server, or null where the claim of
    /// [#isForwarded] is not proved.
    @Nullable HttpRequest original(HttpRequest request);

    /// The server is closing.
    void close();

    /// The figures of a forwarder since its start. Any thread.
    interface Metrics {

        /// Plain requests that other servers have answered.
        long requests();

        /// WebSockets that were passed on to other servers.
        long webSockets();

        /// Requests and WebSockets that other servers have passed on to this one.
        long received();

        /// Requests and WebSockets whose server could not be reached, or has failed.
        long unreachable();

        /// Requests that their server did not answer in time.
        long timedOut();

        /// Requests and WebSockets that were refused because of a limit of this server.
        long refused();

        /// Requests that claimed to come from another server and had no valid signature.
        long forged();

        /// Announcements of other servers that could not be read.
        long malformed();

        /// Requests and WebSockets that are being passed on at the moment.
        long inFlight();
    }
}
