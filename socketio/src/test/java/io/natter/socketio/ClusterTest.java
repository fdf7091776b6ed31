package io.natter.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.engine.inprocess.InProcessHost;
import io.natter.engine.inprocess.ManualStrand;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Two servers joined by an adapter that calls the other one's methods: what an adapter for a
/// cluster must be able to do.
final class ClusterTest {
    private final List<Pair> pairs = new ArrayList<>();
    private final ManualStrand strand = new ManualStrand();
    private final SocketIoServer one = server();
    private final SocketIoServer two = server();
    private final Wire clientOfOne =
            Wire.Kind.WEBSOCKET.open(new InProcessHost(one, strand)).join();
    private final Wire clientOfTwo =
            Wire.Kind.WEBSOCKET.open(new InProcessHost(two, strand)).join();

    private SocketIoServer server() {
        return SocketTest.server(
                SocketIoOptions.builder()
                        .adapter(
                                (local, handler) -> {
                                    var pair = new Pair(local, handler, pairs);
                                    pairs.add(pair);
                                    return pair;
                                }));
    }

    @Test
    void aBroadcastReachesTheOtherServerUnlessItIsLocal() {
        one.emit("x");
        one.local().emit("y");
        assertThat(clientOfOne.received()).containsExactly("2[\"x\"]", "2[\"y\"]");
        assertThat(clientOfTwo.received()).containsExactly("2[\"x\"]");
    }

    @Test
    void theAnswersOfBothServersAreGathered() {
        var answers = one.timeout(Duration.ofSeconds(1)).emitWithAck("q");
        clientOfOne.send("30[1]");
        assertThat(answers).isNotDone();
        clientOfTwo.send("30[2]");
        assertThat(answers.join()).extracting(a -> a.get(0, Integer.class)).containsExactly(1, 2);
    }

    @Test
    void serverSideEventsGoToTheOthersOnly() {
        var seen = new ArrayList<Object>();
        one.onServerSide("e", (_, _) -> seen.add("own"));
        two.onServerSide("e", (args, _) -> seen.add(args.toList()));
        two.onServerSide("q", (args, ack) -> ack.send(args.get(0, Integer.class)));
        one.serverSideEmit("e", 1, "a");
        assertThat(seen).containsExactly(List.of(1, "a"));
        assertThat(one.serverSideEmitWithAck("q", 5).join())
                .singleElement()
                .satisfies(args -> assertThat(args.toList()).containsExactly(5));
        assertThatThrownBy(() -> one.serverSideEmit("new_namespace"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aServerAloneHasNobodyToAsk() {
        var alone = SocketTest.server(SocketIoOptions.builder());
        assertThat(alone.serverSideEmitWithAck("q").join()).isEmpty();
    }

    private record Pair(LocalAdapter local, ServerEvents handler, List<Pair> all)
            implements Adapter {

        private List<Pair> others(BroadcastOptions options) {
            return options.local()
                    ? List.of()
                    : all.stream()
                            .filter(p -> !p.equals(this))
                            .filter(p -> p.local.namespace().equals(local.namespace()))
                            .toList();
        }

        @Override
        public void broadcast(Packet.Event packet, BroadcastOptions options) {
            local.broadcast(packet, options);
            others(options).forEach(p -> p.local.broadcast(packet, options));
        }

        @Override
        public void broadcastWithAck(
                Packet.Event packet, BroadcastOptions options, Replies replies) {
            local.broadcastWithAck(packet, options, replies);
            others(options).forEach(p -> p.local.broadcastWithAck(packet, options, replies));
        }

        @Override
        public CompletableFuture<List<SocketState>> fetchSockets(BroadcastOptions options) {
            return local.fetchSockets(options);
        }

        @Override
        public void socketsJoin(BroadcastOptions options, Set<String> rooms) {
            local.socketsJoin(options, rooms);
        }

        @Override
        public void socketsLeave(BroadcastOptions options, Set<String> rooms) {
            local.socketsLeave(options, rooms);
        }

        @Override
        public void disconnectSockets(BroadcastOptions options, boolean close) {
            local.disconnectSockets(options, close);
        }

        @Override
        public void serverSideEmit(Payload args, @Nullable ServerReplies answers) {
            var others = others(BroadcastOptions.ALL);
            if (answers != null) {
                answers.expect(others.size());
            }
            for (Pair other : others) {
                other.handler.onServerSideEmit(
                        args,
                        answers == null
                                ? null
                                : new Ack() {
                                    @Override
                                    public void send(@Nullable Object... values) {
                                        answers.answered(new JacksonMapping().write(values[0]));
                                    }

                                    @Override
                                    public boolean wanted() {
                                        return true;
                                    }
                                });
            }
        }

        @Override
        public CompletableFuture<Integer> serverCount() {
            return CompletableFuture.completedFuture(2);
        }
    }
}
