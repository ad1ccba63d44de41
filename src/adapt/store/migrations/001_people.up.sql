-- Organizations, clinicians, and who belongs where in which year.
CREATE TABLE counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL);

CREATE TABLE organization (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, kind TEXT NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL,
	name_folded TEXT NOT NULL, address1 TEXT NOT NULL, address2 TEXT NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL,
	zip TEXT NOT NULL, county TEXT NOT NULL, body TEXT NOT NULL, tin TEXT NOT NULL, tin_hash TEXT NOT NULL,
	version BIGINT NOT NULL);
CREATE UNIQUE INDEX organization_tin ON organization (tin_hash) WHERE kind = 'practice' AND tin_hash <> '';
CREATE UNIQUE INDEX organization_number ON organization (kind, number) WHERE number <> '';
CREATE INDEX organization_name ON organization (kind, name_folded, id);

CREATE TABLE clinician (
	changed BIGINT NOT NULL, npi TEXT PRIMARY KEY, type BIGINT NOT NULL, first TEXT NOT NULL, middle TEXT NOT NULL,
	last TEXT NOT NULL, specialty TEXT NOT NULL, enrolled TEXT NOT NULL, body TEXT NOT NULL);

CREATE TABLE relation (
	changed BIGINT NOT NULL, py BIGINT NOT NULL, org_id TEXT NOT NULL, npi TEXT NOT NULL, facts TEXT NOT NULL,
	statuses TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (npi, py, org_id));
CREATE INDEX relation_org ON relation (org_id, py, npi);

CREATE TABLE membership (
	changed BIGINT NOT NULL, py BIGINT NOT NULL, group_id TEXT NOT NULL, org_id TEXT NOT NULL, npi TEXT NOT NULL,
	body TEXT NOT NULL, PRIMARY KEY (group_id, py, org_id, npi));
CREATE INDEX membership_org ON membership (org_id, py, npi, group_id);
CREATE INDEX membership_npi ON membership (npi, py, org_id) WHERE npi <> '';

CREATE TABLE fact (
	changed BIGINT NOT NULL, py BIGINT NOT NULL, entity TEXT NOT NULL, org_id TEXT NOT NULL, npi TEXT NOT NULL,
	topic TEXT NOT NULL, body TEXT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (org_id, py, npi, entity, topic));
