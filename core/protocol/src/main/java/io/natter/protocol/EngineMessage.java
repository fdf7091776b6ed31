package io.natter.protocol;

/// One Engine.IO message as a parser makes it: what travels in a `4` packet or in a binary one.
public sealed interface EngineMessage {

    /// Text, as UTF-8 without the Engine.IO type.
    record Text(byte[] utf8) implements EngineMessage {}

    /// Bytes.
    record Binary(byte[] data) implements EngineMessage {}
}
