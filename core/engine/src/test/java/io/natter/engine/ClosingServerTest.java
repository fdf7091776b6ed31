package io.natter.engine;

import static io.natter.engine.Fixture.POLLING;
import static io.natter.engine.Fixture.WEBSOCKET;
import static io.natter.engine.Fixture.known;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.HttpResponse;
import io.natter.host.inprocess.ManualStrand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Handshakes that are under way when the server goes out of service.
class ClosingServerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final HttpResponse LATER =
            new HttpResponse(503, Map.of("Retry-After", List.of("1")), "later".getBytes(UTF_8));

    private final CountDownLatch gate = new CountDownLatch(1);
    private final Fixture f =
            new Fixture(
                    o ->
                            o.maxConnectionsPerAddress(2)
                                    .allowRequest(
                                            request -> {
                                                if (request.rawQuery().contains("slow")) {
                                                    gate.await();
                                                }
                                                return AllowRequest.allow();
                                            }));

    @Test
    void handshakesUnderWayAreRefusedWithTheNewcomers() {
        var get = f.host.get(POLLING + "&slow");
        var socket = f.host.webSocket(WEBSOCKET + "&slow");
        f.server.refuseNew(LATER);
        gate.countDown();
        f.strand.runUntil(() -> get.isAnswered() && socket.refusal() != null, LONG);
        assertThat(get.status()).isEqualTo(503);
        assertThat(get.text()).isEqualTo("later");
        assertThat(known(socket.refusal()).status()).isEqualTo(503);
        assertThat(f.sessions).isEmpty();
    }

    @Test
    void openSessionsGoOnWhenNewcomersAreRefused() {
        var open = f.host.get(POLLING);
        f.strand.runUntil(open::isAnswered, LONG);
        f.server.refuseNew(LATER);
        var target = POLLING + "&sid=" + f.session().id();
        assertThat(f.host.post(target, "4heard").text()).isEqualTo("ok");
        var next = f.host.get(POLLING);
        f.strand.runUntil(next::isAnswered, LONG);
        assertThat(next.status()).isEqualTo(503);
    }

    @Test
    void whatIsUnderWayWhenTheStrandEndsIsDroppedQuietly() {
        var thrown = new CopyOnWriteArrayList<Throwable>();
        var before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> thrown.add(e));
        try {
            f.host.get(POLLING + "&slow");
            f.host.get(POLLING + "&slow");
            f.strand.end();
            gate.countDown();
            // Its places are free again.
            var other = new ManualStrand();
            other.runUntil(
                    () -> {
                        var get = f.host.on(other).get(POLLING);
                        other.runUntil(get::isAnswered, LONG);
                        return get.status() == 200;
                    },
                    LONG);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(thrown).isEmpty();
        f.server.close();
    }
}
