package io.natter.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The content codings of answers (RFC 9110 §8.4).
public enum HttpCompression {
    /// RFC 1952.
    GZIP("gzip") {
        @Override
        OutputStream over(OutputStream out) throws IOException {
            return new GZIPOutputStream(out);
        }
    },
    /// RFC 1950: what RFC 9110 calls `deflate` has the zlib header.
    DEFLATE("deflate") {
        @Override
        OutputStream over(OutputStream out) {
            return new DeflaterOutputStream(out);
        }
    };

    private final String token;

    HttpCompression(String token) {
        this.token = token;
    }

    /// The value of `Content-Encoding`.
    public String token() {
        return token;
    }

    abstract OutputStream over(OutputStream out) throws IOException;

    /// The bytes of `body` in this coding.
    public byte[] compress(byte[] body) {
        var bytes = new ByteArrayOutputStream(body.length / 2);
        try (var out = over(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return bytes.toByteArray();
    }

    /// Whether a client accepts this coding, by its `Accept-Encoding`.
    public boolean isAcceptedBy(@Nullable String acceptEncoding) {
        if (acceptEncoding != null) {
            for (var element : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
                var parts = element.split(";", -1);
                if (parts[0].trim().equals(token)) {
                    return weight(parts) > 0;
                }
            }
        }
        return false;
    }

    /// The coding that a client prefers; of equals the one it names first. Null if it accepts none.
    public static @Nullable HttpCompression preferred(@Nullable String acceptEncoding) {
        return of(best(acceptEncoding, false));
    }

    /// Whether a client prefers Brotli (RFC 7932). Only for bodies that were compressed by the
    /// build, because the JDK does not write it.
    public static boolean prefersBrotli(@Nullable String acceptEncoding) {
        var best = best(acceptEncoding, true);
        return best.equals("br") || best.equals("*");
    }

    private static String best(@Nullable String acceptEncoding, boolean brotli) {
        String best = "";
        double bestWeight = 0;
        if (acceptEncoding != null) {
            for (var element : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
                var parts = element.split(";", -1);
                var name = parts[0].trim();
                double weight = weight(parts);
                if (weight > bestWeight && (of(name) != null || (brotli && name.equals("br")))) {
                    best = name;
                    bestWeight = weight;
                }
            }
        }
        return best;
    }

    private static @Nullable HttpCompression of(String name) {
        return switch (name) {
            case "gzip", "x-gzip", "*" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> null;
        };
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].trim();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException ignored) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
