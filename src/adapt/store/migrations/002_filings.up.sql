-- What is filed and what is made of it. A row that was deleted stays with the moment of it; its key is free again.
CREATE TABLE submission (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, py BIGINT NOT NULL, entity TEXT NOT NULL, org_id TEXT NOT NULL,
	npi TEXT NOT NULL, body TEXT NOT NULL, created BIGINT NOT NULL, version BIGINT NOT NULL, deleted BIGINT NOT NULL);
CREATE UNIQUE INDEX submission_who ON submission (org_id, py, npi, entity) WHERE deleted = 0;
CREATE INDEX submission_py ON submission (py, created, id);
CREATE INDEX submission_npi ON submission (npi, py) WHERE npi <> '';

CREATE TABLE measurement_set (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, submission_id TEXT NOT NULL, submitter_id TEXT NOT NULL,
	category TEXT NOT NULL, method TEXT NOT NULL, program TEXT NOT NULL, practice_id TEXT NOT NULL, body TEXT NOT NULL,
	created BIGINT NOT NULL, version BIGINT NOT NULL, deleted BIGINT NOT NULL);
CREATE UNIQUE INDEX measurement_set_key
	ON measurement_set (submission_id, submitter_id, category, method, program, practice_id) WHERE deleted = 0;
CREATE INDEX measurement_set_submitter ON measurement_set (submitter_id, created, id) WHERE submitter_id <> '';

CREATE TABLE run (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, py BIGINT NOT NULL, entity TEXT NOT NULL, org_id TEXT NOT NULL,
	npi TEXT NOT NULL, submission_id TEXT NOT NULL, program TEXT NOT NULL, inputs_hash TEXT NOT NULL,
	rules_hash TEXT NOT NULL, version TEXT NOT NULL, headline TEXT NOT NULL, final_score TEXT NOT NULL,
	factor TEXT NOT NULL, reason TEXT NOT NULL, counts BIGINT NOT NULL, made BIGINT NOT NULL, sequence BIGINT NOT NULL);
CREATE INDEX run_who ON run (org_id, py, npi, entity, made);

CREATE TABLE election (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, kind TEXT NOT NULL, py BIGINT NOT NULL, org_id TEXT NOT NULL,
	npi TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, created BIGINT NOT NULL, version BIGINT NOT NULL);
CREATE INDEX election_org ON election (org_id, py);
CREATE INDEX election_py ON election (py, created, id);

CREATE TABLE request (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, kind TEXT NOT NULL, py BIGINT NOT NULL, org_id TEXT NOT NULL,
	npi TEXT NOT NULL, account_id TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, created BIGINT NOT NULL,
	version BIGINT NOT NULL);
CREATE INDEX request_org ON request (org_id, created);
CREATE INDEX request_account ON request (account_id, created);
CREATE INDEX request_state ON request (kind, state, created);

CREATE TABLE decision (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, request_id TEXT NOT NULL, account_id TEXT NOT NULL,
	outcome TEXT NOT NULL, body TEXT NOT NULL, made BIGINT NOT NULL, sequence BIGINT NOT NULL);
CREATE INDEX decision_request ON decision (request_id, made);

CREATE TABLE once (
	changed BIGINT NOT NULL, scope TEXT NOT NULL, key_text TEXT NOT NULL, request_hash TEXT NOT NULL,
	status BIGINT NOT NULL, response TEXT NOT NULL, PRIMARY KEY (scope, key_text));
CREATE INDEX once_changed ON once (changed);
