package io.natter.chat.moving;

import io.natter.chat.domain.room.RoomKind;
import io.natter.chat.store.moving.Move;
import io.natter.chat.store.moving.MoveReport;
import io.natter.chat.store.moving.MovedFile;
import io.natter.chat.store.moving.MovedMessage;
import io.natter.chat.store.moving.MovedPerson;
import io.natter.chat.store.moving.MovedReaction;
import io.natter.chat.store.moving.MovedRoom;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/// The export of a workspace of Slack: a zip with `users.json`, `channels.json`, `groups.json`,
/// `dms.json`, `mpims.json`, and for each room a folder with a file for each day. Each file is read
/// one entry at a time.
public final class SlackExport {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String UPLOADS = "__uploads";

    /// Messages that say what happened to the room.
    private static final Set<String> NOTES =
            Set.of(
                    "channel_join",
                    "channel_leave",
                    "channel_topic",
                    "channel_purpose",
                    "channel_name",
                    "channel_archive",
                    "channel_unarchive",
                    "channel_posting_permissions",
                    "channel_convert_to_private",
                    "group_join",
                    "group_leave",
                    "group_topic",
                    "group_purpose",
                    "group_name",
                    "group_archive",
                    "group_unarchive",
                    "pinned_item",
                    "unpinned_item",
                    "bot_add",
                    "bot_remove",
                    "bot_enable",
                    "bot_disable",
                    "tombstone",
                    "reminder_add",
                    "huddle_thread",
                    "joiner_notification",
                    "sh_room_created");

    private final ZipFile zip;
    private final Move move;
    private final MoveReport report;
    private final Map<String, String> rooms = new HashMap<>();
    private final SlackText texts;

    /// Entries of the zip by the ids of the files.
    private final Map<String, String> uploads = new HashMap<>();

    private SlackExport(ZipFile zip, Move move, MoveReport report) {
        this.zip = zip;
        this.move = move;
        this.report = report;
        this.texts = new SlackText(move::personId, id -> Optional.ofNullable(rooms.get(id)));
    }

    /// Gives everything of an export to an import.
    ///
    /// @param same names of people here for users of Slack, by user name or id
    /// @throws ExportFormatException if the file is no such export
    public static void read(Path file, Move move, MoveReport report, Map<String, String> same)
            throws IOException, ExportFormatException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry("users.json") == null || zip.getEntry("channels.json") == null) {
                throw new ExportFormatException(
                        ("%s is no export of Slack: users.json or channels.json is missing. For"
                                        + " Mattermost the command is import mattermost.")
                                .formatted(file));
            }
            new SlackExport(zip, move, report).read(same);
        } catch (ZipException e) {
            throw new ExportFormatException(
                    "%s is no zip file, or its end is missing.".formatted(file));
        }
    }

    private void read(Map<String, String> same) throws IOException, ExportFormatException {
        zip.stream().map(ZipEntry::getName).forEach(this::upload);
        each("users.json", user -> person(user, same));
        Map<String, String> folders = new HashMap<>();
        each("channels.json", room -> room(room, RoomKind.PUBLIC, folders));
        each("groups.json", room -> room(room, RoomKind.PRIVATE, folders));
        each("mpims.json", room -> room(room, RoomKind.GROUP, folders));
        each("dms.json", room -> room(room, RoomKind.DIRECT, folders));
        List<String> days =
                zip.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.indexOf('/') > 0 && name.endsWith(".json"))
                        .filter(name -> !name.startsWith(UPLOADS + "/"))
                        .sorted()
                        .toList();
        for (String day : days) {
            String room = folders.get(day.substring(0, day.indexOf('/')));
            if (room == null) {
                report.miss("folder of no room", day);
            } else {
                each(day, message -> message(room, message));
            }
        }
    }

    private void upload(String entry) {
        String[] parts = entry.split("/", -1);
        if (parts.length == 3 && parts[0].equals(UPLOADS) && !parts[2].isEmpty()) {
            uploads.put(parts[1], entry);
        }
    }

    private void each(String name, Consumer<JsonNode> reader)
            throws IOException, ExportFormatException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return;
        }
        try (InputStream in = zip.getInputStream(entry);
                MappingIterator<JsonNode> all = JSON.readerFor(JsonNode.class).readValues(in)) {
            while (all.hasNext()) {
                reader.accept(all.next());
            }
        } catch (JacksonException e) {
            throw new ExportFormatException(
                    "%s in the export cannot be read: %s."
                            .formatted(
                                    name, e.getOriginalMessage().lines().findFirst().orElse("")));
        }
    }

    private void person(JsonNode user, Map<String, String> same) {
        String id = text(user, "id");
        String name = text(user, "name");
        String here = same.getOrDefault(name, same.getOrDefault(id, ""));
        if (!here.isEmpty() && move.same(id, here)) {
            return;
        }
        JsonNode profile = user.path("profile");
        move.person(
                new MovedPerson(
                        id,
                        names(
                                text(profile, "display_name"),
                                text(profile, "real_name"),
                                text(user, "real_name"),
                                name)));
    }

    private static List<String> names(String... names) {
        return List.of(names).stream().filter(name -> !name.isBlank()).toList();
    }

    private void room(JsonNode room, RoomKind kind, Map<String, String> folders) {
        String id = text(room, "id");
        String name = text(room, "name");
        folders.put(kind == RoomKind.DIRECT || name.isEmpty() ? id : name, id);
        rooms.put(id, name);
        List<String> members = new ArrayList<>();
        room.path("members").forEach(member -> members.add(member.asString("")));
        if (kind == RoomKind.DIRECT && members.stream().distinct().count() < 2) {
            name = "notes " + id;
        }
        String topic = text(room.path("topic"), "value");
        move.room(
                new MovedRoom(
                        id,
                        kind,
                        name,
                        texts.converted(
                                topic.isEmpty() ? text(room.path("purpose"), "value") : topic),
                        room.path("is_general").asBoolean(false),
                        room.path("is_archived").asBoolean(false),
                        1000 * room.path("created").asLong(0),
                        members));
    }

    private void message(String room, JsonNode message) {
        String ts = text(message, "ts");
        String subtype = text(message, "subtype");
        if (!text(message, "type").equals("message") || NOTES.contains(subtype)) {
            report.miss(
                    "note " + (subtype.isEmpty() ? text(message, "type") : subtype),
                    room + " " + ts);
            return;
        }
        Optional<Long> sentAt = millis(ts);
        if (sentAt.isEmpty()) {
            report.miss("message without a time", room);
            return;
        }
        String thread = text(message, "thread_ts");
        move.message(
                new MovedMessage(
                        room + " " + ts,
                        room,
                        sender(message),
                        sentAt.get(),
                        body(message, subtype),
                        millis(text(message.path("edited"), "ts")).orElse(null),
                        thread.isEmpty() || thread.equals(ts) ? null : room + " " + thread,
                        reactions(message, room + " " + ts),
                        files(message)));
    }

    private String sender(JsonNode message) {
        String user = text(message, "user");
        if (!user.isEmpty() && move.hasPerson(user)) {
            return user;
        }
        String bot = text(message, "bot_id");
        String name = text(message, "username");
        String profile = text(message.path("bot_profile"), "name");
        String real = text(message.path("user_profile"), "real_name");
        String key = "%s %s %s".formatted(user, bot, name).strip();
        move.person(
                new MovedPerson(
                        key.isEmpty() ? "somebody" : key, names(name, profile, real, bot, user)));
        return key.isEmpty() ? "somebody" : key;
    }

    private String body(JsonNode message, String subtype) {
        List<String> parts = new ArrayList<>();
        String text = texts.converted(text(message, "text"));
        parts.add(subtype.equals("me_message") ? "_" + text + "_" : text);
        for (JsonNode attachment : message.path("attachments")) {
            for (String field : List.of("pretext", "title", "text")) {
                parts.add(texts.converted(text(attachment, field)));
            }
            if (text(attachment, "title").isEmpty() && text(attachment, "text").isEmpty()) {
                parts.add(texts.converted(text(attachment, "fallback")));
            }
        }
        return String.join(
                "\n", parts.stream().filter(part -> !part.isBlank()).distinct().toList());
    }

    /// Slack's own export has addresses only. Programs that complete it put files into folders with
    /// their ids.
    private List<MovedFile> files(JsonNode message) {
        List<MovedFile> files = new ArrayList<>();
        for (JsonNode file : message.path("files")) {
            String id = text(file, "id");
            String name = text(file, "name");
            files.add(new MovedFile(name.isEmpty() ? id : name, uploads.getOrDefault(id, "")));
        }
        return files;
    }

    private List<MovedReaction> reactions(JsonNode message, String key) {
        List<MovedReaction> reactions = new ArrayList<>();
        for (JsonNode reaction : message.path("reactions")) {
            String name = text(reaction, "name");
            Optional<String> emoji = EmojiNames.emoji(name);
            if (emoji.isEmpty()) {
                report.miss("reaction :" + name + ":", key);
                continue;
            }
            for (JsonNode user : reaction.path("users")) {
                reactions.add(new MovedReaction(emoji.get(), user.asString("")));
            }
        }
        return reactions;
    }

    /// Slack's times are seconds with six digits behind the point, unique in a room.
    private static Optional<Long> millis(String ts) {
        try {
            return ts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(ts).movePointRight(3).longValue());
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
