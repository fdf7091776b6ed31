package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.room.RoomKind;
import io.natter.chat.domain.store.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The actions of moderators and owners on people and rooms, each noted in the audit log.
public final class Moderating {
    private Moderating() {}

    public static boolean setRole(Write write, Person by, String person, Role role) {
        Handle handle = write.handle();
        Person owner = Standing.atLeast(handle, by, Role.OWNER).person();
        Standing target = Standing.of(handle, person);
        if (!target.account()) {
            throw ChatError.accountNeeded().exception();
        }
        if (role == Role.GUEST) {
            throw ChatError.badRequest("An account is a member at least.").exception();
        }
        if (target.role() == role) {
            return true;
        }
        if (target.role() == Role.OWNER && Places.owners(handle) == 1) {
            throw ChatError.lastOwner().exception();
        }
        handle.execute("UPDATE person SET role = ? WHERE id = ?", role.id(), person);
        AuditLog.add(write, "role", owner, target.person(), role.id());
        Standing.publish(write, person);
        return true;
    }

    public static boolean kick(Write write, Person by, String person, String reason) {
        Handle handle = write.handle();
        Standing moderator = Standing.atLeast(handle, by, Role.MODERATOR);
        Standing target = moderator.target(handle, person);
        AuditLog.add(write, "kick", moderator.person(), target.person(), reason);
        endSessions(write, person, "", Change.End.KICKED, reason);
        return true;
    }

    public static boolean kickFrom(
            Write write, Person by, String person, String room, String reason) {
        Handle handle = write.handle();
        RoomAccess access = RoomAccess.member(handle, by, room);
        if (access.isGeneral() || access.kind() == RoomKind.DIRECT) {
            throw ChatError.notAllowed().exception();
        }
        Standing actor = Standing.of(handle, by.id());
        Standing target = Standing.of(handle, person);
        boolean outranked =
                actor.role().atLeast(Role.MODERATOR) && !target.role().atLeast(actor.role());
        boolean ownRoom = access.createdBy(by) && !target.role().atLeast(Role.MODERATOR);
        if (actor.banned() || person.equals(by.id()) || !(outranked || ownRoom)) {
            throw ChatError.forbidden().exception();
        }
        if (Rooms.remove(write, access, person)) {
            AuditLog.add(write, "room_kick", actor.person(), target.person(), room, null, reason);
        }
        return true;
    }

    public static boolean ban(
            Write write, Person by, String person, @Nullable Duration lasts, String reason) {
        Handle handle = write.handle();
        Standing moderator = Standing.atLeast(handle, by, Role.MODERATOR);
        Standing target = moderator.target(handle, person);
        Long ends = lasts == null ? null : write.now() + lasts.toMillis();
        Sanctions.put(
                write, new Sanctions.Sanction("ban", target, ends, reason, moderator.person()));
        AuditLog.add(write, "ban", moderator.person(), target.person(), reason);
        endSessions(write, person, "", Change.End.BANNED, reason);
        return true;
    }

    public static boolean unban(Write write, Person by, String person) {
        Person moderator = Standing.atLeast(write.handle(), by, Role.MODERATOR).person();
        Standing target = Standing.of(write.handle(), person);
        if (Sanctions.remove(write.handle(), "ban", person) > 0) {
            AuditLog.add(write, "unban", moderator, target.person(), "");
        }
        return true;
    }

    public static boolean mute(
            Write write, Person by, String person, Duration lasts, String reason) {
        Handle handle = write.handle();
        Standing moderator = Standing.atLeast(handle, by, Role.MODERATOR);
        Standing target = moderator.target(handle, person);
        boolean on = !lasts.isZero();
        Long until = on ? write.now() + lasts.toMillis() : null;
        handle.execute("UPDATE person SET muted_until = ? WHERE id = ?", until, person);
        if (on) {
            Sanctions.put(
                    write,
                    new Sanctions.Sanction("mute", target, until, reason, moderator.person()));
        } else {
            Sanctions.remove(handle, "mute", person);
        }
        AuditLog.add(write, on ? "mute" : "unmute", moderator.person(), target.person(), reason);
        Standing.publish(write, person);
        return true;
    }

    public static boolean removePicture(Write write, Person by, String person, String reason) {
        Handle handle = write.handle();
        Standing moderator = Standing.atLeast(handle, by, Role.MODERATOR);
        Standing target = moderator.target(handle, person);
        if (target.person().picture() != null) {
            PictureRows.delete(handle, person);
            AuditLog.add(write, "picture_removed", moderator.person(), target.person(), reason);
            Standing.publish(write, person);
        }
        return true;
    }

    public static boolean slow(Write write, Person by, String room, Duration pause) {
        Handle handle = write.handle();
        Person moderator = Standing.atLeast(handle, by, Role.MODERATOR).person();
        RoomAccess access = RoomAccess.open(handle, by, room);
        if (!access.kind().named()) {
            throw ChatError.notAllowed().exception();
        }
        handle.execute("UPDATE room SET slow_ms = ? WHERE id = ?", pause.toMillis(), room);
        AuditLog.add(write, "slow", moderator, null, room, null, pause.toSeconds() + " s");
        Members.tellAll(write, room, Set.of());
        return true;
    }

    /// Ends the sessions of a person, and publishes that.
    ///
    /// @param except the id of a session that goes on, or empty
    public static void endSessions(
            Write write, String person, String except, Change.End end, String detail) {
        List<String> ended =
                write.handle()
                        .createQuery(
                                "DELETE FROM session WHERE person_id = ? AND id <> ? RETURNING id")
                        .bind(0, person)
                        .bind(1, except)
                        .mapTo(String.class)
                        .collect(Collectors.toCollection(ArrayList::new));
        Sessions.ofBot(write.handle(), person).ifPresent(ended::add);
        if (!ended.isEmpty()) {
            write.changed(new Change.SessionsEnded(person, ended, end, detail));
        }
    }
}
