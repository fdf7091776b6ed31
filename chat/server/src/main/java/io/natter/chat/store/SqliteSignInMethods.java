package io.natter.chat.store;

import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.Identity;
import io.natter.chat.domain.person.Passkey;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.person.SignInMethod;
import io.natter.chat.domain.person.SignInMethodStore;
import io.natter.chat.domain.person.SignInMethods;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.store.sql.account.Identities;
import io.natter.chat.store.sql.account.Passkeys;
import io.natter.chat.store.sql.account.SignInMethodRows;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Passkeys and identities in the SQLite file.
final class SqliteSignInMethods implements SignInMethodStore {
    private final Transactions transactions;

    SqliteSignInMethods(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public SignInMethods of(Person person) {
        return transactions.read("methods", handle -> SignInMethodRows.of(handle, person));
    }

    @Override
    public Optional<Passkey.Stored> passkey(String credential) {
        return transactions.read("passkey", handle -> Passkeys.find(handle, credential));
    }

    @Override
    public List<Passkey> passkeys(Person person) {
        return transactions.read("passkeys", handle -> Passkeys.of(handle, person));
    }

    @Override
    public CompletableFuture<Boolean> addPasskey(Person person, SignInMethod.WithPasskey added) {
        return transactions.change("add passkey", write -> Passkeys.add(write, person, added));
    }

    @Override
    public CompletableFuture<Boolean> usePasskey(Passkey.Stored used, Passkey after) {
        return transactions.change("use passkey", write -> Passkeys.use(write, used, after));
    }

    @Override
    public CompletableFuture<SignedIn> signIn(
            Passkey.Stored used, Passkey after, Client client, Optional<SessionToken> replaced) {
        return transactions.change(
                "sign in", write -> Passkeys.signIn(write, used, after, client, replaced));
    }

    @Override
    public CompletableFuture<Boolean> removePasskey(Person person, String id) {
        return transactions.change("remove passkey", write -> Passkeys.remove(write, person, id));
    }

    @Override
    public Optional<String> holder(Identity identity) {
        return transactions.read("identity", handle -> Identities.holder(handle, identity));
    }

    @Override
    public CompletableFuture<SignedIn> signIn(
            Identity identity, Client client, Optional<SessionToken> replaced) {
        return transactions.change(
                "sign in", write -> Identities.signIn(write, identity, client, replaced));
    }

    @Override
    public CompletableFuture<Boolean> link(Person person, Identity identity) {
        return transactions.change("link", write -> Identities.link(write, person, identity));
    }

    @Override
    public CompletableFuture<Boolean> unlink(Person person, String id, boolean onlyIdentities) {
        return transactions.change(
                "unlink", write -> Identities.unlink(write, person, id, onlyIdentities));
    }
}
