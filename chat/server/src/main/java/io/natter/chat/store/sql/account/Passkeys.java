package io.natter.chat.store.sql.account;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.Passkey;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.person.SignInMethod;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.store.sql.AuditLog;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Standing;
import io.natter.chat.store.sql.Write;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The passkeys of accounts.
public final class Passkeys {
    private Passkeys() {}

    public static Optional<Passkey.Stored> find(Handle handle, String credential) {
        return handle.createQuery("SELECT * FROM passkey WHERE credential = ?")
                .bind(0, credential)
                .map(
                        (row, _) ->
                                new Passkey.Stored(
                                        row.getString("id"),
                                        row.getString("person_id"),
                                        passkey(row)))
                .findOne();
    }

    public static List<Passkey> of(Handle handle, Person person) {
        return handle.createQuery("SELECT * FROM passkey WHERE person_id = ? ORDER BY created_at")
                .bind(0, person.id())
                .map((row, _) -> passkey(row))
                .list();
    }

    private static Passkey passkey(ResultSet row) throws SQLException {
        return new Passkey(
                row.getString("credential"),
                row.getString("key"),
                row.getLong("counter"),
                row.getBoolean("verified"),
                row.getBoolean("backup_eligible"),
                row.getBoolean("backed_up"),
                row.getString("transports"));
    }

    public static boolean add(Write write, Person person, SignInMethod.WithPasskey added) {
        SignInMethodRows.checkNew(write.handle(), person, of(write.handle(), person).size());
        insert(write, person, added);
        AuditLog.add(write, "passkey_added", person, null, added.name());
        return true;
    }

    static void insert(Write write, Person person, SignInMethod.WithPasskey added) {
        Passkey passkey = added.passkey();
        if (find(write.handle(), passkey.credential()).isPresent()) {
            throw ChatError.passkeyKnown().exception();
        }
        write.handle()
                .execute(
                        """
                        INSERT INTO passkey (id, person_id, credential, key, counter, verified, backup_eligible,
                            backed_up, transports, name, created_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        RandomId.next(),
                        person.id(),
                        passkey.credential(),
                        passkey.key(),
                        passkey.counter(),
                        passkey.verified(),
                        passkey.backupEligible(),
                        passkey.backedUp(),
                        passkey.transports(),
                        added.name(),
                        write.now());
    }

    /// A copy of an authenticator has a counter that does not grow. The counter of many is always
    /// zero.
    public static boolean use(Write write, Passkey.Stored used, Passkey after) {
        int noted =
                write.handle()
                        .execute(
                                """
                                UPDATE passkey SET counter = ?, verified = ?, backed_up = ?, used_at = ?
                                WHERE id = ? AND (counter < ? OR (counter = 0 AND ? = 0))
                                """,
                                after.counter(),
                                after.verified(),
                                after.backedUp(),
                                write.now(),
                                used.id(),
                                after.counter(),
                                after.counter());
        if (noted == 0) {
            throw ChatError.passkeyRefused().exception();
        }
        return true;
    }

    public static SignedIn signIn(
            Write write,
            Passkey.Stored used,
            Passkey after,
            Client client,
            Optional<SessionToken> replaced) {
        Person person = Standing.of(write.handle(), used.person()).person();
        use(write, used, after);
        return Accounts.enter(write, person, client, replaced, ", by passkey");
    }

    public static boolean remove(Write write, Person person, String id) {
        Handle handle = write.handle();
        if (!Rows.exists(
                handle, "SELECT 1 FROM passkey WHERE id = ? AND person_id = ?", id, person.id())) {
            throw ChatError.methodUnknown().exception();
        }
        SignInMethodRows.checkRemoval(handle, person, false);
        handle.execute("DELETE FROM passkey WHERE id = ?", id);
        AuditLog.add(write, "passkey_removed", person, null, "");
        return true;
    }
}
