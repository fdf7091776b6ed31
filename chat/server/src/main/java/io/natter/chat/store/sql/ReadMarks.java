package io.natter.chat.store.sql;

import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.ReadState;
import io.natter.chat.domain.store.Change;
import java.util.List;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jdbi.v3.core.Handle;

/// How far members have read.
public final class ReadMarks {
    private static final String SELECT =
            "SELECT m.person_id, m.read_seq, r.last_seq, "
                    + RoomHeads.MENTIONS
                    + " FROM member m JOIN room r ON r.id = m.room_id WHERE m.room_id = :room AND ";

    private ReadMarks() {}

    private record Mark(String person, ReadState state) {}

    /// Moves the mark up to `seq`, never back and never past the newest message.
    public static long read(Write write, Person person, String room, long seq) {
        long last = RoomAccess.member(write.handle(), person, room).lastSeq();
        return move(write, person, room, before -> Math.max(before, Math.min(seq, last)));
    }

    /// Moves the mark to the message before `seq`.
    public static long unread(Write write, Person person, String room, long seq) {
        long last = RoomAccess.member(write.handle(), person, room).lastSeq();
        return move(write, person, room, _ -> Math.clamp(seq - 1, 0, last));
    }

    private static long move(Write write, Person person, String room, LongUnaryOperator step) {
        Handle handle = write.handle();
        long before =
                handle.createQuery(
                                "SELECT read_seq FROM member WHERE person_id = ? AND room_id = ?")
                        .bind(0, person.id())
                        .bind(1, room)
                        .mapTo(Long.class)
                        .one();
        long after = step.applyAsLong(before);
        if (after != before) {
            handle.execute(
                    "UPDATE member SET read_seq = ? WHERE person_id = ? AND room_id = ?",
                    after,
                    person.id(),
                    room);
            tell(write, room, "m.person_id IN (SELECT value FROM json_each(:people))", person.id());
        }
        return after;
    }

    /// The sender of a message has read up to it. The page concludes that from the message.
    static void sent(Write write, Person sender, String room, long seq) {
        write.handle()
                .execute(
                        "UPDATE member SET read_seq = max(read_seq, ?), sent_at = ? WHERE person_id = ? AND room_id = ?",
                        seq,
                        write.now(),
                        sender.id(),
                        room);
    }

    /// Tells members whose number of unread mentions changed with a message.
    ///
    /// @param concerned ids of people, [MentionRows#EVERYBODY] among them
    static void recount(Write write, RoomAccess room, Target message, Set<String> concerned) {
        if (concerned.isEmpty() || !room.kind().named()) {
            return; // in other rooms every unread message counts, which did not change
        }
        String unread =
                "m.read_seq < %d AND m.person_id <> (SELECT sender_id FROM message WHERE id = %d)"
                        .formatted(message.seq(), message.id());
        if (concerned.contains(MentionRows.EVERYBODY)) {
            tell(write, room.id(), unread + " AND :people IS NOT NULL", "");
        } else {
            tell(
                    write,
                    room.id(),
                    unread + " AND m.person_id IN (SELECT value FROM json_each(:people))",
                    concerned.toArray(String[]::new));
        }
    }

    private static void tell(Write write, String room, String where, String... people) {
        List<Mark> marks =
                write.handle()
                        .createQuery(SELECT + where)
                        .bind("room", room)
                        .bind("people", Rows.json(List.of(people)))
                        .map(
                                (row, _) ->
                                        new Mark(
                                                row.getString("person_id"),
                                                new ReadState(
                                                        row.getLong("read_seq"),
                                                        row.getLong("last_seq")
                                                                - row.getLong("read_seq"),
                                                        row.getLong("mentions"))))
                        .list();
        for (Mark mark : marks) {
            long ver = write.nextPersonVer(mark.person());
            write.changed(new Change.ReadMoved(mark.person(), ver, room, mark.state()));
        }
    }
}
