package io.natter.chat.domain.message;

import io.natter.chat.domain.ChatError;
import java.util.regex.Pattern;

/// An emoji as a reaction: one character as a reader counts them.
///
/// @param text in the form with emoji presentation, so that `❤` with and without U+FE0F is one
public record Emoji(String text) {
    /// More UTF-16 units than any emoji of Unicode has.
    private static final int MAX_LENGTH = 40;

    private static final char EMOJI_STYLE = '\uFE0F';

    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    private static final Pattern KEYCAP = Pattern.compile("[0-9#*]\\uFE0F?\\u20E3");
    private static final Pattern FLAG = Pattern.compile("[\\x{1F1E6}-\\x{1F1FF}]{2}");

    /// Pictures, each with a skin tone or a style, joined by U+200D; tags for flags of regions.
    private static final Pattern PICTURES =
            Pattern.compile(
                    "P[S\\uFE0F]?(?:\\u200DP[S\\uFE0F]?)*[\\x{E0020}-\\x{E007F}]*"
                            .replace(
                                    "P", "[\\p{IsExtended_Pictographic}&&[^\\x{1F1E6}-\\x{1F1FF}]]")
                            .replace("S", "\\x{1F3FB}-\\x{1F3FF}"));

    /// Reads what somebody sent.
    ///
    /// @throws io.natter.chat.domain.ChatException with `bad_emoji`
    public static Emoji of(String text) {
        boolean emoji =
                text.length() <= MAX_LENGTH
                        && GRAPHEME.matcher(text).matches()
                        && (PICTURES.matcher(text).matches()
                                || FLAG.matcher(text).matches()
                                || KEYCAP.matcher(text).matches());
        if (!emoji) {
            throw ChatError.badEmoji().exception();
        }
        return new Emoji(withStyle(text));
    }

    private static String withStyle(String text) {
        int first = text.codePointAt(0);
        boolean single = text.length() == Character.charCount(first);
        return single && !Character.isEmojiPresentation(first) ? text + EMOJI_STYLE : text;
    }
}
