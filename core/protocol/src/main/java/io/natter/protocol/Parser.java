package io.natter.protocol;

import io.natter.protocol.json.JsonScanner;
import java.util.List;

/// How Socket.IO packets are written as Engine.IO messages. Both sides must use the same one; a
/// parser is chosen once per server. Natter has those of [Parsers].
public interface Parser {

    /// A decoder for one connection. It holds what has come of an unfinished packet, so it is used
    /// by one thread at a time.
    Decoder newDecoder(Limits limits);

    /// Writes a packet as the messages that carry it, in the order in which they must be sent, with
    /// nothing between them. Free of state: any thread. A payload is trusted to be well-formed JSON
    /// whose placeholders have attachments.
    ///
    /// @throws IllegalArgumentException where a parser that has to read the payload cannot
    List<EngineMessage> encode(Packet packet);

    /// The limits of a decoder.
    ///
    /// @param maxAttachments attachments of one packet, 10 by default as in npm `socket.io-parser`;
    ///   MessagePack has no attachments on the wire and does not heed it
    /// @param maxAttachmentBytes bytes of all attachments of one packet
    /// @param maxDepth how deep arrays and objects may nest, the array of arguments being the first
    ///   level; 1 to 500
    record Limits(int maxAttachments, long maxAttachmentBytes, int maxDepth) {
        /// 10 attachments, 16 MiB of them, 64 levels.
        public static final Limits DEFAULT = new Limits(10, 16L << 20, 64);

        /// Refuses a depth that the stack of a thread might not bear.
        ///
        /// @throws IllegalArgumentException for a negative limit or a depth not from 1 to 500
        public Limits {
            if (maxAttachments < 0
                    || maxAttachmentBytes < 0
                    || maxDepth < 1
                    || maxDepth > JsonScanner.DEEPEST) {
                throw new IllegalArgumentException(
                        "limits out of range: %d attachments, %d bytes, depth %d"
                                .formatted(maxAttachments, maxAttachmentBytes, maxDepth));
            }
        }
    }

    /// Turns the messages of one connection into packets. Total: no message makes it throw. After
    /// [Step.Malformed] nothing more may come of the connection.
    interface Decoder {
        /// A message of text, UTF-8 from `from` to `to`. The packet shares `buffer`.
        Step text(byte[] buffer, int from, int to);

        /// A message of bytes. The packet shares `data`.
        Step binary(byte[] data);

        /// The bytes that are kept of an unfinished packet; 0 where every message is a whole one.
        default long heldBytes() {
            return 0;
        }
    }

    /// The result of decoding a message.
    sealed interface Step {
        /// The message completed this packet.
        record Decoded(Packet packet) implements Step {}

        /// The packet lacks `missing` more attachments.
        record Incomplete(int missing) implements Step {}

        /// The message breaks the protocol: the connection must be closed with `parse error`.
        record Malformed(String reason) implements Step {}
    }
}
