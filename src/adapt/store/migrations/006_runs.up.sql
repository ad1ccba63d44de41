-- Score runs over everybody, the versions they make, their releases, and facts that decisions put over others.
ALTER TABLE run ADD COLUMN scoring_id TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN phase TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN exact TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN paid_level TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN paid_org_id TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN old_score TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN old_factor TEXT NOT NULL DEFAULT '';
CREATE INDEX run_scoring ON run (scoring_id, kind, id) WHERE scoring_id <> '';
CREATE INDEX run_scoring_org ON run (scoring_id, org_id, entity, npi, id) WHERE scoring_id <> '';

CREATE TABLE scoring (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, py BIGINT NOT NULL, phase TEXT NOT NULL, state TEXT NOT NULL,
	scope TEXT NOT NULL, base_id TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, account_id TEXT NOT NULL,
	scaling TEXT NOT NULL, scaling_factor TEXT NOT NULL, additional_scaling TEXT NOT NULL, rules_hash TEXT NOT NULL,
	version TEXT NOT NULL, overlay TEXT NOT NULL, step TEXT NOT NULL, cursor_text TEXT NOT NULL, digest TEXT NOT NULL,
	levels BIGINT NOT NULL, pairs BIGINT NOT NULL, scored BIGINT NOT NULL, paid BIGINT NOT NULL, up BIGINT NOT NULL,
	down BIGINT NOT NULL, losses BIGINT NOT NULL, gains BIGINT NOT NULL, told BIGINT NOT NULL, created BIGINT NOT NULL,
	finished BIGINT NOT NULL, sequence BIGINT NOT NULL, number BIGINT NOT NULL);
CREATE INDEX scoring_py ON scoring (py, created, id);

CREATE TABLE score_release (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, py BIGINT NOT NULL, phase TEXT NOT NULL, scoring_id TEXT NOT NULL,
	at BIGINT NOT NULL, factors BIGINT NOT NULL, reason TEXT NOT NULL, account_id TEXT NOT NULL, scope TEXT NOT NULL,
	made BIGINT NOT NULL, sequence BIGINT NOT NULL);
CREATE UNIQUE INDEX score_release_scoring ON score_release (scoring_id, factors);
CREATE INDEX score_release_py ON score_release (py, scope, at, id);

CREATE TABLE fact_override (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, py BIGINT NOT NULL, entity TEXT NOT NULL, org_id TEXT NOT NULL,
	npi TEXT NOT NULL, topic TEXT NOT NULL, body TEXT NOT NULL, decision_id TEXT NOT NULL, reason TEXT NOT NULL,
	scoring_id TEXT NOT NULL, account_id TEXT NOT NULL, made BIGINT NOT NULL);
CREATE INDEX fact_override_who ON fact_override (org_id, py, npi, entity);
CREATE INDEX fact_override_scoring ON fact_override (scoring_id, org_id, entity, npi) WHERE scoring_id <> '';

CREATE TABLE scoring_told (
	changed BIGINT NOT NULL, scoring_id TEXT NOT NULL, account_id TEXT NOT NULL, PRIMARY KEY (scoring_id, account_id));
