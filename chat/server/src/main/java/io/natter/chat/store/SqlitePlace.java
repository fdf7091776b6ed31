package io.natter.chat.store;

import io.natter.chat.domain.person.AuditEntry;
import io.natter.chat.domain.person.Banned;
import io.natter.chat.domain.person.Invite;
import io.natter.chat.domain.person.InviteToken;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Place;
import io.natter.chat.domain.person.PlaceStore;
import io.natter.chat.domain.person.Policy;
import io.natter.chat.domain.person.Role;
import io.natter.chat.store.sql.Invites;
import io.natter.chat.store.sql.Moderating;
import io.natter.chat.store.sql.ModeratorViews;
import io.natter.chat.store.sql.Places;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The place and its rules in the SQLite file.
final class SqlitePlace implements PlaceStore {
    private final Transactions transactions;
    private final InstantSource clock;

    SqlitePlace(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Place place() {
        return transactions.read("place", Places::place);
    }

    @Override
    public CompletableFuture<Place> setPolicy(Person by, Policy policy) {
        return transactions.change("policy", write -> Places.setPolicy(write, by, policy));
    }

    @Override
    public CompletableFuture<Boolean> setRole(Person by, String person, Role role) {
        return transactions.change("role", write -> Moderating.setRole(write, by, person, role));
    }

    @Override
    public CompletableFuture<Invite> invite(Person by, Duration lasts, int uses) {
        return transactions.change("invite", write -> Invites.create(write, by, lasts, uses));
    }

    @Override
    public List<Invite> invites(Person by) {
        return transactions.read(
                "invites", handle -> ModeratorViews.invites(handle, by, clock.millis()));
    }

    @Override
    public CompletableFuture<Boolean> revokeInvite(Person by, String id) {
        return transactions.change("revoke invite", write -> Invites.revoke(write, by, id));
    }

    @Override
    public Optional<Invite.Offer> offer(InviteToken token) {
        return transactions.read("offer", handle -> Invites.offer(handle, token, clock.millis()));
    }

    @Override
    public CompletableFuture<Boolean> kick(Person by, String person, String reason) {
        return transactions.change("kick", write -> Moderating.kick(write, by, person, reason));
    }

    @Override
    public CompletableFuture<Boolean> kickFrom(
            Person by, String person, String room, String reason) {
        return transactions.change(
                "kick from room", write -> Moderating.kickFrom(write, by, person, room, reason));
    }

    @Override
    public CompletableFuture<Boolean> ban(
            Person by, String person, @Nullable Duration lasts, String reason) {
        return transactions.change(
                "ban", write -> Moderating.ban(write, by, person, lasts, reason));
    }

    @Override
    public CompletableFuture<Boolean> unban(Person by, String person) {
        return transactions.change("unban", write -> Moderating.unban(write, by, person));
    }

    @Override
    public List<Banned> bans(Person by) {
        return transactions.read("bans", handle -> ModeratorViews.bans(handle, by, clock.millis()));
    }

    @Override
    public CompletableFuture<Boolean> mute(
            Person by, String person, Duration lasts, String reason) {
        return transactions.change(
                "mute", write -> Moderating.mute(write, by, person, lasts, reason));
    }

    @Override
    public CompletableFuture<Boolean> removePicture(Person by, String person, String reason) {
        return transactions.change(
                "remove picture", write -> Moderating.removePicture(write, by, person, reason));
    }

    @Override
    public CompletableFuture<Boolean> slow(Person by, String room, Duration pause) {
        return transactions.change("slow mode", write -> Moderating.slow(write, by, room, pause));
    }

    @Override
    public List<AuditEntry> audit(Person by, @Nullable Long before, int limit) {
        return transactions.read(
                "audit", handle -> ModeratorViews.audit(handle, by, before, limit));
    }
}
