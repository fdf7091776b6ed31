package io.natter.chat.store.sql.account;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.SignInMethods;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Standing;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// All ways of a person to sign in.
public final class SignInMethodRows {
    private SignInMethodRows() {}

    public static SignInMethods of(Handle handle, Person person) {
        return new SignInMethods(
                hasPassword(handle, person),
                entries(handle, person, "SELECT id, name, created_at, used_at FROM passkey"),
                entries(handle, person, "SELECT id, label, created_at, used_at FROM identity"));
    }

    private static boolean hasPassword(Handle handle, Person person) {
        return Rows.exists(
                handle,
                "SELECT 1 FROM account WHERE person_id = ? AND password <> ''",
                person.id());
    }

    private static List<SignInMethods.Entry> entries(Handle handle, Person person, String select) {
        return handle.createQuery(select + " WHERE person_id = ? ORDER BY created_at, id")
                .bind(0, person.id())
                .map(
                        (row, _) ->
                                new SignInMethods.Entry(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getLong(3),
                                        Rows.longOrNull(row, "used_at")))
                .list();
    }

    /// Only an account has passkeys and identities, and only so many.
    ///
    /// @param present those that it has already
    static void checkNew(Handle handle, Person person, int present) {
        if (!Standing.of(handle, person.id()).account()) {
            throw ChatError.accountNeeded().exception();
        }
        if (present >= SignInMethods.MOST) {
            throw ChatError.tooManyMethods(SignInMethods.MOST).exception();
        }
    }

    /// Refuses to remove one method if it is the last.
    static void checkRemoval(Handle handle, Person person, boolean onlyIdentities) {
        SignInMethods methods = of(handle, person);
        int left = methods.identities().size();
        if (!onlyIdentities) {
            left += methods.passkeys().size() + (methods.password() ? 1 : 0);
        }
        if (left <= 1) {
            throw ChatError.lastMethod().exception();
        }
    }
}
