package io.natter.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.ManualStrand;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Packets of a client on one connection and then on another are heard in that order, whichever
/// strands the two live on. The test asks later for packets that a strand has not read yet.
class CrossingTest {
    private final Fixture f = new Fixture();
    private final ManualStrand other = new ManualStrand();
    private final InProcessHost elsewhere = f.host.on(other);
    private final String target = f.openPolling();

    @Test
    void aCloseFromAnotherStrandDoesNotOvertakeAGetThatTheSessionsStrandHasYetToRead() {
        var post = elsewhere.post(target, "1");
        var get = f.host.get(target);
        f.strand.run();
        other.run();
        f.strand.run();
        assertThat(get.text()).isEqualTo("6");
        assertThat(post.text()).isEqualTo("ok");
        assertThat(f.heard()).containsExactly("closed transport close: closed by the client");
    }

    @Test
    void aCloseDoesNotOvertakeAGetThatAnotherStrandHasYetToRead() {
        var post = f.host.post(target, "1");
        var get = elsewhere.get(target);
        f.strand.run();
        assertThat(get.text()).isEqualTo("6");
        assertThat(post.text()).isEqualTo("ok");
        assertThat(f.heard()).containsExactly("closed transport close: closed by the client");
    }

    @Test
    void nothingIsHeardBehindAClose() {
        var post = f.host.post(target, "4before\u001e1\u001e4behind");
        assertThat(f.host.post(target, "4another").status()).isEqualTo(400);
        assertThat(f.heard()).containsExactly("text before");
        assertThat(post.isAnswered()).as("answered before the end").isFalse();
        other.run();
        f.strand.run();
        assertThat(post.text()).isEqualTo("ok");
        assertThat(f.heard()).containsExactly("closed transport close: closed by the client");
        assertThat(f.host.get(target).status()).isEqualTo(400);
    }

    @Test
    void aStrandThatHasEndedIsNotWaitedFor() {
        other.end();
        f.host.post(target, "1");
        assertThat(f.heard()).containsExactly("closed transport close: closed by the client");
    }

    @Test
    void aGetFromAnotherStrandIsBehindTheOneThatTheSessionsStrandHasYetToRead() {
        var second = elsewhere.get(target);
        var first = f.host.get(target);
        f.strand.run();
        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(400);
    }

    @Test
    void aPostThatCameWholeIsHeardThoughItsConnectionHasEnded() {
        var post = elsewhere.post(target, "4heard");
        post.abort();
        f.strand.run();
        other.run();
        f.strand.run();
        assertThat(f.heard()).containsExactly("text heard");
        assertThat(f.session().state()).isEqualTo(SessionState.POLLING);
    }

    @Test
    void aPostThatBreaksOffEndsTheSession() {
        var post = elsewhere.request("POST", target, Map.of(), null);
        f.strand.run();
        post.abort();
        f.strand.run();
        assertThat(f.heard())
                .containsExactly(
                        "closed transport error: data request connection closed prematurely");
    }

    @Test
    void aSecondPostEndsTheSessionThoughTheFirstHasNoBodyYet() {
        var slow = elsewhere.request("POST", target, Map.of(), null);
        f.strand.run();
        assertThat(f.host.post(target, "4b").status()).isEqualTo(400);
        slow.body("4a".getBytes(UTF_8));
        f.strand.run();
        assertThat(slow.status()).isEqualTo(400);
        assertThat(f.heard())
                .containsExactly("closed transport error: data request overlap from client");
    }

    @Test
    void aGetThatBreaksOffOnAnotherStrandEndsTheSession() {
        var get = elsewhere.get(target);
        f.strand.run();
        get.abort();
        f.strand.run();
        assertThat(f.heard())
                .containsExactly("closed transport error: poll connection closed prematurely");
    }
}
