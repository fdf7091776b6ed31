package io.natter.chat.domain;

import java.util.regex.Pattern;

/// Characters that draw nothing: format characters, variation selectors, fillers and blanks that
/// Unicode does not count as spaces.
public final class Invisible {
    private static final String NOT_DRAWN =
            "\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFFA0\\uFFFC"
                    + "\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}\\x{13441}\\x{13442}\\x{16FE4}"
                    + "\\x{1D159}";

    private static final Pattern CHARACTERS = Pattern.compile("[" + NOT_DRAWN + "]");

    /// One code point that draws nothing, spaces and controls included.
    private static final Pattern NOTHING = Pattern.compile("[\\s\\p{Z}\\p{Cc}" + NOT_DRAWN + "]");

    private Invisible() {}

    /// The text without such characters; spaces stay.
    public static String removedFrom(String text) {
        return CHARACTERS.matcher(text).replaceAll("");
    }

    /// Whether there is something to see in it.
    public static boolean isAll(String text) {
        return end(text) == 0;
    }

    /// The text without what follows its last visible character, from the first line break there
    /// on: empty lines at the end show nothing, but take room.
    public static String withoutLinesAtTheEnd(String text) {
        int visible = end(text);
        for (int i = visible; i < text.length(); i++) {
            if (isLineBreak(text.charAt(i))) {
                return text.substring(0, i);
            }
        }
        return text;
    }

    /// Where the part that shows something ends; 0 when nothing does.
    private static int end(String text) {
        int end = text.length();
        while (end > 0) {
            int start = text.offsetByCodePoints(end, -1);
            if (!NOTHING.matcher(text).region(start, end).matches()) {
                return end;
            }
            end = start;
        }
        return 0;
    }

    private static boolean isLineBreak(char c) {
        return c == '\n'
                || c == '\r'
                || c == '\u000B'
                || c == '\f'
                || c == '\u0085'
                || c == '\u2028'
                || c == '\u2029';
    }
}
