package io.natter.chat.store.sql.integration;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.integration.Bot;
import io.natter.chat.domain.integration.Secret;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.store.Change;
import io.natter.chat.store.sql.AuditLog;
import io.natter.chat.store.sql.Console;
import io.natter.chat.store.sql.Members;
import io.natter.chat.store.sql.Names;
import io.natter.chat.store.sql.People;
import io.natter.chat.store.sql.RoomAccess;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Sessions;
import io.natter.chat.store.sql.Standing;
import io.natter.chat.store.sql.Used;
import io.natter.chat.store.sql.Write;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// People for whom programs speak. Times are milliseconds since 1970.
public final class Bots {
    private static final String IS_BOT = " b.room_id IS NULL AND p.name_key IS NOT NULL ";

    private Bots() {}

    /// Makes a bot.
    ///
    /// @param by null for the operator
    public static Bot.Made create(Write write, @Nullable Person by, PersonName name) {
        Handle handle = write.handle();
        Person maker = maker(handle, by);
        String open = "SELECT count(*) FROM bot WHERE room_id IS NULL AND token IS NOT NULL";
        if (Rows.count(handle, open) >= Bot.MOST) {
            throw ChatError.tooManyBots(Bot.MOST).exception();
        }
        Person person = insertPerson(write, name);
        Members.enterGeneral(write, person.id());
        Secret token = Secret.ofBot();
        insert(write, person, null, token, by);
        note(write, "bot", maker, person);
        Standing.publish(write, person.id());
        String from = maker == null ? "" : maker.name();
        return new Bot.Made(new Bot(person, from, write.now(), null, false), token);
    }

    private static @Nullable Person maker(Handle handle, @Nullable Person by) {
        return by == null ? null : Standing.atLeast(handle, by, Role.MODERATOR).person();
    }

    /// The actions of the operator have a name of their own.
    private static void note(Write write, String action, @Nullable Person by, Person bot) {
        AuditLog.add(write, by == null ? "console_" + action : action, by, bot, "");
    }

    static Person insertPerson(Write write, PersonName name) {
        Names.free(write.handle(), name, "", write.now());
        Person person = People.insert(write.handle(), Person.botId(), name, write.now());
        write.handle().execute("UPDATE person SET role = 'member' WHERE id = ?", person.id());
        return person;
    }

    static void insert(
            Write write, Person person, @Nullable String room, Secret secret, @Nullable Person by) {
        write.handle()
                .execute(
                        """
                        INSERT INTO bot (person_id, room_id, token, created_by, created_at)
                        VALUES (?, ?, ?, ?, ?)
                        """,
                        person.id(),
                        room,
                        secret.hash(),
                        by == null ? "" : by.id(),
                        write.now());
    }

    /// Gives a bot another token, and closes the sockets of the former.
    public static Bot.Made renew(Write write, @Nullable Person by, String bot) {
        Person maker = maker(write.handle(), by);
        Bot found = one(write.handle(), bot);
        endSessions(write, bot);
        Secret token = Secret.ofBot();
        write.handle().execute("UPDATE bot SET token = ? WHERE person_id = ?", token.hash(), bot);
        note(write, "bot_renewed", maker, found.person());
        return new Bot.Made(one(write.handle(), bot), token);
    }

    /// Takes the token of a bot away, and closes its sockets.
    public static boolean revoke(Write write, @Nullable Person by, String bot) {
        Person maker = maker(write.handle(), by);
        Bot found = one(write.handle(), bot);
        if (!found.revoked()) {
            endSessions(write, bot);
            write.handle().execute("UPDATE bot SET token = NULL WHERE person_id = ?", bot);
            note(write, "bot_revoked", maker, found.person());
        }
        return true;
    }

    private static void endSessions(Write write, String bot) {
        Sessions.ofBot(write.handle(), bot)
                .ifPresent(
                        session ->
                                write.changed(
                                        new Change.SessionsEnded(
                                                bot, List.of(session), Change.End.REVOKED, "")));
    }

    /// A bot by its id or its name.
    ///
    /// @throws io.natter.chat.domain.ChatException with `bot_unknown`
    public static String find(Handle handle, String nameOrId) {
        String id = Console.find(handle, nameOrId).person().id();
        return one(handle, id).person().id();
    }

    private static Bot one(Handle handle, String id) {
        return all(handle).stream()
                .filter(bot -> bot.person().id().equals(id))
                .findFirst()
                .orElseThrow(() -> ChatError.botUnknown().exception());
    }

    /// As [#all], for a moderator.
    public static List<Bot> list(Handle handle, Person by) {
        Standing.atLeast(handle, by, Role.MODERATOR);
        return all(handle);
    }

    /// All bots, the newest first.
    public static List<Bot> all(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT p.id, p.name, p.hue, p.picture, b.created_at, b.used_at, b.token IS NULL AS revoked,
                            coalesce(c.name, '') AS maker
                        FROM bot b JOIN person p ON p.id = b.person_id
                            LEFT JOIN person c ON c.id = b.created_by
                        WHERE %s ORDER BY b.created_at DESC, p.hue DESC
                        """
                                .formatted(IS_BOT))
                .map(
                        (row, _) ->
                                new Bot(
                                        Rows.person(row, ""),
                                        row.getString("maker"),
                                        row.getLong("created_at"),
                                        Rows.longOrNull(row, "used_at"),
                                        row.getBoolean("revoked")))
                .list();
    }

    /// The bot of a token, unless it is banned.
    public static Optional<Used<Session>> open(Handle handle, Secret token, long now) {
        return handle.createQuery(
                        """
                        SELECT p.id, p.name, p.hue, p.picture, b.token, b.used_at
                        FROM bot b JOIN person p ON p.id = b.person_id
                        WHERE b.token = ? AND b.room_id IS NULL AND
                        """
                                + Standing.NOT_BANNED)
                .bind(0, token.hash())
                .map(
                        (row, _) ->
                                Used.of(
                                        new Session(row.getString("token"), Rows.person(row, "")),
                                        row,
                                        now))
                .findOne();
    }

    /// Notes the use of the token of a bot or an incoming webhook.
    public static boolean noteUse(Handle handle, Person bot, long now) {
        return handle.execute("UPDATE bot SET used_at = ? WHERE person_id = ?", now, bot.id()) > 0;
    }

    /// Members of a room in the order of their ids.
    public static List<Profile> members(
            Handle handle, Person by, String room, String after, int limit) {
        RoomAccess.member(handle, by, room);
        List<String> ids =
                handle.createQuery(
                                """
                                SELECT p.id FROM member m JOIN person p ON p.id = m.person_id
                                WHERE m.room_id = :room AND m.hidden = 0 AND p.name_key IS NOT NULL
                                    AND p.id > :after AND %s
                                ORDER BY p.id LIMIT :limit
                                """
                                        .formatted(Standing.NOT_BANNED))
                        .bind("room", room)
                        .bind("after", after)
                        .bind("limit", limit)
                        .mapTo(String.class)
                        .list();
        return Standing.all(handle, ids).stream()
                .map(Standing::profile)
                .sorted((a, b) -> a.person().id().compareTo(b.person().id()))
                .toList();
    }
}
