package io.natter.chat.domain.message;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.Invisible;
import io.natter.chat.domain.file.SentFile;
import io.natter.chat.domain.person.Person;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A message somebody wants to send, checked.
///
/// @param cmid the client's own id for it, unique per sender and kept forever: sending it again is
///   answered with the numbers it got the first time
/// @param text at most [io.natter.chat.domain.Bounds#MESSAGE] UTF-16 units, well-formed Unicode,
///   something to see in it, without line breaks at its end
/// @param files at most [io.natter.chat.domain.Bounds#FILES], each once; a message with files may
///   have no text
/// @param replyTo the `seq` of the message in the same room that it replies to; null for none
public record Draft(
        String room,
        Person sender,
        String cmid,
        String text,
        @Nullable Long replyTo,
        List<SentFile> files) {
    private static final Pattern CMID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /// Checks what somebody sent.
    ///
    /// @throws io.natter.chat.domain.ChatException with `cmid_invalid`, `text_empty`,
    ///   `text_too_long` or `too_many_files`
    public static Draft of(
            String room,
            Person sender,
            String cmid,
            String text,
            @Nullable Long replyTo,
            List<SentFile> files) {
        if (!CMID.matcher(cmid).matches()) {
            throw ChatError.cmidInvalid().exception();
        }
        if (files.size() > Bounds.FILES) {
            throw ChatError.tooManyFiles().exception();
        }
        if (files.stream().map(SentFile::id).distinct().count() < files.size()) {
            throw ChatError.badRequest("Send each file once.").exception();
        }
        boolean withoutText = !files.isEmpty() && Invisible.isAll(text);
        String checked = withoutText ? "" : MessageText.checked(text);
        return new Draft(room, sender, cmid, checked, replyTo, List.copyOf(files));
    }

    /// As above, for a message without files.
    public static Draft of(
            String room, Person sender, String cmid, String text, @Nullable Long replyTo) {
        return of(room, sender, cmid, text, replyTo, List.of());
    }

    /// As above, for a message that replies to none.
    public static Draft of(String room, Person sender, String cmid, String text) {
        return of(room, sender, cmid, text, null);
    }

    /// Whether a message that was first stored with `body` is the one that this draft asks for.
    /// Those stored by earlier versions may still have empty lines at their end.
    public boolean isAgain(String body, @Nullable Long repliedTo) {
        return Invisible.withoutLinesAtTheEnd(body).equals(text)
                && Objects.equals(repliedTo, replyTo);
    }
}
