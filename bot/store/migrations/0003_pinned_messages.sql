-- Messages pinned for everybody, and when they were taken down. Rows are only ever added. In force
-- is the newest one whose time it is, of those added after the last one without a text: that one
-- takes down what is pinned or planned.
CREATE TABLE pinned_messages (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  link TEXT NOT NULL, -- may be empty
  phone TEXT NOT NULL, -- may be empty
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  pinned_by TEXT NOT NULL,
  pinned_at INTEGER NOT NULL
) STRICT;
CREATE INDEX pinned_messages_by_end ON pinned_messages (ends_at);
CREATE INDEX pinned_messages_taken_down ON pinned_messages (id) WHERE text = '';
