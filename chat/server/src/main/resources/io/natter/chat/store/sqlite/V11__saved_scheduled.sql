-- Messages that a person has saved. due is 1 from the moment of the reminder until the person deals with it.
CREATE TABLE saved (
    person_id  TEXT    NOT NULL REFERENCES person (id),
    message_id INTEGER NOT NULL REFERENCES message (id),
    saved_at   INTEGER NOT NULL,
    remind_at  INTEGER,
    due        INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX saved_message ON saved (message_id);
CREATE INDEX saved_reminder ON saved (remind_at) WHERE remind_at IS NOT NULL AND due = 0;

-- Messages to be sent later. cmid becomes that of the message. try_at is send_at, or later when the room made it wait.
-- code and reason say why it was not sent.
CREATE TABLE scheduled (
    person_id TEXT    NOT NULL REFERENCES person (id),
    cmid      TEXT    NOT NULL,
    room_id   TEXT    NOT NULL REFERENCES room (id),
    body      TEXT    NOT NULL,
    reply_to  INTEGER,
    send_at   INTEGER NOT NULL,
    try_at    INTEGER NOT NULL,
    code      TEXT,
    reason    TEXT,
    PRIMARY KEY (person_id, cmid)
) STRICT, WITHOUT ROWID;
CREATE INDEX scheduled_in_room ON scheduled (room_id);
CREATE INDEX scheduled_due ON scheduled (try_at) WHERE code IS NULL;

-- id changes with each picture. content and small are squares of two sizes.
CREATE TABLE picture (
    id        TEXT PRIMARY KEY,
    person_id TEXT NOT NULL UNIQUE REFERENCES person (id),
    type      TEXT NOT NULL,
    content   BLOB NOT NULL,
    small     BLOB NOT NULL
) STRICT;

-- picture is the id of the picture; zone is the time zone that the person shows, or empty.
ALTER TABLE person ADD COLUMN picture TEXT;
ALTER TABLE person ADD COLUMN zone TEXT NOT NULL DEFAULT '';
