package io.natter.chat.domain.file;

import java.util.Set;

/// The media types that the chat tells apart.
public final class FileTypes {
    public static final String PNG = "image/png";
    public static final String JPEG = "image/jpeg";
    public static final String GIF = "image/gif";
    public static final String WEBP = "image/webp";
    public static final String MP4 = "video/mp4";
    public static final String WEBM = "video/webm";
    public static final String MP3 = "audio/mpeg";

    /// All else, SVG and HTML among it.
    public static final String OTHER = "application/octet-stream";

    /// Those that browsers may show.
    public static final Set<String> INLINE = Set.of(PNG, JPEG, GIF, WEBP, MP4, WEBM, MP3);

    private FileTypes() {}
}
