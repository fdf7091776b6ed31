package io.natter.chat.domain;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;

/// One line that somebody typed as a name: in Unicode form NFKC, spaces collapsed.
///
/// @param shown the text as people see it
/// @param key the text with case folded and without invisible characters, for comparison
/// @param fault why it cannot be a name, or [Fault#NONE]
public record VisibleText(String shown, String key, Fault fault) {
    /// The faults of a name.
    public enum Fault {
        NONE,
        EMPTY,
        TOO_LONG,
        INVALID
    }

    /// Bounds what one row must show, whatever a grapheme is made of.
    private static final int CODE_POINTS_PER_GRAPHEME = 10;

    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");

    /// Controls, lone surrogates, private use and unassigned characters, and line separators. Also
    /// the marks that change the direction of the text, and signs for something that is absent:
    /// annotations, objects, a note without a head.
    private static final Pattern FORBIDDEN =
            Pattern.compile(
                    "[\\p{Cc}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}"
                            + "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069"
                            + "\\uFFF9-\\uFFFC\\x{1D159}\\x{1D173}-\\x{1D17A}]");

    /// More marks on one letter than any language writes: they would paint over other rows.
    private static final Pattern TOO_MANY_MARKS = Pattern.compile("\\p{M}{4}");

    /// Reads what somebody typed.
    ///
    /// @param max the most graphemes that are allowed
    public static VisibleText of(String typed, int max) {
        int maxCodePoints = CODE_POINTS_PER_GRAPHEME * max;
        if (typed.length() > 4 * maxCodePoints) {
            return new VisibleText("", "", Fault.TOO_LONG);
        }
        // Before NFKC, which would turn some forbidden separators into plain spaces.
        String trimmed = typed.strip();
        if (FORBIDDEN.matcher(trimmed).find()) {
            return new VisibleText("", "", Fault.INVALID);
        }
        String shown = oneLine(Normalizer.normalize(trimmed, Form.NFKC));
        String key = key(shown);
        return new VisibleText(shown, key, fault(shown, key, max, maxCodePoints));
    }

    private static Fault fault(String shown, String key, int max, int maxCodePoints) {
        if (key.isEmpty()) {
            return Fault.EMPTY;
        }
        if (shown.codePointCount(0, shown.length()) > maxCodePoints
                || GRAPHEME.matcher(shown).results().count() > max) {
            return Fault.TOO_LONG;
        }
        return TOO_MANY_MARKS.matcher(shown).find() ? Fault.INVALID : Fault.NONE;
    }

    /// The text without invisible characters and without differences of case.
    public static String key(String shown) {
        // Upper, then lower: folds ß with SS and both Greek small sigmas, as Unicode case folding
        // does; NFKC again because folding can leave the form.
        String folded = shown.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return oneLine(Normalizer.normalize(Invisible.removedFrom(folded), Form.NFKC));
    }

    private static String oneLine(String text) {
        return SPACES.matcher(text).replaceAll(" ").strip();
    }
}
