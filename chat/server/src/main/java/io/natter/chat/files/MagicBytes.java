package io.natter.chat.files;

import io.natter.chat.domain.file.FileTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// Tells the type of a file by its first bytes. The name and what the client says count for
/// nothing.
final class MagicBytes {
    private static final int READ = 64;

    /// ISO base media files that are MP4; HEIC, AVIF and QuickTime are others.
    private static final Set<String> MP4_BRANDS =
            Set.of(
                    "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "M4V ",
                    "M4VP");

    private MagicBytes() {}

    /// One of [FileTypes].
    static String type(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(READ);
            return type(new String(start, StandardCharsets.ISO_8859_1));
        }
    }

    static String type(byte[] file) {
        return type(new String(file, 0, Math.min(READ, file.length), StandardCharsets.ISO_8859_1));
    }

    /// @param start the first bytes, one in each character
    private static String type(String start) {
        if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return FileTypes.PNG;
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return FileTypes.JPEG;
        }
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return FileTypes.GIF;
        }
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return FileTypes.WEBP;
        }
        if (start.startsWith("ftyp", 4) && start.length() >= 12) {
            return MP4_BRANDS.contains(start.substring(8, 12)) ? FileTypes.MP4 : FileTypes.OTHER;
        }
        if (start.startsWith("\u001aE\u00df\u00a3")) {
            return start.contains("webm") ? FileTypes.WEBM : FileTypes.OTHER;
        }
        return isMp3(start) ? FileTypes.MP3 : FileTypes.OTHER;
    }

    /// An ID3 tag, or a frame of MPEG 1 or 2, layer III.
    private static boolean isMp3(String start) {
        if (start.startsWith("ID3")) {
            return true;
        }
        if (start.length() < 4 || start.charAt(0) != 0xff) {
            return false;
        }
        int second = start.charAt(1) & 0xfe;
        int bitRate = start.charAt(2) >> 4;
        return (second == 0xfa || second == 0xf2) && bitRate != 0 && bitRate != 15;
    }
}
