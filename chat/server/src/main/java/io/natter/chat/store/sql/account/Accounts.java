package io.natter.chat.store.sql.account;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.Credentials;
import io.natter.chat.domain.person.Identity;
import io.natter.chat.domain.person.InviteToken;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Policy;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.person.SignInMethod;
import io.natter.chat.domain.person.SignUp;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.domain.person.Skeleton;
import io.natter.chat.domain.store.Change;
import io.natter.chat.store.sql.AuditLog;
import io.natter.chat.store.sql.Invites;
import io.natter.chat.store.sql.Members;
import io.natter.chat.store.sql.Moderating;
import io.natter.chat.store.sql.Names;
import io.natter.chat.store.sql.People;
import io.natter.chat.store.sql.Places;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Sanctions;
import io.natter.chat.store.sql.Sessions;
import io.natter.chat.store.sql.Standing;
import io.natter.chat.store.sql.Write;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Makes accounts, and opens their sessions.
public final class Accounts {
    private Accounts() {}

    /// The account that signed up with a name, or whose person has it now.
    public static Optional<Credentials> credentials(Handle handle, PersonName name) {
        return handle.createQuery(
                        """
                        SELECT a.person_id, a.password FROM account a JOIN person p ON p.id = a.person_id
                        WHERE (a.login_key = :key OR p.name_key = :key) AND a.password <> ''
                        ORDER BY a.login_key = :key DESC LIMIT 1
                        """)
                .bind("key", name.key())
                .map((row, _) -> new Credentials(row.getString(1), row.getString(2)))
                .findOne();
    }

    public static Optional<Credentials> credentials(Handle handle, Person person) {
        return handle.createQuery(
                        "SELECT person_id, password FROM account WHERE person_id = ? AND password <> ''")
                .bind(0, person.id())
                .map((row, _) -> new Credentials(row.getString(1), row.getString(2)))
                .findOne();
    }

    /// Refuses a sign-up that cannot succeed, before its password is hashed.
    public static boolean check(
            Handle handle,
            @Nullable PersonName name,
            Optional<InviteToken> invite,
            boolean owner,
            long now) {
        if (owner) {
            if (Places.owners(handle) > 0) {
                throw ChatError.setupDone().exception();
            }
            return true;
        }
        if (invite.isPresent() && Invites.offer(handle, invite.get(), now).isEmpty()) {
            throw ChatError.inviteUnknown().exception();
        }
        // A guest who is in may stay in.
        if (name != null && invite.isEmpty() && Places.policy(handle) == Policy.INVITE) {
            throw ChatError.inviteNeeded().exception();
        }
        return true;
    }

    public static SignedIn signUp(Write write, SignUp wanted) {
        Handle handle = write.handle();
        long now = write.now();
        Optional<Session> before =
                wanted.guest()
                        .flatMap(token -> Sessions.session(handle, token, now))
                        .map(found -> found.owner().session());
        Optional<Person> guest = guest(handle, wanted.name(), before);
        @Nullable PersonName name = guest.isPresent() ? null : wanted.name();
        check(handle, name, wanted.invite(), wanted.owner(), now);
        if (!wanted.owner()) {
            Sanctions.refuseBrowser(handle, wanted.client(), now);
            wanted.invite().ifPresent(invite -> Invites.use(write, invite));
        }
        Role role = wanted.owner() ? Role.OWNER : Role.MEMBER;
        Person person = guest.orElseGet(() -> newPerson(write, wanted, before));
        guest.ifPresent(it -> Moderating.endSessions(write, it.id(), "", Change.End.REPLACED, ""));
        insert(write, person, role, wanted.method());
        AuditLog.add(
                write,
                wanted.owner() ? "set_up" : "sign_up",
                person,
                null,
                null,
                wanted.client().address(),
                guest.isPresent() ? "guest" : "");
        SignedIn in = People.newSession(handle, person, wanted.client(), now);
        Standing.publish(write, person.id());
        if (wanted.owner()) {
            Places.publish(write);
        }
        return in;
    }

    /// The guest whose person the account is to have; empty for a new person.
    private static Optional<Person> guest(
            Handle handle, @Nullable PersonName name, Optional<Session> before) {
        Optional<Person> guest =
                before.map(Session::person)
                        .filter(it -> Standing.of(handle, it.id()).role() == Role.GUEST);
        if (name == null) {
            if (before.isEmpty()) {
                throw ChatError.noSession().exception();
            }
            return Optional.of(guest.orElseThrow(() -> ChatError.accountExists().exception()));
        }
        return guest.filter(
                it ->
                        Rows.exists(
                                handle,
                                "SELECT 1 FROM person WHERE id = ? AND name_key = ?",
                                it.id(),
                                name.key()));
    }

    private static Person newPerson(Write write, SignUp wanted, Optional<Session> before) {
        PersonName name = wanted.name();
        if (name == null) {
            throw ChatError.noSession().exception();
        }
        before.ifPresent(session -> replace(write, session));
        Names.free(write.handle(), name, "", write.now());
        @Nullable String id = wanted.id();
        Person person =
                People.insert(write.handle(), id == null ? RandomId.next() : id, name, write.now());
        Members.enterGeneral(write, person.id());
        return person;
    }

    private static void insert(Write write, Person person, Role role, SignInMethod method) {
        Handle handle = write.handle();
        String hash = method instanceof SignInMethod.WithPassword password ? password.hash() : "";
        handle.execute(
                """
                INSERT INTO account (person_id, login_key, skeleton, password, created_at, changed_at)
                SELECT id, name_key, ?, ?, ?, ? FROM person WHERE id = ?
                """,
                Skeleton.of(person.name()),
                hash,
                write.now(),
                write.now(),
                person.id());
        handle.execute("UPDATE person SET role = ? WHERE id = ?", role.id(), person.id());
        switch (method) {
            case SignInMethod.WithPassword _ -> {}
            case SignInMethod.WithPasskey added -> Passkeys.insert(write, person, added);
            case SignInMethod.WithIdentity(Identity identity) ->
                    Identities.insert(write, person, identity);
        }
    }

    public static Profile becomeOwner(Write write, Person person) {
        if (Places.owners(write.handle()) > 0) {
            throw ChatError.setupDone().exception();
        }
        Standing standing = Standing.of(write.handle(), person.id());
        if (!standing.account()) {
            throw ChatError.accountNeeded().exception();
        }
        write.handle().execute("UPDATE person SET role = 'owner' WHERE id = ?", person.id());
        AuditLog.add(write, "set_up", standing.person(), null, "");
        Places.publish(write);
        return Standing.publish(write, person.id());
    }

    public static SignedIn signIn(
            Write write, Credentials checked, Client client, Optional<SessionToken> replaced) {
        return enter(write, requireSame(write.handle(), checked), client, replaced, "");
    }

    /// Opens a session of a person who has proved who it is.
    ///
    /// @param by the way, for the audit log; empty for a password
    static SignedIn enter(
            Write write, Person person, Client client, Optional<SessionToken> replaced, String by) {
        Handle handle = write.handle();
        Sanctions.refusePerson(handle, person.id(), write.now());
        replaced.flatMap(token -> Sessions.session(handle, token, write.now()))
                .ifPresent(found -> replace(write, found.owner().session()));
        AuditLog.add(write, "sign_in", person, null, null, client.address(), client.label() + by);
        return People.newSession(handle, person, client, write.now());
    }

    public static boolean failed(Write write, Credentials account, Client client) {
        Standing.find(write.handle(), account.person())
                .ifPresent(
                        it ->
                                AuditLog.add(
                                        write,
                                        "sign_in_failed",
                                        null,
                                        it.person(),
                                        null,
                                        client.address(),
                                        client.label()));
        return true;
    }

    public static SignedIn changePassword(
            Write write, Person person, Credentials checked, String hash, Client client) {
        Handle handle = write.handle();
        Person now = requireSame(handle, checked);
        handle.execute(
                "UPDATE account SET password = ?, changed_at = ? WHERE person_id = ?",
                hash,
                write.now(),
                person.id());
        Moderating.endSessions(write, person.id(), "", Change.End.REPLACED, "");
        AuditLog.add(write, "password", now, null, null, client.address(), "");
        return People.newSession(handle, now, client, write.now());
    }

    /// The person of an account whose password has not changed since it was checked.
    private static Person requireSame(Handle handle, Credentials checked) {
        if (!Rows.exists(
                handle,
                "SELECT 1 FROM account WHERE person_id = ? AND password = ?",
                checked.person(),
                checked.hash())) {
            throw ChatError.wrongPassword().exception();
        }
        return Standing.of(handle, checked.person()).person();
    }

    /// The same browser gets another session.
    private static void replace(Write write, Session session) {
        write.handle().execute("DELETE FROM session WHERE id = ?", session.id());
        write.changed(
                new Change.SessionsEnded(
                        session.person().id(), List.of(session.id()), Change.End.REPLACED, ""));
        People.forgetIfUnused(write.handle(), session.person().id());
    }
}
