package io.natter.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.Engine4;
import io.natter.protocol.EngineMessage;
import io.natter.protocol.EnginePacket;
import io.natter.protocol.Packet;
import io.natter.protocol.Parser;
import io.natter.protocol.Parsers;
import io.natter.protocol.Payload;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The cost of reading a frame down to its Socket.IO packet and to write a packet as a frame.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    /// Bytes of text in the event.
    @Param({"32", "1024"})
    public int text;

    private byte[] frame = {};
    private Parser.Decoder decoder = Parsers.json().newDecoder(Parser.Limits.DEFAULT);
    private Packet event = new Packet.Disconnect("/");

    @Setup
    public void prepare() {
        var args = "[\"chat message\",\"%s\"]".formatted("x".repeat(text));
        frame = ("42" + args).getBytes(UTF_8);
        event =
                new Packet.Event(
                        "/", Packet.NO_ID, "chat message", Payload.of(args.getBytes(UTF_8)));
        decoder = Parsers.json().newDecoder(Parser.Limits.DEFAULT);
    }

    @Benchmark
    public Parser.Step decode() {
        return switch (Engine4.decodeText(frame, 0, frame.length)) {
            case EnginePacket.Text(byte[] buffer, int from, int to) ->
                    decoder.text(buffer, from, to);
            default -> throw new IllegalStateException("not a message");
        };
    }

    @Benchmark
    public byte[] encode() {
        return Engine4.encodeText(Parsers.json().encode(event).getFirst());
    }

    @Benchmark
    public List<EngineMessage> encodeSocketIoAlone() {
        return Parsers.json().encode(event);
    }
}
