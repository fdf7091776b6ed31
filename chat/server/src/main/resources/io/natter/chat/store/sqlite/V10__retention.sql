-- retention_days: older messages are removed; NULL keeps them. first_seq: the messages before it were removed.
ALTER TABLE room ADD COLUMN retention_days INTEGER;
ALTER TABLE room ADD COLUMN first_seq INTEGER NOT NULL DEFAULT 1;
