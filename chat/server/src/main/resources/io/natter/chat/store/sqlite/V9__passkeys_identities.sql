-- More ways to sign in. account.password is '' for an account without a password.
-- credential and key are base64url. key holds the AAGUID, the id and the public key, as WebAuthn's
-- attested credential data has them. used_at is NULL until the first sign-in.
CREATE TABLE passkey (
    id              TEXT PRIMARY KEY,
    person_id       TEXT    NOT NULL REFERENCES person (id),
    credential      TEXT    NOT NULL UNIQUE,
    key             TEXT    NOT NULL,
    counter         INTEGER NOT NULL,
    verified        INTEGER NOT NULL,
    backup_eligible INTEGER NOT NULL,
    backed_up       INTEGER NOT NULL,
    transports      TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    used_at         INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_of_person ON passkey (person_id);

-- A person at an OpenID Connect provider. label is what the person may know it by.
CREATE TABLE identity (
    id         TEXT PRIMARY KEY,
    person_id  TEXT    NOT NULL REFERENCES person (id),
    issuer     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    label      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER,
    UNIQUE (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_of_person ON identity (person_id);
