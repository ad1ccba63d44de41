/* The store itself: opening, closing, the connections for reading, new ids. */
#include "app/store.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/store/store_int.h"

enum { READERS = 4, GROUP_MOST = 256, UUID_BYTES = 16, UUID_LENGTH = 36 };

static void system_random(void *self, void *p, size_t n)
{
	(void)self;
	randombytes_buf(p, n);
}

static enum qpp_code make(const struct qpp_store_config *c, struct qpp_store **out, struct qpp_err *err)
{
	struct qpp_store *s = calloc(1, sizeof *s);
	if (s) {
		s->url = strdup(c->url);
		s->n_readers = c->readers ? c->readers : READERS;
		s->free_readers = calloc(s->n_readers, sizeof *s->free_readers);
	}
	if (sodium_init() < 0 || !s || !s->url || !s->free_readers) {
		if (s) {
			free(s->url);
			free(s->free_readers);
		}
		free(s);
		return qpp_fail(err, QPP_IO, "there is no memory to open the store", (char *)NULL);
	}
	s->clock = c->clock;
	s->random = c->random ? c->random : system_random;
	s->random_self = c->random_self;
	s->group_most = c->group_most ? c->group_most : GROUP_MOST;
	s->last = &s->first;
	s->late.last = &s->late.first;
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->random_lock, NULL);
	pthread_mutex_init(&s->readers_lock, NULL);
	pthread_cond_init(&s->work, NULL);
	pthread_cond_init(&s->reader_back, NULL);
	crypt_init(&s->crypt, c->keys);
	*out = s;
	return QPP_OK;
}

static enum qpp_code check_schema(struct qpp_store *s, bool migrate, struct qpp_err *err)
{
	int at, newest = migrate_newest();
	enum qpp_code code = migrate_db(s->db, migrate ? newest : -2, &at, err);
	if (code != QPP_OK || at == newest)
		return code;
	(void)qpp_fail(err, QPP_DATA, "the tables of the store are of another version of the program", (char *)NULL);
	qpp_err_hint(err, at < newest ? "bring them up to date with: qppd migrate" : "use the newer program they were made by",
	             (char *)NULL);
	return QPP_DATA;
}

enum qpp_code qpp_store_open(const struct qpp_store_config *c, struct qpp_store **out, struct qpp_err *err)
{
	struct qpp_store *s = NULL;
	*out = NULL;
	const struct db_driver *driver = db_driver_of(c->url, err);
	if (!driver)
		return QPP_USAGE;
	enum qpp_code code = make(c, &s, err);
	if (code != QPP_OK)
		return code;
	code = driver->open(s->url, DB_WRITE, &s->db, err);
	if (code == QPP_OK)
		code = check_schema(s, c->migrate, err);
	while (code == QPP_OK && s->n_free < s->n_readers) {
		code = driver->open(s->url, DB_READ, &s->free_readers[s->n_free], err);
		s->n_free += code == QPP_OK;
	}
	if (code == QPP_OK)
		code = writer_start(s, err);
	if (code == QPP_OK)
		*out = s;
	else
		qpp_store_close(s);
	return code;
}

void qpp_store_close(struct qpp_store *s)
{
	if (!s)
		return;
	writer_end(s);
	late_drop(s->late.first);
	while (s->n_free)
		s->db->driver->close(s->free_readers[--s->n_free]);
	if (s->db)
		s->db->driver->close(s->db);
	pthread_mutex_destroy(&s->lock);
	pthread_mutex_destroy(&s->random_lock);
	pthread_mutex_destroy(&s->readers_lock);
	pthread_cond_destroy(&s->work);
	pthread_cond_destroy(&s->reader_back);
	crypt_end(&s->crypt);
	free(s->free_readers);
	free(s->url);
	free(s);
}

bool qpp_store_healthy(struct qpp_store *s, const char **why)
{
	bool stopped = atomic_load(&s->stopped);
	if (why)
		*why = stopped ? "the disk of the store did not confirm a write; start anew when it has been looked at" : "";
	return !stopped;
}

uint64_t qpp_store_people_stamp(struct qpp_store *s)
{
	return s->db->driver == &db_sqlite ? atomic_load(&s->people) + 1 : 0;
}

struct qpp_store_figures qpp_store_figures(struct qpp_store *s)
{
	pthread_mutex_lock(&s->lock);
	struct qpp_store_figures f = s->figures;
	pthread_mutex_unlock(&s->lock);
	return f;
}

enum qpp_code qpp_store_migrate(const char *url, int to, int *at, struct qpp_err *err)
{
	struct db *db;
	const struct db_driver *driver = db_driver_of(url, err);
	if (!driver)
		return QPP_USAGE;
	if (to > migrate_newest() || to < -1)
		return qpp_fail(err, QPP_USAGE, "there is no migration of that number", (char *)NULL);
	enum qpp_code code = driver->open(url, DB_WRITE, &db, err);
	if (code != QPP_OK)
		return code;
	code = migrate_db(db, to < 0 ? migrate_newest() : to, at, err);
	driver->close(db);
	return code;
}

/* --- reading --- */

static struct db *take_reader(struct qpp_store *s)
{
	pthread_mutex_lock(&s->readers_lock);
	while (!s->n_free)
		pthread_cond_wait(&s->reader_back, &s->readers_lock);
	struct db *db = s->free_readers[--s->n_free];
	pthread_mutex_unlock(&s->readers_lock);
	return db;
}

static void give_reader(struct qpp_store *s, struct db *db)
{
	pthread_mutex_lock(&s->readers_lock);
	s->free_readers[s->n_free++] = db;
	pthread_cond_signal(&s->reader_back);
	pthread_mutex_unlock(&s->readers_lock);
}

enum qpp_code qpp_store_begin(struct qpp_store *s, struct qpp_arena *arena, struct qpp_tx **out, struct qpp_err *err)
{
	struct db *db = take_reader(s);
	*out = NULL;
	enum qpp_code code = db->driver->begin(db, err);
	if (code != QPP_OK) {
		give_reader(s, db);
		return code;
	}
	pthread_mutex_lock(&s->lock);
	s->figures.reads++;
	pthread_mutex_unlock(&s->lock);
	struct qpp_tx *tx = QPP_NEW(arena, struct qpp_tx);
	*tx = (struct qpp_tx){ .store = s, .db = db, .arena = arena, .now = qpp_now(s->clock) };
	*out = tx;
	return QPP_OK;
}

void qpp_store_end(struct qpp_tx *tx)
{
	tx->db->driver->rollback(tx->db);
	give_reader(tx->store, tx->db);
	tx->db = NULL;
}

enum qpp_code qpp_store_backup(struct qpp_store *s, const char *path, struct qpp_err *err)
{
	struct db *db = take_reader(s);
	enum qpp_code code;
	if (db->driver->backup)
		code = db->driver->backup(db, path, err);
	else
		code = qpp_fail(err, QPP_USAGE, "PostgreSQL is copied with pg_dump", (char *)NULL);
	give_reader(s, db);
	return code;
}

struct qpp_arena *qpp_tx_arena(struct qpp_tx *tx)
{
	return tx->arena;
}

qpp_time qpp_tx_now(struct qpp_tx *tx)
{
	return tx->now;
}

/* --- ids --- */

static void fill_random(struct qpp_store *s, void *p, size_t n)
{
	pthread_mutex_lock(&s->random_lock);
	s->random(s->random_self, p, n);
	pthread_mutex_unlock(&s->random_lock);
}

struct qpp_str qpp_store_new_id(struct qpp_store *s, struct qpp_arena *arena)
{
	unsigned char b[UUID_BYTES];
	fill_random(s, b, sizeof b);
	/* RFC 4122: version 4, variant 1. */
	b[6] = (unsigned char)((b[6] & 0x0F) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
	const char *hex = crypt_hex(arena, b, sizeof b).p;
	char *id = qpp_arena_alloc(arena, UUID_LENGTH + 1), *to = id;
	for (size_t i = 0; i < UUID_BYTES * 2; i++) {
		if (i == 8 || i == 12 || i == 16 || i == 20)
			*to++ = '-';
		*to++ = hex[i];
	}
	return (struct qpp_str){ id, UUID_LENGTH };
}

struct qpp_str tx_new_id(struct qpp_tx *tx)
{
	return qpp_store_new_id(tx->store, tx->arena);
}

struct qpp_str qpp_store_new_token(struct qpp_store *s, struct qpp_arena *arena, size_t n)
{
	unsigned char *b = qpp_arena_alloc(arena, n + 1);
	fill_random(s, b, n);
	return crypt_hex(arena, b, n);
}

struct qpp_str qpp_store_token_hash(struct qpp_store *s, struct qpp_arena *arena, struct qpp_str token)
{
	return crypt_index(&s->crypt, arena, "token", token);
}

struct qpp_str qpp_store_public_key(struct qpp_store *s, struct qpp_arena *arena)
{
	return qpp_str_dup(arena, qpp_str_of(s->crypt.public_hex));
}
