-- Applications for exceptions.
CREATE TABLE exception (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, py BIGINT NOT NULL, entity TEXT NOT NULL, org_id TEXT NOT NULL,
	npi TEXT NOT NULL, kind TEXT NOT NULL, event TEXT NOT NULL, categories TEXT NOT NULL, account_id TEXT NOT NULL,
	state TEXT NOT NULL, number TEXT NOT NULL, body TEXT NOT NULL, created BIGINT NOT NULL, filed BIGINT NOT NULL,
	decided BIGINT NOT NULL, sequence BIGINT NOT NULL, version BIGINT NOT NULL);
CREATE INDEX exception_subject ON exception (org_id, py, npi, entity);
CREATE INDEX exception_npi ON exception (npi, py) WHERE npi <> '';
CREATE INDEX exception_queue ON exception (state, filed, id);
