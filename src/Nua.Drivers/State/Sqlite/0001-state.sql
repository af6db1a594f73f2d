CREATE TABLE operation (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    request TEXT NOT NULL,
    started_by TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    result TEXT,
    problem TEXT
) STRICT;

-- The lock: one unfinished operation per subject.
CREATE UNIQUE INDEX operation_lock ON operation (subject) WHERE state IN ('Running', 'Stuck');
CREATE INDEX operation_subject ON operation (subject, id);

CREATE TABLE step (
    operation TEXT NOT NULL REFERENCES operation (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    result TEXT,
    detail TEXT,
    PRIMARY KEY (operation, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE instance (
    name TEXT PRIMARY KEY,
    app_id TEXT NOT NULL,
    desired TEXT NOT NULL,
    deployment INTEGER NOT NULL,
    domain TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE deployment (
    instance TEXT NOT NULL,
    number INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (instance, number)
) STRICT, WITHOUT ROWID;

-- Values are sealed with the key of the vault, which is not in this file.
CREATE TABLE kept (
    instance TEXT NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    operation TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (instance, owner, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
