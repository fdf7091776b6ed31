package io.natter.netty;

import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.OriginCheck;
import io.natter.host.UpgradeExchange.Deflate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a [WebSocketServer] behaves; each component is explained at its setter in [Builder].
public record WebSocketServerOptions(
        @Nullable String path,
        Admission admission,
        SubprotocolChoice subprotocol,
        int maxMessageBytes,
        long maxWaitingBytes,
        @Nullable Deflate deflate,
        Dispatch dispatch) {

    /// Lets a request in or not.
    public interface Admission {
        /// The answer to a request that is refused, or null to accept it. With [Dispatch#VIRTUAL]
        /// it may block.
        @Nullable HttpResponse refusal(HttpRequest request);
    }

    /// Chooses among the subprotocols that a client offers (RFC 6455 §1.9).
    public interface SubprotocolChoice {
        /// One of `offered`, which are in the client's order of preference, or null for none.
        @Nullable String choose(List<String> offered, HttpRequest request);
    }

    /// Options to be set.
    public static Builder builder() {
        return new Builder();
    }

    static List<String> offered(HttpRequest request) {
        var offered = new ArrayList<String>();
        for (var header : request.headers().getOrDefault("sec-websocket-protocol", List.of())) {
            for (var each : header.split(",", -1)) {
                if (!each.isBlank()) {
                    offered.add(each.strip());
                }
            }
        }
        return offered;
    }

    /// Sets [WebSocketServerOptions].
    public static final class Builder {
        private @Nullable String path;
        private Admission admission =
                request ->
                        OriginCheck.isOwn(request)
                                ? null
                                : WebSocketServer.refusal(403, "this origin is not allowed here");
        private @Nullable List<String> subprotocols;
        private SubprotocolChoice subprotocol =
                (offered, ignored) -> {
                    var known = subprotocols;
                    return known == null
                            ? null
                            : offered.stream().filter(known::contains).findFirst().orElse(null);
                };
        private int maxMessageBytes = 1024 * 1024;
        private long maxWaitingBytes = 1024 * 1024;
        private @Nullable Deflate deflate;
        private Dispatch dispatch = Dispatch.VIRTUAL;

        private Builder() {}

        /// The only path that is served. Default: every path that no other endpoint takes.
        public Builder path(String path) {
            this.path = path;
            return this;
        }

        /// Accepts pages of these origins, as in `https://chat.example.com`, and clients that send
        /// none; `*` accepts all. `wss://chat.example.com` counts as the same origin, because some
        /// clients that are no browsers name the server's. Default: pages of the server's own host,
        /// and over TLS those of `https` only. Replaces `admission`.
        public Builder origins(String... origins) {
            var known = Set.of(origins);
            return admission(
                    request -> {
                        var origin = request.header("origin");
                        return origin == null
                                        || known.contains("*")
                                        || known.contains(origin)
                                        || known.contains(OriginCheck.ofPage(origin))
                                ? null
                                : WebSocketServer.refusal(403, "this origin is not allowed here");
                    });
        }

        /// Accepts or refuses by the request. Replaces the check of the origin.
        public Builder admission(Admission admission) {
            this.admission = admission;
            return this;
        }

        /// Chooses the first of these that the client offers. Default: none is chosen.
        public Builder subprotocols(String... known) {
            subprotocols = List.of(known);
            return this;
        }

        /// Chooses a subprotocol. Replaces `subprotocols`.
        public Builder subprotocol(SubprotocolChoice choice) {
            subprotocol = choice;
            return this;
        }

        /// A larger message closes the connection with 1009. Default: 1 MiB.
        public Builder maxMessageBytes(int bytes) {
            maxMessageBytes = bytes;
            return this;
        }

        /// A socket for which more bytes than this wait when another message comes is closed.
        /// Default: 1 MiB.
        public Builder maxWaitingBytes(long bytes) {
            maxWaitingBytes = bytes;
            return this;
        }

        /// Agrees to permessage-deflate (RFC 7692) and compresses messages from `threshold` bytes
        /// on. Default: no compression.
        public Builder deflate(int threshold) {
            deflate = new Deflate(threshold);
            return this;
        }

        /// Where handlers run. Default: [Dispatch#VIRTUAL].
        public Builder dispatch(Dispatch dispatch) {
            this.dispatch = dispatch;
            return this;
        }

        /// The options as set.
        public WebSocketServerOptions build() {
            return new WebSocketServerOptions(
                    path,
                    admission,
                    subprotocol,
                    maxMessageBytes,
                    maxWaitingBytes,
                    deflate,
                    dispatch);
        }
    }
}
