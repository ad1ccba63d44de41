DROP TABLE ledger_head;
DROP TABLE ledger_tail;
DROP TABLE ledger_body;
DROP TABLE ledger;
