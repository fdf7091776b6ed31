package io.natter.chat.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.ManualClock;
import io.natter.chat.access.ClientAddresses;
import io.natter.chat.access.Limits;
import io.natter.chat.access.Origins;
import io.natter.chat.events.ChatEvents;
import io.natter.chat.events.Presence;
import io.natter.chat.store.SqliteStore;
import io.natter.chat.watch.Operations;
import io.natter.engine.CloseReason;
import io.natter.engine.EngineMetrics;
import io.natter.engine.EngineSession;
import io.natter.engine.LimitExceeded;
import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.InProcessRequest;
import io.natter.host.inprocess.ManualStrand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressTest {
    private static final String TARGET = "/socket.io/?EIO=4&transport=polling";

    @TempDir Path directory;

    private final ManualStrand strand = new ManualStrand();
    private SqliteStore store; // both set before each test
    private ChatEvents events;

    @BeforeEach
    void open() throws Exception {
        ManualClock clock = new ManualClock();
        store = SqliteStore.open(directory, clock);
        events =
                new ChatEvents(
                        store,
                        new Presence(clock),
                        new Limits(clock),
                        new Origins("127.0.0.1", List.of()),
                        new ClientAddresses(List.of("loopback")),
                        clock,
                        ChatEvents.EVENTS_PER_SECOND,
                        Operations.unwatched(),
                        _ -> {
                            throw new AssertionError("no test asks");
                        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anAddressHasSixtyFourSocketsAndIsToldSo() {
        InProcessHost there = new InProcessHost(events.io(), strand).from("192.0.2.1");
        for (int i = 0; i < 64; i++) {
            assertThat(connect(there).status()).isEqualTo(200);
        }
        InProcessRequest refused = connect(there);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text())
                .isEqualTo("{\"code\":4,\"message\":\"Too many connections from this address\"}");
        assertThat(refusals()).isEqualTo(1);

        EngineSession any = events.io().engine().sessions().iterator().next();
        any.discard(CloseReason.TRANSPORT_CLOSE, "gone");
        assertThat(connect(there).status()).isEqualTo(200);
        assertThat(connect(there).status()).isEqualTo(403);
        assertThat(connect(there.from("192.0.2.2")).status()).isEqualTo(200);
    }

    @Test
    void theMachineItselfAndAProxyOnItAreNotOneVisitor() {
        InProcessHost here = new InProcessHost(events.io(), strand);
        for (int i = 0; i < 100; i++) {
            assertThat(connect(here).status()).isEqualTo(200);
        }
        assertThat(refusals()).isZero();
    }

    @Test
    void behindATrustedProxyAClientHasSixtyFourSockets() {
        InProcessHost proxy = new InProcessHost(events.io(), strand);
        for (int i = 0; i < 64; i++) {
            assertThat(connect(proxy, "6.6.6." + i + ", 192.0.2.1").status()).isEqualTo(200);
        }
        assertThat(connect(proxy, "192.0.2.2, 192.0.2.1").status()).isEqualTo(403);
        assertThat(connect(proxy, "192.0.2.2").status()).isEqualTo(200);
        assertThat(connect(new InProcessHost(events.io(), strand).from("192.0.2.1")).status())
                .as("the same client without the proxy")
                .isEqualTo(403);
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        InProcessHost any = new InProcessHost(events.io(), strand);
        for (int i = 0; i < 64; i++) {
            assertThat(connect(any.from("2001:db8:1:2::" + Integer.toHexString(i + 1))).status())
                    .isEqualTo(200);
        }
        assertThat(connect(any.from("2001:db8:1:2:ffff::1")).status()).isEqualTo(403);
        assertThat(connect(any.from("2001:db8:1:3::1")).status()).isEqualTo(200);
    }

    private InProcessRequest connect(InProcessHost host, String forwardedFor) {
        InProcessRequest request =
                host.request("GET", TARGET, Map.of("x-forwarded-for", forwardedFor), new byte[0]);
        strand.runUntil(request::isAnswered, Duration.ofSeconds(20));
        return request;
    }

    private InProcessRequest connect(InProcessHost host) {
        InProcessRequest request = host.get(TARGET);
        strand.runUntil(request::isAnswered, Duration.ofSeconds(20));
        return request;
    }

    private long refusals() {
        EngineMetrics metrics = events.io().engine().metrics();
        return metrics.limitsExceeded(LimitExceeded.Limit.CONNECTIONS_PER_ADDRESS);
    }
}
