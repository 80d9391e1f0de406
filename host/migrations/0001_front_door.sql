-- One text for SQLite and PostgreSQL: ids are TEXT (UUIDv7), times BIGINT milliseconds since 1970, flags BIGINT 0/1.

CREATE TABLE users (
    id            TEXT PRIMARY KEY,
    username      TEXT NOT NULL,
    username_key  TEXT NOT NULL UNIQUE,
    nickname      TEXT NOT NULL,
    email         TEXT,
    email_key     TEXT UNIQUE,
    phone         TEXT,
    -- who vouches for the phone: 'admin' or 'provider'; nothing else may ever be matched
    phone_source  TEXT,
    password_hash TEXT,
    disabled      BIGINT NOT NULL,
    avatar_url    TEXT,
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL
);
CREATE INDEX users_phone ON users (phone);

CREATE TABLE user_roles (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role    TEXT NOT NULL,
    PRIMARY KEY (user_id, role)
);

CREATE TABLE plugins (
    id         TEXT PRIMARY KEY,
    enabled    BIGINT NOT NULL,
    sha256     TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE authenticators (
    id             TEXT PRIMARY KEY,
    uid            TEXT NOT NULL UNIQUE,
    type           TEXT NOT NULL,
    -- id of the plug-in that registers the type; empty for the built-in one
    plugin         TEXT NOT NULL,
    title_en       TEXT NOT NULL,
    title_zh       TEXT NOT NULL,
    description_en TEXT NOT NULL,
    description_zh TEXT NOT NULL,
    enabled        BIGINT NOT NULL,
    position       BIGINT NOT NULL,
    settings       TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL
);

CREATE TABLE authenticator_secrets (
    authenticator_id TEXT NOT NULL REFERENCES authenticators (id) ON DELETE CASCADE,
    field            TEXT NOT NULL,
    key_id           TEXT NOT NULL,
    sealed           TEXT NOT NULL,
    PRIMARY KEY (authenticator_id, field)
);

CREATE TABLE attempts (
    state_hash       TEXT PRIMARY KEY,
    browser_hash     TEXT NOT NULL,
    authenticator_id TEXT NOT NULL,
    snapshot         TEXT NOT NULL,
    redirect         TEXT NOT NULL,
    language         TEXT NOT NULL,
    expires_at       BIGINT NOT NULL
);
CREATE INDEX attempts_expiry ON attempts (expires_at);

CREATE TABLE bindings (
    authenticator_id TEXT NOT NULL REFERENCES authenticators (id) ON DELETE CASCADE,
    -- the tenant where a subject is only unique within one, '' elsewhere
    namespace        TEXT NOT NULL,
    subject          TEXT NOT NULL,
    user_id          TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    tenant           TEXT,
    how              TEXT NOT NULL,
    created_at       BIGINT NOT NULL,
    used_at          BIGINT NOT NULL,
    PRIMARY KEY (authenticator_id, namespace, subject)
);
CREATE INDEX bindings_user ON bindings (user_id);

-- Rows live only inside a transaction: whoever holds one decides about that person, the others wait.
CREATE TABLE decision_locks (
    name TEXT PRIMARY KEY
);

CREATE TABLE sessions (
    id_hash          TEXT PRIMARY KEY,
    user_id          TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    authenticator_id TEXT NOT NULL,
    created_at       BIGINT NOT NULL,
    seen_at          BIGINT NOT NULL,
    expires_at       BIGINT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE journal (
    id         TEXT PRIMARY KEY,
    at         BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    actor      TEXT,
    subject    TEXT,
    reference  TEXT,
    detail     TEXT NOT NULL
);
CREATE INDEX journal_reference ON journal (reference);
CREATE INDEX journal_kind ON journal (kind, at);

-- One row a topic; a change raises the number in its own transaction, and every node notices within a second.
CREATE TABLE revisions (
    topic TEXT PRIMARY KEY,
    n     BIGINT NOT NULL
);
INSERT INTO revisions (topic, n) VALUES ('sessions', 0), ('authenticators', 0), ('plugins', 0);
