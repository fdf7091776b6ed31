package io.natter.engine;

import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.Query;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import java.util.function.Consumer;
import java.util.function.Function;

/// The entry of requests where servers pass requests on. Requests of other servers' sessions go to
/// a [SessionForwarder]. Requests that another server has passed on become what the client has
/// sent. All checks are made by the server that has the session.
final class ForwardingEntry {
    private static final Refusal FORGED =
            new Refusal(
                    ConnectionError.Code.FORBIDDEN,
                    "This request claims to come from another server and has no valid signature",
                    "FORWARDED_SIGNATURE");

    private final SessionContext context;
    private final RequestPipeline pipeline;
    private final SessionForwarder forwarder;

    ForwardingEntry(SessionContext context, RequestPipeline pipeline, SessionForwarder forwarder) {
        this.context = context;
        this.pipeline = pipeline;
        this.forwarder = forwarder;
    }

    SessionForwarder forwarder() {
        return forwarder;
    }

    /// On the request's strand.
    void http(HttpExchange exchange) {
        var head = exchange.request();
        if (forwarder.isForwarded(head)) {
            passedOn(
                    new PollingRequest(context, exchange),
                    original -> new PollingRequest(context, new PassedOn(exchange, original)));
            return;
        }
        Runnable here = () -> pipeline.enter(new PollingRequest(context, exchange));
        if (isForeign(head)) {
            guarded(exchange.strand(), here, miss -> forwarder.forward(exchange, miss));
        } else {
            here.run();
        }
    }

    /// On the request's strand.
    void upgrade(UpgradeExchange exchange) {
        var head = exchange.request();
        if (forwarder.isForwarded(head)) {
            passedOn(
                    new UpgradeRequest(context, exchange),
                    original ->
                            new UpgradeRequest(context, new PassedOnUpgrade(exchange, original)));
            return;
        }
        Runnable here = () -> pipeline.enter(new UpgradeRequest(context, exchange));
        if (isForeign(head)) {
            guarded(exchange.strand(), here, miss -> forwarder.forward(exchange, miss));
        } else {
            here.run();
        }
    }

    private boolean isForeign(HttpRequest head) {
        var sid = Query.last(head.rawQuery(), "sid");
        return sid != null && context.session(sid) == null && forwarder.mayHave(sid);
    }

    private void passedOn(EngineRequest asItCame, Function<HttpRequest, EngineRequest> as) {
        var original = forwarder.original(asItCame.request());
        if (original == null) {
            asItCame.refuse(FORGED);
        } else {
            pipeline.enter(as.apply(original));
        }
    }

    /// Where the request finds no server, it goes the usual way: its session is unknown here.
    private void guarded(Strand strand, Runnable here, Consumer<Runnable> step) {
        Runnable miss = () -> strand.tryExecute(here);
        try {
            step.accept(miss);
        } catch (Throwable e) {
            context.logs().failure("forwarding", "a request could not be passed on", e);
            miss.run();
        }
    }

    /// A request that another server has passed on, with the head that the client has sent.
    private record PassedOn(HttpExchange exchange, HttpRequest request) implements HttpExchange {
        @Override
        public Strand strand() {
            return exchange.strand();
        }

        @Override
        public void readBody(long limit, BodyReader reader) {
            exchange.readBody(limit, reader);
        }

        @Override
        public void respond(HttpResponse response) {
            exchange.respond(response);
        }

        @Override
        public void onAbort(Runnable task) {
            exchange.onAbort(task);
        }
    }

    /// The same for a request to become a WebSocket.
    private record PassedOnUpgrade(UpgradeExchange exchange, HttpRequest request)
            implements UpgradeExchange {
        @Override
        public Strand strand() {
            return exchange.strand();
        }

        @Override
        public void refuse(HttpResponse response) {
            exchange.refuse(response);
        }

        @Override
        public void accept(
                Strand home,
                Acceptance acceptance,
                Function<WebSocketConnection, WebSocketListener> listener) {
            exchange.accept(home, acceptance, listener);
        }
    }
}
