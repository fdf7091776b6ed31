package io.natter.chat.store.sql;

import io.natter.chat.domain.message.Mentions;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The people mentioned in each message.
final class MentionRows {
    /// Stands for everybody in the room.
    static final String EVERYBODY = "";

    private MentionRows() {}

    /// Notes the mentions of a new message.
    ///
    /// @return the ids of the people among them who exist
    static Set<String> add(Handle handle, String room, long seq, long message, Mentions mentions) {
        if (mentions.room()) {
            handle.execute(
                    "INSERT INTO mention (room_id, person_id, seq, message_id) VALUES (?, ?, ?, ?)",
                    room,
                    EVERYBODY,
                    seq,
                    message);
        }
        return people(handle, room, seq, message, mentions);
    }

    private static Set<String> people(
            Handle handle, String room, long seq, long message, Mentions mentions) {
        Set<String> added = new HashSet<>();
        for (String person : mentions.people()) {
            int inserted =
                    handle.execute(
                            """
                            INSERT INTO mention (room_id, person_id, seq, message_id)
                            SELECT ?, id, ?, ? FROM person WHERE id = ?
                            """,
                            room,
                            seq,
                            message,
                            person);
            if (inserted > 0) {
                added.add(person);
            }
        }
        return added;
    }

    /// Stores the people of another text of the message. The others of the room were notified of
    /// the first text.
    ///
    /// @return the ids of the people who are mentioned in only one of the two texts
    static Set<String> replace(Handle handle, Target message, Mentions mentions) {
        Set<String> before = of(handle, message);
        before.remove(EVERYBODY);
        handle.execute(
                "DELETE FROM mention WHERE message_id = ? AND person_id <> ?",
                message.id(),
                EVERYBODY);
        Set<String> after = people(handle, message.room(), message.seq(), message.id(), mentions);
        Set<String> changed = new HashSet<>(before);
        changed.addAll(after);
        before.retainAll(after);
        changed.removeAll(before);
        return changed;
    }

    /// Forgets the mentions of a message.
    ///
    /// @return the ids of those who were mentioned, with [#EVERYBODY] among them
    static Set<String> remove(Handle handle, Target message) {
        Set<String> before = of(handle, message);
        handle.execute("DELETE FROM mention WHERE message_id = ?", message.id());
        return before;
    }

    private static Set<String> of(Handle handle, Target message) {
        return new HashSet<>(
                handle.createQuery("SELECT person_id FROM mention WHERE message_id = ?")
                        .bind(0, message.id())
                        .mapTo(String.class)
                        .list());
    }
}
