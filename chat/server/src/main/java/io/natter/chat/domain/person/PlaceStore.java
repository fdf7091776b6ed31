package io.natter.chat.domain.person;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Keeps who may join and who may do what. Threads and errors are those of
/// [ChatStore][io.natter.chat.domain.store.ChatStore]. Every method checks the role of the person
/// who asks in the transaction that acts, and fails with `forbidden`.
public interface PlaceStore {
    Place place();

    /// Sets who may join. Owners.
    CompletableFuture<Place> setPolicy(Person by, Policy policy);

    /// Gives a role. Owners. Fails with `account_needed` for a guest, and with `last_owner`.
    CompletableFuture<Boolean> setRole(Person by, String person, Role role);

    /// Makes an invite. Moderators.
    CompletableFuture<Invite> invite(Person by, Duration lasts, int uses);

    /// The invites that still let people in, the newest first. Moderators.
    List<Invite> invites(Person by);

    /// Ends an invite. Moderators.
    CompletableFuture<Boolean> revokeInvite(Person by, String id);

    /// The offer of an invite; empty if it does not work any more.
    Optional<Invite.Offer> offer(InviteToken token);

    /// Ends the sessions of a person of a lower role, who may come back. Moderators.
    CompletableFuture<Boolean> kick(Person by, String person, String reason);

    /// Takes a person of a lower role out of a room. Moderators, and the creator of the room.
    CompletableFuture<Boolean> kickFrom(Person by, String person, String room, String reason);

    /// Ends the sessions of a person of a lower role, who may not come back: the account, and for
    /// guests the browser and the address. Moderators.
    ///
    /// @param lasts null for a ban without an end
    CompletableFuture<Boolean> ban(
            Person by, String person, @Nullable Duration lasts, String reason);

    /// Takes a ban back. Moderators.
    CompletableFuture<Boolean> unban(Person by, String person);

    /// People who are banned, the last first. Moderators.
    List<Banned> bans(Person by);

    /// Keeps a person of a lower role from writing for a time; zero lets them write again.
    /// Moderators.
    CompletableFuture<Boolean> mute(Person by, String person, Duration lasts, String reason);

    /// Removes the picture of a person of a lower role. Moderators.
    CompletableFuture<Boolean> removePicture(Person by, String person, String reason);

    /// Sets how long people below moderator wait between two messages in a room; zero for no wait.
    /// Moderators who are members of the room.
    CompletableFuture<Boolean> slow(Person by, String room, Duration pause);

    /// The audit log, the newest first. Moderators.
    ///
    /// @param before the id of the last entry that the client has; null for the newest
    List<AuditEntry> audit(Person by, @Nullable Long before, int limit);
}
