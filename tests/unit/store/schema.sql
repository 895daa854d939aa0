CREATE TABLE catalog_files (
  version INTEGER NOT NULL REFERENCES catalog_versions (version),
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES catalog_texts (sha256),
  PRIMARY KEY (version, path)
) STRICT;

CREATE TABLE catalog_texts (
  sha256 TEXT PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE catalog_versions (
  version INTEGER PRIMARY KEY,
  hash TEXT NOT NULL, -- of all its paths and texts
  author TEXT NOT NULL,
  note TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE citizens (
  id INTEGER PRIMARY KEY,
  bsuid TEXT UNIQUE,
  phone TEXT UNIQUE,
  name TEXT NOT NULL,
  username TEXT NOT NULL,
  window_closes_at INTEGER NOT NULL, -- free-form messages may be sent until then
  created_at INTEGER NOT NULL,
  CHECK (bsuid IS NOT NULL OR phone IS NOT NULL)
) STRICT;

CREATE TABLE conversations (
  citizen INTEGER PRIMARY KEY REFERENCES citizens (id),
  state TEXT NOT NULL, -- JSON, dialog::Conversation
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE early_receipts (
  id INTEGER PRIMARY KEY,
  wamid_hash INTEGER NOT NULL,
  wamid TEXT NOT NULL,
  status INTEGER NOT NULL, -- whatsapp::ReceiptStatus
  at INTEGER NOT NULL,
  price_category TEXT,
  price_type TEXT,
  error_code INTEGER NOT NULL,
  error TEXT NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  citizen INTEGER REFERENCES citizens (id),
  kind TEXT NOT NULL,
  body TEXT NOT NULL, -- JSON
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE handoffs (
  id INTEGER PRIMARY KEY,
  citizen INTEGER NOT NULL REFERENCES citizens (id),
  reason TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL -- by when a person answers, notify::handoff_term
) STRICT;

CREATE TABLE held_words (
  inbound INTEGER PRIMARY KEY REFERENCES inbound (id), -- the last message they came in
  citizen INTEGER NOT NULL REFERENCES citizens (id),
  text TEXT NOT NULL, -- of all of them, a line each
  since INTEGER NOT NULL, -- when the first came
  due_at INTEGER NOT NULL -- answered then, if nothing follows
) STRICT;

CREATE TABLE inbound (
  id INTEGER PRIMARY KEY,
  wamid_hash INTEGER NOT NULL, -- a 64-bit hash makes a smaller and faster index than the text
  wamid TEXT NOT NULL,
  citizen INTEGER REFERENCES citizens (id),
  type TEXT NOT NULL, -- as Meta names it
  sent_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  outcome TEXT NOT NULL
    CHECK (outcome IN ('answered', 'silent', 'stale', 'failed', 'unidentified')),
  text TEXT, -- NULL: none, or must not be kept
  quoted_wamid TEXT,
  referral TEXT, -- JSON, the advertisement it came from
  decision TEXT,
  target TEXT,
  aspect TEXT,
  confidence REAL,
  evidence TEXT,
  catalog_version TEXT,
  micros INTEGER, -- what the turn took
  error TEXT -- with 'failed'
, choice TEXT, context TEXT) STRICT;

CREATE TABLE media_jobs (
  id INTEGER PRIMARY KEY,
  inbound INTEGER NOT NULL REFERENCES inbound (id),
  media TEXT NOT NULL, -- Meta's id of the file
  mime TEXT NOT NULL,
  filename TEXT NOT NULL, -- the citizen's name for it: hostile input
  sha256 TEXT NOT NULL, -- base64 as Meta sent it, may be empty
  state TEXT NOT NULL CHECK (state IN ('queued', 'done', 'failed')),
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  path TEXT, -- with 'done', relative to the data folder
  bytes INTEGER, -- with 'done'
  error TEXT
) STRICT;

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;

CREATE TABLE outgoing (
  id INTEGER PRIMARY KEY, -- returned in every receipt (biz_opaque_callback_data)
  citizen INTEGER NOT NULL REFERENCES citizens (id),
  category TEXT NOT NULL, -- service, or the category of its template
  in_reply_to TEXT NOT NULL, -- wamid, empty for a notice
  state INTEGER NOT NULL, -- store::OutgoingState: 0 queued 1 unknown 2 accepted … 7 failed
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  wamid_hash INTEGER,
  wamid TEXT,
  accepted_at INTEGER,
  delivered_at INTEGER, -- delivered, read or played, whichever was heard of first
  read_at INTEGER,
  failed_at INTEGER,
  error_code INTEGER,
  error TEXT,
  price_category TEXT,
  price_type TEXT,
  price_micros INTEGER, -- millionths of the rate card's currency
  price_estimated INTEGER
) STRICT;

CREATE TABLE outgoing_contents (
  outgoing INTEGER PRIMARY KEY REFERENCES outgoing (id),
  content TEXT NOT NULL -- JSON
) STRICT;

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

CREATE TABLE service_months (
  month INTEGER PRIMARY KEY, -- year * 100 + month
  delivered INTEGER NOT NULL
) STRICT;

CREATE INDEX early_receipts_by_age ON early_receipts (received_at);

CREATE INDEX early_receipts_by_wamid ON early_receipts (wamid_hash);

CREATE INDEX events_by_citizen ON events (citizen) WHERE citizen IS NOT NULL;

CREATE INDEX events_by_kind ON events (kind, id);

CREATE INDEX handoffs_by_citizen ON handoffs (citizen);

CREATE INDEX held_words_by_citizen ON held_words (citizen);

CREATE INDEX held_words_due ON held_words (due_at);

CREATE INDEX inbound_by_citizen ON inbound (citizen, id);

CREATE INDEX inbound_by_wamid ON inbound (wamid_hash);

CREATE INDEX media_jobs_by_inbound ON media_jobs (inbound);

CREATE INDEX media_jobs_due ON media_jobs (due_at) WHERE state = 'queued';

CREATE INDEX outgoing_by_citizen ON outgoing (citizen, id);

CREATE INDEX outgoing_by_wamid ON outgoing (wamid_hash) WHERE wamid_hash IS NOT NULL;

CREATE INDEX outgoing_unfinished ON outgoing (id) WHERE state <= 1;

CREATE INDEX pinned_messages_by_end ON pinned_messages (ends_at);

CREATE INDEX pinned_messages_taken_down ON pinned_messages (id) WHERE text = '';

