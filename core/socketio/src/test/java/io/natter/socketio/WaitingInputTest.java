package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.engine.CloseReason;
import io.natter.engine.LimitExceeded;
import io.natter.host.MemoryBudget;
import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.InProcessRequest;
import io.natter.protocol.EngineMessage;
import io.natter.protocol.Packet;
import io.natter.protocol.Parser;
import io.natter.protocol.Parsers;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The bytes that a client has sent and that wait for a handler are bounded: the client is read no
/// further, and all clients together hold no more than the budget.
final class WaitingInputTest {
    private static final String LARGE = "2[\"e\",\"" + "x".repeat(8000) + "\"]";

    private MemoryBudget budget = MemoryBudget.of(64 << 20);
    private final List<Runnable> held = new ArrayList<>();
    private final List<Integer> seen = new ArrayList<>();
    private final List<LimitExceeded.Limit> limits = new ArrayList<>();
    private SocketIoServer io = server();
    private InProcessHost host = new InProcessHost(io);

    /// One client's events wait up to four times 10,000 bytes.
    private SocketIoServer server() {
        var server =
                SocketIoServer.create(
                        SocketIoOptions.builder()
                                .maxHttpBufferSize(10_000)
                                .memoryBudget(budget)
                                .executor(held::add)
                                .build());
        server.onLimit(exceeded -> limits.add(exceeded.limit()));
        server.onConnection(socket -> socket.on("e", String.class, s -> seen.add(s.length())));
        return server;
    }

    private void with(MemoryBudget other) {
        budget = other;
        io = server();
        host = new InProcessHost(io);
    }

    /// Handlers run as far as they have come.
    private void work() {
        while (!held.isEmpty()) {
            held.removeFirst().run();
            host.strand().run();
        }
    }

    private Wire join(Wire.Kind kind) {
        var client = kind.open(host);
        client.send("0");
        work();
        client.received();
        return client;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POLLING")
    void aWebSocketIsNotReadWhileTooMuchWaits(Wire.Kind kind) {
        var client = join(kind);
        for (int i = 0; i < 12; i++) {
            client.send(LARGE);
        }
        assertThat(io.metrics().eventsIn()).isEqualTo(5);
        assertThat(budget.used()).isBetween(36_000L, 48_000L);
        work();
        assertThat(seen).hasSize(12);
        assertThat(budget.used()).isZero();
        assertThat(client.closed()).isFalse();
    }

    @Test
    void aPostIsNotAnsweredWhileTooMuchWaits() {
        String target = "/socket.io/?EIO=4&transport=polling";
        target += "&sid=" + Wire.sidOf(host.get(target).text());
        host.post(target, "40");
        work();
        var posts = new ArrayList<InProcessRequest>();
        while (posts.size() < 20 && posts.stream().allMatch(InProcessRequest::isAnswered)) {
            posts.add(host.post(target, "4" + LARGE));
        }
        assertThat(posts).hasSize(5);
        assertThat(budget.used()).isBetween(36_000L, 48_000L);
        work();
        assertThat(posts.getLast().text()).isEqualTo("ok");
        assertThat(seen).hasSize(5);
        assertThat(budget.used()).isZero();
        assertThat(host.post(target, "4" + LARGE).text()).isEqualTo("ok");
    }

    @Test
    void thePostThatWaitsIsAnsweredWhenTheSessionEnds() {
        String target = "/socket.io/?EIO=4&transport=polling";
        target += "&sid=" + Wire.sidOf(host.get(target).text());
        host.post(target, "40");
        work();
        InProcessRequest last = host.post(target, "4" + LARGE);
        for (int i = 0; i < 20 && last.isAnswered(); i++) {
            last = host.post(target, "4" + LARGE);
        }
        assertThat(last.isAnswered()).isFalse();
        io.close();
        assertThat(last.text()).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void itIsReadAgainWhenHalfIsDone(Wire.Kind kind) {
        var client = join(kind);
        for (int i = 0; i < 5; i++) {
            client.send(LARGE);
        }
        work();
        for (int i = 0; i < 4; i++) {
            client.send(LARGE);
        }
        work();
        assertThat(seen).hasSize(9);
        assertThat(client.closed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatNeverEndsEndsTheConnectionByItsHeartbeat(Wire.Kind kind) {
        var client = join(kind);
        for (int i = 0; i < 5; i++) {
            client.send(LARGE);
        }
        assertThat(client.closed()).isFalse();
        host.strand().advanceMillis(45_000);
        assertThat(io.sockets()).isEmpty();
        assertThat(io.metrics().disconnects(DisconnectReason.PING_TIMEOUT)).isEqualTo(1);
    }

    @Test
    void lessMayWaitWhileMemoryIsScarce() {
        budget = MemoryBudget.of(16 << 20);
        io =
                SocketIoServer.create(
                        SocketIoOptions.builder().memoryBudget(budget).executor(held::add).build());
        host = new InProcessHost(io);
        var client = join(Wire.Kind.WEBSOCKET);
        for (int i = 0; i < 4; i++) {
            budget.open(_ -> {}).changed(0, 3_200_000);
        }
        assertThat(budget.isScarce()).isTrue();
        for (int i = 0; i < 20; i++) {
            client.send(LARGE);
        }
        assertThat(io.metrics().eventsIn()).isEqualTo(9);
        work();
        assertThat(io.metrics().eventsIn()).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource
    void attachmentsOfAnUnfinishedPacketCount(Wire.Kind kind) {
        with(MemoryBudget.of(400_000));
        var clients = new ArrayList<Wire>();
        for (int i = 0; i < 8; i++) {
            var client = kind.open(host); // joined nothing
            client.send("59-[\"e\",\"" + "x".repeat(5000) + "\"]");
            for (int n = 0; n < 8; n++) {
                client.send(new byte[7000]);
            }
            clients.add(client);
        }
        assertThat(limits).contains(LimitExceeded.Limit.MEMORY);
        assertThat(budget.used()).isLessThanOrEqualTo(400_000);
        assertThat(clients).filteredOn(client -> !client.closed()).hasSizeBetween(4, 6);
        io.close();
        assertThat(budget.used()).isZero();
    }

    /// A session that has ended may be referred to until its connection is down.
    @Test
    void aClientThatWasClosedKeepsNothingOfAnUnfinishedPacket() {
        var decoders = new ArrayList<WeakReference<Parser.Decoder>>();
        io =
                SocketIoServer.create(
                        SocketIoOptions.builder().parser(new Remembering(decoders)).build());
        host = new InProcessHost(io);
        var client = Wire.Kind.WEBSOCKET.open(host);
        client.send("52-[\"e\"]");
        var session = io.engine().sessions().iterator().next();
        session.discard(CloseReason.FORCED_CLOSE, "");
        assertThat(decoders).hasSize(1);
        try {
            for (int i = 0; i < 100 && decoders.getFirst().get() != null; i++) {
                System.gc();
            }
            assertThat(decoders.getFirst().get()).isNull();
        } finally {
            Reference.reachabilityFence(session);
        }
    }

    /// JSON, with decoders that are remembered but not kept.
    private record Remembering(List<WeakReference<Parser.Decoder>> decoders) implements Parser {
        @Override
        public Decoder newDecoder(Limits limits) {
            var decoder = Parsers.json().newDecoder(limits);
            decoders.add(new WeakReference<>(decoder));
            return decoder;
        }

        @Override
        public List<EngineMessage> encode(Packet packet) {
            return Parsers.json().encode(packet);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFinishedPacketIsHandedOn(Wire.Kind kind) {
        io.onConnection(socket -> socket.on("b", byte[].class, bytes -> seen.add(bytes.length)));
        var client = join(kind);
        client.send("51-[\"b\",{\"_placeholder\":true,\"num\":0}]");
        client.send(new byte[7000]);
        assertThat(budget.used()).isEqualTo(4096);
        work();
        assertThat(seen).containsExactly(7000);
        assertThat(budget.used()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void eventsBeforeTheNamespaceIsJoinedCount(Wire.Kind kind) {
        io.use(_ -> {});
        var client = kind.open(host);
        client.send("0");
        for (int i = 0; i < 5; i++) {
            client.send(LARGE);
        }
        assertThat(budget.used()).isBetween(36_000L, 48_000L);
        work();
        assertThat(seen).hasSize(5);
        assertThat(budget.used()).isZero();
        assertThat(client.closed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void credentialsCountAsLongAsTheSocketKeepsThem(Wire.Kind kind) {
        var client = kind.open(host);
        client.send("0{\"token\":\"" + "x".repeat(9000) + "\"}");
        work();
        assertThat(budget.used()).isEqualTo(8192);
        client.send("1");
        work();
        assertThat(budget.used()).isZero();
        assertThat(client.closed()).isFalse();
    }

    @Test
    void inProtocol3Too() {
        var io =
                SocketIoServer.create(
                        SocketIoOptions.builder()
                                .allowEio3(true)
                                .maxHttpBufferSize(10_000)
                                .memoryBudget(budget)
                                .executor(held::add)
                                .build());
        io.onConnection(socket -> socket.on("e", String.class, s -> seen.add(s.length())));
        var host = new InProcessHost(io);
        var client = host.webSocket("/socket.io/?EIO=3&transport=websocket");
        for (int i = 0; i < 12; i++) {
            client.send("4" + LARGE);
        }
        assertThat(io.metrics().eventsIn()).isEqualTo(5);
        while (!held.isEmpty()) {
            held.removeFirst().run();
            host.strand().run();
        }
        assertThat(seen).hasSize(12);
        assertThat(budget.used()).isZero();
    }
}
