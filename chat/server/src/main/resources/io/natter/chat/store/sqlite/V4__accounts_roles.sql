-- skeleton is what the name looks like, as UTS #39 has it; the server fills it when it starts.
-- role is guest, member, moderator or owner.
ALTER TABLE person ADD COLUMN skeleton TEXT;
ALTER TABLE person ADD COLUMN role TEXT NOT NULL DEFAULT 'guest';
ALTER TABLE person ADD COLUMN status TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN muted_until INTEGER;
CREATE INDEX person_by_skeleton ON person (skeleton) WHERE skeleton IS NOT NULL;
CREATE INDEX person_by_role ON person (role) WHERE role IN ('moderator', 'owner');

-- login_key and skeleton are of the name at sign-up, which stays the account's whatever its person
-- is called later. password is an encoded argon2id hash.
CREATE TABLE account (
    person_id  TEXT PRIMARY KEY REFERENCES person (id),
    login_key  TEXT    NOT NULL UNIQUE,
    skeleton   TEXT    NOT NULL,
    password   TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX account_by_skeleton ON account (skeleton);

-- label names the browser; address is NULL where it is not known.
ALTER TABLE session ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN address TEXT;

ALTER TABLE room ADD COLUMN slow_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN sent_at INTEGER;

-- id is the SHA-256 of the token; the token itself is nowhere.
CREATE TABLE invite (
    id         TEXT PRIMARY KEY,
    created_by TEXT    NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    max_uses   INTEGER NOT NULL,
    used       INTEGER NOT NULL DEFAULT 0,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX invite_of_creator ON invite (created_by);

-- kind is ban or mute; ends_at is NULL for ever. One row for each browser and address of a person.
CREATE TABLE sanction (
    id         INTEGER PRIMARY KEY,
    kind       TEXT    NOT NULL,
    person_id  TEXT    NOT NULL REFERENCES person (id),
    device     TEXT,
    address    TEXT,
    ends_at    INTEGER,
    reason     TEXT    NOT NULL,
    created_by TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sanction_of_person ON sanction (person_id, kind);
CREATE INDEX sanction_of_device ON sanction (device) WHERE device IS NOT NULL;
CREATE INDEX sanction_of_address ON sanction (address) WHERE address IS NOT NULL;

-- Names as they were then. Rows are never changed, and removed only when they are old.
CREATE TABLE audit (
    id          INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    action      TEXT    NOT NULL,
    actor_id    TEXT,
    actor_name  TEXT,
    target_id   TEXT,
    target_name TEXT,
    room_id     TEXT,
    address     TEXT,
    detail      TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX audit_by_time ON audit (at);
CREATE TRIGGER audit_is_fixed BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

INSERT INTO meta (key, value) VALUES ('policy', 'open');
