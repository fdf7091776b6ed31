package io.natter.chat.store.sql;

import io.natter.chat.domain.message.Reaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Reads reactions.
final class ReactionRows {
    private ReactionRows() {}

    /// The reactions to messages, by the ids of these, in the order of their first use.
    ///
    /// @param ids of messages, as JSON
    static Map<Long, List<Reaction>> of(Handle handle, String ids) {
        Map<Long, List<Reaction>> reactions = new HashMap<>();
        handle.createQuery(
                        """
                        SELECT x.*, p.id, p.name, p.hue, p.picture FROM (
                            SELECT message_id, emoji, person_id,
                                count(*) OVER same AS total, min(ver) OVER same AS first,
                                row_number() OVER (PARTITION BY message_id, emoji ORDER BY ver) AS place
                            FROM reaction WHERE message_id IN (SELECT value FROM json_each(:ids))
                            WINDOW same AS (PARTITION BY message_id, emoji)) x
                        JOIN person p ON p.id = x.person_id
                        WHERE x.place <= :people ORDER BY x.message_id, x.first, x.place
                        """)
                .bind("ids", ids)
                .bind("people", Reaction.MAX_PEOPLE)
                .map(
                        (row, _) -> {
                            List<Reaction> onMessage =
                                    reactions.computeIfAbsent(
                                            row.getLong("message_id"), _ -> new ArrayList<>());
                            if (row.getInt("place") == 1) {
                                onMessage.add(
                                        new Reaction(
                                                row.getString("emoji"),
                                                new ArrayList<>(),
                                                row.getInt("total")));
                            }
                            return onMessage.getLast().people().add(Rows.person(row, ""));
                        })
                .list();
        return reactions;
    }
}
