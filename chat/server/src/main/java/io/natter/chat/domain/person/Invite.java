package io.natter.chat.domain.person;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A link that lets people sign up. Times are milliseconds since 1970.
///
/// @param id names it to [PlaceStore#revokeInvite]; not a credential
/// @param token null except right after it was made
/// @param maxUses how many people it lets in
/// @param used how many it has let in
public record Invite(
        String id,
        @Nullable InviteToken token,
        Person createdBy,
        long createdAt,
        long expiresAt,
        int maxUses,
        int used) {
    public static final Duration LONGEST = Duration.ofDays(30);
    public static final int MOST_USES = 100;

    /// Open invites of a place.
    public static final int MOST = 100;

    /// The public part of an invite, for people who have not joined yet.
    public record Offer(Person from, long expiresAt) {}

    /// Whether a time and a number of uses are allowed.
    public static Optional<String> fault(Duration lasts, int uses) {
        if (lasts.compareTo(Duration.ofMinutes(1)) < 0 || lasts.compareTo(LONGEST) > 0) {
            return Optional.of("An invite lasts from 1 minute to 30 days.");
        }
        return uses < 1 || uses > MOST_USES
                ? Optional.of("An invite lets from 1 to " + MOST_USES + " people in.")
                : Optional.empty();
    }
}
