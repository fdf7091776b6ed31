package io.natter.chat.store.sql;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.message.Emoji;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.store.Change;
import org.jdbi.v3.core.Handle;

/// Sets marks on messages: reactions and pins. Each change gives the row a new `ver`.
public final class Marking {
    private Marking() {}

    /// Sets a reaction or takes it back.
    public static long react(
            Write write, Person person, String room, long seq, Emoji emoji, boolean on) {
        Handle handle = write.handle();
        RoomAccess.writable(write, person, room);
        Target message = Target.alive(handle, room, seq);
        String mine = "SELECT 1 FROM reaction WHERE message_id = ? AND emoji = ? AND person_id = ?";
        if (on == Rows.exists(handle, mine, message.id(), emoji.text(), person.id())) {
            return message.ver();
        }
        if (on) {
            requireRoomForEmoji(handle, message, emoji);
        }
        long ver = touch(write, message);
        if (on) {
            handle.execute(
                    "INSERT INTO reaction (message_id, emoji, person_id, ver) VALUES (?, ?, ?, ?)",
                    message.id(),
                    emoji.text(),
                    person.id(),
                    ver);
        } else {
            handle.execute(
                    "DELETE FROM reaction WHERE message_id = ? AND emoji = ? AND person_id = ?",
                    message.id(),
                    emoji.text(),
                    person.id());
        }
        Editing.publish(write, message, Change.Action.REACTED);
        return ver;
    }

    private static void requireRoomForEmoji(Handle handle, Target message, Emoji emoji) {
        int others =
                Rows.count(
                        handle,
                        "SELECT count(DISTINCT emoji) FROM reaction WHERE message_id = ? AND emoji <> ?",
                        message.id(),
                        emoji.text());
        if (others >= Bounds.EMOJI) {
            throw ChatError.tooManyReactions().exception();
        }
    }

    /// Pins a message or takes it down.
    public static long pin(Write write, Person person, String room, long seq, boolean on) {
        Handle handle = write.handle();
        RoomAccess.writable(write, person, room);
        Target message = Target.alive(handle, room, seq);
        if (on == Rows.exists(handle, "SELECT 1 FROM pin WHERE message_id = ?", message.id())) {
            return message.ver();
        }
        String pinned = "SELECT count(*) FROM pin WHERE room_id = ?";
        if (on && Rows.count(handle, pinned, room) >= Bounds.PINS) {
            throw ChatError.tooManyPins().exception();
        }
        long ver = touch(write, message);
        if (on) {
            handle.execute(
                    "INSERT INTO pin (message_id, room_id, person_id, ver) VALUES (?, ?, ?, ?)",
                    message.id(),
                    room,
                    person.id(),
                    ver);
        } else {
            handle.execute("DELETE FROM pin WHERE message_id = ?", message.id());
        }
        Editing.publish(write, message, Change.Action.PINNED);
        return ver;
    }

    private static long touch(Write write, Target message) {
        long ver = write.nextRoomVer(message.room());
        write.handle().execute("UPDATE message SET ver = ? WHERE id = ?", ver, message.id());
        return ver;
    }
}
