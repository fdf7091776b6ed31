package io.natter.chat.wire;

import io.natter.chat.domain.person.AuditEntry;
import io.natter.chat.domain.person.Banned;
import io.natter.chat.domain.person.Invite;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Place;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.person.SessionInfo;
import io.natter.chat.domain.store.Change;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Accounts, roles and moderation: what clients send, and the answers and events that carry them.
public final class WireAccounts {
    private WireAccounts() {}

    // ---- requests over HTTP

    public record SignUp(
            @Nullable String name,
            @Nullable String password,
            @Nullable String device,
            @Nullable String invite,
            @Nullable String setup) {
        /// Without what is secret.
        @Override
        public String toString() {
            return "SignUp[" + name + "]";
        }
    }

    public record Login(@Nullable String name, @Nullable String password, @Nullable String device) {
        /// Without what is secret.
        @Override
        public String toString() {
            return "Login[" + name + "]";
        }
    }

    public record NewPassword(
            @Nullable String oldPassword, @Nullable String password, @Nullable String device) {
        /// Without what is secret.
        @Override
        public String toString() {
            return "NewPassword[hidden]";
        }
    }

    public record SetUp(@Nullable String setup) {
        /// Without what is secret.
        @Override
        public String toString() {
            return "SetUp[hidden]";
        }
    }

    public record Invited(@Nullable String invite) {}

    public record OneId(@Nullable String id) {}

    // ---- requests over Socket.IO

    public record MeSet(@Nullable String name, @Nullable String status, @Nullable String zone) {}

    /// The request `me.language`.
    ///
    /// @param language the tag of a language; empty for that of each browser
    public record Language(@Nullable String language) {}

    public record PlaceSet(@Nullable String policy) {}

    public record RoleSet(@Nullable String person, @Nullable String role) {}

    public record InviteCreate(@Nullable Long expiresInMs, @Nullable Integer uses) {}

    /// The events of moderators about one person, or one room.
    public record Moderate(
            @Nullable String person,
            @Nullable String room,
            @Nullable Long forMs,
            @Nullable String reason) {}

    public record Slow(@Nullable String room, @Nullable Long ms) {}

    public record Audit(@Nullable Long before, @Nullable Integer limit) {}

    public record Nothing() {}

    // ---- answers and events

    public record PlaceOut(String policy, boolean owned) {}

    /// The answer to a person without a session.
    public record Nobody(WireErrors.Err err, PlaceOut place) {}

    public record Offer(String from, long expiresAt) {}

    public record Sessions(List<SessionInfo> sessions) {}

    /// A person with everything that others may see.
    public record ProfileOut(
            String id,
            String name,
            int hue,
            @Nullable String picture,
            String role,
            @Nullable Boolean account,
            @Nullable String status,
            @Nullable Long mutedUntil,
            @Nullable String zone) {
        /// The field `bot`: true, or absent.
        public @Nullable Boolean getBot() {
            return WireMessages.orAbsent(Person.isBot(id));
        }
    }

    public record InviteOut(
            String id,
            @Nullable String token,
            Person createdBy,
            long createdAt,
            long expiresAt,
            int maxUses,
            int used) {}

    public record OneInvite(boolean ok, InviteOut invite) {}

    public record Invites(boolean ok, List<InviteOut> invites) {}

    public record Bans(boolean ok, List<Banned> people) {}

    public record AuditPage(boolean ok, List<AuditEntry> entries, boolean more) {}

    public record OneProfile(boolean ok, ProfileOut person) {}

    public record OnePlace(boolean ok, PlaceOut place) {}

    public record Ended(String reason, @Nullable String detail) {}

    public static PlaceOut place(Place place) {
        return new PlaceOut(place.policy().id(), place.owned());
    }

    public static Offer offer(Invite.Offer offer) {
        return new Offer(offer.from().name(), offer.expiresAt());
    }

    public static Sessions sessions(List<SessionInfo> sessions) {
        return new Sessions(sessions);
    }

    public static ProfileOut profile(Profile profile) {
        Person person = profile.person();
        return new ProfileOut(
                person.id(),
                person.name(),
                person.hue(),
                person.picture(),
                profile.role().id(),
                WireMessages.orAbsent(profile.account()),
                profile.status().isEmpty() ? null : profile.status(),
                profile.mutedUntil(),
                profile.zone().isEmpty() ? null : profile.zone());
    }

    public static InviteOut invite(Invite invite) {
        return new InviteOut(
                invite.id(),
                invite.token() == null ? null : invite.token().secret(),
                invite.createdBy(),
                invite.createdAt(),
                invite.expiresAt(),
                invite.maxUses(),
                invite.used());
    }

    public static Ended ended(Change.SessionsEnded ended) {
        return new Ended(
                ended.end().name().toLowerCase(Locale.ROOT),
                ended.detail().isEmpty() ? null : ended.detail());
    }
}
