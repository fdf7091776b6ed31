-- id is also the name on the disk; token is the client's own id for the upload. type and stored are
-- NULL until the bytes have arrived and were checked; message_id is NULL until the message is sent.
-- stored counts all bytes on the disk.
CREATE TABLE file (
    id         TEXT PRIMARY KEY,
    person_id  TEXT    NOT NULL REFERENCES person (id),
    token      TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    size       INTEGER NOT NULL,
    type       TEXT,
    width      INTEGER,
    height     INTEGER,
    preview    INTEGER NOT NULL DEFAULT 0,
    stored     INTEGER,
    created_at INTEGER NOT NULL,
    message_id INTEGER REFERENCES message (id),
    place      INTEGER NOT NULL DEFAULT 0,
    alt        TEXT    NOT NULL DEFAULT '',
    UNIQUE (person_id, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_of_message ON file (message_id, place) WHERE message_id IS NOT NULL;
CREATE INDEX file_unsent ON file (created_at) WHERE message_id IS NULL;

-- Files on the disk that nobody may read any more; a row goes when its file is gone.
CREATE TABLE file_trash (
    id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TRIGGER file_to_trash AFTER DELETE ON file BEGIN
    INSERT OR IGNORE INTO file_trash (id) VALUES (old.id);
END;
