-- One row each: epoch (random id of this database), probe (written to learn whether writing works).
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- name_key is NULL once a guest's name was given to somebody else.
CREATE TABLE person (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    name_key   TEXT UNIQUE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- id is the SHA-256 of the token; the token itself is nowhere.
CREATE TABLE session (
    id         TEXT PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_of_person ON session (person_id);

CREATE TABLE room (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    last_seq INTEGER NOT NULL DEFAULT 0,
    last_ver INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
    room_id   TEXT NOT NULL REFERENCES room (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    read_seq  INTEGER NOT NULL,
    PRIMARY KEY (person_id, room_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
    room_id   TEXT    NOT NULL REFERENCES room (id),
    seq       INTEGER NOT NULL,
    ver       INTEGER NOT NULL,
    sender_id TEXT    NOT NULL REFERENCES person (id),
    cmid      TEXT    NOT NULL,
    body      TEXT    NOT NULL,
    ts        INTEGER NOT NULL,
    PRIMARY KEY (room_id, seq),
    UNIQUE (sender_id, cmid)
) STRICT;

CREATE INDEX message_by_change ON message (room_id, ver);

INSERT INTO meta (key, value) VALUES ('probe', '0');
INSERT INTO room (id, name) VALUES ('general', 'General');
