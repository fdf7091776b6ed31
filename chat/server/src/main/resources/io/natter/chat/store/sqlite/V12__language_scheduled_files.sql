-- The tag of the language that the person chose; empty for the browser's, NULL without a choice.
ALTER TABLE account ADD COLUMN language TEXT;

-- The cmid of the sender's scheduled message that the file waits for; NULL when the message is sent.
ALTER TABLE file ADD COLUMN scheduled TEXT;
CREATE INDEX file_scheduled ON file (person_id, scheduled, place) WHERE scheduled IS NOT NULL;
