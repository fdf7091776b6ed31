package io.natter.chat.moving;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.fellbaum.jemoji.Emoji;
import net.fellbaum.jemoji.EmojiManager;

/// The emoji of names such as `thumbsup`, as Slack and Mattermost use them.
final class EmojiNames {
    private static final Pattern TONE = Pattern.compile("(.+)::skin-tone-([2-6])");

    /// The modifier for the lightest tone, which Slack gives the number 2.
    private static final int LIGHTEST = 0x1F3FB;

    private EmojiNames() {}

    /// The emoji with a name, with `::skin-tone-3` behind it or without.
    static Optional<String> emoji(String name) {
        Matcher tone = TONE.matcher(name);
        if (!tone.matches()) {
            return find(name);
        }
        int modifier = LIGHTEST + Integer.parseInt(tone.group(2)) - 2;
        return find(tone.group(1)).map(base -> withTone(base, modifier));
    }

    /// The tone stands behind the first character, in place of the sign for emoji style.
    private static String withTone(String base, int modifier) {
        int first = Character.charCount(base.codePointAt(0));
        String rest = base.substring(first);
        return base.substring(0, first)
                + Character.toString(modifier)
                + (rest.startsWith("\uFE0F") ? rest.substring(1) : rest);
    }

    private static Optional<String> find(String name) {
        String alias = ":" + name + ":";
        return EmojiManager.getBySlackAlias(alias)
                .or(() -> EmojiManager.getByGithubAlias(alias))
                .or(() -> EmojiManager.getByDiscordAlias(alias))
                .map(Emoji::getEmoji);
    }
}
