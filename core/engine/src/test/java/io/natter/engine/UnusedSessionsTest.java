package io.natter.engine;

import static io.natter.engine.Fixture.POLLING;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.ForwardedClientAddress;
import io.natter.host.MemoryBudget;
import io.natter.host.inprocess.InProcessHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Handshakes that no request follows end each other, and no other sessions.
class UnusedSessionsTest {
    /// The least bound, of a budget with room for fewer.
    private static final int MOST = 1000;

    private final Fixture server =
            new Fixture(
                    options ->
                            options.pingInterval(Duration.ofSeconds(25))
                                    .memoryBudget(MemoryBudget.of(1 << 20)));

    /// @return the target of the session's requests
    private String open(InProcessHost from) {
        assertThat(from.get(POLLING).status()).isEqualTo(200);
        return POLLING + "&sid=" + server.session().id();
    }

    private void assertServed(InProcessHost from, String target) {
        assertThat(from.post(target, "4hello").text()).isEqualTo("ok");
    }

    private void assertEnded(InProcessHost from, String target) {
        assertThat(from.get(target).status()).isEqualTo(400);
    }

    @Test
    void theAddressWithTheMostLosesItsEldestSession() {
        var newcomer = server.host.from("10.0.0.1");
        var opened = open(newcomer);
        var eldest = "";
        for (int i = 0; i < MOST; i++) {
            var connection = server.host.from("10.0.0.2", 10_000 + i);
            var target = open(connection);
            eldest = i == 0 ? target : eldest;
        }
        assertThat(server.heard())
                .containsExactly(
                        "closed forced close: more than 1000 handshakes were followed by no"
                                + " request");
        assertThat(server.limits)
                .extracting(LimitExceeded::limit)
                .containsExactly(LimitExceeded.Limit.UNUSED_SESSIONS);
        assertEnded(newcomer, eldest);
        assertServed(newcomer, opened);
    }

    @Test
    void ofOneAddressTheConnectionWithTheMostLosesItsEldestSession() {
        var newcomer = server.host.from("10.0.0.1", 1);
        var opened = open(newcomer);
        var others = List.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        for (int port : others) {
            var connection = server.host.from("10.0.0.1", port);
            for (int i = 0; i < MOST / others.size(); i++) {
                open(connection);
            }
        }
        assertThat(server.heard()).hasSize(1);
        assertServed(newcomer, opened);
    }

    @Test
    void sessionsThatHaveEndedDoNotCount() {
        var newcomer = server.host.from("10.0.0.1");
        var opened = open(newcomer);
        for (int i = 0; i < 2 * MOST; i++) {
            open(server.host);
        }
        assertThat(server.heard())
                .hasSize(2 * MOST - 100)
                .containsOnly(
                        "closed forced close: one connection made more than 100 handshakes that no"
                                + " request followed");
        assertServed(newcomer, opened);
    }

    @Test
    void aSessionThatIsUsedStays() {
        var used = open(server.host);
        var poll = server.host.get(used);
        for (int i = 0; i < 100; i++) {
            open(server.host);
        }
        assertThat(server.heard()).isEmpty();
        open(server.host);
        assertThat(server.heard()).hasSize(1);
        assertThat(poll.isAnswered()).isFalse();
        assertServed(server.host, used);
    }

    @Test
    void eachClientOfAProxyHasItsOwnShareOfAConnection() {
        var proxied =
                new Fixture(
                        options ->
                                options.pingInterval(Duration.ofSeconds(25))
                                        .clientAddress(
                                                ForwardedClientAddress.trusting("127.0.0.1")));
        for (int i = 0; i < 200; i++) {
            var client = Map.of("x-forwarded-for", i == 0 ? "10.0.0.1" : "10.0.0.2");
            proxied.host.request("GET", POLLING, client, new byte[0]);
        }
        assertThat(proxied.heard()).hasSize(99);
        assertThat(proxied.sessions.getFirst().state()).isEqualTo(SessionState.POLLING);
        assertThat(proxied.sessions.get(1).state()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void aFailingClientAddressCountsForItsConnection() {
        var failing =
                new Fixture(
                        options ->
                                options.pingInterval(Duration.ofSeconds(25))
                                        .clientAddress(
                                                _ -> {
                                                    throw new StackOverflowError();
                                                }));
        for (int i = 0; i < 101; i++) {
            assertThat(failing.host.get(POLLING).status()).isEqualTo(200);
        }
        assertThat(failing.heard()).hasSize(1);
    }
}
