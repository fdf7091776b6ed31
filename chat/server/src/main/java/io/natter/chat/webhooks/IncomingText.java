package io.natter.chat.webhooks;

import io.natter.chat.domain.Bounds;
import io.natter.chat.moving.SlackText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Makes the text of a message of a payload in Slack's form. Blocks and attachments become lines of
/// text; buttons and menus are left out.
public final class IncomingText {
    private static final Pattern PERSON = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Pattern EVERYBODY =
            Pattern.compile("<!(?:channel|here|everyone)(?:\\|[^<>]*)?>");
    private static final Pattern MARKS = Pattern.compile("[*\\r\\n]");
    private static final int MAX_NAME = 80;
    private static final int MAX_DEPTH = 16;
    private static final String SHORTENED = " …";

    private static final SlackText SLACK =
            new SlackText(IncomingText::mention, _ -> Optional.empty());

    private IncomingText() {}

    /// The text, empty if there is nothing to show.
    ///
    /// @param sender the name of the webhook: a `username` that differs stands before the text
    public static String of(JsonNode payload, String sender) {
        String body = body(payload);
        if (body.isBlank()) {
            return "";
        }
        return shortened(byline(payload, sender) + body);
    }

    /// A text within the bound of a message.
    public static String shortened(String text) {
        if (text.length() <= Bounds.MESSAGE) {
            return text;
        }
        int end = Bounds.MESSAGE - SHORTENED.length();
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + SHORTENED;
    }

    private static Optional<String> mention(String id) {
        return id.equals("room") || PERSON.matcher(id).matches()
                ? Optional.of(id)
                : Optional.empty();
    }

    private static String byline(JsonNode payload, String sender) {
        String name = MARKS.matcher(text(payload, "username")).replaceAll(" ").strip();
        if (name.isEmpty() || name.equals(sender)) {
            return "";
        }
        String icon = SLACK.converted(text(payload, "icon_emoji")).strip();
        String shown = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
        return (icon.isEmpty() ? "" : icon + " ") + "**" + shown + "**\n";
    }

    private static String body(JsonNode payload) {
        List<String> lines = new ArrayList<>();
        for (JsonNode block : payload.path("blocks")) {
            block(block, lines);
        }
        if (lines.stream().allMatch(String::isBlank)) {
            String text = text(payload, "text");
            boolean plain =
                    payload.path("mrkdwn").isBoolean() && !payload.path("mrkdwn").asBoolean();
            lines.add(plain ? text : converted(text));
        }
        for (JsonNode attachment : payload.path("attachments")) {
            attachment(attachment, lines);
        }
        return lines.stream().filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    }

    private static void block(JsonNode block, List<String> lines) {
        switch (text(block, "type")) {
            case "header" -> lines.add("**" + object(block.path("text")) + "**");
            case "section" -> {
                lines.add(object(block.path("text")));
                block.path("fields").forEach(field -> lines.add(object(field)));
            }
            case "context" -> {
                StringBuilder line = new StringBuilder();
                block.path("elements").forEach(each -> line.append(object(each)).append(' '));
                lines.add(line.toString().strip());
            }
            case "image" -> lines.add(image(block));
            case "markdown" -> lines.add(text(block, "text"));
            case "rich_text" -> lines.add(rich(block, 0).strip());
            default -> {} // dividers, buttons and what is new
        }
    }

    private static String image(JsonNode image) {
        String alt = text(image, "alt_text");
        String url = text(image, "image_url");
        return alt.isEmpty() || url.isEmpty() ? alt + url : alt + ": " + url;
    }

    /// A text object: `plain_text` stays as it is.
    private static String object(JsonNode object) {
        if (text(object, "type").equals("image")) {
            return image(object);
        }
        String text = text(object, "text");
        return text(object, "type").equals("plain_text") ? text : converted(text);
    }

    private static String rich(JsonNode element, int depth) {
        if (depth > MAX_DEPTH) {
            return "";
        }
        String type = text(element, "type");
        StringBuilder inside = new StringBuilder();
        for (JsonNode each : element.path("elements")) {
            String part = rich(each, depth + 1);
            inside.append(type.equals("rich_text_list") ? "- " + part.strip() + "\n" : part);
        }
        return switch (type) {
            case "text" -> text(element, "text");
            case "link" -> {
                String label = text(element, "text");
                String url = text(element, "url");
                yield label.isEmpty() || label.equals(url) ? url : label + " (" + url + ")";
            }
            case "emoji" -> SLACK.converted(":" + text(element, "name") + ":");
            case "broadcast" -> "<@room>";
            case "user" -> converted("<@" + text(element, "user_id") + ">");
            case "rich_text_preformatted" -> "```\n" + inside + "\n```\n";
            case "rich_text_quote" -> "> " + inside.toString().replace("\n", "\n> ") + "\n";
            case "rich_text_section" -> depth == 1 ? inside + "\n" : inside.toString();
            default -> inside.toString();
        };
    }

    private static void attachment(JsonNode attachment, List<String> lines) {
        int before = lines.size();
        lines.add(converted(text(attachment, "pretext")));
        lines.add(text(attachment, "author_name"));
        String title = text(attachment, "title");
        String link = text(attachment, "title_link");
        if (!title.isEmpty()) {
            lines.add("**" + converted(title) + "**" + (link.isEmpty() ? "" : " " + link));
        }
        lines.add(converted(text(attachment, "text")));
        for (JsonNode field : attachment.path("fields")) {
            lines.add(
                    "**%s:** %s".formatted(text(field, "title"), converted(text(field, "value"))));
        }
        for (JsonNode block : attachment.path("blocks")) {
            block(block, lines);
        }
        lines.add(text(attachment, "image_url"));
        lines.add(text(attachment, "footer"));
        if (lines.subList(before, lines.size()).stream().allMatch(String::isBlank)) {
            lines.add(converted(text(attachment, "fallback")));
        }
    }

    private static String converted(String slack) {
        return SLACK.converted(EVERYBODY.matcher(slack).replaceAll("<@room>"));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() || value.isNumber() ? value.asString() : "";
    }
}
