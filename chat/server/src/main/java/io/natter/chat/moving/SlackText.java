package io.natter.chat.moving;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts of Slack in the form that this chat has: mentions, links, bold and struck words, the three
/// characters that Slack escapes. Code stays as it is.
public final class SlackText {
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]+`");
    private static final Pattern SPECIAL = Pattern.compile("<([^<>\\n]+)>");
    private static final Pattern BOLD =
            Pattern.compile("(?<![\\w*])\\*(?=\\S)([^*\\n]+)(?<=\\S)\\*(?![\\w*])");
    private static final Pattern STRUCK =
            Pattern.compile("(?<![\\w~])~(?=\\S)([^~\\n]+)(?<=\\S)~(?![\\w~])");
    private static final Pattern EMOJI = Pattern.compile(":([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):");

    private final Function<String, Optional<String>> people;
    private final Function<String, Optional<String>> rooms;

    /// @param people the id here of a user of Slack
    /// @param rooms the name of a channel of Slack
    public SlackText(
            Function<String, Optional<String>> people, Function<String, Optional<String>> rooms) {
        this.people = people;
        this.rooms = rooms;
    }

    /// The text in the form of this chat.
    public String converted(String slack) {
        StringBuilder out = new StringBuilder();
        Matcher code = CODE.matcher(slack);
        int end = 0;
        while (code.find()) {
            out.append(prose(slack.substring(end, code.start())));
            out.append(unescaped(SPECIAL.matcher(code.group()).replaceAll(this::bare)));
            end = code.end();
        }
        return out.append(prose(slack.substring(end))).toString();
    }

    private String prose(String slack) {
        String text = BOLD.matcher(slack).replaceAll("**$1**");
        text = STRUCK.matcher(text).replaceAll("~~$1~~");
        text =
                EMOJI.matcher(text)
                        .replaceAll(
                                found ->
                                        Matcher.quoteReplacement(
                                                EmojiNames.emoji(found.group(1))
                                                        .orElse(found.group())));
        return unescaped(SPECIAL.matcher(text).replaceAll(this::special));
    }

    /// Last, for a text may hold `&lt;@U1&gt;`, which is no mention.
    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private String special(MatchResult found) {
        return Matcher.quoteReplacement(special(found.group(1)));
    }

    private String special(String inside) {
        int bar = inside.indexOf('|');
        String target = bar < 0 ? inside : inside.substring(0, bar);
        String label = bar < 0 ? "" : inside.substring(bar + 1);
        if (target.startsWith("@")) {
            return people.apply(target.substring(1))
                    .map(id -> "<@" + id + ">")
                    .orElse("@" + (label.isEmpty() ? target.substring(1) : label));
        }
        if (target.startsWith("#")) {
            return "#"
                    + (label.isEmpty()
                            ? rooms.apply(target.substring(1)).orElse(target.substring(1))
                            : label);
        }
        if (target.startsWith("!")) {
            return label.isEmpty() ? "@" + target.substring(1) : label;
        }
        String address = target.startsWith("mailto:") ? target.substring(7) : target;
        return label.isEmpty() || label.equals(address) || address.endsWith("//" + label)
                ? address
                : label + " (" + address + ")";
    }

    /// In code, addresses stand without anything around them.
    private String bare(MatchResult found) {
        String inside = found.group(1);
        boolean address = inside.startsWith("http") || inside.startsWith("mailto:");
        int bar = inside.indexOf('|');
        return Matcher.quoteReplacement(
                !address ? found.group() : bar < 0 ? inside : inside.substring(bar + 1));
    }
}
