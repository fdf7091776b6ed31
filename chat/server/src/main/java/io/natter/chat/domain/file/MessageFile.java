package io.natter.chat.domain.file;

import org.jspecify.annotations.Nullable;

/// A file of a message, as its readers see it.
///
/// @param id also its address; 128 random bits
/// @param name cleaned, see [FileName]
/// @param type the media type that the bytes have; `application/octet-stream` for all that browsers
///   must not show
/// @param size bytes of what is downloaded; images are written anew, so not always what was sent
/// @param width of an image in pixels, null for anything else
/// @param height of an image in pixels, null for anything else
/// @param preview true when there is a smaller form of the image
/// @param alt the sender's description, null for none
public record MessageFile(
        String id,
        String name,
        String type,
        long size,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Boolean preview,
        @Nullable String alt) {}
