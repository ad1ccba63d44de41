-- Who may come in and what for, what they did, and the mail to them.
CREATE TABLE account (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, provider TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL,
	email TEXT NOT NULL, state TEXT NOT NULL, password TEXT NOT NULL, totp_secret TEXT NOT NULL,
	totp_step BIGINT NOT NULL, failed BIGINT NOT NULL, failed_since BIGINT NOT NULL, locked_until BIGINT NOT NULL,
	signed_in BIGINT NOT NULL, created BIGINT NOT NULL, body TEXT NOT NULL, version BIGINT NOT NULL);
CREATE UNIQUE INDEX account_subject ON account (provider, subject);

CREATE TABLE role (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, account_id TEXT NOT NULL, org_id TEXT NOT NULL, post TEXT NOT NULL,
	state TEXT NOT NULL, by_id TEXT NOT NULL, note TEXT NOT NULL, created BIGINT NOT NULL, version BIGINT NOT NULL);
CREATE UNIQUE INDEX role_open ON role (account_id, org_id, post) WHERE state IN ('requested', 'active');
CREATE INDEX role_org ON role (org_id, created);

CREATE TABLE session (
	changed BIGINT NOT NULL, token_hash TEXT PRIMARY KEY, account_id TEXT NOT NULL, created BIGINT NOT NULL,
	seen BIGINT NOT NULL, ends BIGINT NOT NULL, view_as TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX session_account ON session (account_id);

CREATE TABLE api_token (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, token_hash TEXT NOT NULL, org_id TEXT NOT NULL, py BIGINT NOT NULL,
	name TEXT NOT NULL, by_id TEXT NOT NULL, created BIGINT NOT NULL, ends BIGINT NOT NULL, revoked BIGINT NOT NULL,
	version BIGINT NOT NULL);
CREATE UNIQUE INDEX api_token_hash ON api_token (token_hash);
CREATE INDEX api_token_org ON api_token (org_id, created);

CREATE TABLE consent (
	changed BIGINT NOT NULL, py BIGINT NOT NULL, org_id TEXT NOT NULL, registry_id TEXT NOT NULL, by_id TEXT NOT NULL,
	given BIGINT NOT NULL, revoked BIGINT NOT NULL, PRIMARY KEY (org_id, py, registry_id));
CREATE INDEX consent_registry ON consent (registry_id, py, org_id);

CREATE TABLE audit (
	changed BIGINT NOT NULL, sequence BIGINT PRIMARY KEY, at BIGINT NOT NULL, account_id TEXT NOT NULL,
	org_id TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, place TEXT NOT NULL, request_id TEXT NOT NULL,
	outcome BIGINT NOT NULL, view_as TEXT NOT NULL);
CREATE INDEX audit_account ON audit (account_id, sequence) WHERE account_id <> '';
CREATE INDEX audit_org ON audit (org_id, sequence) WHERE org_id <> '';
CREATE INDEX audit_subject ON audit (subject, sequence) WHERE subject <> '';
INSERT INTO counter (name, value) VALUES ('audit', 0);

CREATE TABLE mail (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, recipient TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL,
	html TEXT NOT NULL, state TEXT NOT NULL, attempts BIGINT NOT NULL, created BIGINT NOT NULL, next BIGINT NOT NULL,
	sent BIGINT NOT NULL, error TEXT NOT NULL, version BIGINT NOT NULL);
CREATE INDEX mail_due ON mail (state, next, id);
