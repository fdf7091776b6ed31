package io.natter.chat.domain.person;

import org.jspecify.annotations.Nullable;

/// Somebody who talks.
///
/// @param id random, never reused, not a credential
/// @param name as shown
/// @param hue 0, 1, 2, … in the order of joining; the page makes a colour of it
/// @param picture the id of the picture; null for none
public record Person(String id, String name, int hue, @Nullable String picture) {

    /// A person without a picture.
    public Person(String id, String name, int hue) {
        this(id, name, hue, null);
    }
}
