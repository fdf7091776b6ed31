package io.natter.engine;

import static io.natter.engine.Fixture.POLLING;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.HttpRequest;
import io.natter.host.inprocess.InProcessRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many requests may wait for code of the application at a time.
class InFlightTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {"", "&sid=x", "&sid=", "&sid=known"})
    void everyRequestThatRunsMiddlewareHoldsASlot(String sid) {
        var gate = new CountDownLatch(1);
        var waiting = new AtomicInteger();
        var f = new Fixture(o -> o.maxHandshakesInFlight(3));
        f.openPolling();
        f.server.use(
                (_, _) -> {
                    waiting.incrementAndGet();
                    gate.await();
                    return null;
                });
        var all = new ArrayList<InProcessRequest>();
        for (int i = 0; i < 10; i++) {
            all.add(f.host.get(POLLING + sid.replace("known", f.session().id())));
        }
        assertThat(all).filteredOn(InProcessRequest::isAnswered).hasSize(7);
        assertThat(f.limits)
                .hasSize(7)
                .extracting(LimitExceeded::limit)
                .containsOnly(LimitExceeded.Limit.HANDSHAKES_IN_FLIGHT);
        gate.countDown();
        f.strand.runUntil(
                () -> all.stream().allMatch(InProcessRequest::isAnswered) || sid.endsWith("known"),
                LONG);
        assertThat(waiting.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void newcomersDoNotKeepTheRequestsOfSessionsOut() {
        var gate = new CountDownLatch(1);
        var f = new Fixture(o -> o.maxHandshakesInFlight(2));
        var target = f.openPolling();
        f.server.use(
                (request, _) -> {
                    if (!request.method().equals("POST")) {
                        gate.await();
                    }
                    return null;
                });
        for (int i = 0; i < 5; i++) {
            f.host.get(POLLING + (i % 2 == 0 ? "" : "&sid=x"));
        }
        var post = f.host.post(target, "4heard");
        f.strand.runUntil(post::isAnswered, LONG);
        assertThat(post.text()).isEqualTo("ok");
        gate.countDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"middleware", "allowRequest", "generateId"})
    void anErrorGivesTheSlotBackAndIsAnswered(String where) {
        var f =
                new Fixture(
                        o -> {
                            o.maxHandshakesInFlight(1);
                            if (where.equals("allowRequest")) {
                                o.allowRequest(
                                        request -> {
                                            fail(request);
                                            return AllowRequest.allow();
                                        });
                            } else if (where.equals("generateId")) {
                                o.generateId(
                                        request -> {
                                            fail(request);
                                            return "id";
                                        });
                            }
                            return o;
                        });
        if (where.equals("middleware")) {
            f.server.use(
                    (request, _) -> {
                        fail(request);
                        return null;
                    });
        }
        for (int i = 0; i < 3; i++) {
            var failed = f.host.get(POLLING + "&fail");
            f.strand.runUntil(failed::isAnswered, LONG);
            assertThat(failed.status()).isBetween(400, 403);
        }
        var next = f.host.get(POLLING);
        f.strand.runUntil(next::isAnswered, LONG);
        assertThat(next.status()).isEqualTo(200);
        assertThat(f.limits).isEmpty();
    }

    private static void fail(HttpRequest request) {
        if (request.rawQuery().contains("fail")) {
            throw new StackOverflowError("on purpose");
        }
    }

    @Test
    void anIdThatIsNullIsRefused() {
        var f = new Fixture(o -> o.generateId(_ -> Fixture.<String>absent()));
        var get = f.host.get(POLLING);
        f.strand.runUntil(get::isAnswered, LONG);
        assertThat(get.status()).isEqualTo(400);
    }
}
