package io.natter.servlet;

import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request to become a WebSocket. A container upgrades only inside `service`, so the servlet
/// waits there for the decision.
final class ServletUpgradeExchange implements UpgradeExchange {
    private final HttpRequest head;
    private final Strand strand;
    private final CompletableFuture<Decision> decision = new CompletableFuture<>();

    /// The answer of the endpoint: a refusal, or an acceptance.
    record Decision(@Nullable HttpResponse refusal, @Nullable Accepted accepted) {}

    /// An acceptance.
    record Accepted(
            Strand home,
            Acceptance acceptance,
            Function<WebSocketConnection, WebSocketListener> listener) {}

    ServletUpgradeExchange(HttpRequest head, Strand strand) {
        this.head = head;
        this.strand = strand;
    }

    CompletableFuture<Decision> decision() {
        return decision;
    }

    @Override
    public HttpRequest request() {
        return head;
    }

    @Override
    public Strand strand() {
        return strand;
    }

    @Override
    public void refuse(HttpResponse response) {
        decision.complete(new Decision(response, null));
    }

    @Override
    public void accept(
            Strand home,
            Acceptance acceptance,
            Function<WebSocketConnection, WebSocketListener> listener) {
        decision.complete(new Decision(null, new Accepted(home, acceptance, listener)));
    }
}
