package io.natter.chat.domain.person;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Keeps accounts. Threads and errors are those of
/// [ChatStore][io.natter.chat.domain.store.ChatStore]. Passwords come and go as hashes only.
public interface AccountStore {

    /// The credentials of this name; empty if it has no account.
    Optional<Credentials> credentials(PersonName name);

    /// The credentials of a person.
    Optional<Credentials> credentials(Person person);

    /// Fails with what forbids this sign-up, before its password is hashed.
    void checkSignUp(@Nullable PersonName name, Optional<InviteToken> invite, boolean owner);

    /// Makes an account, of the guest of a session or of a new person, and opens a new session. The
    /// sessions that a guest had end. Fails with `name_taken`, `invite_unknown`, `invite_needed`,
    /// `banned`, `setup_done` or `account_exists`.
    CompletableFuture<SignedIn> signUp(SignUp signUp);

    /// Makes a person with an account the first owner. Fails with `setup_done` or `account_needed`.
    CompletableFuture<Profile> becomeOwner(Person person);

    /// Opens a session of an account whose password was right. Fails with `wrong_password` when it
    /// was changed meanwhile, and with `banned`.
    ///
    /// @param replaced the browser's session until now, which ends
    CompletableFuture<SignedIn> signIn(
            Credentials checked, Client client, Optional<SessionToken> replaced);

    /// Notes that somebody gave a wrong password for an account.
    void failedSignIn(Credentials account, Client client);

    /// Sets a new password, ends all sessions of the person and opens a new one. Fails with
    /// `wrong_password` when it was changed meanwhile.
    CompletableFuture<SignedIn> changePassword(
            Person person, Credentials checked, String hash, Client client);

    /// The person's sessions, the last used first.
    List<SessionInfo> sessions(Session asking);

    /// Ends a session of the person, and its sockets. Fails with `session_unknown`.
    CompletableFuture<Boolean> revoke(Session asking, String id);

    /// Changes what is not null: the name, the status and the time zone of the person. Fails with
    /// `name_taken` or `muted`.
    CompletableFuture<Profile> set(
            Person person,
            @Nullable PersonName name,
            @Nullable StatusText status,
            @Nullable ShownZone zone);

    /// Sets the language of the page for all browsers of the person. Fails with `account_needed`.
    CompletableFuture<Boolean> setLanguage(Person person, ChosenLanguage language);

    /// The public profile of a person. Fails with `person_unknown`.
    Profile profile(String person);

    /// The public profiles of several people, in any order; unknown ones are left out.
    List<Profile> profiles(List<String> people);
}
