package io.natter.chat.store.sql.account;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.Identity;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.store.sql.AuditLog;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Standing;
import io.natter.chat.store.sql.Write;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The identities of accounts at OpenID Connect providers.
public final class Identities {
    private Identities() {}

    public static Optional<String> holder(Handle handle, Identity identity) {
        return handle.createQuery("SELECT person_id FROM identity WHERE issuer = ? AND subject = ?")
                .bind(0, identity.issuer())
                .bind(1, identity.subject())
                .mapTo(String.class)
                .findOne();
    }

    public static boolean link(Write write, Person person, Identity identity) {
        Handle handle = write.handle();
        SignInMethodRows.checkNew(
                handle, person, SignInMethodRows.of(handle, person).identities().size());
        insert(write, person, identity);
        AuditLog.add(write, "identity_added", person, null, identity.issuer());
        return true;
    }

    static void insert(Write write, Person person, Identity identity) {
        if (holder(write.handle(), identity).isPresent()) {
            throw ChatError.identityTaken().exception();
        }
        write.handle()
                .execute(
                        """
                        INSERT INTO identity (id, person_id, issuer, subject, label, created_at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                        RandomId.next(),
                        person.id(),
                        identity.issuer(),
                        identity.subject(),
                        identity.label(),
                        write.now());
    }

    public static SignedIn signIn(
            Write write, Identity identity, Client client, Optional<SessionToken> replaced) {
        Handle handle = write.handle();
        String id = holder(handle, identity).orElseThrow(() -> ChatError.noAccount().exception());
        handle.execute(
                "UPDATE identity SET used_at = ?, label = ? WHERE issuer = ? AND subject = ?",
                write.now(),
                identity.label(),
                identity.issuer(),
                identity.subject());
        Person person = Standing.of(handle, id).person();
        return Accounts.enter(write, person, client, replaced, ", by OpenID Connect");
    }

    public static boolean unlink(Write write, Person person, String id, boolean onlyIdentities) {
        Handle handle = write.handle();
        if (!Rows.exists(
                handle, "SELECT 1 FROM identity WHERE id = ? AND person_id = ?", id, person.id())) {
            throw ChatError.methodUnknown().exception();
        }
        SignInMethodRows.checkRemoval(handle, person, onlyIdentities);
        handle.execute("DELETE FROM identity WHERE id = ?", id);
        AuditLog.add(write, "identity_removed", person, null, "");
        return true;
    }
}
