package io.natter.conformance;

import io.natter.host.Endpoint;
import io.natter.host.HttpExchange;
import io.natter.host.HttpResponse;
import io.natter.host.UpgradeExchange;
import java.time.Duration;

/// A server with `/healthz` beside it, which proxies ask.
///
/// @param server answers all other requests
record HealthPage(Endpoint server) implements Endpoint {
    private static final String PATH = "/healthz";

    @Override
    public boolean matches(String path) {
        return path.equals(PATH) || server.matches(path);
    }

    @Override
    public boolean matchesUpgrade(String path) {
        return server.matchesUpgrade(path);
    }

    @Override
    public void http(HttpExchange exchange) {
        if (exchange.request().path().equals(PATH)) {
            exchange.respond(HttpResponse.text(200, "ok"));
        } else {
            server.http(exchange);
        }
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        server.upgrade(exchange);
    }

    @Override
    public void drain(Duration window) {
        server.drain(window);
    }

    @Override
    public void close() {
        server.close();
    }
}
