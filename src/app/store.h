/*
 * The store: everything the service keeps, behind one door. This is a port by
 * link: use cases call these functions and see no SQL; src/adapt/store/ implements
 * them once over SQLite (sqlite:PATH) and PostgreSQL (postgresql://...), chosen by
 * URL when the store is opened.
 *
 * Reading. A transaction that sees one state of the data, in a straight line:
 *
 *   struct qpp_tx *tx;
 *   code = qpp_store_begin(store, arena, &tx, err);
 *   if (code == QPP_OK) {
 *           code = qpp_store_org_get(tx, id, &org, err);
 *           qpp_store_end(tx);
 *   }
 *
 * Writing. A function that the store calls with a transaction, alone or together
 * with those of other requests (group commit):
 *
 *   code = qpp_store_write(store, arena, change, &request, err);
 *
 *  - QPP_OK is returned only when what the function did is on disk (fsync); until then nothing may be acknowledged.
 *  - When the function returns another code, nothing of it is kept and that code is returned. Other requests of the
 *    same group are not touched.
 *  - The function runs on a thread of the store, one at a time, and may run again after a conflict with another
 *    process: it does nothing but read and write the store and fill in what it was given. It must not wait for
 *    anything, must not call qpp_store_begin() or qpp_store_write(), and the arena's refuse handler must not jump.
 *  - QPP_FULL: the disk is full; nothing was kept, reading goes on, and writing works again when there is space.
 *  - QPP_STOPPED: the disk failed to confirm a commit (fsync). Whether that group is kept is unknown; no further
 *    write is taken until the process starts anew. The filer repeats with the same idempotency key.
 *
 * Rows. What is read lives in the arena of the transaction. Rows that are written may point anywhere. Absent texts
 * are empty, absent moments 0; nothing is NULL. A `body` is JSON text that the store neither reads nor changes. Ids are
 * UUIDv4 text; an id that is empty in a new row is made by the store and set in the row.
 *
 * TINs. They are stored encrypted beside a keyed hash to look them up by. Rows carry them masked (*****1234); only
 * qpp_store_org_tin() gives one in the clear, for those who may see it. Put none into a body: a body that has the TIN
 * of its organization in it is refused (QPP_BUG).
 *
 * Versions. Rows with a `version` are changed under it: an update names the version it was made from, and answers
 * QPP_STALE when the row has moved on. New rows have version 1. The ETag of a page is this number.
 *
 * Every function of a transaction may fail with QPP_IO (store not reachable), QPP_FULL and QPP_BUG (a write in a
 * reading transaction); further codes stand with the function. A `_get` without a match is QPP_NOT_FOUND; a new row
 * that is there already is QPP_DUPLICATE; lists may be empty.
 *
 * The entities: store_people.h (organizations, clinicians, who belongs where), store_filings.h (submissions, runs,
 * elections, requests, the ledger), store_access.h (accounts, roles, sessions, tokens, consents, audit, mail); on their
 * own store_runs.h (runs over everybody, releases, overrides) and store_review.h (targeted reviews, their events and
 * documents, extensions of windows), store_vgroups.h (virtual groups on their way to an election).
 */
#ifndef QPP_APP_STORE_H
#define QPP_APP_STORE_H

#include "app/clock.h"
#include "qpp/err.h"

struct qpp_store;
struct qpp_tx;

enum { QPP_KEY_BYTES = 32 };

/*
 * The secrets of one installation. `data` encrypts TINs, filed bytes and TOTP secrets; `index` is the key of the hashes
 * they are looked up by; `sign` is the Ed25519 seed that signs receipts. Losing `data` loses them for good.
 */
struct qpp_keys {
	unsigned char data[QPP_KEY_BYTES], index[QPP_KEY_BYTES], sign[QPP_KEY_BYTES];
};

/* Reads a key file; with `create`, makes it (mode 0600, fsynced) when there is none. QPP_IO, QPP_DATA. */
QPP_MUST_USE enum qpp_code qpp_keys_load(const char *path, bool create, struct qpp_keys *out, struct qpp_err *err);

struct qpp_store_config {
	const char *url;                         /* sqlite:PATH, postgresql://..., postgres:KEYWORD=VALUE ... */
	const struct qpp_keys *keys;             /* copied */
	struct qpp_clock *clock;
	/* Fills `p` with random bytes; NULL: from the system. Tests and synthetic states give a repeatable one. */
	void (*random)(void *self, void *p, size_t n);
	void *random_self;
	unsigned readers;                        /* connections for reading; 0: 4 */
	unsigned group_most;                     /* requests in one commit at most; 0: 256 */
	bool migrate;                            /* bring the schema up to date; otherwise another version is QPP_DATA */
};

/*
 * Opens the store and starts its writer. One process at a time may have a SQLite file open for writing; a second one
 * is refused (QPP_BUSY). QPP_USAGE: the URL. QPP_IO. QPP_DATA: the schema is of another version.
 */
QPP_MUST_USE enum qpp_code qpp_store_open(const struct qpp_store_config *c, struct qpp_store **out, struct qpp_err *err);

/* Finishes the writes it has taken, then closes. Reading transactions must have ended. NULL is allowed. */
void qpp_store_close(struct qpp_store *store);

/* Whether writes are taken; for /readyz. `why` (which may be NULL) is a sentence when they are not. */
bool qpp_store_healthy(struct qpp_store *store, const char **why);

/*
 * A number that is another after every commit that touched organizations, clinicians, who belongs where, or facts: for what
 * is made of these alone and kept. It is taken before they are read. 0: it cannot be told, since other processes may write
 * there (PostgreSQL).
 */
uint64_t qpp_store_people_stamp(struct qpp_store *store);

/* Figures for /metrics, since the store was opened. */
struct qpp_store_figures {
	int64_t writes, commits, failed, refused_full, checkpoints, reads;
	int64_t waiting;                         /* write requests in the queue now */
};
struct qpp_store_figures qpp_store_figures(struct qpp_store *store);

/*
 * The schema. `to` is the number of the last migration to keep, -1 the newest; smaller than the present one goes down,
 * and what does not exist below is lost. The store must not be open. `*at` is where it stands afterwards.
 */
QPP_MUST_USE enum qpp_code qpp_store_migrate(const char *url, int to, int *at, struct qpp_err *err);

/* A consistent copy into a new SQLite file while the store is in use. QPP_USAGE on PostgreSQL, which has pg_dump. */
QPP_MUST_USE enum qpp_code qpp_store_backup(struct qpp_store *store, const char *path, struct qpp_err *err);

/* --- transactions --- */

QPP_MUST_USE enum qpp_code qpp_store_begin(struct qpp_store *store, struct qpp_arena *arena, struct qpp_tx **out,
                                           struct qpp_err *err);
void qpp_store_end(struct qpp_tx *tx);

typedef enum qpp_code qpp_change(struct qpp_tx *tx, void *request, struct qpp_err *err);

QPP_MUST_USE enum qpp_code qpp_store_write(struct qpp_store *store, struct qpp_arena *arena, qpp_change *change,
                                           void *request, struct qpp_err *err);

/* Where rows are made, and the moment the transaction began. */
struct qpp_arena *qpp_tx_arena(struct qpp_tx *tx);
qpp_time qpp_tx_now(struct qpp_tx *tx);

/* A new UUIDv4; `n` random bytes as lower-case hexadecimal (session and API tokens). In the arena. */
struct qpp_str qpp_store_new_id(struct qpp_store *store, struct qpp_arena *arena);
struct qpp_str qpp_store_new_token(struct qpp_store *store, struct qpp_arena *arena, size_t n);

/* Hash of a token under which it is stored and found (keyed; hexadecimal). */
struct qpp_str qpp_store_token_hash(struct qpp_store *store, struct qpp_arena *arena, struct qpp_str token);

/* A part of a list: rows from `start` (0 is the first), `most` of them (0: 1,000, which is also the largest). */
struct qpp_slice {
	int64_t start, most;
	bool count;                              /* also say how many there are in all */
};

/* Rows of a list. `total` is -1 unless it was asked for. */
#define QPP_ROWS(type)                   \
	struct type##_rows {             \
		struct type *v;          \
		size_t n;                \
		int64_t total;           \
	}

/*
 * Once and no twice: a write under the idempotency key of its sender. `scope` is whose key it is (an account or token
 * and the route), `request_hash` any text that is the same for the same request.
 *  - first time: `change` runs and sets `response` (and `status`), which are kept with what it did;
 *  - the same key and request again: nothing runs, `replayed` is true, response and status are those of the first time;
 *  - the same key, another request: QPP_KEY_REUSED (422);
 *  - the same key while the first is being worked on: QPP_CONFLICT (409).
 */
struct qpp_once {
	struct qpp_str scope, key, request_hash;
	struct qpp_str response;
	int status;
	bool replayed;
};
QPP_MUST_USE enum qpp_code qpp_store_write_once(struct qpp_store *store, struct qpp_arena *arena, struct qpp_once *once,
                                                qpp_change *change, void *request, struct qpp_err *err);

/* Forgets keys older than `before`; at most `most` in one call, how many in `*n`. */
QPP_MUST_USE enum qpp_code qpp_store_once_purge(struct qpp_tx *tx, qpp_time before, int64_t most, int64_t *n,
                                                struct qpp_err *err);

#include "app/store_access.h"
#include "app/store_filings.h"
#include "app/store_people.h"
#include "app/store_runs.h"
#include "app/store_vgroups.h"

#endif
