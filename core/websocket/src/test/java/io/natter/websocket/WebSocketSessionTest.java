package io.natter.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.Attributes;
import io.natter.host.MemoryBudget;
import io.natter.host.dispatch.Dispatch;
import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.InProcessWebSocket;
import io.natter.host.inprocess.ManualStrand;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Sockets and their handlers on the in-process host. Handlers that may block are run by hand.
@ParameterizedClass
@EnumSource(Dispatch.class)
class WebSocketSessionTest {
    private final Dispatch dispatch;

    /// Handlers with [Dispatch#VIRTUAL] that wait to be run.
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private final List<String> events = new ArrayList<>();
    private final List<WebSocketSession> sockets = new ArrayList<>();
    private WebSocketServer server;
    private InProcessHost host;

    WebSocketSessionTest(Dispatch dispatch) {
        this.dispatch = dispatch;
        server = serve(options -> options);
        host = new InProcessHost(server);
    }

    private WebSocketServer serve(UnaryOperator<WebSocketServerOptions.Builder> options) {
        var builder = WebSocketServerOptions.builder().dispatch(dispatch).executor(waiting::add);
        server = WebSocketServer.create(options.apply(builder).build());
        server.onConnection(sockets::add);
        host = new InProcessHost(server);
        return server;
    }

    /// Runs handlers and the strand until nothing is left.
    private void settle() {
        host.strand().run();
        for (var task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
            host.strand().run();
        }
    }

    /// Runs `task` on another thread, which is no strand's.
    private static void elsewhere(Runnable task) {
        CompletableFuture.runAsync(task).join();
    }

    private InProcessWebSocket open() {
        var socket = host.webSocket("/");
        settle();
        return socket;
    }

    private void send(InProcessWebSocket client, String text) {
        client.send(text);
        settle();
    }

    @Test
    void tellsOfMessagesInOrderAndOfTheEndLast() {
        server.onConnection(
                socket ->
                        socket.onMessage(text -> events.add("text " + text))
                                .onBinary(data -> events.add("binary " + data.length))
                                .onClose((code, reason) -> events.add("close " + code + reason)));
        var client = host.webSocket("/");
        client.send("a");
        client.send(new byte[3]);
        client.send("é");
        client.close(1000);
        settle();
        assertThat(events).containsExactly("text a", "binary 3", "text é", "close 1000");
        assertThat(server.clients()).isEmpty();
        assertThat(server.metrics().open()).isZero();
        assertThat(server.metrics().messagesIn()).isEqualTo(3);
    }

    @Test
    void sendsToOneToAllAndToAllButOneOnEveryStrand() {
        var a = open();
        var other = new ManualStrand();
        var there = host.on(other);
        var b = there.webSocket("/");
        settle();
        sockets.getFirst().send("one");
        server.broadcast("all");
        sockets.getFirst().broadcast("others");
        server.broadcast(new byte[] {1}, socket -> socket.equals(sockets.getFirst()));
        settle();
        other.run();
        assertThat(a.received()).containsExactly("one", "all", "0x01");
        assertThat(b.received()).containsExactly("all", "others");
    }

    @Test
    void aStrandThatHasEndedMissesABroadcastAndTheOthersGetIt() {
        var a = open();
        var other = new ManualStrand();
        var there = host.on(other);
        var _ = there.webSocket("/");
        settle();
        other.end();
        elsewhere(() -> server.broadcast("all"));
        settle();
        assertThat(a.received()).containsExactly("all");
    }

    @Test
    void closesAClientForWhomTooMuchWaits() {
        serve(options -> options.maxWaitingBytes(1000));
        server.onConnection(socket -> socket.onClose((code, why) -> events.add(code + " " + why)));
        var slow = open();
        var quick = open();
        slow.stall();
        slow.fill(1001);
        server.broadcast("x");
        settle();
        assertThat(events).containsExactly("1006 the peer reads too slowly: 1001 bytes wait");
        assertThat(server.metrics().closedSlow()).isEqualTo(1);
        assertThat(quick.received()).containsExactly("x");
    }

    /// One message may be a broadcast to thousands: its sender waits for the strands.
    @Test
    void handlesNoMoreOfAClientWhoseBroadcastsWaitToBeWritten() {
        server.onConnection(
                socket ->
                        socket.onMessage(
                                text -> {
                                    events.add(text);
                                    server.broadcast(new byte[3 << 20]);
                                }));
        var client = open();
        if (dispatch == Dispatch.INLINE) {
            send(client, "a"); // written at once, so nothing waits
            assertThat(client.received()).hasSize(1);
            return;
        }
        for (var text : List.of("a", "b", "c")) {
            client.send(text);
        }
        elsewhere(waiting.remove());
        assertThat(events).containsExactly("a", "b");
        settle();
        assertThat(events).containsExactly("a", "b", "c");
        assertThat(client.received()).hasSize(3);
    }

    @Test
    void zeroIsNoLimitOfWaitingBytes() {
        serve(options -> options.maxWaitingBytes(0));
        var slow = open();
        slow.stall();
        slow.fill(100 << 20);
        server.broadcast("x");
        settle();
        assertThat(slow.isOpen()).isTrue();
        assertThat(slow.received()).containsExactly("x");
    }

    @Test
    void readsNoMoreWhileItsHandlersAreBehind() {
        server.onConnection(socket -> socket.onMessage(text -> events.add("" + text.length())));
        var client = open();
        for (int i = 0; i < 10; i++) {
            client.send("x".repeat(50_000));
        }
        // INLINE, handlers are never behind.
        int before = dispatch == Dispatch.VIRTUAL ? 2 : 10;
        assertThat(server.metrics().messagesIn()).isEqualTo(before);
        settle();
        assertThat(events).hasSize(10).containsOnly("50000");
        assertThat(server.metrics().messagesIn()).isEqualTo(10);
    }

    @Test
    void closesAClientWhoseMessagesHoldTooMuchOfTheMemoryBudget() {
        var budget = MemoryBudget.of(400_000);
        serve(options -> options.memoryBudget(budget));
        server.onConnection(socket -> socket.onClose((code, why) -> events.add(code + " " + why)));
        var client = open();
        send(client, "x".repeat(90_000));
        assertThat(client.isOpen()).isTrue();
        send(client, "x".repeat(110_000));
        settle();
        assertThat(events).singleElement().asString().startsWith("1006 out of memory budget: ");
        assertThat(server.metrics().closedForMemory()).isEqualTo(1);
        assertThat(budget.used()).isZero();
    }

    @Test
    void anExceptionOfAHandlerClosesNothingAndIsToldToOnError() {
        server.onConnection(
                socket ->
                        socket.onMessage(
                                        text -> {
                                            if (text.equals("bad")) {
                                                throw new IllegalStateException("on purpose");
                                            }
                                            socket.send(text);
                                        })
                                .onError(e -> events.add("error " + e.getMessage())));
        var client = open();
        send(client, "bad");
        send(client, "good");
        assertThat(events).containsExactly("error on purpose");
        assertThat(client.received()).containsExactly("good");
    }

    @Test
    void anErrorOfAHandlerClosesItsSocketWith1011() {
        server.onConnection(
                socket ->
                        socket.onMessage(
                                        _ -> {
                                            throw new StackOverflowError();
                                        })
                                .onClose((code, why) -> events.add(code + " " + why)));
        var client = open();
        var other = open();
        send(client, "bad");
        assertThat(client.closeCode()).isEqualTo(1011);
        assertThat(client.closeReason()).isEqualTo("internal error");
        assertThat(events).containsExactly("1011 internal error");
        assertThat(server.metrics().failures()).isEqualTo(1);
        assertThat(other.isOpen()).isTrue();
    }

    @Test
    void anExecutorThatRefusesIsAskedAgainAndLosesNothing() {
        if (dispatch == Dispatch.INLINE) {
            return; // it has none
        }
        boolean[] refuses = {true};
        serve(
                options ->
                        options.executor(
                                task -> {
                                    if (refuses[0]) {
                                        throw new RejectedExecutionException("on purpose");
                                    }
                                    waiting.add(task);
                                }));
        server.onConnection(socket -> socket.onMessage(events::add));
        var client = host.webSocket("/");
        client.send("a");
        settle();
        assertThat(events).isEmpty();
        refuses[0] = false;
        host.strand().advanceMillis(100);
        settle();
        assertThat(events).containsExactly("a");
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void closesWithACodeThatMayBeSentOnly() {
        var client = open();
        var socket = sockets.getFirst();
        assertThatThrownBy(() -> socket.close(1005, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket.ping(new byte[126]))
                .isInstanceOf(IllegalArgumentException.class);
        socket.ping("hi".getBytes(UTF_8));
        socket.close(4000, "why");
        socket.send("too late");
        settle();
        assertThat(client.pings()).hasSize(1);
        assertThat(client.closeCode()).isEqualTo(4000);
        assertThat(client.received()).isEmpty();
        assertThat(socket.isOpen()).isFalse();
    }

    @Test
    void showsTheUserOfItsRequest() {
        Principal ana = () -> "ana";
        serve(
                options ->
                        options.verifyClient(
                                request -> {
                                    request.attributes().set(Attributes.PRINCIPAL, ana);
                                    return null;
                                }));
        var client = host.webSocket("/");
        host.strand().runUntil(client::isOpen, Duration.ofSeconds(30));
        settle();
        assertThat(sockets.getFirst().request().attributes().get(Attributes.PRINCIPAL))
                .isSameAs(ana);
    }

    @Test
    void optionsThatCanDoNothingAreRefused() {
        var options = WebSocketServerOptions.builder();
        assertThatThrownBy(() -> options.path("chat")).hasMessage("path must start with /");
        assertThatThrownBy(() -> options.maxPayload(0)).hasMessage("maxPayload must be positive");
        assertThatThrownBy(() -> options.maxWaitingBytes(-1))
                .hasMessage("maxWaitingBytes must not be negative");
    }
}
