package io.natter.chat.domain.file;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.regex.Pattern;

/// The name of a file as it is stored and shown: no folders, no control characters, nothing that
/// turns the direction of the text, so that `exe.jpg` is not read for `gpj.exe`.
public final class FileName {
    /// Code points.
    static final int MAX = 120;

    private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);
    private static final Pattern CONTROLS =
            Pattern.compile(
                    "[\\p{Cc}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}"
                            + "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");
    private static final Pattern TOO_MANY_MARKS = Pattern.compile("(\\p{M}{3})\\p{M}+");

    private FileName() {}

    /// The name that a file gets; never empty.
    public static String of(String typed) {
        String line = withoutControls(FOLDERS.matcher(typed).replaceFirst("")).strip();
        String name = TOO_MANY_MARKS.matcher(line).replaceAll("$1");
        return name.isEmpty() || name.equals(".") || name.equals("..") ? "file" : shortened(name);
    }

    static String withoutControls(String text) {
        return Normalizer.normalize(CONTROLS.matcher(text).replaceAll(""), Form.NFC);
    }

    /// The end with the extension stays.
    private static String shortened(String name) {
        int length = name.codePointCount(0, name.length());
        if (length <= MAX) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && name.length() - dot <= 12 ? name.substring(dot) : "";
        int kept = MAX - extension.codePointCount(0, extension.length()) - 1;
        return name.substring(0, name.offsetByCodePoints(0, kept)) + "…" + extension;
    }

    /// The name with another extension, for an image that was written in another format.
    public static String withExtension(String name, String extension) {
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name) + "." + extension;
    }
}
