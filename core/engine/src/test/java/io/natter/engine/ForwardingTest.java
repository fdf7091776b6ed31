package io.natter.engine;

import static io.natter.engine.Fixture.POLLING;
import static io.natter.engine.Fixture.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.UpgradeExchange;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which requests go to another server, and what becomes of those that come from one.
class ForwardingTest {
    private final Fixture f = new Fixture();
    private final Other other = new Other();

    /// Another server, `OOOO`, that answers all; those that begin with `DDDD` it cannot reach.
    private static final class Other implements SessionForwarder {
        final List<String> passed = new ArrayList<>();
        boolean closed;

        @Override
        public String idPrefix() {
            return "ME-_";
        }

        @Override
        public boolean mayHave(String sid) {
            return sid.startsWith("OOOO") || sid.startsWith("DDDD");
        }

        @Override
        public void forward(HttpExchange exchange, Runnable notFound) {
            passed.add(exchange.request().method() + " " + exchange.request().rawQuery());
            if (exchange.request().rawQuery().contains("sid=DDDD")) {
                notFound.run();
            } else {
                exchange.respond(HttpResponse.text(200, "of the other"));
            }
        }

        @Override
        public void forward(UpgradeExchange exchange, Runnable notFound) {
            passed.add("WebSocket");
            if (exchange.request().rawQuery().contains("sid=DDDD")) {
                notFound.run();
            } else {
                throw new IllegalStateException("fails on purpose");
            }
        }

        @Override
        public boolean isForwarded(HttpRequest request) {
            return request.header("mark") != null;
        }

        @Override
        public @Nullable HttpRequest original(HttpRequest request) {
            if (!"good".equals(request.header("mark"))) {
                return null;
            }
            var headers = new LinkedHashMap<>(request.headers());
            headers.remove("mark");
            headers.put("host", List.of("chat.example"));
            return new HttpRequest(
                    request.method(),
                    request.path(),
                    request.rawQuery(),
                    headers,
                    InetSocketAddress.createUnresolved("client", 7),
                    true,
                    request.attributes());
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void idsOfNewSessionsBeginWithThePrefixAndStayOf20Characters() {
        f.server.forwardBy(other);
        f.openPolling();
        String first = f.session().id();
        f.openPolling();
        assertThat(first).matches("ME-_[A-Za-z0-9_-]{16}").isNotEqualTo(f.session().id());
    }

    @Test
    void requestsOfOtherServersSessionsGoToThem() {
        f.server.forwardBy(other);
        assertThat(f.host.get(POLLING + "&sid=OOOOx").text()).isEqualTo("of the other");
        assertThat(f.host.post(POLLING + "&sid=OOOOx", "4a").text()).isEqualTo("of the other");
        assertThat(other.passed)
                .containsExactly(
                        "GET EIO=4&transport=polling&sid=OOOOx",
                        "POST EIO=4&transport=polling&sid=OOOOx");
        assertThat(f.errors).isEmpty();
    }

    @Test
    void whatIsOfThisServerStaysHere() {
        var before = f.openPolling();
        f.server.forwardBy(other);
        var target = f.openPolling();
        f.send("hello");
        assertThat(f.host.get(target).text()).isEqualTo("4hello");
        assertThat(f.host.post(before, "4old").text()).isEqualTo("ok");
        assertThat(f.host.get(POLLING + "&sid=nobody").status()).isEqualTo(400);
        assertThat(f.host.webSocket(WEBSOCKET).received()).hasSize(1);
        assertThat(other.passed).isEmpty();
    }

    @Test
    void aSessionWhoseServerIsGoneIsUnknownAndCounted() {
        f.server.forwardBy(other);
        var get = f.host.get(POLLING + "&sid=DDDDx");
        assertThat(get.status()).isEqualTo(400);
        assertThat(get.text()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
        var socket = f.host.webSocket(WEBSOCKET + "&sid=DDDDx");
        assertThat(socket.refusal()).isNotNull();
        assertThat(f.server.metrics().refusals(ConnectionError.Code.UNKNOWN_SID)).isEqualTo(2);
    }

    @Test
    void aForwarderThatFailsLeavesTheSessionUnknown() {
        f.server.forwardBy(other);
        assertThat(f.host.webSocket(WEBSOCKET + "&sid=OOOOx").refusal()).isNotNull();
        assertThat(f.server.metrics().refusals(ConnectionError.Code.UNKNOWN_SID)).isEqualTo(1);
    }

    @Test
    void aRequestThatComesFromAnotherServerIsWhatTheClientHasSent() {
        f.server.forwardBy(other);
        var seen = new ArrayList<HttpRequest>();
        var target = f.openPolling();
        f.server.use(
                (request, headers) -> {
                    seen.add(request);
                    return null;
                });
        f.send("hello");
        var get = f.host.request("GET", target, Map.of("mark", "good"), new byte[0]);
        f.strand.runUntil(get::isAnswered, java.time.Duration.ofSeconds(30));
        assertThat(get.text()).isEqualTo("4hello");
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().header("host")).isEqualTo("chat.example");
        assertThat(seen.getFirst().headers()).doesNotContainKey("mark");
        assertThat(seen.getFirst().remoteAddress().getHostString()).isEqualTo("client");
        assertThat(seen.getFirst().secure()).isTrue();
    }

    @Test
    void aRequestThatComesFromAnotherServerGoesToNoThird() {
        f.server.forwardBy(other);
        var get =
                f.host.request("GET", POLLING + "&sid=OOOOx", Map.of("mark", "good"), new byte[0]);
        assertThat(get.status()).isEqualTo(400);
        assertThat(other.passed).isEmpty();
    }

    @Test
    void aForgedMarkIsRefusedAndCounted() {
        f.server.forwardBy(other);
        var get = f.host.request("GET", f.openPolling(), Map.of("mark", "bad"), new byte[0]);
        assertThat(get.status()).isEqualTo(403);
        assertThat(get.text()).startsWith("{\"code\":4,");
        var socket = f.host.webSocket(f.upgradeTarget(), Map.of("mark", "bad"));
        assertThat(socket.refusal()).isNotNull();
        assertThat(f.server.metrics().refusals(ConnectionError.Code.FORBIDDEN)).isEqualTo(2);
        assertThat(f.errors)
                .extracting(ConnectionError::detail)
                .containsOnly("FORWARDED_SIGNATURE");
    }

    @Test
    void theForwarderIsClosedWithTheServer() {
        f.server.forwardBy(other);
        f.server.close();
        assertThat(other.closed).isTrue();
    }

    @Test
    void idsOfTheApplicationAndASecondForwarderAreRefused() {
        var own = new Fixture(o -> o.generateId(request -> "mine"));
        assertThatThrownBy(() -> own.server.forwardBy(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("generateId");
        f.server.forwardBy(other);
        assertThatThrownBy(() -> f.server.forwardBy(new Other()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already");
    }
}
