package io.natter.protocol;

/// The parsers that Natter has.
public final class Parsers {
    private static final Parser JSON = new JsonParser();

    private static final Parser MESSAGE_PACK = new MessagePackParser();

    private Parsers() {}

    /// JSON with attachments: Socket.IO protocol 5 as every client speaks it by default. Bytes
    /// inside a payload travel as messages of their own after the text that refers to them.
    public static Parser json() {
        return JSON;
    }

    /// MessagePack, as npm `socket.io-msgpack-parser` 3 speaks it: every packet is one binary
    /// message, a map of `type`, `data`, `nsp` and `id`. Payloads are JSON and attachments, as
    /// everywhere in Natter, and are rewritten on the way in and out. Bytes become attachments, and
    /// dates become ISO strings. Values that JSON does not have (NaN, infinities, undefined) become
    /// null.
    public static Parser messagePack() {
        return MESSAGE_PACK;
    }

    /// The dialect of Socket.IO 2 clients, which use Engine.IO 3, over the server's parser. A query
    /// in the namespace (`/admin?token=1`) becomes the credentials of a connect. Connects are
    /// answered without data. Refusals have the bare message, or the data of the error. These
    /// clients join the main namespace without asking; the parser does not handle that.
    ///
    /// @param query reads that query
    public static Parser socketIo2(Parser beneath, QueryReader query) {
        return new SocketIo2(beneath, query);
    }
}
