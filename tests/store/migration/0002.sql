-- For tests alone: what an upgrade does to a store that is full.
CREATE TABLE later (
  file TEXT NOT NULL PRIMARY KEY,
  rows BIGINT NOT NULL
);
INSERT INTO later (file, rows) SELECT file, count(*) FROM fact GROUP BY file;
ALTER TABLE version ADD COLUMN kind TEXT;
UPDATE version SET kind = 'page' WHERE canonical IS NULL;
DROP INDEX fact_key;
CREATE INDEX fact_key ON fact (file, key, until);
