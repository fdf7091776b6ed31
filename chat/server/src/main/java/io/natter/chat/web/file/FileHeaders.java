package io.natter.chat.web.file;

import io.natter.chat.domain.file.OpenFile;
import io.natter.chat.web.http.SecurityHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The headers of a file that somebody sent: nothing in it can run, and only pictures, films and
/// sounds are shown; all else is a download.
final class FileHeaders {
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; img-src 'self'; media-src 'self'; sandbox; frame-ancestors 'none'";

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,15})-([0-9]{0,15})");

    private FileHeaders() {}

    /// The bytes to send.
    record Part(long from, long length, boolean whole) {}

    static void apply(HttpHeaders headers, OpenFile file, String etag) {
        SecurityHeaders.apply(headers);
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        // Browsers keep it, but ask each time: the right to read it can end.
        headers.set(HttpHeaderNames.CACHE_CONTROL, "private, no-cache");
        headers.set(HttpHeaderNames.ETAG, etag);
        headers.set(HttpHeaderNames.ACCEPT_RANGES, "bytes");
        headers.set(HttpHeaderNames.CONTENT_TYPE, file.type());
        headers.set(HttpHeaderNames.CONTENT_DISPOSITION, disposition(file));
    }

    /// As RFC 6266 has it, with a name of ASCII for those that know no other.
    private static String disposition(OpenFile file) {
        String plain = file.name().replaceAll("[^A-Za-z0-9._ -]", "_");
        return "%s; filename=\"%s\"; filename*=UTF-8''%s"
                .formatted(
                        file.inline() ? "inline" : "attachment",
                        plain,
                        percentEncoded(file.name()));
    }

    private static String percentEncoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    (each >= '0' && each <= '9')
                            || (each >= 'A' && each <= 'Z')
                            || (each >= 'a' && each <= 'z')
                            || each == '.'
                            || each == '-'
                            || each == '_';
            encoded.append(
                    plain
                            ? String.valueOf((char) each)
                            : String.format(Locale.ROOT, "%%%02X", each));
        }
        return encoded.toString();
    }

    /// The bytes that a `Range` asks for; null if there are none.
    static @Nullable Part part(@Nullable String range, long bytes) {
        Matcher asked = RANGE.matcher(range == null ? "" : range);
        if (!asked.matches() || (asked.group(1).isEmpty() && asked.group(2).isEmpty())) {
            return new Part(0, bytes, true); // none, or a form that may be left out of account
        }
        if (asked.group(1).isEmpty()) {
            long length = Math.min(bytes, Long.parseLong(asked.group(2)));
            return length == 0 ? null : new Part(bytes - length, length, false);
        }
        long from = Long.parseLong(asked.group(1));
        long last =
                asked.group(2).isEmpty()
                        ? bytes - 1
                        : Math.min(bytes - 1, Long.parseLong(asked.group(2)));
        return from > last ? null : new Part(from, last - from + 1, false);
    }
}
