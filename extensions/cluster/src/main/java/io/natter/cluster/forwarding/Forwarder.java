package io.natter.cluster.forwarding;

import io.natter.engine.SessionForwarder;
import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.Query;
import io.natter.host.UpgradeExchange;
import org.jspecify.annotations.Nullable;

/// Finds the server of each request's session.
final class Forwarder implements SessionForwarder {
    private final Servers servers;
    private final Line line;
    private final Announcements announcements;

    Forwarder(Servers servers, Line line, Announcements announcements) {
        this.servers = servers;
        this.line = line;
        this.announcements = announcements;
    }

    @Override
    public String idPrefix() {
        return servers.tag();
    }

    @Override
    public boolean mayHave(String sid) {
        return servers.of(sid) != null;
    }

    @Override
    public void forward(HttpExchange exchange, Runnable notFound) {
        var to = server(exchange.request());
        if (to == null) {
            notFound.run();
        } else {
            new RequestToServer(line, to, exchange, notFound).start();
        }
    }

    @Override
    public void forward(UpgradeExchange exchange, Runnable notFound) {
        var to = server(exchange.request());
        if (to == null) {
            notFound.run();
        } else {
            new WebSocketToServer(line, exchange).open(to, notFound);
        }
    }

    /// Null where it is not known any more, or could not be reached a moment ago.
    private @Nullable OtherServer server(HttpRequest request) {
        var to = servers.of(String.valueOf(Query.last(request.rawQuery(), "sid")));
        if (to != null && to.isDown(System.nanoTime())) {
            line.metrics().unreachable.increment();
            return null;
        }
        return to;
    }

    @Override
    public boolean isForwarded(HttpRequest request) {
        return ForwardedHead.isIn(request);
    }

    @Override
    public @Nullable HttpRequest original(HttpRequest request) {
        var original = ForwardedHead.read(request, servers.signature());
        (original == null ? line.metrics().forged : line.metrics().received).increment();
        return original;
    }

    @Override
    public void close() {
        announcements.end();
    }
}
