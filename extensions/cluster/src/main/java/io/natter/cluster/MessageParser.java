package io.natter.cluster;

import io.natter.protocol.MessagePack;
import io.natter.protocol.Payload;

/// Writes and reads whole messages between servers: the `parser` option of npm
/// `@socket.io/redis-adapter` and `@socket.io/redis-emitter`. Any thread.
public interface MessageParser {

    /// MessagePack as npm `notepack.io` writes it, the default.
    MessageParser MESSAGE_PACK =
            new MessageParser() {
                @Override
                public byte[] encode(Payload message) {
                    return MessagePack.encode(message);
                }

                @Override
                public Payload decode(byte[] bytes) {
                    return MessageReader.messagePack(bytes);
                }
            };

    /// JSON, as the parser `JSON.stringify` and `JSON.parse` of Node.js. Messages must not hold
    /// bytes.
    MessageParser JSON =
            new MessageParser() {
                @Override
                public byte[] encode(Payload message) {
                    if (!message.attachments().isEmpty()) {
                        throw new IllegalArgumentException("a message in JSON cannot hold bytes");
                    }
                    return Messages.json(message);
                }

                @Override
                public Payload decode(byte[] bytes) {
                    return MessageReader.json(bytes);
                }
            };

    /// Writes a message.
    ///
    /// @throws IllegalArgumentException where it cannot be written
    byte[] encode(Payload message);

    /// Reads a message.
    ///
    /// @throws IllegalArgumentException with the reason where it cannot be read
    Payload decode(byte[] bytes);

    /// A message without bytes as JSON, another one by this parser: what Node.js does with requests
    /// and answers.
    default byte[] jsonOrEncoded(Payload message) {
        return message.attachments().isEmpty() ? Messages.json(message) : encode(message);
    }

    /// Reads JSON where the message begins with `{`, else by this parser.
    default Payload jsonOrDecoded(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == '{' ? MessageReader.json(bytes) : decode(bytes);
    }
}
