-- A browser that is told of messages while its page is closed, as long as its session lasts.
CREATE TABLE push (
    session_id TEXT PRIMARY KEY,
    person_id  TEXT    NOT NULL REFERENCES person (id),
    endpoint   TEXT    NOT NULL UNIQUE,
    key        BLOB    NOT NULL,
    auth       BLOB    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX push_of_person ON push (person_id, created_at);
CREATE TRIGGER push_ends_with_session AFTER DELETE ON session BEGIN
    DELETE FROM push WHERE session_id = old.id;
END;
