package io.natter.chat.domain.person;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names that would let a guest speak for the server or for everybody, also in letters that look
/// like theirs.
final class ReservedNames {
    /// A Latin letter, and behind it what looks like it.
    private static final List<String> LOOK_ALIKES =
            List.of(
                    "aаαᴀ@4",
                    "bвʙ8",
                    "cсᴄ",
                    "dԁᴅ",
                    "eеεᴇ3",
                    "gԍɢɡ",
                    "hнһʜ",
                    "ilіιıɪʟ1!|",
                    "kкκᴋ",
                    "mмᴍ",
                    "nпηɴ",
                    "oоοσᴏ0",
                    "pрρᴘ",
                    "rгʀ",
                    "sѕꜱ$5",
                    "tтτᴛ7",
                    "uυᴜ",
                    "vѵνᴠ",
                    "xхχ",
                    "yуʏ");

    private static final Map<Character, Character> LATIN = latin();

    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}@$!|]");
    private static final Pattern MARKS = Pattern.compile("\\p{M}");

    private static final Set<String> SKELETONS =
            Stream.of(
                            "admin admins administrator administrators administration system sysop",
                            "natter natterbot natterteam server bot moderator moderators mod mods",
                            "root superuser owner operator staff official support",
                            "everyone everybody here all channel")
                    .flatMap(line -> Stream.of(line.split(" ", -1)))
                    .map(ReservedNames::skeleton)
                    .collect(Collectors.toUnmodifiableSet());

    private ReservedNames() {}

    static boolean contains(String name) {
        return SKELETONS.contains(skeleton(name));
    }

    private static Map<Character, Character> latin() {
        Map<Character, Character> latin = new HashMap<>();
        for (String group : LOOK_ALIKES) {
            group.chars().forEach(c -> latin.put((char) c, group.charAt(0)));
        }
        return Map.copyOf(latin);
    }

    /// The name in lower case, without marks, spaces and punctuation, each look-alike as its Latin
    /// letter. Not the skeleton of UTS #39, which knows every script; enough for the words above.
    private static String skeleton(String name) {
        String letters = MARKS.matcher(Normalizer.normalize(name, Form.NFKD)).replaceAll("");
        StringBuilder skeleton = new StringBuilder();
        NO_LETTER
                .matcher(letters.toLowerCase(Locale.ROOT))
                .replaceAll("")
                .chars()
                .forEach(c -> skeleton.append(LATIN.getOrDefault((char) c, (char) c)));
        return skeleton.toString();
    }
}
