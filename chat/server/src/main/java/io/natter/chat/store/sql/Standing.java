package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.store.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rights of a person, as the database has them at this moment. Roles, bans and mutes are
/// checked here and nowhere else, in the transaction that acts.
public record Standing(
        Person person,
        Role role,
        boolean account,
        String status,
        @Nullable Long mutedUntil,
        String zone,
        boolean banned) {
    /// Holds for a person `p`; bans that are over are removed within a minute.
    public static final String NOT_BANNED =
            """
             NOT EXISTS (SELECT 1 FROM sanction b WHERE b.person_id = p.id AND b.kind = 'ban')
            """;

    private static final String SELECT =
            """
            SELECT p.id, p.name, p.hue, p.picture, p.role, p.status, p.muted_until, p.zone,
                EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id) AS account, NOT
            """
                    + NOT_BANNED
                    + " AS banned FROM person p WHERE ";

    /// The rights of a person.
    ///
    /// @throws io.natter.chat.domain.ChatException with `person_unknown`
    public static Standing of(Handle handle, String person) {
        return find(handle, person).orElseThrow(() -> ChatError.personUnknown().exception());
    }

    public static Optional<Standing> find(Handle handle, String person) {
        return handle.createQuery(SELECT + "p.id = ?")
                .bind(0, person)
                .map((row, _) -> standing(row))
                .findOne();
    }

    public static List<Standing> all(Handle handle, Collection<String> people) {
        return handle.createQuery(SELECT + "p.id IN (SELECT value FROM json_each(?))")
                .bind(0, Rows.json(people))
                .map((row, _) -> standing(row))
                .list();
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                Rows.person(row, ""),
                Role.of(row.getString("role")),
                row.getBoolean("account"),
                row.getString("status"),
                Rows.longOrNull(row, "muted_until"),
                row.getString("zone"),
                row.getBoolean("banned"));
    }

    /// A person who is about to write something that others see.
    ///
    /// @throws io.natter.chat.domain.ChatException with `muted` or `banned`
    static Standing writer(Write write, Person person) {
        Standing standing = of(write.handle(), person.id());
        if (standing.banned()) {
            throw ChatError.banned("").exception();
        }
        Long until = standing.mutedUntil();
        if (until != null && until > write.now()) {
            throw ChatError.muted(Duration.ofMillis(until - write.now())).exception();
        }
        return standing;
    }

    /// A person who must have a role.
    ///
    /// @throws io.natter.chat.domain.ChatException with `forbidden`
    public static Standing atLeast(Handle handle, Person person, Role role) {
        return find(handle, person.id())
                .filter(standing -> !standing.banned() && standing.role().atLeast(role))
                .orElseThrow(() -> ChatError.forbidden().exception());
    }

    /// The person whom a moderator acts on: one of a lower role.
    ///
    /// @throws io.natter.chat.domain.ChatException with `forbidden` or `person_unknown`
    Standing target(Handle handle, String person) {
        Standing target = of(handle, person);
        if (!role.atLeast(Role.MODERATOR) || target.role().atLeast(role)) {
            throw ChatError.forbidden().exception();
        }
        return target;
    }

    public Profile profile() {
        return new Profile(person, role, account, status, mutedUntil, zone);
    }

    /// Tells everybody what a person looks like now.
    public static Profile publish(Write write, String person) {
        Profile profile = of(write.handle(), person).profile();
        write.changed(new Change.ProfileChanged(profile));
        return profile;
    }
}
