package io.natter.chat.store.sql;

import io.natter.chat.domain.message.Changes;
import io.natter.chat.domain.message.Delta;
import io.natter.chat.domain.message.DeltaBudget;
import io.natter.chat.domain.message.Page;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.ChosenLanguage;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.room.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads what somebody needs who comes or comes back.
public final class Snapshots {
    private Snapshots() {}

    /// Reads one person's rooms.
    ///
    /// @param have by room id, the `ver` up to which the client has everything
    /// @param sameEpoch whether these numbers are of this database
    public static Snapshot snapshot(
            Handle handle, Person person, String epoch, boolean sameEpoch, Map<String, Long> have) {
        List<RoomHead> rooms = RoomHeads.of(handle, person);
        DeltaBudget budget = new DeltaBudget();
        Map<String, Delta> deltas = new LinkedHashMap<>();
        for (RoomHead room : rooms) {
            Long from = have.get(room.id());
            if (from != null) {
                deltas.put(room.id(), delta(handle, person, room, sameEpoch ? from : -1, budget));
            }
        }
        Own own = own(handle, person);
        return new Snapshot(epoch, own.ver(), own.language(), rooms, deltas);
    }

    private record Own(long ver, @Nullable ChosenLanguage language) {}

    private static Own own(Handle handle, Person person) {
        return handle.createQuery(
                        """
                        SELECT p.last_ver, a.language
                        FROM person p LEFT JOIN account a ON a.person_id = p.id WHERE p.id = ?
                        """)
                .bind(0, person.id())
                .map(
                        (row, _) -> {
                            String tag = row.getString("language");
                            return new Own(
                                    row.getLong("last_ver"),
                                    tag == null ? null : new ChosenLanguage(tag));
                        })
                .findOne()
                .orElse(new Own(0, null));
    }

    /// @param have negative when it says nothing
    private static Delta delta(
            Handle handle, Person person, RoomHead room, long have, DeltaBudget budget) {
        // A client ahead of us holds what we never stored; only a fresh page can be right.
        if (have >= 0 && have <= room.lastVer()) {
            Changes changes =
                    Messages.changes(handle, room.id(), have, budget.forNextRoom(), room.lastVer());
            if (!changes.more() && budget.take(changes.changes().size())) {
                return new Delta.Complete(have, room.lastVer(), changes.changes());
            }
        }
        if (!budget.takePage()) {
            return new Delta.Limited(List.of(), room.lastVer(), room.lastSeq() > 0);
        }
        RoomAccess access = RoomAccess.member(handle, person, room.id());
        Page page = Messages.page(handle, access, new Window.Latest(), Delta.Limited.PAGE);
        return new Delta.Limited(page.messages(), room.lastVer(), page.more());
    }
}
