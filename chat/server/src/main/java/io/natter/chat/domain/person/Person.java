package io.natter.chat.domain.person;

import io.natter.chat.domain.RandomId;
import org.jspecify.annotations.Nullable;

/// Somebody who talks: a human, or a program.
///
/// @param id random, never reused, not a credential
/// @param name as shown
/// @param hue 0, 1, 2, … in the order of joining; the page makes a colour of it
/// @param picture the id of the picture; null for none
public record Person(String id, String name, int hue, @Nullable String picture) {
    /// Ids of programs begin so. A random id does with a chance of 1 in 2^48.
    private static final String BOT = "chatbot-";

    /// A person without a picture.
    public Person(String id, String name, int hue) {
        this(id, name, hue, null);
    }

    /// A new id for a program, as long as the others.
    public static String botId() {
        return BOT + RandomId.bits(80);
    }

    /// Whether a program speaks for the person of this id.
    public static boolean isBot(String id) {
        return id.startsWith(BOT);
    }

    /// Whether a program speaks for this person.
    public boolean bot() {
        return isBot(id);
    }

    /// The field `bot` on the wire: true, or absent.
    public @Nullable Boolean getBot() {
        return bot() ? true : null;
    }
}
