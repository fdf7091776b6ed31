package io.natter.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.ConnectionsPerAddress;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.Query;
import io.natter.host.Strand;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request on its way through the server's checks: plain HTTP or a WebSocket upgrade. Its answer
/// carries the headers that CORS and middleware put there, errors included.
abstract sealed class EngineRequest permits PollingRequest, UpgradeRequest {
    private static final byte[] FAILED = "the server failed on this request".getBytes(UTF_8);

    private final SessionContext context;
    private final HttpRequest request;
    private final Strand strand;
    private final @Nullable String sid;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private volatile ConnectionsPerAddress.Place place = ConnectionsPerAddress.Place.UNCOUNTED;

    EngineRequest(SessionContext context, HttpRequest request, Strand strand) {
        this.context = context;
        this.request = request;
        this.strand = strand;
        var asked = Query.last(request.rawQuery(), "sid");
        this.sid = asked == null || asked.isEmpty() ? null : asked;
    }

    final SessionContext context() {
        return context;
    }

    final HttpRequest request() {
        return request;
    }

    /// The strand of the connection on which the request came.
    final Strand strand() {
        return strand;
    }

    /// A parameter of the query, or null.
    final @Nullable String parameter(String name) {
        return Query.last(request.rawQuery(), name);
    }

    /// The `sid`, or null for a request that opens a session.
    final @Nullable String sid() {
        return sid;
    }

    /// The protocol that the client asks for: 4 for exactly `4`, else 3.
    final int protocol() {
        return "4".equals(parameter("EIO")) ? 4 : 3;
    }

    /// The headers of the answer, in any spelling; may be changed until it is sent.
    final Map<String, List<String>> headers() {
        return headers;
    }

    final void header(String name, String value) {
        headers.put(name, List.of(value));
    }

    /// Whether the client wants to become a WebSocket.
    abstract boolean isUpgrade();

    /// Whether the client came by a WebTransport session. Then it is an upgrade, too.
    boolean isWebTransport() {
        return false;
    }

    /// The place among the sessions of its address that this request's session will have.
    final ConnectionsPerAddress.Place place() {
        return place;
    }

    final void takes(ConnectionsPerAddress.Place taken) {
        place = taken;
    }

    /// Whether the client is known to have left. On `strand()`.
    abstract boolean isGone();

    /// Starts to watch whether the client leaves, for [#isGone]. On `strand()`.
    abstract void watch();

    /// Answers that a check failed, and tells the hooks. On `strand()` or the session's strand.
    final void refuse(Refusal refusal) {
        place.free();
        context.refused(request, refusal);
        answerRefusal(refusal);
    }

    /// Ends here with an answer of the application.
    final void endWith(HttpResponse response) {
        place.free();
        answer(response);
    }

    /// Ends here because code failed. Has no effect if there is an answer already.
    final void fail() {
        place.free();
        try {
            answer(new HttpResponse(500, Map.of("Content-Type", List.of("text/plain")), FAILED));
        } catch (RuntimeException ignored) {
            // Answered already.
        }
    }

    abstract void answerRefusal(Refusal refusal);

    abstract void answer(HttpResponse response);

    /// Becomes part of `session`.
    abstract void join(EngineSession session);

    /// Opens a session with that id. On `strand()`.
    abstract void open(String id);

    /// A whole answer with the headers gathered so far.
    final HttpResponse response(int status, @Nullable String contentType, byte[] body) {
        if (contentType != null) {
            header("Content-Type", contentType);
        }
        return new HttpResponse(status, headers, body);
    }
}
