package io.natter.chat.web;

import io.natter.host.HttpCompression;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A file of the page, ready to be sent.
///
/// @param gzip the compressed form, or null if it is not smaller
/// @param etag a strong validator, quotes included
record Asset(String type, byte[] plain, byte @Nullable [] gzip, String etag) {
    private static final int WORTH_COMPRESSING = 1024;

    static Asset of(String path, byte[] content) {
        String type = type(path);
        boolean binary = type.startsWith("image/png") || type.startsWith("font/");
        byte @Nullable [] gzip =
                binary || content.length < WORTH_COMPRESSING
                        ? null
                        : HttpCompression.GZIP.compress(content);
        if (gzip != null && gzip.length >= content.length) {
            gzip = null;
        }
        return new Asset(type, content, gzip, etag(content));
    }

    /// A page of HTML.
    static Asset html(String html) {
        return of("index.html", html.getBytes(StandardCharsets.UTF_8));
    }

    private static String type(String path) {
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "js", "mjs" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "png" -> "image/png";
            case "ico" -> "image/x-icon";
            case "woff2" -> "font/woff2";
            case "json" -> "application/json";
            case "webmanifest" -> "application/manifest+json";
            case "txt" -> "text/plain; charset=utf-8";
            default -> "application/octet-stream";
        };
    }

    private static String etag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
