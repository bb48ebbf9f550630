-- The first schema. Names of columns are those of docs/store.md. What a state of the journal holds is found by `since` and `until`:
-- a row stands from the entry `since` on, up to and without the entry `until` (9223372036854775807: it stands today).

CREATE TABLE head (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  size BIGINT NOT NULL,
  root BLOB NOT NULL,
  peaks BLOB NOT NULL
);

CREATE TABLE entry (
  sequence INTEGER NOT NULL PRIMARY KEY,
  body TEXT NOT NULL,
  root BLOB NOT NULL
);

CREATE TABLE receipt (
  key TEXT NOT NULL PRIMARY KEY,
  change BLOB NOT NULL,
  sequence BIGINT NOT NULL REFERENCES entry (sequence) DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE version (
  hash BLOB NOT NULL PRIMARY KEY,
  bytes BLOB NOT NULL,
  canonical BLOB
);

CREATE TABLE document (
  name TEXT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  hash BLOB NOT NULL REFERENCES version (hash),
  PRIMARY KEY (name, since)
) WITHOUT ROWID;

CREATE INDEX document_hash ON document (hash);

CREATE TABLE fact (
  file TEXT NOT NULL,
  rank BIGINT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  key TEXT NOT NULL,
  cells TEXT NOT NULL,
  PRIMARY KEY (file, rank, since)
) WITHOUT ROWID;

CREATE INDEX fact_key ON fact (file, key, until);

-- The root of an empty journal: SHA-256 of nothing.
INSERT INTO head (one, size, root, peaks) VALUES (1, 0, X'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', X'');
