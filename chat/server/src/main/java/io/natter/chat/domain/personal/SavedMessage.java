package io.natter.chat.domain.personal;

import org.jspecify.annotations.Nullable;

/// A message that a person has saved. Its text is read separately, for the person may have left the
/// room.
///
/// @param savedAt milliseconds since 1970; the list is in the order of it
/// @param remindAt the time of the reminder, milliseconds since 1970; null for none
/// @param due whether that time has come, and the person has not dealt with the reminder
public record SavedMessage(
        String room, long seq, long savedAt, @Nullable Long remindAt, boolean due) {}
