-- hue numbers people in the order in which they joined; last_ver counts what was told to this person.
ALTER TABLE person ADD COLUMN hue INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN last_ver INTEGER NOT NULL DEFAULT 0;
UPDATE person SET hue = joined.place
FROM (SELECT id, row_number() OVER (ORDER BY created_at, id) - 1 AS place FROM person) AS joined
WHERE joined.id = person.id;
CREATE INDEX person_by_hue ON person (hue);

-- pair is set for direct rooms: the ids of both people, in order.
ALTER TABLE room ADD COLUMN kind TEXT NOT NULL DEFAULT 'public';
ALTER TABLE room ADD COLUMN slug TEXT;
ALTER TABLE room ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE room ADD COLUMN created_by TEXT REFERENCES person (id);
ALTER TABLE room ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE room ADD COLUMN archived_at INTEGER;
ALTER TABLE room ADD COLUMN pair TEXT;
UPDATE room SET slug = id;
CREATE UNIQUE INDEX room_by_slug ON room (slug) WHERE slug IS NOT NULL;
CREATE UNIQUE INDEX room_by_pair ON room (pair) WHERE pair IS NOT NULL;
CREATE INDEX room_of_creator ON room (created_by) WHERE created_by IS NOT NULL;

-- hidden: the member left a direct room, which comes back with its next message.
ALTER TABLE member ADD COLUMN role TEXT NOT NULL DEFAULT 'member';
ALTER TABLE member ADD COLUMN level TEXT NOT NULL DEFAULT 'all';
ALTER TABLE member ADD COLUMN joined_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
CREATE INDEX member_of_room ON member (room_id, person_id);

-- id is fixed for ever, so the text index may point to it. sent_ver is the ver that the sender was
-- answered, text_ver that of the last change of the text. reply_to is a seq of the same room.
CREATE TABLE message_3 (
    id         INTEGER PRIMARY KEY,
    room_id    TEXT    NOT NULL REFERENCES room (id),
    seq        INTEGER NOT NULL,
    ver        INTEGER NOT NULL,
    sent_ver   INTEGER NOT NULL,
    text_ver   INTEGER NOT NULL,
    sender_id  TEXT    NOT NULL REFERENCES person (id),
    cmid       TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    ts         INTEGER NOT NULL,
    reply_to   INTEGER,
    edited_at  INTEGER,
    deleted_at INTEGER,
    UNIQUE (room_id, seq),
    UNIQUE (sender_id, cmid)
) STRICT;
INSERT INTO message_3 (room_id, seq, ver, sent_ver, text_ver, sender_id, cmid, body, ts)
SELECT room_id, seq, ver, ver, ver, sender_id, cmid, body, ts FROM message ORDER BY rowid;
DROP TABLE message;
ALTER TABLE message_3 RENAME TO message;
CREATE INDEX message_by_change ON message (room_id, ver);

-- The texts that were replaced, with the ver and the time that each of them had.
CREATE TABLE message_edit (
    message_id INTEGER NOT NULL REFERENCES message (id),
    ver        INTEGER NOT NULL,
    body       TEXT    NOT NULL,
    ts         INTEGER NOT NULL,
    PRIMARY KEY (message_id, ver)
) STRICT, WITHOUT ROWID;

CREATE TABLE reaction (
    message_id INTEGER NOT NULL REFERENCES message (id),
    emoji      TEXT    NOT NULL,
    person_id  TEXT    NOT NULL REFERENCES person (id),
    ver        INTEGER NOT NULL,
    PRIMARY KEY (message_id, emoji, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reaction_of_person ON reaction (person_id);

-- person_id is '' for a mention of the whole room.
CREATE TABLE mention (
    room_id    TEXT    NOT NULL REFERENCES room (id),
    person_id  TEXT    NOT NULL,
    seq        INTEGER NOT NULL,
    message_id INTEGER NOT NULL REFERENCES message (id),
    PRIMARY KEY (room_id, person_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_of_person ON mention (person_id, message_id);
CREATE INDEX mention_in_message ON mention (message_id);

CREATE TABLE pin (
    message_id INTEGER PRIMARY KEY REFERENCES message (id),
    room_id    TEXT    NOT NULL REFERENCES room (id),
    person_id  TEXT    NOT NULL REFERENCES person (id),
    ver        INTEGER NOT NULL
) STRICT;
CREATE INDEX pin_in_room ON pin (room_id, ver);
CREATE INDEX pin_of_person ON pin (person_id);

-- Parts of words in every script, without a second copy of the texts.
CREATE VIRTUAL TABLE message_text USING fts5 (body, content = 'message', content_rowid = 'id', tokenize = 'trigram');
INSERT INTO message_text (message_text) VALUES ('rebuild');

CREATE TRIGGER message_text_insert AFTER INSERT ON message BEGIN
    INSERT INTO message_text (rowid, body) VALUES (new.id, new.body);
END;
CREATE TRIGGER message_text_update AFTER UPDATE OF body ON message BEGIN
    INSERT INTO message_text (message_text, rowid, body) VALUES ('delete', old.id, old.body);
    INSERT INTO message_text (rowid, body) VALUES (new.id, new.body);
END;
CREATE TRIGGER message_text_delete AFTER DELETE ON message BEGIN
    INSERT INTO message_text (message_text, rowid, body) VALUES ('delete', old.id, old.body);
END;
