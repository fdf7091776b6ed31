package io.natter.chat.domain.person;

import org.jspecify.annotations.Nullable;

/// One line of the audit log: who did what to whom, and when. Names are those of that time.
///
/// @param id ascending with time
/// @param at milliseconds since 1970
/// @param action as in `ban`; `docs/chat-events.md` lists them
/// @param detail as the reason or the new role; never a text, a password or a token
public record AuditEntry(
        long id,
        long at,
        String action,
        @Nullable String actorId,
        @Nullable String actorName,
        @Nullable String targetId,
        @Nullable String targetName,
        @Nullable String room,
        @Nullable String address,
        String detail) {
    /// The most of one page.
    public static final int MAX = 100;
}
