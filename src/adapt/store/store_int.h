/*
 * What the files of the store share: the store and its transactions, rows by
 * their columns, and what is encrypted or hashed.
 *
 * A table of the database is written down once, as a list of columns:
 *
 *   #define CLINICIAN(X) X(TEXT, npi, npi) X(NUMBER, type, type) ...
 *
 * (how it is kept, the member of the row, the column). From it come the statements, which are literals, and the table
 * by which rows are bound and read. Every table has `changed` in front, the moment of the last change.
 */
#ifndef QPP_STORE_INT_H
#define QPP_STORE_INT_H

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "adapt/store/db.h"
#include "app/receipt.h"
#include "app/store.h"

struct crypt {
	struct qpp_keys keys;
	unsigned char secret[64], public[32];    /* Ed25519 */
	char public_hex[QPP_HASH_HEX + 1];
};

struct job;
struct flight;
struct late;

/* Records that wait for the next commit; under the lock of the writer. */
struct late_queue {
	struct late *first, **last;
	size_t n;
	struct timespec due;             /* when they are to be written at the latest; with `retry`: at the earliest */
	bool retry;                      /* the last try failed */
};

struct qpp_store {
	char *url;
	struct qpp_clock *clock;
	void (*random)(void *self, void *p, size_t n);
	void *random_self;
	pthread_mutex_t random_lock;
	struct crypt crypt;
	size_t group_most;

	/* The writer: one thread with the one connection that writes. */
	pthread_t writer;
	bool writer_runs;
	struct db *db;
	pthread_mutex_t lock;            /* of everything below */
	pthread_cond_t work;
	struct job *first, **last;
	bool closing;
	struct flight *flights;          /* idempotency keys being worked on */
	struct late_queue late;
	struct qpp_store_figures figures;
	atomic_bool stopped;
	_Atomic uint64_t people;         /* qpp_store_people_stamp() */

	/* Connections for reading that nobody has. */
	struct db **free_readers;
	size_t n_free, n_readers;
	pthread_mutex_t readers_lock;
	pthread_cond_t reader_back;
};

struct qpp_tx {
	struct qpp_store *store;
	struct db *db;
	struct qpp_arena *arena;
	qpp_time now;
	bool writes;
	bool people;                     /* organizations, clinicians, who belongs where, or facts were changed */
	/* A failure that no function may pass over: the whole request fails with it. */
	enum qpp_code fault;
	struct qpp_err fault_err;
};

/* --- statements --- */

#define V_TEXT(x) { .is_text = true, .s = (x) }
#define V_NUMBER(x) { .i = (x) }
#define V_TIME(x) { .i = (x).us }
#define VALUES(...) (const struct db_value[]){ __VA_ARGS__ }, sizeof((const struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value)

/* Reads in any transaction; changes only in one that writes (QPP_BUG). */
enum qpp_code tx_read(struct qpp_tx *tx, const char *sql, const struct db_value *values, size_t n, struct db_rows *out,
                      struct qpp_err *err);
enum qpp_code tx_change(struct qpp_tx *tx, const char *sql, const struct db_value *values, size_t n, struct db_rows *out,
                        struct qpp_err *err);

/* --- rows --- */

enum column_kind { TEXT, NUMBER, TIME, YEAR, FLAG, ENTITY, ORG_KIND, POST, ROLE_STATE, MAIL_STATE };

struct column {
	enum column_kind kind;
	size_t offset;
};

struct table {
	const struct column *columns;
	size_t n;
	size_t size;                     /* of a row */
	ptrdiff_t changed;               /* place of the member `changed`, -1 when the row has none */
};

#define COLUMN_NAME(kind, member, column) ", " #column
#define COLUMN_MARK(kind, member, column) ", ?"
#define COLUMN_SET(kind, member, column) ", " #column " = ?"
#define COLUMN_NEW(kind, member, column) ", " #column " = excluded." #column

#define SELECT(LIST, name) "SELECT changed" LIST(COLUMN_NAME) " FROM " name " "
#define INSERT(LIST, name) "INSERT INTO " name " (changed" LIST(COLUMN_NAME) ") VALUES (?" LIST(COLUMN_MARK) ") "
/* New, or anew where the key is there. */
#define UPSERT(LIST, name, key) INSERT(LIST, name) "ON CONFLICT (" key ") DO UPDATE SET changed = excluded.changed" LIST(COLUMN_NEW)
#define UPDATE(LIST, name) "UPDATE " name " SET changed = ?" LIST(COLUMN_SET) " "

/* The table of a row type: COLUMNS(LIST, struct qpp_x) inside a static array. ROW is the struct. */
#define TABLE(name, LIST, ROW, changed_at)                                           \
	static const struct column name##_columns[] = { LIST(name##_COLUMN) };       \
	static const struct table name = { name##_columns, sizeof name##_columns / sizeof *name##_columns, sizeof(ROW), changed_at }
#define COLUMN_AT(ROW, kind, member) { kind, offsetof(ROW, member) },

/*
 * Values of a row: `changed` first, then the columns, then the further ones. In the arena; the count in `*n`.
 */
struct db_value *row_values(struct qpp_tx *tx, const struct table *t, const void *row, const struct db_value *more,
                            size_t n_more, size_t *n);
void row_read(const struct table *t, const struct db_cell *cells, void *row);

/* The one row of a SELECT, or QPP_NOT_FOUND; all of them. */
enum qpp_code row_get(struct qpp_tx *tx, const struct table *t, const char *sql, const struct db_value *values, size_t n,
                      void *row, const char *what, struct qpp_err *err);
enum qpp_code row_list(struct qpp_tx *tx, const struct table *t, const char *sql, const struct db_value *values, size_t n,
                       void **rows, size_t *n_rows, struct qpp_err *err);
/* An INSERT, UPSERT or UPDATE with the values of a row and further ones; how many rows it changed. */
enum qpp_code row_write(struct qpp_tx *tx, const struct table *t, const char *sql, const void *row,
                        const struct db_value *more, size_t n_more, int64_t *changes, struct qpp_err *err);

/* A row under its version: insert when it has no id or the version is 0, else update. `what` names it in messages. */
struct versioned {
	const struct table *table;
	const char *insert, *update, *look;      /* look: SELECT version ... WHERE id = ? */
	const char *what;
};
enum qpp_code row_put(struct qpp_tx *tx, const struct versioned *v, void *row, struct qpp_str *id, int64_t *version,
                      struct qpp_err *err);

enum qpp_code not_found(struct qpp_err *err, const char *what);
enum qpp_code duplicate(struct qpp_err *err, const char *what);
enum qpp_code stale(struct qpp_err *err, const char *what);

/* LIMIT and OFFSET of a slice; the total of "SELECT COUNT(*) ..." with the same values when it is asked for. */
int64_t slice_most(struct qpp_slice s);
enum qpp_code slice_total(struct qpp_tx *tx, struct qpp_slice s, const char *sql, const struct db_value *values, size_t n,
                          int64_t *total, struct qpp_err *err);

struct qpp_str tx_new_id(struct qpp_tx *tx);
/* QPP_BUG when the text has the TIN of an organization in it. */
enum qpp_code refuse_tin(struct qpp_tx *tx, struct qpp_str body, struct qpp_err *err);

/* --- secrets --- */

void crypt_init(struct crypt *c, const struct qpp_keys *keys);
void crypt_end(struct crypt *c);
/* Encrypted for a purpose ("tin", "body 12"), as text; and back. An empty text stays empty. QPP_DATA: not ours, or changed. */
struct qpp_str crypt_seal(const struct crypt *c, struct qpp_arena *a, const char *purpose, struct qpp_str plain);
enum qpp_code crypt_open(const struct crypt *c, struct qpp_arena *a, const char *purpose, struct qpp_str sealed,
                         struct qpp_str *out, struct qpp_err *err);
/* Keyed hash to look something up by, 64 hexadecimal digits. */
struct qpp_str crypt_index(const struct crypt *c, struct qpp_arena *a, const char *purpose, struct qpp_str plain);
struct qpp_str crypt_sha256(struct qpp_arena *a, struct qpp_str bytes);
struct qpp_str crypt_sign(const struct crypt *c, struct qpp_arena *a, struct qpp_str text);
struct qpp_str crypt_hex(struct qpp_arena *a, const unsigned char *p, size_t n);

/* --- the parts of a store --- */

enum qpp_code writer_start(struct qpp_store *s, struct qpp_err *err);
void writer_end(struct qpp_store *s);

/* --- late.c; all with the lock of the writer held, but for the change --- */

/* Waits for work of the writer; true when what waits in `late` is due. */
bool late_wait(struct qpp_store *s);
/* Those that go into the next group; NULL: none. */
struct late *late_take(struct qpp_store *s);
/* What became of them. */
void late_done(struct qpp_store *s, struct late *first, bool kept);
void late_drop(struct late *first);
enum qpp_code late_change(struct qpp_tx *tx, void *first, struct qpp_err *err);

/* Where the schema stands; brought to `to` (-1: newest). */
enum qpp_code migrate_db(struct db *db, int to, int *at, struct qpp_err *err);
int migrate_newest(void);

#endif
