package io.natter.protocol;

/// One Engine.IO packet, of protocol 3 or 4. The set is closed: every `switch` over it is
/// exhaustive.
///
/// Arrays are handed over, not copied. The receiver of a packet owns its bytes, and no other code
/// writes to them.
public sealed interface EnginePacket {

    /// `0`: the handshake, JSON with `sid`, `upgrades`, `pingInterval`, `pingTimeout`,
    /// `maxPayload`.
    record Open(byte[] json) implements EnginePacket {}

    /// `1`: the sender closes the session.
    record Close() implements EnginePacket {}

    /// `2`: a heartbeat, or with `probe` the first frame of an upgrade.
    record Ping(String data) implements EnginePacket {}

    /// `3`: the answer to a [Ping], with the same data.
    record Pong(String data) implements EnginePacket {}

    /// `4`: a message of text, as UTF-8 from `from` (inclusive) to `to` (exclusive) of `buffer`.
    record Text(byte[] buffer, int from, int to) implements EnginePacket {}

    /// A message of bytes: a binary WebSocket frame, or `b` and base64 in text.
    record Binary(byte[] data) implements EnginePacket {}

    /// `5`: the upgrade is complete.
    record Upgrade() implements EnginePacket {}

    /// `6`: nothing; it ends a waiting poll.
    record Noop() implements EnginePacket {}

    /// Not a packet at all. `reason` is a sentence for logs and for the closing of the session.
    record Malformed(String reason) implements EnginePacket {}
}
