-- The journal and its projections. Applied in order and once; an applied file never changes again (its checksum is kept).

-- Every entry, append-only. header and residue are content-free about people; ciphertext is nonce, ciphertext, tag.
CREATE TABLE entry (
  seq        INTEGER PRIMARY KEY,
  kind       INTEGER NOT NULL,
  instant    INTEGER NOT NULL,  -- UTC microseconds
  plan       BLOB NOT NULL,
  id         BLOB NOT NULL,
  header     BLOB NOT NULL,
  ciphertext BLOB NOT NULL,
  residue    BLOB NOT NULL,
  leaf       BLOB NOT NULL
) STRICT;
CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- Apart from the entries, so that erasing one touches no journal row.
CREATE TABLE data_key (seq INTEGER PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;

-- One row: proves that a site key is the one this store was made with.
CREATE TABLE key_check (one INTEGER PRIMARY KEY CHECK (one = 1), wrapped BLOB NOT NULL, sealed BLOB NOT NULL, keyed BLOB NOT NULL) STRICT;

-- Projections: rebuilt by replaying the journal. person and letter are content: sealed, with their wrapped keys beside them.
CREATE TABLE projection_accepted   (key BLOB PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE projection_identifier (key BLOB PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE projection_person     (key BLOB PRIMARY KEY, value BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE projection_item       (key BLOB PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE projection_due        (key BLOB PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE projection_letter     (key BLOB PRIMARY KEY, value BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE projection_count      (key BLOB PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE projection_record     (key BLOB PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE projection_unknown    (key BLOB PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
