package io.natter.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.Engine4;
import io.natter.protocol.EngineMessage;
import io.natter.protocol.EnginePacket;
import org.jspecify.annotations.Nullable;

/// A packet that is no message: the same text in every protocol and on every transport.
record ControlPacket(String text) implements OutgoingPacket {
    static final ControlPacket CLOSE = new ControlPacket("1");
    static final ControlPacket PING = new ControlPacket("2");
    static final ControlPacket PONG = new ControlPacket("3");
    static final ControlPacket NOOP = new ControlPacket("6");

    /// The answer to `2probe`.
    static final String PROBE_PONG = "3probe";

    @Override
    public byte[] text(int protocol) {
        return text.getBytes(UTF_8);
    }

    @Override
    public @Nullable EngineMessage frame() {
        return null;
    }

    @Override
    public EnginePacket packet() {
        var bytes = text.getBytes(UTF_8);
        return Engine4.decodeText(bytes, 0, bytes.length);
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public boolean compress() {
        return false;
    }

    @Override
    public int enqueued() {
        return size();
    }

    @Override
    public void dequeued() {}
}
