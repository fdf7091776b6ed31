package io.natter.chat.store.sql;

import io.natter.chat.domain.message.Changes;
import io.natter.chat.domain.message.Delta;
import io.natter.chat.domain.message.DeltaBudget;
import io.natter.chat.domain.message.Page;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.room.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

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
        long meVer =
                handle.createQuery("SELECT last_ver FROM person WHERE id = ?")
                        .bind(0, person.id())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L);
        return new Snapshot(epoch, meVer, rooms, deltas);
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
