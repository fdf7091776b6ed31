package io.natter.netty.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.natter.host.HttpResponse;
import io.natter.netty.frame.NettyHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The head of an answer as it is sent (RFC 9112 §4 and §5).
final class ResponseHead {
    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(US_ASCII);
    private static final int END_OF_LINE = '\r' << 8 | '\n';
    private static final int COLON = ':' << 8 | ' ';

    private ResponseHead() {}

    /// Writes everything up to the body.
    ///
    /// @param connection the value of `Connection`, if it needs one
    /// @throws IllegalArgumentException if a header of the answer would not be one header
    static void write(ByteBuf to, HttpResponse response, String date, @Nullable String connection) {
        to.writeBytes(VERSION);
        ascii(to, HttpResponseStatus.valueOf(response.status()).toString());
        to.writeShort(END_OF_LINE);
        boolean dated = false;
        for (Map.Entry<String, List<String>> header : response.headers().entrySet()) {
            var name = header.getKey();
            dated |= name.equalsIgnoreCase("date");
            if (!isOurs(name, connection)) {
                for (var value : header.getValue()) {
                    line(to, NettyHandshake.oneLine(name), NettyHandshake.oneLine(value));
                }
            }
        }
        if (!dated) {
            line(to, "date", date);
        }
        if (mayHaveBody(response.status())) {
            line(to, "content-length", Integer.toString(response.body().length));
        }
        if (connection != null) {
            line(to, "connection", connection);
        }
        to.writeShort(END_OF_LINE);
    }

    private static boolean isOurs(String name, @Nullable String connection) {
        return name.equalsIgnoreCase("content-length")
                || (connection != null && name.equalsIgnoreCase("connection"));
    }

    private static void line(ByteBuf to, String name, String value) {
        ascii(to, name);
        to.writeShort(COLON);
        ascii(to, value);
        to.writeShort(END_OF_LINE);
    }

    private static void ascii(ByteBuf to, String text) {
        ByteBufUtil.writeAscii(to, text);
    }

    /// Whether an answer of this status has a length and perhaps a body (RFC 9110 §6.4.1).
    static boolean mayHaveBody(int status) {
        return status != HttpResponseStatus.NO_CONTENT.code()
                && status != HttpResponseStatus.NOT_MODIFIED.code();
    }
}
