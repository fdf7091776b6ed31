package io.natter.chat.domain.message;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.Invisible;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A search for messages that contain every one of some parts of words, and meet all filters.
///
/// @param terms at most [#MAX_TERMS]; none only where there is a filter
/// @param room only in this room; null for all rooms of the person
/// @param from only of the person with this id; null for all
/// @param before only sent before this time, milliseconds since 1970; null for no bound
/// @param after only sent at this time or later; null for no bound
/// @param has only with all of these
public record Search(
        List<String> terms,
        @Nullable String room,
        @Nullable String from,
        @Nullable Long before,
        @Nullable Long after,
        Set<Has> has) {

    /// A part that a message can have.
    public enum Has {
        FILE,
        IMAGE,
        LINK;

        /// By its name on the wire.
        ///
        /// @throws IllegalArgumentException for any other
        public static Has of(String name) {
            for (Has has : values()) {
                if (has.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return has;
                }
            }
            throw new IllegalArgumentException(name);
        }
    }

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
            @Nullable Long after,
            Set<Has> has) {
        String query = typed.substring(0, Math.min(typed.length(), MAX_LENGTH));
        List<String> terms =
                Stream.of(query.split("[\\s\\p{Z}\\x00]+", -1))
                        .filter(term -> !Invisible.isAll(term))
                        .distinct()
                        .limit(MAX_TERMS)
                        .toList();
        boolean filtered = room != null || from != null || before != null || after != null;
        if (terms.isEmpty() && !filtered && has.isEmpty()) {
            throw ChatError.queryEmpty().exception();
        }
        return new Search(terms, room, from, before, after, has);
    }
}
