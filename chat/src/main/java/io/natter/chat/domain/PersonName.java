package io.natter.chat.domain;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;

/// A name somebody may carry: in Unicode form NFKC, spaces collapsed, with something to see in it,
/// at most [#MAX_GRAPHEMES] characters as a reader counts them.
///
/// @param shown the name as people see it
/// @param key the name with case folded and with whatever cannot be seen left out; two people never
///   share a key at one time, so `Ann`, `ANN`, `Ａｎｎ` and `An\u00adn` are one name
public record PersonName(String shown, String key) {
    /// Extended grapheme clusters (UAX #29): an emoji of several code points counts once.
    public static final int MAX_GRAPHEMES = 32;

    /// A grapheme may hold any number of combining marks; this bounds what one row must show.
    private static final int MAX_CODE_POINTS = 10 * MAX_GRAPHEMES;

    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");

    /// Controls, lone surrogates, private use and unassigned characters, line separators, and the
    /// marks that turn the direction of the text around a name.
    private static final Pattern FORBIDDEN =
            Pattern.compile(
                    "[\\p{Cc}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}"
                            + "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    /// Format characters, variation selectors, fillers: code points that draw nothing.
    private static final Pattern UNSEEN =
            Pattern.compile(
                    "[\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800"
                            + "\\u3164\\uFFA0\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]");

    /// Reads what somebody typed.
    ///
    /// @throws ChatException with `name_empty`, `name_too_long` or `name_invalid`
    public static PersonName of(String typed) {
        if (typed.length() > 4 * MAX_CODE_POINTS) {
            throw ChatError.nameTooLong().exception();
        }
        // Before NFKC, which would turn some forbidden separators into plain spaces.
        String trimmed = typed.strip();
        if (FORBIDDEN.matcher(trimmed).find()) {
            throw ChatError.nameInvalid().exception();
        }
        String shown =
                SPACES.matcher(Normalizer.normalize(trimmed, Form.NFKC)).replaceAll(" ").strip();
        String key = key(shown);
        if (key.isEmpty()) {
            throw ChatError.nameEmpty().exception();
        }
        if (shown.codePointCount(0, shown.length()) > MAX_CODE_POINTS
                || GRAPHEME.matcher(shown).results().count() > MAX_GRAPHEMES) {
            throw ChatError.nameTooLong().exception();
        }
        return new PersonName(shown, key);
    }

    private static String key(String shown) {
        // Upper, then lower: folds ß with SS and both Greek small sigmas, as Unicode case folding
        // does; NFKC again because folding can leave the form.
        String folded = shown.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String seen = UNSEEN.matcher(folded).replaceAll("");
        return SPACES.matcher(Normalizer.normalize(seen, Form.NFKC)).replaceAll(" ").strip();
    }
}
