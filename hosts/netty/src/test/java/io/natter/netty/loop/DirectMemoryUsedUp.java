package io.natter.netty.loop;

import io.natter.host.PreparedMessage;
import io.natter.netty.Echo;
import io.natter.netty.IoTransport;
import io.natter.netty.NettyHost;
import io.natter.netty.RawClient;
import io.natter.netty.websocket.NettyWebSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The program of [DirectMemoryTest]: one client does not read, so what is sent to it must be kept;
/// there is no memory for that; two others are to be served in the same flush.
final class DirectMemoryUsedUp {
    private static final int SMALL = 512;

    private final Echo echo = new Echo();
    private final NettyHost host;
    private final List<ByteBuf> hog = new ArrayList<>();

    private DirectMemoryUsedUp(IoTransport transport) {
        host =
                NettyHost.builder()
                        .host("127.0.0.1")
                        .endpoint(echo)
                        .transport(transport)
                        .threads(1)
                        .listen();
    }

    public static void main(String[] args) {
        try {
            new DirectMemoryUsedUp(IoTransport.valueOf(args[0])).run();
            System.out.println("served as before");
            System.exit(0);
        } catch (Throwable t) {
            t.printStackTrace();
            System.exit(1);
        }
    }

    private record Pair(RawClient client, NettyWebSocket socket) {
        void send(String text) {
            socket.send(new PreparedMessage(text));
        }

        void expect(String text) throws Exception {
            var got = client.frame().text();
            if (!got.equals(text)) {
                throw new AssertionError("expected " + text + ", got " + got);
            }
        }
    }

    private Pair open() throws Exception {
        var client = RawClient.webSocket(host.port(), "/echo");
        return new Pair(
                client,
                (NettyWebSocket) Objects.requireNonNull(echo.opened.poll(10, TimeUnit.SECONDS)));
    }

    private void onLoop(Pair pair, Runnable task) {
        CompletableFuture.runAsync(task, pair.socket.strand()).join();
        CompletableFuture.runAsync(() -> {}, pair.socket.strand()).join();
    }

    private void run() throws Exception {
        var slow = open();
        var victim = open();
        var other = open();
        for (var each : List.of(victim, other)) {
            each.client.send(RawClient.text("warm"));
            each.expect("warm");
        }
        while (slow.socket.waitingBytes() == 0) {
            onLoop(slow, () -> slow.send("x".repeat(4000)));
        }
        onLoop(slow, this::useUp);
        onLoop(
                slow,
                () -> {
                    for (int i = 0; i < 20; i++) {
                        slow.send("y".repeat(4000));
                    }
                    victim.send("for the victim");
                    other.send("for the other");
                });
        onLoop(slow, () -> other.send("a secret of the other"));
        victim.expect("for the victim");
        other.expect("for the other");
        other.expect("a secret of the other");
        onLoop(slow, () -> victim.send("later"));
        victim.expect("later");
        if (slow.socket.isOpen() || host.metrics().memoryErrors() == 0) {
            throw new AssertionError("there was memory for the slow client");
        }
        hog.forEach(ByteBuf::release);
        var newcomer = open();
        newcomer.client.send(RawClient.text("hello"));
        newcomer.expect("hello");
        if (host.unresponsiveEventLoops() != 0) {
            throw new AssertionError("the event loop has ended");
        }
    }

    /// Takes all direct memory, but for small pieces that the event loop's arena gets back.
    private void useUp() {
        for (int size = 1024 * 1024; size >= SMALL; size /= 2) {
            takeAll(size);
        }
        var small = hog.stream().filter(each -> each.capacity() == SMALL).limit(64).toList();
        hog.removeAll(small);
        small.forEach(ByteBuf::release);
    }

    private void takeAll(int size) {
        try {
            while (true) {
                hog.add(ByteBufAllocator.DEFAULT.directBuffer(size, size));
            }
        } catch (OutOfMemoryError _) {
            // As it should be.
        }
    }
}
