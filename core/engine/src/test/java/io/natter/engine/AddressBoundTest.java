package io.natter.engine;

import static io.natter.engine.Fixture.POLLING;
import static io.natter.engine.Fixture.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.ClientAddress;
import io.natter.host.HttpRequest;
import io.natter.host.inprocess.InProcessRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many sessions one address may have, handshakes under way included.
class AddressBoundTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void handshakesUnderWayCount() {
        var gate = new CountDownLatch(1);
        var f =
                new Fixture(
                        o ->
                                o.maxConnectionsPerAddress(4)
                                        .allowRequest(
                                                _ -> {
                                                    gate.await();
                                                    return AllowRequest.allow();
                                                }));
        var all = new ArrayList<InProcessRequest>();
        for (int i = 0; i < 20; i++) {
            all.add(f.host.get(POLLING));
        }
        gate.countDown();
        f.strand.runUntil(() -> all.stream().allMatch(InProcessRequest::isAnswered), LONG);
        assertThat(all).filteredOn(get -> get.status() == 200).hasSize(4);
        assertThat(f.server.clientsCount()).isEqualTo(4);
    }

    @Test
    void whatIsRefusedOrFailsGivesItsPlaceBack() {
        var f =
                new Fixture(
                        o ->
                                o.maxConnectionsPerAddress(1)
                                        .generateId(
                                                request -> {
                                                    if (request.rawQuery().contains("id=error")) {
                                                        throw new StackOverflowError("on purpose");
                                                    }
                                                    return "id";
                                                })
                                        .allowRequest(
                                                request ->
                                                        switch (request.rawQuery()) {
                                                            case String q when q.contains("deny") ->
                                                                    AllowRequest.deny();
                                                            case String q
                                                                    when q.contains("throw") ->
                                                                    throw new Exception(
                                                                            "on purpose");
                                                            default -> AllowRequest.allow();
                                                        }));
        for (var how : List.of("&deny", "&throw", "&id=error", "&deny", "")) {
            var get = f.host.get(POLLING + how);
            f.strand.runUntil(get::isAnswered, LONG);
            assertThat(get.status())
                    .isEqualTo(how.isEmpty() ? 200 : how.startsWith("&id") ? 400 : 403);
        }
        var taken = f.host.get(POLLING);
        f.strand.runUntil(taken::isAnswered, LONG);
        assertThat(taken.text()).contains("Too many connections from this address");
        f.session().discard(CloseReason.FORCED_CLOSE, "");
        var next = f.host.get(POLLING);
        f.strand.runUntil(next::isAnswered, LONG);
        assertThat(next.status()).isEqualTo(200);
    }

    @Test
    void anIdThatIsTakenGivesThePlaceBack() {
        var f = new Fixture(o -> o.maxConnectionsPerAddress(2).generateId(_ -> "same"));
        var first = f.host.get(POLLING);
        f.strand.runUntil(first::isAnswered, LONG);
        for (int i = 0; i < 5; i++) {
            var get = f.host.get(POLLING);
            f.strand.runUntil(get::isAnswered, LONG);
            assertThat(get.text()).contains("Bad request");
            var socket = f.host.webSocket(WEBSOCKET);
            f.strand.runUntil(() -> socket.closeCode() != 0, LONG);
        }
        assertThat(f.limits).isEmpty();
    }

    @Test
    void aWebSocketOfTheWrongTransportGivesThePlaceBack() {
        var f = new Fixture(o -> o.maxConnectionsPerAddress(1));
        for (int i = 0; i < 5; i++) {
            assertThat(f.host.webSocket(POLLING).closeCode()).isEqualTo(1005);
        }
        assertThat(f.host.get(POLLING).status()).isEqualTo(200);
    }

    @Test
    void aClientThatGoesAwayGivesItsPlaceBackAndOpensNothing() {
        var gate = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        var f =
                new Fixture(
                        o ->
                                o.maxConnectionsPerAddress(1)
                                        .allowRequest(
                                                request -> {
                                                    if (request.rawQuery().contains("gone")) {
                                                        gate.await();
                                                        asked.countDown();
                                                    }
                                                    return AllowRequest.allow();
                                                }));
        f.host.get(POLLING + "&gone").abort();
        gate.countDown();
        f.strand.runUntil(
                () -> {
                    var next = f.host.get(POLLING);
                    f.strand.runUntil(next::isAnswered, LONG);
                    return next.status() == 200;
                },
                LONG);
        assertThat(f.sessions).hasSize(1);
    }

    @Test
    void theAddressIsAskedForOncePerSession() {
        var asked = new ArrayList<HttpRequest>();
        var f =
                new Fixture(
                        o ->
                                o.maxConnectionsPerAddress(1)
                                        .clientAddress(
                                                request -> {
                                                    asked.add(request);
                                                    return ClientAddress.PEER.of(request);
                                                }));
        f.host.get(POLLING);
        f.session().discard(CloseReason.FORCED_CLOSE, "");
        assertThat(asked).hasSize(1);
    }

    @Test
    void theAddressOfASessionThatIsNotCountedIsAskedForOnce() {
        var asked = new ArrayList<HttpRequest>();
        var f =
                new Fixture(
                        o ->
                                o.maxConnectionsPerAddress(1)
                                        .clientAddress(
                                                request -> {
                                                    asked.add(request);
                                                    return null;
                                                }));
        f.host.get(POLLING);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aRuleThatThrowsRefuses() {
        var f =
                new Fixture(
                        o ->
                                o.maxConnectionsPerAddress(1)
                                        .clientAddress(
                                                _ -> {
                                                    throw new IllegalStateException("on purpose");
                                                }));
        assertThat(f.host.get(POLLING).status()).isBetween(400, 599);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, 403",
        "2001:db8:1:2::1, 2001:db8:1:3::1, 200",
        "::ffff:192.0.2.1, 192.0.2.1, 403",
        "::ffff:192.0.2.1, ::ffff:192.0.2.2, 200",
        "64:ff9b::192.0.2.1, 64:ff9b::192.0.2.2, 200",
        "192.0.2.1, 192.0.2.2, 200",
    })
    void addressesOfIpv6CountByTheirNetwork(String first, String second, int status) {
        var f = new Fixture(o -> o.maxConnectionsPerAddress(1));
        assertThat(f.host.from(first).get(POLLING).status()).isEqualTo(200);
        assertThat(f.host.from(second).get(POLLING).status()).isEqualTo(status);
    }
}
