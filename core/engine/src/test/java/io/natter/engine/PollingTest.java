package io.natter.engine;

import static io.natter.engine.Fixture.POLLING;
import static io.natter.engine.Fixture.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.ManualStrand;
import io.natter.protocol.EngineMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class PollingTest {

    @Test
    void postIsAnsweredWithOk() {
        var f = new Fixture();
        var post = f.host.post(f.openPolling(), "4a\u001ebAQID\u001e4b");
        assertThat(post.status()).isEqualTo(200);
        assertThat(post.header("content-type")).isEqualTo("text/html");
        assertThat(post.header("cache-control")).isEqualTo("no-store");
        assertThat(post.text()).isEqualTo("ok");
        assertThat(f.heard()).containsExactly("text a", "binary 0x010203", "text b");
    }

    @Test
    void getWaitsUntilThereIsSomethingToSay() {
        var f = new Fixture();
        var get = f.host.get(f.openPolling());
        assertThat(get.isAnswered()).isFalse();
        assertThat(f.session().isWritable()).isTrue();
        f.send("now");
        assertThat(get.text()).isEqualTo("4now");
        assertThat(f.session().isWritable()).isFalse();
    }

    @Test
    void getTakesAllThatWaits() {
        var f = new Fixture();
        var target = f.openPolling();
        f.session().send(text("a"));
        f.session().send(Fixture.bytes(1, 2, 3));
        f.session().send(text("b"));
        assertThat(f.host.get(target).text()).isEqualTo("4a\u001ebAQID\u001e4b");
    }

    @Test
    void whatIsSentInOnePassLeavesInOneAnswer() {
        var f = new Fixture();
        var get = f.host.get(f.openPolling());
        f.session().send(text("a"));
        f.session().send(text("b"));
        f.strand.run();
        assertThat(get.text()).isEqualTo("4a\u001e4b");
    }

    @Test
    void aSecondGetEndsTheSession() {
        var f = new Fixture();
        var target = f.openPolling();
        var first = f.host.get(target);
        var second = f.host.get(target);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text()).isEqualTo("1");
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.text()).isEmpty();
        assertThat(f.heard()).containsExactly("closed transport error: overlap from client");
        assertThat(f.host.get(target).text())
                .isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @Test
    void aSecondPostEndsTheSession() {
        var f = new Fixture();
        var target = f.openPolling();
        var slow = f.host.request("POST", target, Map.of(), null);
        var second = f.host.post(target, "4b");
        assertThat(second.status()).isEqualTo(400);
        assertThat(f.heard())
                .containsExactly("closed transport error: data request overlap from client");
        slow.body("4a".getBytes(UTF_8));
        assertThat(slow.status()).isEqualTo(400);
        assertThat(f.heard()).isEmpty();
    }

    @Test
    void aClientThatGivesUpItsGetEndsTheSession() {
        var f = new Fixture();
        f.host.get(f.openPolling()).abort();
        assertThat(f.heard())
                .containsExactly("closed transport error: poll connection closed prematurely");
    }

    @Test
    void aClientThatGivesUpItsPostEndsTheSession() {
        var f = new Fixture();
        f.host.request("POST", f.openPolling(), Map.of(), null).abort();
        assertThat(f.heard())
                .containsExactly(
                        "closed transport error: data request connection closed prematurely");
    }

    @Test
    void aPostOverTheLimitIsRefusedAndTheSessionSurvives() {
        var f = new Fixture(o -> o.maxHttpBufferSize(10));
        var target = f.openPolling();
        var post = f.host.post(target, "4" + "x".repeat(10));
        assertThat(post.status()).isEqualTo(413);
        assertThat(f.limits)
                .extracting(LimitExceeded::limit)
                .containsExactly(LimitExceeded.Limit.PAYLOAD);
        assertThat(f.server.metrics().limitsExceeded(LimitExceeded.Limit.PAYLOAD)).isEqualTo(1);
        assertThat(f.host.post(target, "4" + "x".repeat(9)).text()).isEqualTo("ok");
        assertThat(f.heard()).containsExactly("text xxxxxxxxx");
    }

    @Test
    void aPostOfOctetsEndsTheSession() {
        var f = new Fixture();
        var post =
                f.host.request(
                        "POST",
                        f.openPolling(),
                        Map.of("content-type", "application/octet-stream"),
                        new byte[] {4});
        assertThat(post.status()).isEqualTo(400);
        assertThat(f.heard()).containsExactly("closed transport error: invalid content");
    }

    @Test
    void aBadPacketEndsTheSessionButNotTheGetInSilence() {
        var f = new Fixture();
        var target = f.openPolling();
        var get = f.host.get(target);
        assertThat(f.host.post(target, "4a\u001eabc\u001e4b").text()).isEqualTo("ok");
        assertThat(get.text()).isEqualTo("1");
        assertThat(f.heard()).hasSize(2).first().isEqualTo("text a");
    }

    @Test
    void aGetOfAClientThatClosesGetsANoop() {
        var f = new Fixture();
        var target = f.openPolling();
        var get = f.host.get(target);
        assertThat(f.host.post(target, "1").text()).isEqualTo("ok");
        assertThat(get.text()).isEqualTo("6");
    }

    @Test
    void theGetThatEndsAClosingSessionTakesNoopAndClose() {
        var f = new Fixture();
        var target = f.openPolling();
        f.session().close();
        assertThat(f.host.get(target).text()).isEqualTo("6\u001e1");
    }

    // The JavaScript client takes a close packet at once and the messages beside it a moment later.
    @Test
    void aGetThatTakesTheLastMessagesLeavesTheCloseToTheNext() {
        var f = new Fixture();
        var target = f.openPolling();
        var get = f.host.get(target);
        f.session().send(text("a"));
        f.session().send(text("b"));
        f.session().close();
        f.strand.run();
        assertThat(get.text()).isEqualTo("4a\u001e4b");
        assertThat(f.heard()).isEmpty();
        assertThat(f.session().state()).isEqualTo(SessionState.CLOSING);
        assertThat(f.host.get(target).text()).isEqualTo("6\u001e1");
        assertThat(f.heard()).containsExactly("closed forced close: closed by the server");
    }

    @Test
    void aClientThatDoesNotComeForTheCloseIsWaitedForHalfAMinute() {
        var f =
                new Fixture(
                        o ->
                                o.pingInterval(Duration.ofSeconds(25))
                                        .pingTimeout(Duration.ofSeconds(20)));
        var target = f.openPolling();
        var get = f.host.get(target);
        f.session().send(text("last"));
        f.session().close();
        f.strand.run();
        assertThat(get.text()).isEqualTo("4last");
        f.strand.advanceMillis(29_999);
        assertThat(f.server.clientsCount()).isOne();
        f.strand.advanceMillis(1);
        assertThat(f.server.clientsCount()).isZero();
        assertThat(f.heard()).containsExactly("closed forced close: no GET took what waited");
    }

    @Test
    void aGetThatWaitsWithNothingToTakeTakesTheCloseAtOnce() {
        var f = new Fixture();
        var get = f.host.get(f.openPolling());
        f.session().close();
        assertThat(get.text()).isEqualTo("1");
        assertThat(f.heard()).containsExactly("closed forced close: closed by the server");
    }

    @Test
    void aClosingSessionGivesAwayWhatWaitsFirst() {
        var f = new Fixture();
        var target = f.openPolling();
        f.session().send(text("last"));
        f.session().close();
        assertThat(f.host.get(target).text()).isEqualTo("4last");
        assertThat(f.heard()).isEmpty();
        assertThat(f.host.get(target).text()).isEqualTo("6\u001e1");
        assertThat(f.heard()).containsExactly("closed forced close: closed by the server");
    }

    @Test
    void requestsOnAnotherStrandHopToTheSessions() {
        var f = new Fixture();
        var target = f.openPolling();
        var other = new ManualStrand();
        // The test's thread owns both; what matters is where tasks are queued.
        var get = f.host.on(other).get(target);
        var post = f.host.on(other).post(target, "4from elsewhere");
        f.strand.run();
        assertThat(post.text()).isEqualTo("ok");
        assertThat(f.heard()).containsExactly("text from elsewhere");
        f.send("answer");
        assertThat(get.text()).isEqualTo("4answer");
    }

    @Test
    void answersFromTheThresholdOnAreCompressedWhereAccepted() throws Exception {
        var f = new Fixture();
        var target = f.openPolling();
        var big = "x".repeat(1023);
        f.session().send(text(big));
        var gzip = f.host.request("GET", target, Map.of("accept-encoding", "gzip"), new byte[0]);
        f.strand.runUntil(gzip::isAnswered, Duration.ofSeconds(10));
        assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip.response().body()))) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("4" + big);
        }

        f.session().send(text(big));
        var deflate =
                f.host.request(
                        "GET",
                        target,
                        Map.of("accept-encoding", "gzip;q=0.5, deflate"),
                        new byte[0]);
        f.strand.runUntil(deflate::isAnswered, Duration.ofSeconds(10));
        assertThat(deflate.header("content-encoding")).isEqualTo("deflate");
        try (var in =
                new InflaterInputStream(new ByteArrayInputStream(deflate.response().body()))) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("4" + big);
        }
    }

    @Test
    void answersAreNotCompressedBelowTheThresholdOrWhereForbidden() {
        var f = new Fixture();
        var target = f.openPolling();
        var gzip = Map.of("accept-encoding", "gzip");
        f.session().send(text("x".repeat(1022)));
        assertThat(f.host.request("GET", target, gzip, new byte[0]).header("content-encoding"))
                .isNull();
        f.session().send(Outgoing.of(new EngineMessage.Text(new byte[2000]), false));
        assertThat(f.host.request("GET", target, gzip, new byte[0]).header("content-encoding"))
                .isNull();
        f.session().send(text("x".repeat(2000)));
        assertThat(f.host.get(target).header("content-encoding")).isNull();
    }

    @Test
    void oldInternetExplorerIsToldNotToSniff() {
        var f = new Fixture();
        var get =
                f.host.request("GET", POLLING, Map.of("user-agent", "x Trident/7.0"), new byte[0]);
        assertThat(get.header("x-xss-protection")).isEqualTo("0");
    }

    @Test
    void theHeadOfTheCurrentPostCanBeRead() {
        var seen = new java.util.ArrayList<String>();
        var server =
                new EngineServer(
                        EngineOptions.DEFAULT,
                        session ->
                                new EngineListener() {
                                    @Override
                                    public void text(byte[] buffer, int from, int to) {
                                        seen.add(session.currentRequest().method());
                                    }

                                    @Override
                                    public void binary(byte[] data) {}

                                    @Override
                                    public void closed(CloseReason reason, String detail) {}
                                });
        var host = new io.natter.host.inprocess.InProcessHost(server);
        host.get(POLLING);
        var session = server.sessions().iterator().next();
        host.post(POLLING + "&sid=" + session.id(), "4a");
        assertThat(seen).isEqualTo(List.of("POST"));
        assertThat(session.currentRequest().method()).isEqualTo("GET");
    }
}
