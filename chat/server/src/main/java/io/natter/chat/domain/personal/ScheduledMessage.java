package io.natter.chat.domain.personal;

import io.natter.chat.domain.file.MessageFile;
import io.natter.chat.domain.file.SentFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message that is to be sent later.
///
/// @param cmid its id among the scheduled messages of the person; that of the message afterwards
/// @param text as in [io.natter.chat.domain.message.Draft]
/// @param replyTo the `seq` of the message that it replies to; null for none
/// @param files of the sender; they stay until the message is sent or discarded
/// @param sendAt milliseconds since 1970
/// @param failure null while it waits
public record ScheduledMessage(
        String room,
        String cmid,
        String text,
        @Nullable Long replyTo,
        List<MessageFile> files,
        long sendAt,
        @Nullable Failure failure) {

    /// The files, as a draft names them.
    public List<SentFile> sentFiles() {
        return files.stream().map(SentFile::again).toList();
    }

    /// Why it was not sent.
    ///
    /// @param code of the [io.natter.chat.domain.ChatError]
    /// @param message the sentence of that error
    public record Failure(String code, String message) {}
}
