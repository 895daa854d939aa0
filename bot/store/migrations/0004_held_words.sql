-- Words of citizens that look unfinished: their answer waits a moment for more. Like inbound.text
-- they are what citizens wrote, and they are gone as soon as they are answered.
CREATE TABLE held_words (
  inbound INTEGER PRIMARY KEY REFERENCES inbound (id), -- the last message they came in
  citizen INTEGER NOT NULL REFERENCES citizens (id),
  text TEXT NOT NULL, -- of all of them, a line each
  since INTEGER NOT NULL, -- when the first came
  due_at INTEGER NOT NULL -- answered then, if nothing follows
) STRICT;
CREATE INDEX held_words_by_citizen ON held_words (citizen);
CREATE INDEX held_words_due ON held_words (due_at);
