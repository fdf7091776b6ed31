-- A person for whom a program speaks. room_id is that of an incoming webhook, which writes there
-- alone; NULL for a bot. token is the SHA-256 of the secret, NULL once it was revoked. created_by is
-- empty for the operator; no reference, for the person may be deleted.
CREATE TABLE bot (
    person_id  TEXT PRIMARY KEY REFERENCES person (id),
    room_id    TEXT REFERENCES room (id),
    token      TEXT UNIQUE,
    created_by TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT, WITHOUT ROWID;

-- An outgoing webhook. secret signs its deliveries, so the server must keep it. events is a list of
-- words between spaces. failures, retry_at and failing_since speak of the deliveries since the last
-- one that was taken; dropped counts events that were never delivered.
CREATE TABLE webhook (
    id            TEXT PRIMARY KEY,
    name          TEXT    NOT NULL,
    url           TEXT    NOT NULL,
    secret        TEXT    NOT NULL,
    events        TEXT    NOT NULL,
    created_by    TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    failures      INTEGER NOT NULL DEFAULT 0,
    retry_at      INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER,
    delivered_at  INTEGER,
    error         TEXT    NOT NULL DEFAULT '',
    dropped       INTEGER NOT NULL DEFAULT 0,
    disabled_at   INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE webhook_room (
    webhook_id TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    room_id    TEXT NOT NULL REFERENCES room (id),
    PRIMARY KEY (room_id, webhook_id)
) STRICT, WITHOUT ROWID;

-- Events that wait for their delivery, stored in the transaction of the change itself.
CREATE TABLE webhook_delivery (
    id         INTEGER PRIMARY KEY,
    webhook_id TEXT    NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    message_id TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    next_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX webhook_delivery_in_order ON webhook_delivery (webhook_id, attempts, id);
