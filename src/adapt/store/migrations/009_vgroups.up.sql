-- Virtual groups on their way to an election: who is asked, who works there, what was agreed and signed.
CREATE TABLE vgroup (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, py BIGINT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,
	origin TEXT NOT NULL, org_id TEXT NOT NULL, account_id TEXT NOT NULL, rep_name TEXT NOT NULL, rep_title TEXT NOT NULL,
	rep_email TEXT NOT NULL, rep_phone TEXT NOT NULL, rep_address TEXT NOT NULL, executed_on TEXT NOT NULL,
	identifier TEXT NOT NULL, group_org_id TEXT NOT NULL, note TEXT NOT NULL, filed BIGINT NOT NULL,
	sequence BIGINT NOT NULL, revising BIGINT NOT NULL, created BIGINT NOT NULL, version BIGINT NOT NULL);
CREATE INDEX vgroup_py ON vgroup (py, state, created, id);

CREATE TABLE vgroup_party (
	changed BIGINT NOT NULL, group_id TEXT NOT NULL, org_id TEXT NOT NULL, py BIGINT NOT NULL, state TEXT NOT NULL,
	by_id TEXT NOT NULL, invited BIGINT NOT NULL, answered BIGINT NOT NULL, elected BIGINT NOT NULL,
	PRIMARY KEY (group_id, org_id));
CREATE INDEX vgroup_party_org ON vgroup_party (org_id, py);

-- One virtual group a year: whoever is first has the practice.
CREATE TABLE vgroup_claim (
	changed BIGINT NOT NULL, py BIGINT NOT NULL, org_id TEXT NOT NULL, group_id TEXT NOT NULL, PRIMARY KEY (py, org_id));

-- The NPIs of a party: as it lists them now ('list'), and as they were elected ('elected').
CREATE TABLE vgroup_npi (
	changed BIGINT NOT NULL, group_id TEXT NOT NULL, edition TEXT NOT NULL, org_id TEXT NOT NULL, npi TEXT NOT NULL,
	place BIGINT NOT NULL, PRIMARY KEY (group_id, edition, org_id, npi));
CREATE INDEX vgroup_npi_npi ON vgroup_npi (npi, edition);

CREATE TABLE vgroup_clause (
	changed BIGINT NOT NULL, group_id TEXT NOT NULL, provision TEXT NOT NULL, body TEXT NOT NULL, account_id TEXT NOT NULL,
	PRIMARY KEY (group_id, provision));

-- The texts that were signed, by their hash; and who signed them.
CREATE TABLE vgroup_agreement (
	changed BIGINT NOT NULL, group_id TEXT NOT NULL, hash TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (group_id, hash));
CREATE TABLE vgroup_signature (
	changed BIGINT NOT NULL, group_id TEXT NOT NULL, org_id TEXT NOT NULL, hash TEXT NOT NULL, account_id TEXT NOT NULL,
	name TEXT NOT NULL, title TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (group_id, org_id, hash));

CREATE TABLE vgroup_event (
	changed BIGINT NOT NULL, group_id TEXT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, account_id TEXT NOT NULL,
	org_id TEXT NOT NULL, kind TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (group_id, number));

-- What a party brings to the question whether the group pays: shown to the others when all have agreed to show it.
CREATE TABLE vgroup_share (
	changed BIGINT NOT NULL, group_id TEXT NOT NULL, org_id TEXT NOT NULL, shows BIGINT NOT NULL, score TEXT NOT NULL,
	dollars TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (group_id, org_id));
