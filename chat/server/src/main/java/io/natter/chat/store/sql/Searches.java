package io.natter.chat.store.sql;

import io.natter.chat.domain.message.Found;
import io.natter.chat.domain.message.Position;
import io.natter.chat.domain.message.Search;
import io.natter.chat.domain.person.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Finds messages in all rooms that a person sees, the newest first.
public final class Searches {
    /// The text index knows parts of three characters and more.
    private static final int INDEXED = 3;

    /// Without the index only so many of the newest messages are looked at.
    private static final int SCANNED = 100_000;

    private Searches() {}

    /// Messages that contain every term of the search.
    public static Found search(Handle handle, Person person, Search search, int limit) {
        List<String> indexed = new ArrayList<>();
        List<String> scanned = new ArrayList<>();
        for (String term : search.terms()) {
            boolean isLong = term.codePointCount(0, term.length()) >= INDEXED;
            (isLong ? indexed : scanned).add(term);
        }
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder query = new StringBuilder("SELECT m.id FROM ");
        if (indexed.isEmpty()) {
            query.append("message m").append(memberOf("m")).append(" AND m.id > ");
            query.append("(SELECT max(id) FROM message) - ").append(SCANNED);
        } else {
            // CROSS JOIN keeps the order: the index first.
            query.append("message_text t CROSS JOIN message m ON m.id = t.rowid");
            query.append(memberOf("m")).append(" AND message_text MATCH :match");
            parameters.put("match", match(indexed));
        }
        query.append(" AND m.deleted_at IS NULL");
        for (int i = 0; i < scanned.size(); i++) {
            query.append(" AND m.body LIKE :term").append(i).append(" ESCAPE '\\'");
            parameters.put("term" + i, like(scanned.get(i)));
        }
        filter(query, parameters, " AND m.room_id = :room", "room", search.room());
        filter(query, parameters, " AND m.sender_id = :from", "from", search.from());
        filter(query, parameters, " AND m.ts < :before", "before", search.before());
        filter(query, parameters, " AND m.ts >= :after", "after", search.after());
        for (Search.Has has : search.has()) {
            query.append(" AND ").append(condition(has));
        }
        query.append(indexed.isEmpty() ? " ORDER BY m.id DESC" : " ORDER BY t.rowid DESC");
        return found(handle, person, query.toString(), parameters, limit);
    }

    /// Messages of others that mention the person or everybody.
    public static Found mentions(
            Handle handle, Person person, @Nullable Position before, int limit) {
        Map<String, Object> parameters = new HashMap<>();
        String older = "";
        if (before != null) {
            older =
                    " AND x.message_id < coalesce((SELECT id FROM message WHERE room_id = :room AND seq = :seq), 0)";
            parameters.put("room", before.room());
            parameters.put("seq", before.seq());
        }
        return found(
                handle,
                person,
                "SELECT DISTINCT m.id FROM mention x JOIN message m ON m.id = x.message_id"
                        + memberOf("m")
                        + " AND x.person_id IN (:person, '') AND m.sender_id <> :person"
                        + older
                        + " ORDER BY m.id DESC",
                parameters,
                limit);
    }

    /// Only messages of rooms that the person sees.
    private static String memberOf(String message) {
        return " CROSS JOIN member b ON b.person_id = :person AND b.room_id = %s.room_id WHERE b.hidden = 0"
                .formatted(message);
    }

    private static String condition(Search.Has has) {
        return switch (has) {
            case FILE -> "EXISTS (SELECT 1 FROM file f WHERE f.message_id = m.id)";
            case IMAGE ->
                    "EXISTS (SELECT 1 FROM file f WHERE f.message_id = m.id AND f.width IS NOT NULL)";
            case LINK -> "(m.body LIKE '%http://%' OR m.body LIKE '%https://%')";
        };
    }

    private static void filter(
            StringBuilder query,
            Map<String, Object> parameters,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            query.append(condition);
            parameters.put(name, value);
        }
    }

    private static Found found(
            Handle handle, Person person, String query, Map<String, Object> parameters, int limit) {
        int most = Math.clamp(limit, 1, Search.MAX);
        List<Long> ids =
                handle.createQuery(query + " LIMIT :limit")
                        .bind("person", person.id())
                        .bind("limit", most + 1)
                        .bindMap(parameters)
                        .mapTo(Long.class)
                        .list();
        boolean more = ids.size() > most;
        return new Found(MessageRows.newestFirst(handle, more ? ids.subList(0, most) : ids), more);
    }

    private static String match(List<String> terms) {
        return terms.stream()
                .map(term -> '"' + term.replace("\"", "\"\"") + '"')
                .reduce((a, b) -> a + " AND " + b)
                .orElseThrow();
    }

    private static String like(String term) {
        String escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return "%" + escaped + "%";
    }
}
