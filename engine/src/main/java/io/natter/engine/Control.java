package io.natter.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.Engine4;
import io.natter.protocol.EnginePacket;

/// A packet that is no message: the same text in every protocol and on every transport.
record Control(String text) implements Queued {
    static final Control CLOSE = new Control("1");
    static final Control PING = new Control("2");
    static final Control PONG = new Control("3");
    static final Control NOOP = new Control("6");

    /// What answers `2probe`.
    static final String PROBE_PONG = "3probe";

    @Override
    public byte[] text(int protocol) {
        return text.getBytes(UTF_8);
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
}
