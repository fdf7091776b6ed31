package io.natter.chat.wire;

import static io.natter.chat.wire.WireMessages.orAbsent;

import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.room.CreatedRoom;
import io.natter.chat.domain.room.MemberList;
import io.natter.chat.domain.room.PublicRoom;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.store.Change;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rooms and people, and the answers and events that carry them.
public final class WireRooms {
    private WireRooms() {}

    public record Head(
            String id,
            String kind,
            @Nullable String slug,
            String name,
            @Nullable String topic,
            long lastSeq,
            long lastVer,
            long readSeq,
            long unread,
            long mentions,
            String level,
            @Nullable List<Person> people,
            @Nullable Boolean archived,
            @Nullable Boolean mine,
            @Nullable Long slowMs) {}

    public record Limits(int message, int name, int topic, int roomName) {}

    public record Welcome(
            boolean ok,
            String epoch,
            Person me,
            WireAccounts.ProfileOut you,
            @Nullable String language,
            WireAccounts.PlaceOut place,
            long meVer,
            long now,
            Limits limits,
            List<Head> rooms,
            Map<String, WireMessages.DeltaOut> delta,
            List<Person> online,
            int count,
            @Nullable String trouble,
            @Nullable Map<String, WireAdmin.Kept> kept) {}

    public record Done(boolean ok) {}

    public record OneRoom(boolean ok, Head room, @Nullable Boolean dup) {}

    public record FoundRooms(boolean ok, List<FoundRoom> rooms) {}

    public record FoundRoom(
            String id,
            String slug,
            String name,
            @Nullable String topic,
            long members,
            boolean joined) {}

    public record Read(boolean ok, long readSeq) {}

    public record PersonOnline(
            String id,
            String name,
            int hue,
            @Nullable String picture,
            boolean online,
            @Nullable String role,
            @Nullable Boolean account,
            @Nullable String status,
            @Nullable Long mutedUntil,
            @Nullable String zone) {
        /// The field `bot`: true, or absent.
        public @Nullable Boolean getBot() {
            return orAbsent(Person.isBot(id));
        }
    }

    public record Members(boolean ok, List<PersonOnline> people, long count, long online) {}

    public record People(boolean ok, List<PersonOnline> people) {}

    /// `me.ev`, which has only the fields of its kind.
    public record MeEv(
            long ver,
            String kind,
            String room,
            @Nullable Head head,
            @Nullable Long readSeq,
            @Nullable Long unread,
            @Nullable Long mentions,
            @Nullable String level) {}

    public record Presence(int count, List<Person> joined, List<Person> left) {}

    public record Typing(String room, Person who) {}

    public record Closing(long inMs) {}

    public record StoreOut(@Nullable String trouble) {}

    public record Me(Person me) {}

    public static Head head(RoomHead head) {
        return new Head(
                head.id(),
                head.kind().id(),
                head.slug(),
                head.name(),
                head.topic().isEmpty() ? null : head.topic(),
                head.lastSeq(),
                head.lastVer(),
                head.readSeq(),
                head.unread(),
                head.mentions(),
                head.level().id(),
                orAbsent(head.people()),
                orAbsent(head.archived()),
                orAbsent(head.mine()),
                head.slowMs() == 0 ? null : head.slowMs());
    }

    public static OneRoom created(CreatedRoom room) {
        return new OneRoom(true, head(room.head()), orAbsent(room.dup()));
    }

    public static FoundRooms found(List<PublicRoom> rooms) {
        return new FoundRooms(
                true,
                rooms.stream()
                        .map(
                                room ->
                                        new FoundRoom(
                                                room.id(),
                                                room.slug(),
                                                room.name(),
                                                room.topic().isEmpty() ? null : room.topic(),
                                                room.members(),
                                                room.joined()))
                        .toList());
    }

    /// The answer to `members`.
    ///
    /// @param profiles by the ids of the people
    /// @param online ids of the people who are online
    public static Members members(
            MemberList list, Map<String, Profile> profiles, Set<String> online) {
        return new Members(
                true, people(list.people(), profiles, online), list.count(), list.online());
    }

    /// People, each with role and status, and with whether they are online.
    ///
    /// @param profiles by the ids of the people
    /// @param online ids of the people who are online
    public static List<PersonOnline> people(
            List<Person> people, Map<String, Profile> profiles, Set<String> online) {
        return people.stream()
                .map(p -> person(p, profiles.get(p.id()), online.contains(p.id())))
                .toList();
    }

    private static PersonOnline person(Person p, @Nullable Profile profile, boolean online) {
        if (profile == null) {
            return new PersonOnline(
                    p.id(), p.name(), p.hue(), p.picture(), online, null, null, null, null, null);
        }
        return new PersonOnline(
                p.id(),
                p.name(),
                p.hue(),
                p.picture(),
                online,
                profile.role().id(),
                orAbsent(profile.account()),
                profile.status().isEmpty() ? null : profile.status(),
                profile.mutedUntil(),
                profile.zone().isEmpty() ? null : profile.zone());
    }

    /// `me.ev` of one of its kinds.
    public static Object meEv(Change.OfPerson change) {
        return switch (change) {
            case Change.RoomChanged c ->
                    new MeEv(c.ver(), "room", c.room(), head(c.head()), null, null, null, null);
            case Change.RoomLeft c ->
                    new MeEv(c.ver(), "left", c.room(), null, null, null, null, null);
            case Change.ReadMoved c ->
                    new MeEv(
                            c.ver(),
                            "read",
                            c.room(),
                            null,
                            c.state().readSeq(),
                            c.state().unread(),
                            c.state().mentions(),
                            null);
            case Change.LevelSet c ->
                    new MeEv(c.ver(), "level", c.room(), null, null, null, null, c.level().id());
            case Change.SavedChanged c -> WirePersonal.changed(c);
            case Change.ScheduledChanged c -> WirePersonal.changed(c);
        };
    }
}
