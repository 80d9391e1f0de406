-- Where a user's name, e-mail address and picture come from: 'admin' (no sign-in overwrites it) or 'provider'. From now on
-- the source of a telephone number may also be 'directory': a provider, out of the organisation's directory.
ALTER TABLE users ADD COLUMN nickname_source TEXT NOT NULL DEFAULT 'admin';
ALTER TABLE users ADD COLUMN email_source TEXT NOT NULL DEFAULT 'admin';
-- Administrators do not enter pictures.
ALTER TABLE users ADD COLUMN avatar_source TEXT NOT NULL DEFAULT 'provider';

-- Which fields of a user a sign-in refreshes: any of name, email, picture, phone, with commas between them.
ALTER TABLE authenticators ADD COLUMN refresh TEXT NOT NULL DEFAULT 'name,email,picture,phone';

-- What the attempt is for: 'sign-in', 'link' (an account that is signed in), 'rehearsal' (an administrator tries it out).
ALTER TABLE attempts ADD COLUMN purpose TEXT NOT NULL DEFAULT 'sign-in';
-- The session that a link or a rehearsal was begun in, and ends in; '' for a sign-in.
ALTER TABLE attempts ADD COLUMN session_hash TEXT NOT NULL DEFAULT '';

-- What `subject` is: 'subject', or another identifier of the person (a key kind of the authenticator type) that waits to
-- be moved to the subject.
ALTER TABLE bindings ADD COLUMN key_kind TEXT NOT NULL DEFAULT 'subject';
-- Within what the subject means the same person at every authenticator of the type; '' where nobody made sure.
ALTER TABLE bindings ADD COLUMN realm TEXT NOT NULL DEFAULT '';
-- Who made the link, where it was not the person's own sign-in: a user's id, or the name of a command.
ALTER TABLE bindings ADD COLUMN made_by TEXT NOT NULL DEFAULT '';
CREATE INDEX bindings_realm ON bindings (realm, subject);

-- Who the provider's client said the person is, where they have no account: a hash of authenticator and subject.
ALTER TABLE sessions ADD COLUMN client_key TEXT NOT NULL DEFAULT '';

-- People whom a provider named and nobody knows, until they sign in another way and confirm. `token_hash` is SHA-256 of
-- what the browser's cookie holds; `sealed` is the identity.
CREATE TABLE pending_links (
    token_hash       TEXT PRIMARY KEY,
    authenticator_id TEXT NOT NULL,
    -- the session that may confirm; '' until somebody signs in with this browser
    session_hash     TEXT NOT NULL,
    sealed           TEXT NOT NULL,
    expires_at       BIGINT NOT NULL
);
CREATE INDEX pending_links_expiry ON pending_links (expires_at);

-- The steps of a refused sign-in, for the administrator who opens its reference code; kept thirty days.
CREATE TABLE explanations (
    reference TEXT PRIMARY KEY,
    at        BIGINT NOT NULL,
    report    TEXT NOT NULL
);
CREATE INDEX explanations_age ON explanations (at);

-- What a rehearsal came to; for the administrator who rehearsed, kept a day.
CREATE TABLE rehearsals (
    id               TEXT PRIMARY KEY,
    authenticator_id TEXT NOT NULL,
    user_id          TEXT NOT NULL,
    at               BIGINT NOT NULL,
    report           TEXT NOT NULL
);
CREATE INDEX rehearsals_age ON rehearsals (at);
