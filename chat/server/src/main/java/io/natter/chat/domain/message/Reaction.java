package io.natter.chat.domain.message;

import io.natter.chat.domain.person.Person;
import java.util.List;

/// One emoji on a message.
///
/// @param people the first [#MAX_PEOPLE] who set it, in that order
/// @param count all who set it
public record Reaction(String emoji, List<Person> people, int count) {
    public static final int MAX_PEOPLE = 20;
}
