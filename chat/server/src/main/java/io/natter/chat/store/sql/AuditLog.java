package io.natter.chat.store.sql;

import io.natter.chat.domain.person.AuditEntry;
import io.natter.chat.domain.person.Person;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The actions of moderators and owners, and sign-ins. Texts, passwords and tokens are never noted.
public final class AuditLog {
    private static final long KEPT_MS = Duration.ofDays(180).toMillis();

    private AuditLog() {}

    public static void add(
            Write write,
            String action,
            @Nullable Person actor,
            @Nullable Person target,
            String detail) {
        add(write, action, actor, target, null, null, detail);
    }

    public static void add(
            Write write,
            String action,
            @Nullable Person actor,
            @Nullable Person target,
            @Nullable String room,
            @Nullable String address,
            String detail) {
        write.handle()
                .createUpdate(
                        """
                        INSERT INTO audit
                            (at, action, actor_id, actor_name, target_id, target_name, room_id, address, detail)
                        VALUES (:at, :action, :actor, :actorName, :target, :targetName, :room, :address,
                            :detail)
                        """)
                .bind("at", write.now())
                .bind("action", action)
                .bind("actor", actor == null ? null : actor.id())
                .bind("actorName", actor == null ? null : actor.name())
                .bind("target", target == null ? null : target.id())
                .bind("targetName", target == null ? null : target.name())
                .bind("room", room)
                .bind("address", address)
                .bind("detail", detail)
                .execute();
    }

    static void forget(Handle handle, long now) {
        handle.execute("DELETE FROM audit WHERE at <= ?", now - KEPT_MS);
    }

    static List<AuditEntry> page(Handle handle, @Nullable Long before, int limit) {
        return handle.createQuery(
                        """
                        SELECT a.*, r.name AS room_name
                        FROM audit a LEFT JOIN room r ON r.id = a.room_id AND r.kind = 'public'
                        WHERE a.id < :before ORDER BY a.id DESC LIMIT :limit
                        """)
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", Math.clamp(limit, 1, AuditEntry.MAX))
                .map(
                        (row, _) ->
                                new AuditEntry(
                                        row.getLong("id"),
                                        row.getLong("at"),
                                        row.getString("action"),
                                        row.getString("actor_id"),
                                        row.getString("actor_name"),
                                        row.getString("target_id"),
                                        row.getString("target_name"),
                                        row.getString("room_name"),
                                        row.getString("address"),
                                        row.getString("detail")))
                .list();
    }
}
