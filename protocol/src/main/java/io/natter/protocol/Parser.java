package io.natter.protocol;

import java.util.List;

/// How Socket.IO packets are written as Engine.IO messages. Both sides must use the same one; a
/// parser is chosen once per server. Natter has JSON with attachments (the default of every client)
/// and MessagePack (npm `socket.io-msgpack-parser`).
public interface Parser {

    /// A decoder for one connection. It holds what has come of an unfinished packet, so it is used
    /// by one thread at a time.
    Decoder newDecoder(Limits limits);

    /// Writes a packet as the messages that carry it, in the order in which they must be sent, with
    /// nothing between them. Total and free of state: any thread.
    List<Frame> encode(Packet packet);

    /// What a decoder accepts.
    ///
    /// @param maxAttachments attachments of one packet, 10 by default as in npm `socket.io-parser`
    /// @param maxAttachmentBytes bytes of all attachments of one packet
    /// @param maxDepth how deep arrays and objects may nest
    record Limits(int maxAttachments, long maxAttachmentBytes, int maxDepth) {
        /// 10 attachments, 16 MiB of them, 64 levels.
        public static final Limits DEFAULT = new Limits(10, 16L << 20, 64);
    }

    /// Turns the messages of one connection into packets.
    interface Decoder {
        /// A message of text, UTF-8 from `from` to `to`.
        Step text(byte[] buffer, int from, int to);

        /// A message of bytes.
        Step binary(byte[] data);
    }

    /// What a decoder says to a message.
    sealed interface Step {
        /// The message completed this packet.
        record Decoded(Packet packet) implements Step {}

        /// The packet lacks `missing` more attachments.
        record Incomplete(int missing) implements Step {}

        /// The message breaks the protocol: the connection must be closed with `parse error`.
        record Malformed(String reason) implements Step {}
    }
}
