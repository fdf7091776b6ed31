package io.natter.chat.events;

import static io.natter.chat.events.Fields.limit;
import static io.natter.chat.events.Fields.need;
import static io.natter.chat.events.Fields.oneOf;

import io.natter.chat.access.PersonLimits.Kind;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.AuditEntry;
import io.natter.chat.domain.person.ChosenLanguage;
import io.natter.chat.domain.person.Invite;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Policy;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.person.ShownZone;
import io.natter.chat.domain.person.StatusText;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.wire.WireAccounts;
import io.natter.chat.wire.WireRooms;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events about one's own profile and about the place: who may join, roles, invites, and what
/// moderators look at. Whether somebody may, the store checks.
final class PlaceHandlers {
    private static final int PAGE = 50;

    private final ChatStore store;

    PlaceHandlers(ChatStore store) {
        this.store = store;
    }

    void listen(ConnectedClient client) {
        settings(client, client.me());
        invites(client, client.me());
        views(client, client.me());
    }

    private void settings(ConnectedClient client, Person me) {
        client.act(
                "me.set",
                WireAccounts.MeSet.class,
                Kind.ROOM,
                in ->
                        store.accounts()
                                .set(me, name(in.name()), status(in.status()), zone(in.zone())),
                profile -> new WireAccounts.OneProfile(true, WireAccounts.profile(profile)));
        client.act(
                "me.language",
                WireAccounts.Language.class,
                Kind.ROOM,
                in ->
                        store.accounts()
                                .setLanguage(
                                        me, ChosenLanguage.of(need(in.language(), "language"))),
                WireRooms.Done::new);
        client.act(
                "place.set",
                WireAccounts.PlaceSet.class,
                Kind.ROOM,
                in -> store.place().setPolicy(me, oneOf(Policy::of, in.policy(), "policy")),
                place -> new WireAccounts.OnePlace(true, WireAccounts.place(place)));
        client.act(
                "role.set",
                WireAccounts.RoleSet.class,
                Kind.ROOM,
                in ->
                        store.place()
                                .setRole(
                                        me,
                                        need(in.person(), "person"),
                                        oneOf(Role::of, in.role(), "role")),
                WireRooms.Done::new);
    }

    private void invites(ConnectedClient client, Person me) {
        client.act(
                "invite.create",
                WireAccounts.InviteCreate.class,
                Kind.ROOM,
                in -> {
                    Duration lasts = Duration.ofMillis(need(in.expiresInMs(), "expires_in_ms"));
                    int uses = need(in.uses(), "uses");
                    Invite.fault(lasts, uses)
                            .ifPresent(
                                    fault -> {
                                        throw ChatError.badRequest(fault).exception();
                                    });
                    return store.place().invite(me, lasts, uses);
                },
                invite -> new WireAccounts.OneInvite(true, WireAccounts.invite(invite)));
        client.act(
                "invite.revoke",
                WireAccounts.OneId.class,
                Kind.ROOM,
                in -> store.place().revokeInvite(me, need(in.id(), "id")),
                WireRooms.Done::new);
    }

    private void views(ConnectedClient client, Person me) {
        client.ask(
                "invites",
                WireAccounts.Nothing.class,
                Kind.LOOK,
                _ ->
                        new WireAccounts.Invites(
                                true,
                                store.place().invites(me).stream()
                                        .map(WireAccounts::invite)
                                        .toList()));
        client.ask(
                "bans",
                WireAccounts.Nothing.class,
                Kind.LOOK,
                _ -> new WireAccounts.Bans(true, store.place().bans(me)));
        client.ask(
                "audit",
                WireAccounts.Audit.class,
                Kind.LOOK,
                in -> {
                    int most = Math.clamp(limit(in.limit(), PAGE), 1, AuditEntry.MAX - 1);
                    List<AuditEntry> page = store.place().audit(me, in.before(), most + 1);
                    boolean more = page.size() > most;
                    return new WireAccounts.AuditPage(
                            true, more ? page.subList(0, most) : page, more);
                });
    }

    private static @Nullable PersonName name(@Nullable String typed) {
        return typed == null ? null : PersonName.of(typed);
    }

    private static @Nullable ShownZone zone(@Nullable String id) {
        return id == null ? null : ShownZone.of(id);
    }

    private static @Nullable StatusText status(@Nullable String typed) {
        return typed == null ? null : StatusText.of(typed);
    }
}
