package io.natter.chat.store.sql;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.file.SentFile;
import io.natter.chat.domain.message.Mentions;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Skeleton;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.room.RoomKind;
import io.natter.chat.domain.room.RoomName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Stores people, rooms and messages of another chat under ids that follow from their keys there,
/// so that a second time finds them.
public final class Moving {
    private Moving() {}

    /// The id of the person with a name or an id here.
    public static Optional<String> person(Write write, String nameOrId) {
        try {
            return Optional.of(Console.find(write.handle(), nameOrId).person().id());
        } catch (ChatException _) {
            return Optional.empty();
        }
    }

    /// Makes a person who keeps the name, as people with an account do.
    ///
    /// @return false if the person was there
    public static boolean addPerson(Write write, String id, Stream<PersonName> names) {
        Handle handle = write.handle();
        if (Rows.exists(handle, "SELECT 1 FROM person WHERE id = ?", id)) {
            return false;
        }
        for (PersonName name : (Iterable<PersonName>) names::iterator) {
            try {
                Names.free(handle, name, id, write.now());
            } catch (ChatException _) {
                continue;
            }
            handle.execute(
                    """
                    INSERT INTO person (id, name, name_key, skeleton, created_at, hue, role)
                    VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(hue), -1) + 1 FROM person), 'member')
                    """,
                    id,
                    name.shown(),
                    name.key(),
                    Skeleton.of(name.shown()),
                    write.now());
            Members.add(handle, RoomHead.GENERAL, id, false);
            return true;
        }
        throw new IllegalArgumentException("no name is free");
    }

    /// Finds the room with an id, or the direct room of two people.
    public static Optional<String> room(Write write, String id, @Nullable String pair) {
        return write.handle()
                .createQuery("SELECT id FROM room WHERE id = :id OR pair = :pair")
                .bind("id", id)
                .bind("pair", pair)
                .mapTo(String.class)
                .findFirst();
    }

    /// Whether nothing was said in the general room yet.
    public static boolean generalIsEmpty(Write write) {
        return !Rows.exists(
                write.handle(), "SELECT 1 FROM message WHERE room_id = ?", RoomHead.GENERAL);
    }

    /// Remembers that a room of another chat became the general room.
    public static void becameGeneral(Write write, String id) {
        write.handle()
                .execute(
                        "INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)",
                        "moved " + id,
                        RoomHead.GENERAL);
    }

    /// Whether [#becameGeneral] was said of a room.
    public static boolean isGeneral(Write write, String id) {
        return Rows.exists(write.handle(), "SELECT 1 FROM meta WHERE key = ?", "moved " + id);
    }

    /// Makes a room, under the first name that is free.
    ///
    /// @param names empty for direct rooms and groups
    /// @param pair the two ids of a direct room
    public static void addRoom(
            Write write,
            String id,
            RoomKind kind,
            Stream<RoomName> names,
            String topic,
            long createdAt,
            @Nullable String pair) {
        Handle handle = write.handle();
        RoomName name =
                names.filter(
                                each ->
                                        !Rows.exists(
                                                handle,
                                                "SELECT 1 FROM room WHERE slug = ?",
                                                each.slug()))
                        .findFirst()
                        .orElse(null);
        handle.execute(
                """
                INSERT INTO room (id, kind, slug, name, topic, created_at, pair)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                kind.id(),
                name == null ? null : name.slug(),
                name == null ? "" : name.shown(),
                topic,
                createdAt,
                pair);
    }

    /// Makes somebody a member who has read everything.
    ///
    /// @return false if the person is in too many rooms
    public static boolean addMember(Write write, String room, String person) {
        Handle handle = write.handle();
        if (Members.isIn(handle, person, room)) {
            return true;
        }
        try {
            Members.add(handle, room, person, false);
            return true;
        } catch (ChatException _) {
            return false;
        }
    }

    /// A message that was stored or found.
    public record Stored(long seq, boolean isNew) {}

    /// Whether a sender has a message with this `cmid`.
    public static boolean isStored(Write write, String sender, String cmid) {
        return Rows.exists(
                write.handle(),
                "SELECT 1 FROM message WHERE sender_id = ? AND cmid = ?",
                sender,
                cmid);
    }

    /// Stores a message, unless the sender has one with this `cmid`.
    ///
    /// @param files uploads of the sender
    public static Stored addMessage(
            Write write,
            String room,
            String sender,
            String cmid,
            String text,
            long sentAt,
            @Nullable Long editedAt,
            @Nullable Long replyTo,
            List<SentFile> files) {
        Handle handle = write.handle();
        Optional<Long> there =
                handle.createQuery("SELECT seq FROM message WHERE sender_id = ? AND cmid = ?")
                        .bind(0, sender)
                        .bind(1, cmid)
                        .mapTo(Long.class)
                        .findOne();
        if (there.isPresent()) {
            return new Stored(there.get(), false);
        }
        long ver = write.nextRoomVer(room);
        long seq =
                handle.createQuery(
                                "UPDATE room SET last_seq = last_seq + 1 WHERE id = ? RETURNING last_seq")
                        .bind(0, room)
                        .mapTo(Long.class)
                        .one();
        long id =
                handle.createQuery(
                                """
                                INSERT INTO message (room_id, seq, ver, sent_ver, text_ver, sender_id, cmid, body,
                                    ts, reply_to, edited_at)
                                VALUES (:room, :seq, :ver, :ver, :ver, :sender, :cmid, :body, :ts, :reply, :edited)
                                RETURNING id
                                """)
                        .bind("room", room)
                        .bind("seq", seq)
                        .bind("ver", ver)
                        .bind("sender", sender)
                        .bind("cmid", cmid)
                        .bind("body", text)
                        .bind("ts", sentAt)
                        .bind("reply", replyTo)
                        .bind("edited", editedAt)
                        .mapTo(Long.class)
                        .one();
        MentionRows.add(handle, room, seq, id, Mentions.in(text));
        FileRows.attach(handle, new Person(sender, "", 0), id, files);
        return new Stored(seq, true);
    }

    /// Adds a reaction, if the message has not too many kinds of them.
    ///
    /// @return false if it has
    public static boolean addReaction(
            Write write, String room, long seq, String emoji, String person) {
        return write.handle()
                        .execute(
                                """
                                INSERT OR IGNORE INTO reaction (message_id, emoji, person_id, ver)
                                SELECT m.id, ?, ?, m.ver FROM message m WHERE m.room_id = ? AND m.seq = ? AND (
                                    SELECT count(DISTINCT r.emoji) FROM reaction r
                                    WHERE r.message_id = m.id AND r.emoji <> ?) < ?
                                """,
                                emoji,
                                person,
                                room,
                                seq,
                                emoji,
                                Bounds.EMOJI)
                > 0;
    }

    /// The number of the newest message.
    public static long lastSeq(Write write, String room) {
        return write.handle()
                .createQuery("SELECT last_seq FROM room WHERE id = ?")
                .bind(0, room)
                .mapTo(Long.class)
                .one();
    }

    /// Marks all as read for the members who had read up to a number.
    public static void read(Write write, String room, long before) {
        write.handle()
                .execute(
                        """
                        UPDATE member SET read_seq = (SELECT last_seq FROM room WHERE id = ?)
                        WHERE room_id = ? AND read_seq >= ?
                        """,
                        room,
                        room,
                        before);
    }

    /// Closes a room.
    public static void archive(Write write, String room) {
        write.handle()
                .execute(
                        "UPDATE room SET archived_at = ? WHERE id = ? AND archived_at IS NULL",
                        write.now(),
                        room);
    }

    /// Gives the database a new epoch, so that pages load all again.
    public static void renewEpoch(Write write) {
        write.handle()
                .execute(
                        "INSERT OR REPLACE INTO meta (key, value) VALUES ('epoch', ?)",
                        RandomId.next());
    }
}
