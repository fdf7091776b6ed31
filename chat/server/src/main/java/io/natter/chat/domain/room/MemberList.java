package io.natter.chat.domain.room;

import io.natter.chat.domain.person.Person;
import java.util.List;

/// Members of a room.
///
/// @param people those that were asked for, at most [#MAX]: who is online first, then by name
/// @param count all members
/// @param online all members who are online
public record MemberList(List<Person> people, long count, long online) {
    public static final int MAX = 200;

    /// The most people of one answer about everybody.
    public static final int MAX_FOUND = 20;
}
