-- The ledger: one chain of records, never changed; its tail; the heads that were signed.
CREATE TABLE ledger (
	sequence BIGINT PRIMARY KEY, at BIGINT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, sha256 TEXT NOT NULL,
	previous TEXT NOT NULL, chain TEXT NOT NULL, signature TEXT NOT NULL);
CREATE INDEX ledger_subject ON ledger (subject, sequence);
CREATE TABLE ledger_body (sequence BIGINT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE ledger_tail (name TEXT PRIMARY KEY, sequence BIGINT NOT NULL, chain TEXT NOT NULL);
INSERT INTO ledger_tail (name, sequence, chain)
	VALUES ('ledger', 0, '0000000000000000000000000000000000000000000000000000000000000000');
CREATE TABLE ledger_head (
	sequence BIGINT PRIMARY KEY, at BIGINT NOT NULL, chain TEXT NOT NULL, signature TEXT NOT NULL);
