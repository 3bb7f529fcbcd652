-- Clocks. clock, belief and notice are content: sealed, with their wrapped keys beside them. timer is a time and a person's id.
CREATE TABLE projection_clock  (key BLOB PRIMARY KEY, value BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE projection_timer  (key BLOB PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE projection_belief (key BLOB PRIMARY KEY, value BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE projection_notice (key BLOB PRIMARY KEY, value BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
