-- opened_at is NULL until the session opened a socket; device is the SHA-256 of the browser's id.
ALTER TABLE session ADD COLUMN opened_at INTEGER;
ALTER TABLE session ADD COLUMN device TEXT;
UPDATE session SET opened_at = used_at;

CREATE INDEX session_by_use ON session (used_at);
CREATE INDEX session_by_age ON session (created_at);
CREATE INDEX session_unopened ON session (created_at) WHERE opened_at IS NULL;

-- Guests of before who can neither come back nor wrote anything.
DELETE FROM member WHERE person_id IN (
    SELECT p.id FROM person p
    WHERE NOT EXISTS (SELECT 1 FROM session s WHERE s.person_id = p.id)
        AND NOT EXISTS (SELECT 1 FROM message m WHERE m.sender_id = p.id));
DELETE FROM person
WHERE NOT EXISTS (SELECT 1 FROM session s WHERE s.person_id = person.id)
    AND NOT EXISTS (SELECT 1 FROM message m WHERE m.sender_id = person.id)
    AND NOT EXISTS (SELECT 1 FROM member b WHERE b.person_id = person.id);
