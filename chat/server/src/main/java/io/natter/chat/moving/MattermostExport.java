package io.natter.chat.moving;

import io.natter.chat.domain.room.RoomKind;
import io.natter.chat.store.moving.ExportArchive;
import io.natter.chat.store.moving.Move;
import io.natter.chat.store.moving.MoveReport;
import io.natter.chat.store.moving.MovedFile;
import io.natter.chat.store.moving.MovedMessage;
import io.natter.chat.store.moving.MovedPerson;
import io.natter.chat.store.moving.MovedReaction;
import io.natter.chat.store.moving.MovedRoom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The bulk export of Mattermost: one JSON object on each line, or a zip with such a file. It is
/// read three times, for people, rooms and messages, because they may come in any order.
public final class MattermostExport {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern MENTION = Pattern.compile("(?<![\\w@])@([a-z0-9][a-z0-9._-]*)");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]+`");

    /// Rooms of one team keep their names, as do those of the first of several teams.
    private static final String SEPARATOR = "/";

    private final Path file;
    private final Move move;
    private final MoveReport report;
    private final Map<String, Set<String>> members = new HashMap<>();
    private final Map<String, Integer> twins = new HashMap<>();

    private MattermostExport(Path file, Move move, MoveReport report) {
        this.file = file;
        this.move = move;
        this.report = report;
    }

    /// Gives everything of an export to an import.
    ///
    /// @param same names of people here for users of Mattermost, by user name
    /// @throws ExportFormatException if the file is no such export
    public static void read(Path file, Move move, MoveReport report, Map<String, String> same)
            throws IOException, ExportFormatException {
        MattermostExport export = new MattermostExport(file, move, report);
        export.each(
                (type, line) -> {
                    if (type.equals("user") || type.equals("bot")) {
                        export.person(line, same);
                    }
                });
        export.each(
                (type, line) -> {
                    switch (type) {
                        case "channel" -> export.channel(line);
                        case "direct_channel" -> export.direct(line);
                        default -> {}
                    }
                });
        export.each(
                (type, line) -> {
                    switch (type) {
                        case "post" ->
                                export.post(
                                        text(line, "team") + SEPARATOR + text(line, "channel"),
                                        line);
                        case "direct_post" -> export.post(directKey(line), line);
                        case "emoji" -> report.miss("own emoji", text(line, "name"));
                        default -> {}
                    }
                });
    }

    private void each(BiConsumer<String, JsonNode> reader)
            throws IOException, ExportFormatException {
        if (ExportArchive.isZip(file)) {
            try (ZipFile zip = new ZipFile(file.toFile())) {
                var entry =
                        zip.stream()
                                .filter(each -> each.getName().endsWith(".jsonl"))
                                .findFirst()
                                .orElseThrow(
                                        () ->
                                                new ExportFormatException(
                                                        ("%s is no export of Mattermost: it has no file that ends"
                                                                        + " with .jsonl. For Slack the command is"
                                                                        + " import slack.")
                                                                .formatted(file)));
                try (InputStream in = zip.getInputStream(entry)) {
                    lines(in, reader);
                }
            }
        } else {
            try (InputStream in = Files.newInputStream(file)) {
                lines(in, reader);
            }
        }
    }

    private void lines(InputStream in, BiConsumer<String, JsonNode> reader)
            throws IOException, ExportFormatException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        twins.clear();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonNode node = JSON.readTree(line);
                String type = text(node, "type");
                if (type.isEmpty() || (number == 1 && !type.equals("version"))) {
                    throw new ExportFormatException(
                            "%s, line %d: this is no bulk export of Mattermost."
                                    .formatted(file, number));
                }
                reader.accept(type, node.path(type));
            } catch (JacksonException _) {
                throw new ExportFormatException(
                        "%s, line %d: this is no JSON object.".formatted(file, number));
            }
        }
    }

    private void person(JsonNode user, Map<String, String> same) {
        String name = text(user, "username");
        for (JsonNode team : user.path("teams")) {
            for (JsonNode channel : team.path("channels")) {
                members.computeIfAbsent(
                                text(team, "name") + SEPARATOR + text(channel, "name"),
                                _ -> new LinkedHashSet<>())
                        .add(name);
            }
        }
        String here = same.getOrDefault(name, "");
        if (!here.isEmpty() && move.same(name, here)) {
            return;
        }
        String full = (text(user, "first_name") + " " + text(user, "last_name")).strip();
        move.person(
                new MovedPerson(
                        name,
                        Stream.of(text(user, "nickname"), full, text(user, "display_name"), name)
                                .filter(each -> !each.isBlank())
                                .toList()));
    }

    private void channel(JsonNode channel) {
        String key = text(channel, "team") + SEPARATOR + text(channel, "name");
        String shown = text(channel, "display_name");
        String header = text(channel, "header");
        move.room(
                new MovedRoom(
                        key,
                        text(channel, "type").equals("P") ? RoomKind.PRIVATE : RoomKind.PUBLIC,
                        shown.isEmpty() ? text(channel, "name") : shown,
                        header.isEmpty() ? text(channel, "purpose") : header,
                        text(channel, "name").equals("town-square"),
                        channel.path("deleted_at").asLong(0) > 0,
                        0,
                        List.copyOf(members.getOrDefault(key, Set.of()))));
    }

    private void direct(JsonNode channel) {
        List<String> people = people(channel);
        String key = directKey(channel);
        move.room(
                new MovedRoom(
                        key,
                        people.size() == 2 ? RoomKind.DIRECT : RoomKind.GROUP,
                        people.size() < 2 ? "notes " + key : String.join(", ", people),
                        text(channel, "header"),
                        false,
                        false,
                        0,
                        people));
    }

    /// The people of a direct channel, in either form of the export.
    private static List<String> people(JsonNode channel) {
        Set<String> names = new TreeSet<>();
        channel.path("members").forEach(each -> names.add(each.asString("")));
        channel.path("channel_members").forEach(each -> names.add(each.asString("")));
        channel.path("participants").forEach(each -> names.add(text(each, "username")));
        names.remove("");
        return List.copyOf(names);
    }

    private static String directKey(JsonNode line) {
        return "direct" + SEPARATOR + String.join(",", people(line));
    }

    private void post(String room, JsonNode post) {
        String key = message(room, post, null);
        for (JsonNode reply : post.path("replies")) {
            message(room, reply, key);
        }
    }

    private String message(String room, JsonNode post, @Nullable String replyTo) {
        String sender = text(post, "user");
        long at = post.path("create_at").asLong(0);
        String text = text(post, "message");
        String key =
                "%s %s %d %s".formatted(room, sender, at, Integer.toHexString(text.hashCode()));
        int twin = twins.merge(key, 1, Integer::sum);
        String unique = twin == 1 ? key : key + " " + twin;
        String type = text(post, "type");
        if (type.startsWith("system_")) {
            report.miss("note " + type, room + " " + at);
            return unique;
        }
        long edited = post.path("edit_at").asLong(0);
        move.message(
                new MovedMessage(
                        unique,
                        room,
                        sender,
                        at,
                        body(post, text),
                        edited > 0 ? edited : null,
                        replyTo,
                        reactions(post, unique),
                        files(post)));
        return unique;
    }

    private String body(JsonNode post, String text) {
        List<String> parts = new ArrayList<>();
        parts.add(withMentions(text));
        for (JsonNode attachment : post.path("props").path("attachments")) {
            for (String field : List.of("pretext", "title", "text")) {
                parts.add(text(attachment, field));
            }
        }
        return String.join("\n", parts.stream().filter(part -> !part.isBlank()).toList());
    }

    private static List<MovedFile> files(JsonNode post) {
        List<MovedFile> files = new ArrayList<>();
        for (JsonNode attached : post.path("attachments")) {
            String path = text(attached, "path");
            files.add(new MovedFile(path.substring(path.lastIndexOf('/') + 1), path));
        }
        return files;
    }

    private String withMentions(String text) {
        StringBuilder out = new StringBuilder();
        Matcher code = CODE.matcher(text);
        int end = 0;
        while (code.find()) {
            out.append(mentions(text.substring(end, code.start()))).append(code.group());
            end = code.end();
        }
        return out.append(mentions(text.substring(end))).toString();
    }

    private String mentions(String prose) {
        return MENTION.matcher(prose)
                .replaceAll(
                        found -> {
                            String name = found.group(1);
                            // A full stop may end the sentence and not the name.
                            String shorter = name.replaceFirst("[._-]+$", "");
                            Optional<String> whole = move.personId(name);
                            Optional<String> id = whole.or(() -> move.personId(shorter));
                            String rest = whole.isPresent() ? "" : name.substring(shorter.length());
                            return Matcher.quoteReplacement(
                                    id.map(it -> "<@" + it + ">" + rest).orElse(found.group()));
                        });
    }

    private List<MovedReaction> reactions(JsonNode post, String key) {
        List<MovedReaction> reactions = new ArrayList<>();
        for (JsonNode reaction : post.path("reactions")) {
            String name = text(reaction, "emoji_name");
            EmojiNames.emoji(name)
                    .ifPresentOrElse(
                            emoji ->
                                    reactions.add(new MovedReaction(emoji, text(reaction, "user"))),
                            () -> report.miss("reaction :" + name + ":", key));
        }
        return reactions;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
