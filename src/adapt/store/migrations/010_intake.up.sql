-- Messages that came in by e-mail: what each was and what became of it. What was written stands in the ledger.
CREATE TABLE intake (
	changed BIGINT NOT NULL, id TEXT PRIMARY KEY, hash TEXT NOT NULL, message_id TEXT NOT NULL, sender TEXT NOT NULL,
	account_id TEXT NOT NULL, py BIGINT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, election_id TEXT NOT NULL,
	received BIGINT NOT NULL, sequence BIGINT NOT NULL, answered BIGINT NOT NULL, body TEXT NOT NULL);
CREATE UNIQUE INDEX intake_hash ON intake (hash);
CREATE INDEX intake_sender ON intake (sender, received);
CREATE INDEX intake_outcome ON intake (outcome, received, id);
