package io.natter.chat.domain.message;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The mentions in a text: `<@PERSONID>` and `<@room>`.
///
/// @param people ids as written, in their order, at most [#MAX]; they need not be anybody's
/// @param room whether the whole room is mentioned
public record Mentions(Set<String> people, boolean room) {
    public static final int MAX = 50;

    private static final String ROOM = "room";
    private static final Pattern MENTION = Pattern.compile("<@(room|[A-Za-z0-9_-]{22})>");

    /// Finds the mentions in a text.
    public static Mentions in(String text) {
        Set<String> people = new LinkedHashSet<>();
        boolean room = false;
        for (Matcher found = MENTION.matcher(text); found.find(); ) {
            if (found.group(1).equals(ROOM)) {
                room = true;
            } else if (people.size() < MAX) {
                people.add(found.group(1));
            }
        }
        return new Mentions(people, room);
    }
}
