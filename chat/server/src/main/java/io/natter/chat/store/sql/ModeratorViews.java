package io.natter.chat.store.sql;

import io.natter.chat.domain.person.AuditEntry;
import io.natter.chat.domain.person.Banned;
import io.natter.chat.domain.person.Invite;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The data that only moderators and owners may see.
public final class ModeratorViews {
    private ModeratorViews() {}

    public static List<Invite> invites(Handle handle, Person by, long now) {
        Standing.atLeast(handle, by, Role.MODERATOR);
        return Invites.list(handle, now);
    }

    public static List<Banned> bans(Handle handle, Person by, long now) {
        Standing.atLeast(handle, by, Role.MODERATOR);
        return Sanctions.bans(handle, now);
    }

    public static List<AuditEntry> audit(
            Handle handle, Person by, @Nullable Long before, int limit) {
        Standing.atLeast(handle, by, Role.MODERATOR);
        return AuditLog.page(handle, before, limit);
    }
}
