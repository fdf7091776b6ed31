package io.natter.chat.store.moving;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.file.SentFile;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Emoji;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.room.RoomKind;
import io.natter.chat.domain.room.RoomName;
import io.natter.chat.domain.room.Topic;
import io.natter.chat.store.Maintenance;
import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.store.sql.Moving;
import io.natter.chat.store.sql.Write;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An import under way: first people, then rooms, then messages in any order, then [#finish]. No
/// chat runs on the data folder meanwhile. Doing the same import again changes nothing. Ids follow
/// from the keys, so the memory needed grows with people and rooms, and not with messages.
///
/// One thread.
public final class Move implements AutoCloseable {
    private static final int PAGE = 500;

    /// So many messages are some seconds of work.
    private static final int STEP = 5000;

    /// The same for files.
    private static final int FILES_STEP = 100;

    /// How many people may have the same name in the other chat.
    private static final int NUMBERS = 1000;

    private static final Person NOBODY = new Person("", "", 0);

    private final Maintenance store;
    private final Staging staging;
    private final String source;
    private final MoveReport report;
    private final Map<String, String> people = new HashMap<>();
    private final Map<String, Place> rooms = new LinkedHashMap<>();

    private LongConsumer reading = _ -> {};
    private long read;

    /// @param before the number of the newest message before the import
    private record Place(String id, long before, boolean archived) {}

    private Move(Maintenance store, Staging staging, String source, MoveReport report) {
        this.store = store;
        this.staging = staging;
        this.source = source;
        this.report = report;
    }

    /// Takes the data folder.
    ///
    /// @param source the name of the other chat, the same each time
    /// @throws StoreUnavailableException if a chat runs on it, or it cannot be used
    public static Move open(Path data, String source, MoveReport report)
            throws StoreUnavailableException {
        Maintenance store = Maintenance.open(data, InstantSource.system());
        try {
            return new Move(
                    store, Staging.open(data.resolve("natter.import.part")), source, report);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw new StoreUnavailableException(
                    "Cannot write in the data directory %s (%s).".formatted(data, e), e);
        }
    }

    /// Takes somebody of the other chat for a person who is here already.
    ///
    /// @return false if there is no such person here
    public boolean same(String key, String nameOrId) {
        Optional<String> id = store.run("find person", write -> Moving.person(write, nameOrId));
        id.ifPresent(it -> people.put(key, it));
        return id.isPresent();
    }

    /// Adds a person, if it is not there yet.
    public void person(MovedPerson person) {
        if (people.containsKey(person.key())) {
            return;
        }
        String id = id("person", person.key());
        if (store.run("add person", write -> Moving.addPerson(write, id, names(person.names())))) {
            report.person();
        }
        people.put(person.key(), id);
    }

    /// Whether a person with this key was added.
    public boolean hasPerson(String key) {
        return people.containsKey(key);
    }

    /// The id of a person for a mention, if there is one with this key.
    public Optional<String> personId(String key) {
        return Optional.ofNullable(people.get(key));
    }

    /// The names as they are allowed here, and with numbers for the case that they are taken.
    private static Stream<PersonName> names(List<String> wanted) {
        boolean some = wanted.stream().anyMatch(each -> name(cut(each, Bounds.NAME)).isPresent());
        List<String> candidates = some ? wanted : List.of("Person");
        return IntStream.rangeClosed(1, NUMBERS)
                .boxed()
                .flatMap(
                        i ->
                                candidates.stream()
                                        .map(each -> numbered(each, Bounds.NAME, i))
                                        .flatMap(each -> name(each).stream()));
    }

    private static String numbered(String name, int max, int number) {
        return number == 1 ? cut(name, max) : cut(name, max - 5) + " " + number;
    }

    private static Optional<PersonName> name(String text) {
        try {
            return Optional.of(PersonName.of(text));
        } catch (ChatException _) {
            return Optional.empty();
        }
    }

    /// The first code points of a text.
    private static String cut(String text, int max) {
        return text.codePoints()
                .limit(max)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Adds a room with its members, who must have been added. Members who left the other chat's
    /// room, but not this one, stay.
    public void room(MovedRoom room) {
        String id = id("room", room.key());
        List<String> members =
                room.members().stream().map(people::get).filter(m -> m != null).distinct().toList();
        boolean direct = room.kind() == RoomKind.DIRECT && members.size() == 2;
        RoomKind kind = kind(room, members.size(), direct);
        @Nullable String pair = direct ? String.join(" ", new TreeSet<>(members)) : null;
        Place place =
                store.run(
                        "add room",
                        write -> {
                            Optional<String> there = there(write, room, id, pair);
                            if (there.isEmpty()) {
                                Moving.addRoom(
                                        write,
                                        id,
                                        kind,
                                        kind.named() ? roomNames(room) : Stream.empty(),
                                        topic(room.topic()),
                                        room.createdAt(),
                                        pair);
                                report.room();
                            }
                            String found = there.orElse(id);
                            for (String member : members) {
                                if (!Moving.addMember(write, found, member)) {
                                    report.miss("member of too many rooms", room.name());
                                }
                            }
                            return new Place(found, Moving.lastSeq(write, found), room.archived());
                        });
        rooms.put(room.key(), place);
    }

    private static RoomKind kind(MovedRoom room, int members, boolean direct) {
        boolean named = room.kind().named();
        if (named || direct) {
            return room.kind();
        }
        return members > Bounds.GROUP || members < 2 ? RoomKind.PRIVATE : RoomKind.GROUP;
    }

    /// The main room becomes the general one, unless that is in use.
    private static Optional<String> there(
            Write write, MovedRoom room, String id, @Nullable String pair) {
        if (room.main() && (Moving.isGeneral(write, id) || Moving.generalIsEmpty(write))) {
            Moving.becameGeneral(write, id);
            return Optional.of(RoomHead.GENERAL);
        }
        return Moving.room(write, id, pair);
    }

    private static Stream<RoomName> roomNames(MovedRoom room) {
        boolean usable = roomName(cut(room.name(), Bounds.ROOM_NAME)).isPresent();
        String base = usable ? room.name() : "room " + room.key();
        return IntStream.rangeClosed(1, NUMBERS)
                .mapToObj(i -> numbered(base, Bounds.ROOM_NAME, i))
                .flatMap(each -> roomName(each).stream());
    }

    private static Optional<RoomName> roomName(String text) {
        try {
            return Optional.of(RoomName.of(text));
        } catch (ChatException _) {
            return Optional.empty();
        }
    }

    private static String topic(String text) {
        try {
            return Topic.of(cut(text, Bounds.TOPIC / 2)).text();
        } catch (ChatException _) {
            return "";
        }
    }

    /// Tells how many messages were read, each time it is another [#STEP].
    public void tellReading(LongConsumer listener) {
        reading = listener;
    }

    /// Adds a message; its room must have been added.
    public void message(MovedMessage message) {
        read++;
        if (read % STEP == 0) {
            reading.accept(read);
        }
        if (!rooms.containsKey(message.room())) {
            report.miss("message of an unknown room", message.room());
        } else if (!people.containsKey(message.sender())) {
            report.miss("message of an unknown person", message.key());
        } else if (!staging.add(message)) {
            report.miss("message that is in the export twice", message.key());
        }
    }

    /// Stores the messages, each room in the order of time, with their files.
    ///
    /// @param archive has the files
    public void finish(Progress progress, ExportArchive archive) {
        staging.complete();
        Attachments attachments = new Attachments(store.files(), archive, report);
        long all = staging.count();
        long done = 0;
        for (Map.Entry<String, Place> each : rooms.entrySet()) {
            Place place = each.getValue();
            List<Staging.Staged> page = staging.next(each.getKey(), null, PAGE);
            while (!page.isEmpty()) {
                store(place, page, attachments, progress);
                done += page.size();
                progress.at(done, all);
                page = staging.next(each.getKey(), page.getLast(), PAGE);
            }
            store.run(
                    "end of room",
                    write -> {
                        Moving.read(write, place.id(), place.before());
                        if (place.archived()) {
                            Moving.archive(write, place.id());
                        }
                        return true;
                    });
        }
        if (report.people() + report.rooms() + report.messages() > 0) {
            store.run(
                    "epoch",
                    write -> {
                        Moving.renewEpoch(write);
                        return true;
                    });
        }
    }

    private record Outcome(Staging.Staged staged, Moving.Stored stored) {}

    private void store(
            Place place, List<Staging.Staged> page, Attachments attachments, Progress progress) {
        Map<String, Attachments.Taken> files = new HashMap<>();
        for (Staging.Staged each : page) {
            if (!each.message().files().isEmpty()) {
                files.put(each.message().key(), files(each.message(), attachments, progress));
            }
        }
        List<Outcome> outcomes =
                store.run(
                        "import",
                        write -> {
                            List<Outcome> written = new ArrayList<>();
                            Map<String, Long> here = new HashMap<>();
                            for (Staging.Staged each : page) {
                                Attachments.Taken taken =
                                        files.getOrDefault(
                                                each.message().key(), Attachments.Taken.NONE);
                                add(write, place, each, here, taken).ifPresent(written::add);
                            }
                            return written;
                        });
        outcomes.forEach(
                each -> {
                    report.message(each.stored().isNew());
                    staging.stored(each.staged(), each.stored().seq());
                });
    }

    /// Takes the files of a message that is not here yet.
    private Attachments.Taken files(
            MovedMessage message, Attachments attachments, Progress progress) {
        String sender = people.getOrDefault(message.sender(), "");
        String cmid = id("message", message.key());
        if (store.run("look", write -> Moving.isStored(write, sender, cmid))) {
            // The text only has to be one; that of before stays.
            return message.text().isBlank()
                    ? new Attachments.Taken(
                            List.of(), message.files().stream().map(MovedFile::name).toList())
                    : Attachments.Taken.NONE;
        }
        long before = report.files();
        Attachments.Taken taken = attachments.take(new Person(sender, "", 0), cmid, message);
        report.files(taken.sent().size());
        if (report.files() / FILES_STEP > before / FILES_STEP) {
            progress.files(report.files());
        }
        return taken;
    }

    /// Names the files that could not be taken.
    private static String text(MovedMessage message, List<String> missed) {
        return Stream.concat(
                        Stream.of(message.text()).filter(text -> !text.isBlank()),
                        missed.stream().map("[file: %s]"::formatted))
                .collect(Collectors.joining("\n"));
    }

    private Optional<Outcome> add(
            Write write,
            Place place,
            Staging.Staged staged,
            Map<String, Long> here,
            Attachments.Taken taken) {
        MovedMessage message = staged.message();
        String sender = people.getOrDefault(message.sender(), "");
        Long replyTo = replyTo(message, here);
        Moving.Stored first = null;
        List<String> parts = parts(text(message, taken.missed()));
        for (int i = 0; i < parts.size(); i++) {
            String cmid = id("message", message.key()) + (i == 0 ? "" : "-" + (i + 1));
            List<SentFile> files = i == 0 ? taken.sent() : List.of();
            Draft draft;
            try {
                draft = Draft.of(place.id(), NOBODY, cmid, parts.get(i), null, files);
            } catch (ChatException _) {
                continue; // nothing to see in it
            }
            Moving.Stored stored =
                    Moving.addMessage(
                            write,
                            place.id(),
                            sender,
                            cmid,
                            draft.text(),
                            message.sentAt(),
                            message.editedAt(),
                            replyTo,
                            draft.files());
            if (first == null) {
                first = stored;
            }
        }
        if (first == null) {
            report.miss("message without a text", message.key());
            return Optional.empty();
        }
        if (first.isNew()) {
            react(write, place, message, first.seq());
        }
        here.put(message.key(), first.seq());
        return Optional.of(new Outcome(staged, first));
    }

    private @Nullable Long replyTo(MovedMessage message, Map<String, Long> here) {
        String key = message.replyTo();
        if (key == null) {
            return null;
        }
        Long near = here.get(key);
        Long found = near == null ? staging.seq(message.room(), key).orElse(null) : near;
        if (found == null) {
            report.miss("reply to a message that is not in the export", message.key());
        }
        return found;
    }

    private void react(Write write, Place place, MovedMessage message, long seq) {
        for (MovedReaction reaction : message.reactions()) {
            String person = people.get(reaction.person());
            try {
                String emoji = Emoji.of(reaction.emoji()).text();
                if (person == null || !Moving.addReaction(write, place.id(), seq, emoji, person)) {
                    report.miss("reaction", message.key());
                }
            } catch (ChatException _) {
                report.miss("reaction", message.key());
            }
        }
    }

    /// A text that is too long here becomes several messages.
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (text.length() - start > Bounds.MESSAGE) {
            int end = text.lastIndexOf('\n', start + Bounds.MESSAGE);
            if (end <= start + Bounds.MESSAGE / 2) {
                end = start + Bounds.MESSAGE;
                end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
            }
            parts.add(text.substring(start, end));
            start = end;
        }
        parts.add(text.substring(start));
        return parts;
    }

    private String id(String kind, String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    String.join("\n", source, kind, key)
                                            .getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        staging.close();
        store.close();
    }
}
