package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.engine.LimitExceeded;
import io.natter.host.inprocess.InProcessHost;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How many namespaces a connection may join, and all clients make.
final class NamespaceBoundsTest {
    private final List<Runnable> held = new ArrayList<>();
    private final List<Object> limits = new ArrayList<>();

    private void work(InProcessHost host) {
        while (!held.isEmpty()) {
            held.removeFirst().run();
            host.strand().run();
        }
    }

    private InProcessHost host(SocketIoOptions.Builder options, SocketIoServer[] out) {
        var io = SocketIoServer.create(options.build());
        io.onLimit(exceeded -> limits.add(exceeded.limit()));
        io.of(Pattern.compile("/d\\d+"));
        out[0] = io;
        return new InProcessHost(io);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionJoinsSoManyAndNoMore(Wire.Kind kind) {
        var io = new SocketIoServer[1];
        var host =
                host(
                        SocketIoOptions.builder()
                                .maxNamespacesPerConnection(3)
                                .executor(Runnable::run),
                        io);
        var client = kind.open(host).join();
        for (int i = 1; i <= 4; i++) {
            client.send("0/d" + i + ",");
        }
        var received = client.received();
        assertThat(received.subList(0, 2)).allMatch(m -> m.contains("sid"));
        assertThat(received.subList(2, 4))
                .containsExactly(
                        "4/d3,{\"message\":\"a connection may join 3 namespaces and no more\"}",
                        "4/d4,{\"message\":\"a connection may join 3 namespaces and no more\"}");
        assertThat(limits)
                .containsExactly(LimitExceeded.Limit.NAMESPACES, LimitExceeded.Limit.NAMESPACES);
        client.send("1/d1,");
        client.send("0/d3,");
        assertThat(client.received()).singleElement().asString().startsWith("0/d3,{\"sid\"");
        assertThat(client.closed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void soManyAreJoinedAtATimeAndNoMore(Wire.Kind kind) {
        var io = new SocketIoServer[1];
        var host = host(SocketIoOptions.builder().maxConnectsInFlight(2).executor(held::add), io);
        var client = kind.open(host);
        for (int i = 1; i <= 3; i++) {
            client.send("0/d" + i + ",");
        }
        assertThat(client.received())
                .singleElement()
                .asString()
                .startsWith("4/d3,{\"message\":\"2 namespaces are being joined");
        assertThat(limits).containsExactly(LimitExceeded.Limit.CONNECTS_IN_FLIGHT);
        assertThat(held).hasSize(2);
        work(host);
        assertThat(client.received()).hasSize(2).allMatch(m -> m.contains("sid"));
        client.send("0/d3,");
        work(host);
        assertThat(client.received()).hasSize(1).allMatch(m -> m.contains("sid"));
    }

    @Test
    void theOneThatWasEmptyTheLongestMakesRoom() {
        var io = new SocketIoServer[1];
        var host =
                host(SocketIoOptions.builder().maxDynamicNamespaces(3).executor(Runnable::run), io);
        var keeps = io[0].of("/d100"); // the application's own do not count
        var client = Wire.Kind.WEBSOCKET.open(host);
        for (int i = 1; i <= 3; i++) {
            client.send("0/d" + i + ",");
        }
        client.send("1/d2,");
        client.send("1/d1,");
        client.received();
        client.send("0/d4,");
        assertThat(client.received()).singleElement().asString().startsWith("0/d4,{\"sid\"");
        assertThat(io[0].registry().byName()).containsOnlyKeys("/", "/d100", "/d1", "/d3", "/d4");
        client.send("0/d5,");
        client.received();
        assertThat(io[0].registry().byName()).containsOnlyKeys("/", "/d100", "/d3", "/d4", "/d5");
        client.send("0/d6,");
        assertThat(client.received())
                .containsExactly(
                        "4/d6,{\"message\":\"there are 3 dynamic namespaces, which is as many as"
                                + " may be\"}");
        assertThat(limits).containsExactly(LimitExceeded.Limit.NAMESPACES);
        client.cut();
        var other = Wire.Kind.WEBSOCKET.open(host);
        for (int i = 0; i < 50; i++) {
            other.send("0/d1" + i + ",");
            other.send("1/d1" + i + ",");
        }
        assertThat(io[0].registry().byName()).hasSize(5);
        assertThat(io[0].of("/d100")).isSameAs(keeps);
    }

    @Test
    void aThousandEmptyNamespacesStay() {
        var io = new SocketIoServer[1];
        var host = host(SocketIoOptions.builder().executor(Runnable::run), io);
        var client = Wire.Kind.WEBSOCKET.open(host);
        for (int i = 0; i < 1200; i++) {
            client.send("0/d" + i + ",");
            client.send("1/d" + i + ",");
        }
        assertThat(io[0].registry().byName())
                .hasSize(1001)
                .containsKeys("/", "/d200", "/d1199")
                .doesNotContainKey("/d199");
    }

    @Test
    void oneThatTheApplicationAsksForByNameStays() {
        var io = new SocketIoServer[1];
        var host =
                host(SocketIoOptions.builder().maxDynamicNamespaces(1).executor(Runnable::run), io);
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0/d1,");
        client.send("1/d1,");
        var kept = io[0].of("/d1");
        client.send("0/d2,");
        client.send("1/d2,");
        client.send("0/d3,");
        assertThat(io[0].of("/d1")).isSameAs(kept);
        assertThat(io[0].registry().byName()).containsOnlyKeys("/", "/d1", "/d3");
    }

    @Test
    void aPatternMustMatchTheWholeName() {
        var io = new SocketIoServer[1];
        var host = host(SocketIoOptions.builder().executor(Runnable::run), io);
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("0/x/d1/y,");
        assertThat(client.received())
                .containsExactly("4/x/d1/y,{\"message\":\"Invalid namespace\"}");
        assertThat(io[0].of("/x/d1/y").parent()).isNull();
    }
}
