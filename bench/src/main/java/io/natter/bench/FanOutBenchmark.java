package io.natter.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.dispatch.Dispatch;
import io.natter.host.inprocess.ManualStrand;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// From a frame or an emit to the host's `send`, on one strand with clients in this process: what a
/// message costs above sockets. Every client is in its share of `ROOMS` rooms.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FanOutBenchmark {
    private static final int ROOMS = 10;
    private static final String TEXT = "x".repeat(32);
    private static final byte[] ECHO = ("42[\"echo\",\"" + TEXT + "\"]").getBytes(UTF_8);
    private static final byte[] ACK = ("421[\"ack\",\"" + TEXT + "\"]").getBytes(UTF_8);

    /// How many are connected.
    @Param({"1", "1000"})
    public int clients;

    private ManualStrand strand = new ManualStrand();
    private SocketIoServer io = SocketIoServer.create();
    private final List<QuietClient> connected = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    /// For each trial in JMH's own thread, which becomes the strand's.
    @Setup(Level.Trial)
    public void connect() {
        strand = new ManualStrand();
        io = SocketIoServer.create(SocketIoOptions.builder().dispatch(Dispatch.INLINE).build());
        io.onConnection(
                socket -> {
                    socket.on("echo", String.class, text -> socket.emit("echo", text));
                    socket.on("ack", String.class, (text, ack) -> ack.send(text));
                    socket.join("room" + sockets.size() % ROOMS);
                    sockets.add(socket);
                });
        for (int i = 0; i < clients; i++) {
            connected.add(QuietClient.join(io, strand));
        }
        if (sockets.size() != clients) {
            throw new IllegalStateException(sockets.size() + " of " + clients + " have joined");
        }
    }

    /// To everybody.
    @Benchmark
    public long emitToAll() {
        io.emit("chat message", TEXT);
        strand.run();
        return connected.getFirst().heard();
    }

    /// To a tenth.
    @Benchmark
    public long emitToRoom() {
        io.to("room0").emit("chat message", TEXT);
        strand.run();
        return connected.getFirst().heard();
    }

    /// Into a room and out of it.
    @Benchmark
    public Socket joinAndLeave() {
        var socket = sockets.getFirst();
        socket.join("elsewhere");
        socket.leave("elsewhere");
        strand.run();
        return socket;
    }

    /// An event in, its handler on the strand, one event out.
    @Benchmark
    public long echo() {
        var client = connected.getFirst();
        client.say(ECHO);
        return client.heard();
    }

    /// An event in, its acknowledgement out.
    @Benchmark
    public long acknowledge() {
        var client = connected.getFirst();
        client.say(ACK);
        return client.heard();
    }
}
