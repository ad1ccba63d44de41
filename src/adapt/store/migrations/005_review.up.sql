-- Targeted reviews, what happened to them, their documents, and what an operator changed about windows.
CREATE TABLE review (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, py BIGINT NOT NULL, entity TEXT NOT NULL, org_id TEXT NOT NULL,
	npi TEXT NOT NULL, account_id TEXT NOT NULL, acting_id TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
	campaign TEXT NOT NULL, assignee_id TEXT NOT NULL, number TEXT NOT NULL, first_id TEXT NOT NULL, body TEXT NOT NULL,
	created BIGINT NOT NULL, filed BIGINT NOT NULL, asked BIGINT NOT NULL, due BIGINT NOT NULL, lapsed BIGINT NOT NULL, to_apply BIGINT NOT NULL,
	margin BIGINT NOT NULL, sequence BIGINT NOT NULL, version BIGINT NOT NULL);
CREATE INDEX review_subject ON review (org_id, py, npi, entity, reason);
CREATE INDEX review_account ON review (account_id, created);
CREATE INDEX review_acting ON review (acting_id, created) WHERE acting_id <> '';
CREATE INDEX review_npi ON review (npi, py) WHERE npi <> '';
CREATE INDEX review_queue ON review (state, filed, id);
CREATE INDEX review_to_apply ON review (filed) WHERE to_apply = 1;
CREATE INDEX review_due ON review (due) WHERE state = 'informationRequested';

CREATE TABLE review_event (
	changed BIGINT NOT NULL, review_id TEXT NOT NULL, place BIGINT NOT NULL, account_id TEXT NOT NULL, act TEXT NOT NULL,
	was TEXT NOT NULL, becomes TEXT NOT NULL, note TEXT NOT NULL, inside BIGINT NOT NULL, at BIGINT NOT NULL,
	PRIMARY KEY (review_id, place));

CREATE TABLE review_document (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, review_id TEXT NOT NULL, account_id TEXT NOT NULL, name TEXT NOT NULL,
	kind TEXT NOT NULL, sha256 TEXT NOT NULL, size BIGINT NOT NULL, at BIGINT NOT NULL, bytes TEXT NOT NULL);
CREATE INDEX review_document_review ON review_document (review_id, at, id);

CREATE TABLE review_extension (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, py BIGINT NOT NULL, campaign TEXT NOT NULL, levels TEXT NOT NULL,
	says TEXT NOT NULL, opens BIGINT NOT NULL, closes BIGINT NOT NULL, account_id TEXT NOT NULL, reason TEXT NOT NULL,
	made BIGINT NOT NULL, sequence BIGINT NOT NULL);
CREATE INDEX review_extension_py ON review_extension (py, made, sequence);
