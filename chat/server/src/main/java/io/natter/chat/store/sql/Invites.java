package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Invite;
import io.natter.chat.domain.person.InviteToken;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Links that let people sign up. Times are milliseconds since 1970.
public final class Invites {
    /// Letters of the hash that name an invite to its owner.
    private static final int ID = 16;

    private static final String VALID =
            " i.revoked_at IS NULL AND i.expires_at > :now AND i.used < i.max_uses ";

    private Invites() {}

    public static Invite create(Write write, Person by, Duration lasts, int uses) {
        Handle handle = write.handle();
        Person from = Standing.atLeast(handle, by, Role.MODERATOR).person();
        if (list(handle, write.now()).size() >= Invite.MOST) {
            throw ChatError.tooManyInvites(Invite.MOST).exception();
        }
        InviteToken token = InviteToken.random();
        long expires = write.now() + lasts.toMillis();
        handle.execute(
                """
                INSERT INTO invite (id, created_by, created_at, expires_at, max_uses)
                VALUES (?, ?, ?, ?, ?)
                """,
                token.hash(),
                by.id(),
                write.now(),
                expires,
                uses);
        AuditLog.add(write, "invite", from, null, uses + " uses, " + lasts.toHours() + " h");
        return new Invite(
                token.hash().substring(0, ID), token, from, write.now(), expires, uses, 0);
    }

    public static List<Invite> list(Handle handle, long now) {
        return handle.createQuery(
                        """
                        SELECT substr(i.id, 1, %d) AS short, i.created_at, i.expires_at, i.max_uses, i.used,
                            p.id, p.name, p.hue, p.picture
                        FROM invite i JOIN person p ON p.id = i.created_by WHERE %s
                        ORDER BY i.created_at DESC, i.id
                        """
                                .formatted(ID, VALID))
                .bind("now", now)
                .map(
                        (row, _) ->
                                new Invite(
                                        row.getString("short"),
                                        null,
                                        Rows.person(row, ""),
                                        row.getLong("created_at"),
                                        row.getLong("expires_at"),
                                        row.getInt("max_uses"),
                                        row.getInt("used")))
                .list();
    }

    public static boolean revoke(Write write, Person by, String id) {
        Handle handle = write.handle();
        Standing.atLeast(handle, by, Role.MODERATOR);
        int revoked =
                handle.execute(
                        "UPDATE invite SET revoked_at = ? WHERE substr(id, 1, ?) = ? AND revoked_at IS NULL",
                        write.now(),
                        ID,
                        id);
        if (revoked > 0) {
            AuditLog.add(write, "invite_revoked", by, null, "");
        }
        return true;
    }

    public static Optional<Invite.Offer> offer(Handle handle, InviteToken token, long now) {
        return handle.createQuery(
                        """
                        SELECT i.expires_at, p.id, p.name, p.hue, p.picture
                        FROM invite i JOIN person p ON p.id = i.created_by WHERE i.id = :id AND
                        """
                                + VALID)
                .bind("id", token.hash())
                .bind("now", now)
                .map((row, _) -> new Invite.Offer(Rows.person(row, ""), row.getLong("expires_at")))
                .findOne();
    }

    /// Lets one person in by an invite. There is one writer, so no use is counted twice or missed.
    ///
    /// @throws io.natter.chat.domain.ChatException with `invite_unknown`
    public static void use(Write write, InviteToken token) {
        int used =
                write.handle()
                        .createUpdate(
                                "UPDATE invite AS i SET used = used + 1 WHERE i.id = :id AND "
                                        + VALID)
                        .bind("id", token.hash())
                        .bind("now", write.now())
                        .execute();
        if (used == 0) {
            throw ChatError.inviteUnknown().exception();
        }
    }
}
