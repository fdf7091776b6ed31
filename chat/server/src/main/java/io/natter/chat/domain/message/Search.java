package io.natter.chat.domain.message;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.Invisible;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A search for messages that contain every one of some parts of words.
///
/// @param terms not empty, at most [#MAX_TERMS]
/// @param room only in this room; null for all rooms of the person
/// @param from only of the person with this id; null for all
/// @param before only sent before this time, milliseconds since 1970; null for no bound
/// @param after only sent at this time or later; null for no bound
public record Search(
        List<String> terms,
        @Nullable String room,
        @Nullable String from,
        @Nullable Long before,
        @Nullable Long after) {
    /// The most results of one answer.
    public static final int MAX = 50;

    static final int MAX_TERMS = 10;
    private static final int MAX_LENGTH = 200;

    /// Reads what somebody typed.
    ///
    /// @throws io.natter.chat.domain.ChatException with `query_empty`
    public static Search of(
            String typed,
            @Nullable String room,
            @Nullable String from,
            @Nullable Long before,
            @Nullable Long after) {
        String query = typed.substring(0, Math.min(typed.length(), MAX_LENGTH));
        List<String> terms =
                Stream.of(query.split("[\\s\\p{Z}\\x00]+", -1))
                        .filter(term -> !Invisible.isAll(term))
                        .distinct()
                        .limit(MAX_TERMS)
                        .toList();
        if (terms.isEmpty()) {
            throw ChatError.queryEmpty().exception();
        }
        return new Search(terms, room, from, before, after);
    }
}
