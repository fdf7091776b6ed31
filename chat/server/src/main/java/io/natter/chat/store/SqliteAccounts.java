package io.natter.chat.store;

import io.natter.chat.domain.person.AccountStore;
import io.natter.chat.domain.person.ChosenLanguage;
import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.Credentials;
import io.natter.chat.domain.person.InviteToken;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionInfo;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.person.ShownZone;
import io.natter.chat.domain.person.SignUp;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.domain.person.StatusText;
import io.natter.chat.store.sql.Profiles;
import io.natter.chat.store.sql.account.Accounts;
import io.natter.chat.store.sql.account.OwnSessions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Accounts in the SQLite file.
final class SqliteAccounts implements AccountStore {
    private final Transactions transactions;
    private final InstantSource clock;

    SqliteAccounts(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Optional<Credentials> credentials(PersonName name) {
        return transactions.read("account", handle -> Accounts.credentials(handle, name));
    }

    @Override
    public Optional<Credentials> credentials(Person person) {
        return transactions.read("account", handle -> Accounts.credentials(handle, person));
    }

    @Override
    public void checkSignUp(
            @Nullable PersonName name, Optional<InviteToken> invite, boolean owner) {
        var _ =
                transactions.read(
                        "check sign-up",
                        handle -> Accounts.check(handle, name, invite, owner, clock.millis()));
    }

    @Override
    public CompletableFuture<SignedIn> signUp(SignUp signUp) {
        return transactions.change("sign up", write -> Accounts.signUp(write, signUp));
    }

    @Override
    public CompletableFuture<Profile> becomeOwner(Person person) {
        return transactions.change("set up", write -> Accounts.becomeOwner(write, person));
    }

    @Override
    public CompletableFuture<SignedIn> signIn(
            Credentials checked, Client client, Optional<SessionToken> replaced) {
        return transactions.change(
                "sign in", write -> Accounts.signIn(write, checked, client, replaced));
    }

    @Override
    public void failedSignIn(Credentials account, Client client) {
        var _ =
                transactions.change(
                        "failed sign-in", write -> Accounts.failed(write, account, client));
    }

    @Override
    public CompletableFuture<SignedIn> changePassword(
            Person person, Credentials checked, String hash, Client client) {
        return transactions.change(
                "password", write -> Accounts.changePassword(write, person, checked, hash, client));
    }

    @Override
    public List<SessionInfo> sessions(Session asking) {
        return transactions.read(
                "sessions", handle -> OwnSessions.list(handle, asking, clock.millis()));
    }

    @Override
    public CompletableFuture<Boolean> revoke(Session asking, String id) {
        return transactions.change("revoke", write -> OwnSessions.revoke(write, asking, id));
    }

    @Override
    public CompletableFuture<Profile> set(
            Person person,
            @Nullable PersonName name,
            @Nullable StatusText status,
            @Nullable ShownZone zone) {
        return transactions.change(
                "profile", write -> Profiles.set(write, person, name, status, zone));
    }

    @Override
    public CompletableFuture<Boolean> setLanguage(Person person, ChosenLanguage language) {
        return transactions.change(
                "language", write -> Profiles.setLanguage(write, person, language));
    }

    @Override
    public Profile profile(String person) {
        return transactions.read("profile", handle -> Profiles.one(handle, person));
    }

    @Override
    public List<Profile> profiles(List<String> people) {
        return transactions.read("profiles", handle -> Profiles.all(handle, people));
    }
}
