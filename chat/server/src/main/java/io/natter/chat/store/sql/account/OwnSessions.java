package io.natter.chat.store.sql.account;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionInfo;
import io.natter.chat.domain.store.Change;
import io.natter.chat.store.sql.AuditLog;
import io.natter.chat.store.sql.Write;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// A person's own sessions.
public final class OwnSessions {
    /// Letters of the hash that name a session to its person.
    private static final int ID = 16;

    private static final int MOST = 100;

    private OwnSessions() {}

    public static List<SessionInfo> list(Handle handle, Session asking, long now) {
        return handle.createQuery(
                        """
                        SELECT id, label, address, created_at, used_at FROM session
                        WHERE person_id = ? AND used_at > ? AND created_at > ?
                        ORDER BY id = ? DESC, used_at DESC LIMIT ?
                        """)
                .bind(0, asking.person().id())
                .bind(1, now - Session.MAX_IDLE.toMillis())
                .bind(2, now - Session.MAX_AGE.toMillis())
                .bind(3, asking.id())
                .bind(4, MOST)
                .map(
                        (row, _) ->
                                new SessionInfo(
                                        row.getString("id").substring(0, ID),
                                        row.getString("label"),
                                        row.getString("address"),
                                        row.getLong("created_at"),
                                        row.getLong("used_at"),
                                        row.getString("id").equals(asking.id())))
                .list();
    }

    public static boolean revoke(Write write, Session asking, String id) {
        List<String> ended =
                write.handle()
                        .createQuery(
                                "DELETE FROM session WHERE person_id = ? AND substr(id, 1, ?) = ? RETURNING id")
                        .bind(0, asking.person().id())
                        .bind(1, ID)
                        .bind(2, id)
                        .mapTo(String.class)
                        .list();
        if (ended.isEmpty()) {
            throw ChatError.sessionUnknown().exception();
        }
        write.changed(
                new Change.SessionsEnded(asking.person().id(), ended, Change.End.REVOKED, ""));
        AuditLog.add(write, "session_revoked", asking.person(), null, "");
        return true;
    }
}
