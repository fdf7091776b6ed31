package io.natter.chat.domain.file;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import java.util.regex.Pattern;

/// A file that somebody is about to send, checked.
///
/// @param token the client's own id for the upload, unique per person: beginning it again is
///   answered with what has arrived
/// @param size bytes, at least 1 and at most [Bounds#FILE]
public record NewUpload(String token, String name, long size) {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /// Checks what somebody sent.
    ///
    /// @throws io.natter.chat.domain.ChatException with `bad_request`, `file_empty` or
    ///   `file_too_large`
    public static NewUpload of(String token, String name, long size) {
        if (!TOKEN.matcher(token).matches()) {
            throw ChatError.badRequest(
                            "A token is 1 to 64 letters, digits, '-' or '_'; a random UUID is best.")
                    .exception();
        }
        if (size <= 0) {
            throw ChatError.fileEmpty().exception();
        }
        if (size > Bounds.FILE) {
            throw ChatError.fileTooLarge().exception();
        }
        return new NewUpload(token, FileName.of(name), size);
    }
}
