package io.natter.chat.domain.message;

import io.natter.chat.domain.person.Person;

/// The message that another one replies to, as it is at the moment of reading.
///
/// @param text the beginning of the text; empty when deleted
public record Quote(long seq, Person sender, String text, boolean deleted) {
    /// UTF-16 units of the text.
    public static final int MAX = 140;

    /// Quotes a message by the beginning of its text.
    public static Quote of(long seq, Person sender, String text, boolean deleted) {
        return new Quote(seq, sender, cut(text), deleted);
    }

    private static String cut(String text) {
        if (text.length() <= MAX) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX - 1));
        return text.substring(0, splitsPair ? MAX - 1 : MAX);
    }
}
