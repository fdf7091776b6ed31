package io.natter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.protocol.EnginePacket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Rules of protocol 4 that know no transport, over polling, WebSocket and a session that upgraded.
class AnyTransportTest {

    @ParameterizedTest
    @EnumSource
    void carriesTextBothWays(Client.Over over) {
        var f = new Fixture();
        f.echo = true;
        var client = over.open(f);
        client.send("4hello");
        client.send("4");
        client.send("4てすと");
        assertThat(f.heard()).containsExactly("text hello", "text ", "text てすと");
        assertThat(client.received()).containsExactly("4hello", "4", "4てすと");
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfEachSessionThatOpensOnce(Client.Over over) {
        var f = new Fixture();
        var opened = new ArrayList<EngineSession>();
        f.server.onConnection(opened::add);
        var client = over.open(f);
        assertThat(opened).containsExactly(f.session());
        client.send("4on");
        assertThat(opened).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void carriesBytesBothWays(Client.Over over) {
        var f = new Fixture();
        f.echo = true;
        var client = over.open(f);
        client.sendBinary(Fixture.array(1, 2, 3), "AQID");
        client.send("bAQID");
        assertThat(f.heard()).containsExactly("binary 0x010203", "binary 0x010203");
        var form = over == Client.Over.POLLING ? "bAQID" : "0x010203";
        assertThat(client.received()).containsExactly(form, form);
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderOfWhatIsSentTogether(Client.Over over) {
        var f = new Fixture();
        var client = over.open(f);
        f.session().send(List.of(Fixture.text("a"), Fixture.text("b")));
        f.session().send(Fixture.text("c"));
        f.strand.run();
        assertThat(client.received()).containsExactly("4a", "4b", "4c");
    }

    @ParameterizedTest
    @EnumSource
    void ignoresOpenUpgradeAndNoopFromTheClient(Client.Over over) {
        var f = new Fixture();
        var client = over.open(f);
        for (var packet : List.of("0{}", "5", "6")) {
            client.send(packet);
        }
        client.send("4still here");
        assertThat(f.heard()).containsExactly("text still here");
    }

    @ParameterizedTest
    @EnumSource
    void closesOnAPingFromTheClient(Client.Over over) {
        var f = new Fixture();
        var client = over.open(f);
        client.send("2");
        assertThat(f.heard())
                .containsExactly("closed transport error: invalid heartbeat direction");
        assertThat(client.isClosed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void closesWhenTheClientSaysSo(Client.Over over) {
        var f = new Fixture();
        var client = over.open(f);
        client.send("1");
        assertThat(f.heard()).containsExactly("closed transport close: closed by the client");
        assertThat(client.isClosed()).isTrue();
        assertThat(f.server.clientsCount()).isZero();
        assertThat(f.server.metrics().closes(CloseReason.TRANSPORT_CLOSE)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "POLLING, abc",
        "WEBSOCKET, abc",
        "UPGRADE, abc",
        "POLLING, ''",
        "WEBSOCKET, ''",
        "UPGRADE, ''",
        "WEBSOCKET, 7",
        "POLLING, b=",
        "WEBSOCKET, b=",
    })
    void closesOnAMalformedPacket(Client.Over over, String malformed) {
        var f = new Fixture();
        var client = over.open(f);
        client.send(malformed);
        assertThat(f.heard()).singleElement().asString().startsWith("closed parse error: ");
        assertThat(client.isClosed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void pingsAndIsAnswered(Client.Over over) {
        var f = new Fixture();
        var client = over.open(f);
        for (int i = 0; i < 5; i++) {
            f.strand.advanceMillis(299);
            assertThat(client.received()).isEmpty();
            f.strand.advanceMillis(1);
            assertThat(client.received()).containsExactly("2");
            f.strand.advanceMillis(199);
            client.send("3");
        }
        assertThat(f.heard()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void closesWhenAPingIsNotAnswered(Client.Over over) {
        var f = new Fixture();
        var client = over.open(f);
        f.strand.advanceMillis(499);
        assertThat(f.heard()).isEmpty();
        f.strand.advanceMillis(1);
        assertThat(f.heard()).containsExactly("closed ping timeout: no pong came in time");
        assertThat(client.isClosed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anotherPacketExtendsTheWaitForAPongOnce(Client.Over over) {
        var f = new Fixture();
        var client = over.open(f);
        f.strand.advanceMillis(300 + 150);
        client.send("4busy");
        f.strand.advanceMillis(150);
        client.send("4busy");
        f.strand.advanceMillis(49);
        assertThat(f.heard()).containsExactly("text busy", "text busy");
        f.strand.advanceMillis(1);
        assertThat(f.heard()).containsExactly("closed ping timeout: no pong came in time");
    }

    @ParameterizedTest
    @EnumSource
    void theNextPingAwaitingAPongCanBeExtendedAgain(Client.Over over) {
        var f = new Fixture();
        var client = over.open(f);
        for (int i = 0; i < 3; i++) {
            f.strand.advanceMillis(300 + 150);
            client.send("6");
            f.strand.advanceMillis(150);
            client.send("3");
        }
        assertThat(f.heard()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void dropsWhatIsSentAfterTheEnd(Client.Over over) {
        var f = new Fixture();
        var client = over.open(f);
        f.session().discard(CloseReason.FORCED_CLOSE, "x");
        f.send("too late");
        f.session().close();
        f.session().discard(CloseReason.PARSE_ERROR, "again");
        client.send("4too late");
        assertThat(f.heard()).containsExactly("closed forced close: x");
        assertThat(f.session().isWritable()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void sendsEverythingBeforeAnOrderlyClose(Client.Over over) {
        var f = new Fixture();
        var client = over.open(f);
        f.session().send(Fixture.text("last words"));
        f.session().close();
        f.strand.run();
        assertThat(client.received()).first().isEqualTo("4last words");
        assertThat(f.heard()).containsExactly("closed forced close: closed by the server");
    }

    @ParameterizedTest
    @EnumSource
    void throwsWaitingMessagesAwayWhenTheServerCloses(Client.Over over) {
        var f = new Fixture();
        var client = over.open(f);
        f.server.close();
        f.strand.run();
        assertThat(f.heard()).containsExactly("closed server shutting down: the server closes");
        assertThat(client.isClosed()).isTrue();
        assertThat(f.server.sessions()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void showsEveryPacketToAnObserver(Client.Over over) {
        var f = new Fixture();
        f.echo = true;
        var seen = new ArrayList<String>();
        f.server.observe(
                new PacketObserver() {
                    @Override
                    public void received(EngineSession session, EnginePacket packet) {
                        seen.add("in " + packet.getClass().getSimpleName());
                    }

                    @Override
                    public void sent(EngineSession session, EnginePacket packet) {
                        seen.add("out " + packet.getClass().getSimpleName());
                    }
                });
        var client = over.open(f);
        client.send("4a");
        client.sendBinary(Fixture.array(1, 2, 3), "AQID");
        f.strand.advanceMillis(300);
        client.send("3");
        assertThat(seen)
                .containsExactly(
                        "out Open",
                        "in Text",
                        "out Text",
                        "in Binary",
                        "out Binary",
                        "out Ping",
                        "in Pong");
    }

    @ParameterizedTest
    @EnumSource
    void countsPacketsAndBytes(Client.Over over) {
        var f = new Fixture();
        var client = over.open(f);
        long in = f.server.metrics().packetsIn();
        long out = f.server.metrics().packetsOut();
        client.send("4abc");
        f.send("defg");
        assertThat(client.received()).containsExactly("4defg");
        assertThat(f.server.metrics().packetsIn() - in).isEqualTo(1);
        assertThat(f.server.metrics().packetsOut() - out).isEqualTo(1);
        assertThat(f.server.metrics().bytesIn()).isGreaterThanOrEqualTo(4);
        assertThat(f.server.metrics().bytesOut()).isGreaterThanOrEqualTo(4);
    }
}
