package io.natter.protocol;

/// The parsers that Natter has.
public final class Parsers {
    private static final Parser JSON = new JsonParser();

    private Parsers() {}

    /// JSON with attachments: Socket.IO protocol 5 as every client speaks it by default. Bytes
    /// inside a payload travel as messages of their own after the text that refers to them.
    public static Parser json() {
        return JSON;
    }
}
