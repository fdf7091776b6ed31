package io.natter.chat.domain.file;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;

/// A file that somebody wants to send with a message.
///
/// @param id of an upload that is complete
/// @param alt the description for people who do not see it, may be empty
public record SentFile(String id, String alt) {

    /// Checks what somebody sent.
    ///
    /// @throws io.natter.chat.domain.ChatException with `bad_request`
    public static SentFile of(String id, String alt) {
        String cleaned = FileName.withoutControls(alt).strip();
        if (cleaned.length() > Bounds.FILE_ALT) {
            throw ChatError.badRequest(
                            "Please shorten the description to %d characters."
                                    .formatted(Bounds.FILE_ALT))
                    .exception();
        }
        return new SentFile(id, cleaned);
    }

    /// The file of a message, to be sent with the next one.
    public static SentFile again(MessageFile file) {
        String alt = file.alt();
        return new SentFile(file.id(), alt == null ? "" : alt);
    }
}
