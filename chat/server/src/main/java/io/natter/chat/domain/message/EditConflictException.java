package io.natter.chat.domain.message;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import java.io.Serial;

/// Refuses an edit with `conflict`, and carries the message as it is now.
public final class EditConflictException extends ChatException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Message current;

    public EditConflictException(Message current) {
        super(ChatError.conflict());
        this.current = current;
    }

    /// The message in its newest form.
    public Message current() {
        return current;
    }
}
