package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Banned;
import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Bans and mutes. A guest's also hold for the browser, and a ban for the address. Times are
/// milliseconds since 1970.
public final class Sanctions {
    private Sanctions() {}

    /// A ban or a mute.
    ///
    /// @param kind `ban` or `mute`
    /// @param endsAt null for a ban without an end
    record Sanction(
            String kind, Standing target, @Nullable Long endsAt, String reason, Person by) {}

    private record Place(@Nullable String device, @Nullable String address) {}

    /// Refuses a guest or a sign-up from a browser or an address that is banned.
    ///
    /// @throws io.natter.chat.domain.ChatException with `banned`
    public static void refuseBrowser(Handle handle, Client client, long now) {
        handle.createQuery(
                        """
                        SELECT reason FROM sanction
                        WHERE kind = 'ban' AND (device = :device OR address = :address)
                            AND (ends_at IS NULL OR ends_at > :now) LIMIT 1
                        """)
                .bind("device", client.deviceHash())
                .bind("address", client.address())
                .bind("now", now)
                .mapTo(String.class)
                .findOne()
                .ifPresent(Sanctions::refuse);
    }

    /// Refuses a person who is banned.
    ///
    /// @throws io.natter.chat.domain.ChatException with `banned`
    public static void refusePerson(Handle handle, String person, long now) {
        handle.createQuery(
                        """
                        SELECT reason FROM sanction
                        WHERE kind = 'ban' AND person_id = ? AND (ends_at IS NULL OR ends_at > ?) LIMIT 1
                        """)
                .bind(0, person)
                .bind(1, now)
                .mapTo(String.class)
                .findOne()
                .ifPresent(Sanctions::refuse);
    }

    private static void refuse(String reason) {
        throw ChatError.banned(reason).exception();
    }

    /// Until when a new guest of this browser is muted.
    static Optional<Long> mutedUntil(Handle handle, Client client, long now) {
        return handle.createQuery(
                        "SELECT max(ends_at) FROM sanction WHERE kind = 'mute' AND device = ? AND ends_at > ?")
                .bind(0, client.deviceHash())
                .bind(1, now)
                .mapTo(Long.class)
                .findOne();
    }

    /// Replaces what there is of the same kind.
    static void put(Write write, Sanction sanction) {
        Handle handle = write.handle();
        Standing target = sanction.target();
        remove(handle, sanction.kind(), target.person().id());
        for (Place place : places(handle, target, sanction.kind().equals("ban"))) {
            handle.createUpdate(
                            """
                            INSERT INTO sanction
                                (kind, person_id, device, address, ends_at, reason, created_by, created_at)
                            VALUES (:kind, :person, :device, :address, :ends, :reason, :by, :now)
                            """)
                    .bind("kind", sanction.kind())
                    .bind("person", target.person().id())
                    .bind("device", place.device())
                    .bind("address", place.address())
                    .bind("ends", sanction.endsAt())
                    .bind("reason", sanction.reason())
                    .bind("by", sanction.by().id())
                    .bind("now", write.now())
                    .execute();
        }
    }

    /// Others may sit behind the address of a person with an account, so it is left alone.
    private static List<Place> places(Handle handle, Standing target, boolean withAddress) {
        boolean guest = target.role() == Role.GUEST;
        List<Place> places =
                handle.createQuery(
                                "SELECT DISTINCT device, address FROM session WHERE person_id = ? LIMIT 50")
                        .bind(0, target.person().id())
                        .map(
                                (row, _) ->
                                        new Place(
                                                row.getString("device"),
                                                guest && withAddress
                                                        ? row.getString("address")
                                                        : null))
                        .list();
        return places.isEmpty() ? List.of(new Place(null, null)) : places;
    }

    static int remove(Handle handle, String kind, String person) {
        return handle.execute(
                "DELETE FROM sanction WHERE kind = ? AND person_id = ?", kind, person);
    }

    /// Removes what is over.
    static void forget(Handle handle, long now) {
        handle.execute("DELETE FROM sanction WHERE ends_at <= ?", now);
    }

    /// People who are banned, the last first.
    static List<Banned> bans(Handle handle, long now) {
        return handle.createQuery(
                        """
                        SELECT p.id, p.name, p.hue, p.picture, s.reason, s.created_at, s.ends_at,
                            coalesce(b.name, '') AS by_name
                        FROM sanction s JOIN person p ON p.id = s.person_id
                        LEFT JOIN person b ON b.id = s.created_by
                        WHERE s.kind = 'ban' AND (s.ends_at IS NULL OR s.ends_at > ?)
                        GROUP BY s.person_id ORDER BY s.created_at DESC LIMIT 200
                        """)
                .bind(0, now)
                .map(
                        (row, _) ->
                                new Banned(
                                        Rows.person(row, ""),
                                        row.getString("reason"),
                                        row.getString("by_name"),
                                        row.getLong("created_at"),
                                        Rows.longOrNull(row, "ends_at")))
                .list();
    }
}
