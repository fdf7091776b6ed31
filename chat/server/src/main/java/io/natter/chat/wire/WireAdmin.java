package io.natter.chat.wire;

import static io.natter.chat.wire.WireMessages.orAbsent;

import io.natter.chat.domain.admin.AdminPerson;
import io.natter.chat.domain.admin.AdminRoom;
import io.natter.chat.domain.admin.AdminSession;
import io.natter.chat.domain.admin.PlaceTotals;
import io.natter.chat.domain.admin.Retention;
import io.natter.chat.domain.person.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The requests and answers of the admin page, and the event about removed messages.
public final class WireAdmin {
    private WireAdmin() {}

    // ---- requests

    public record People(
            @Nullable String q,
            @Nullable String role,
            @Nullable Integer skip,
            @Nullable Integer limit) {}

    public record OnePerson(@Nullable String person) {}

    public record Archive(@Nullable String room, @Nullable Boolean on) {}

    public record Delete(@Nullable String person, @Nullable Boolean messages) {}

    public record Retain(@Nullable String room, @Nullable Integer days) {}

    // ---- answers

    /// A person in the list of all people.
    ///
    /// @param seenAt null without a session
    public record PersonRow(
            String id,
            String name,
            int hue,
            @Nullable String picture,
            String role,
            @Nullable Boolean account,
            @Nullable Long mutedUntil,
            @Nullable Boolean banned,
            boolean online,
            long joinedAt,
            @Nullable Long seenAt,
            long sessions) {}

    public record PeoplePage(boolean ok, List<PersonRow> people, boolean more) {}

    public record Rooms(boolean ok, List<AdminRoom> rooms) {}

    public record SessionRow(
            String id,
            Person person,
            String label,
            @Nullable String address,
            long createdAt,
            long usedAt,
            @Nullable Boolean mine) {}

    public record Sessions(boolean ok, List<SessionRow> sessions) {}

    public record Deleted(boolean ok, long messages) {}

    /// The state of the server.
    ///
    /// @param freeBytes null if it is unknown
    public record Status(
            boolean ok,
            @Nullable String trouble,
            PlaceTotals totals,
            long databaseBytes,
            @Nullable Long freeBytes,
            @Nullable Long lastBackupAt,
            long online,
            long sockets,
            long waitingWrites,
            long startedAt,
            boolean adminUi,
            List<Setting> settings,
            List<Limit> limits) {}

    /// A setting that is in force.
    ///
    /// @param source the place where it was set; null for the default
    public record Setting(String name, String value, @Nullable String source) {}

    public record Limit(String name, String value) {}

    /// How long the messages of a room are kept.
    ///
    /// @param days null for ever
    public record Kept(String room, @Nullable Integer days, long firstSeq) {}

    public static PeoplePage people(List<AdminPerson> found, int limit, Set<String> online) {
        boolean more = found.size() > limit;
        return new PeoplePage(
                true, found.stream().limit(limit).map(each -> person(each, online)).toList(), more);
    }

    private static PersonRow person(AdminPerson each, Set<String> online) {
        Person person = each.profile().person();
        return new PersonRow(
                person.id(),
                person.name(),
                person.hue(),
                person.picture(),
                each.profile().role().id(),
                orAbsent(each.profile().account()),
                each.profile().mutedUntil(),
                orAbsent(each.banned()),
                online.contains(person.id()),
                each.joinedAt(),
                each.seenAt(),
                each.sessions());
    }

    /// The sessions as the owner sees them.
    ///
    /// @param own the id of the session that asks
    public static Sessions sessions(List<AdminSession> found, String own) {
        return new Sessions(
                true,
                found.stream()
                        .map(
                                each ->
                                        new SessionRow(
                                                each.id(),
                                                each.person(),
                                                each.label(),
                                                each.address(),
                                                each.createdAt(),
                                                each.usedAt(),
                                                orAbsent(each.id().equals(own))))
                        .toList());
    }

    public static Kept kept(Retention retention) {
        return new Kept(retention.room(), retention.days(), retention.firstSeq());
    }

    /// By the ids of the rooms; null for none.
    public static @Nullable Map<String, Kept> kept(List<Retention> retentions) {
        if (retentions.isEmpty()) {
            return null;
        }
        Map<String, Kept> kept = new HashMap<>();
        retentions.forEach(each -> kept.put(each.room(), kept(each)));
        return kept;
    }
}
