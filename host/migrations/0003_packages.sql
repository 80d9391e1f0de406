-- Packages that administrators installed, by the SHA-256 of their bytes, so that every node can fetch what is enabled.
CREATE TABLE plugin_packages (
    digest       TEXT PRIMARY KEY,
    plugin       TEXT NOT NULL,
    version      TEXT NOT NULL,
    size         BIGINT NOT NULL,
    installed_by TEXT NOT NULL,
    installed_at BIGINT NOT NULL
);
CREATE INDEX plugin_packages_plugin ON plugin_packages (plugin);

-- Their bytes, in parts of bounded size and as base64: one type of column serves both databases.
CREATE TABLE plugin_package_parts (
    digest TEXT NOT NULL REFERENCES plugin_packages (digest) ON DELETE CASCADE,
    part   BIGINT NOT NULL,
    data   TEXT NOT NULL,
    PRIMARY KEY (digest, part)
);

-- plugins.sha256 names the file that an administrator said yes to: a package, or a library in the folder.
-- Its version; empty for what was enabled before there were packages.
ALTER TABLE plugins ADD COLUMN version TEXT NOT NULL DEFAULT '';
-- The file that ran before it, to go back to; empty if there is none.
ALTER TABLE plugins ADD COLUMN previous TEXT NOT NULL DEFAULT '';
-- What the host last did by itself, and why, as JSON; empty if nothing.
ALTER TABLE plugins ADD COLUMN evidence TEXT NOT NULL DEFAULT '';

-- What the settings of an authenticator were before an upgrade changed them, for the way back.
CREATE TABLE former_settings (
    authenticator_id TEXT PRIMARY KEY REFERENCES authenticators (id) ON DELETE CASCADE,
    -- the file whose form they fit
    sha256           TEXT NOT NULL,
    settings         TEXT NOT NULL,
    enabled          BIGINT NOT NULL,
    -- sealed secrets: field, key id and text of each, as JSON
    secrets          TEXT NOT NULL,
    -- when the upgrade changed them: if somebody saved the form since, there is no way back
    changed_at       BIGINT NOT NULL
);
