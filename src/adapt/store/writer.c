/*
 * The writer: requests to write wait in a queue, one thread takes those that are
 * there, runs each inside the same transaction (behind a savepoint, so that one that
 * fails takes nothing of the others with it), commits once, and only then answers all
 * of them. While the disk syncs one group the next one gathers.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapt/store/store_int.h"

/* How often a group is tried again after a conflict with another process; how long a group may gather. */
enum { ATTEMPTS = 8, GATHER_NS = 1000000, SECOND_NS = 1000000000 };

struct job {
	qpp_change *change;
	void *request;
	struct qpp_arena *arena;
	enum qpp_code code;
	struct qpp_err err;
	bool people, done;
	pthread_cond_t answered;
	struct job *next;
};

static void fail_all(struct job *jobs, enum qpp_code code, const struct qpp_err *err)
{
	for (struct job *j = jobs; j; j = j->next)
		if (j->code == QPP_OK) {
			j->code = code;
			j->err = *err;
		}
}

static enum qpp_code control(struct db *db, const char *sql, struct qpp_err *err)
{
	struct db_rows rows;
	struct qpp_arena none = QPP_ARENA_INIT;
	enum qpp_code code = db->driver->run(db, &none, sql, NULL, 0, &rows, err);
	qpp_arena_close(&none);
	return code;
}

/* One request. QPP_OK unless the transaction as a whole cannot go on; what became of the request is in the job. */
static enum qpp_code run_job(struct qpp_store *s, struct job *j, bool alone, struct qpp_err *err)
{
	struct db *db = s->db;
	struct qpp_tx tx = { .store = s, .db = db, .arena = j->arena, .now = qpp_now(s->clock), .writes = true };
	j->code = QPP_OK;
	enum qpp_code code = alone ? QPP_OK : control(db, DB_SQL("SAVEPOINT one"), err);
	if (code != QPP_OK)
		return code;
	j->code = j->change(&tx, j->request, &j->err);
	j->people = tx.people;
	if (tx.fault != QPP_OK) {
		j->code = tx.fault;
		j->err = tx.fault_err;
	}
	if (db->lost || db->again) {
		*err = j->err;
		code = j->code;
		j->code = QPP_OK;
		return code;
	}
	if (alone)
		return QPP_OK;
	if (j->code != QPP_OK)
		code = control(db, DB_SQL("ROLLBACK TO SAVEPOINT one"), err);
	return code == QPP_OK ? control(db, DB_SQL("RELEASE SAVEPOINT one"), err) : code;
}

/* One attempt at a group. QPP_OK: it is on disk, as far as its requests succeeded. */
static enum qpp_code try_group(struct qpp_store *s, struct job *jobs, struct qpp_err *err)
{
	struct db *db = s->db;
	bool any = false;
	enum qpp_code code = db->driver->begin(db, err);
	for (struct job *j = jobs; j && code == QPP_OK; j = j->next) {
		code = run_job(s, j, !jobs->next, err);
		any |= j->code == QPP_OK;
	}
	if (code != QPP_OK || !any) {
		db->driver->rollback(db);
		return code;
	}
	code = db->driver->commit(db, err);
	if (code != QPP_OK)
		db->driver->rollback(db);
	/* Also of one that failed, since nobody knows what it left; too often does no harm. */
	for (struct job *j = jobs; j; j = j->next)
		if (j->people)
			atomic_fetch_add(&s->people, 1);
	return code;
}

static void run_group(struct qpp_store *s, struct job *jobs)
{
	struct qpp_err err = { 0 };
	enum qpp_code code = QPP_OK;
	if (atomic_load(&s->stopped)) {
		code = qpp_fail(&err, QPP_STOPPED, "the store takes no more writes because its disk failed", (char *)NULL);
		qpp_err_hint(&err, "nothing of this was kept", (char *)NULL);
		fail_all(jobs, code, &err);
		return;
	}
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		for (struct job *j = jobs; j; j = j->next)
			j->code = QPP_OK;
		code = try_group(s, jobs, &err);
		if (code == QPP_OK || !s->db->again)
			break;
	}
	if (s->db->failed_sync) {
		atomic_store(&s->stopped, true);
		if (code != QPP_OK) {
			code = QPP_STOPPED;
			struct qpp_err why = err;
			(void)qpp_fail(&err, code, "the disk of the store did not confirm a write", (char *)NULL);
			qpp_err_detail(&err, why.detail, (char *)NULL);
			qpp_err_hint(&err, "whether it was kept is not known; send it again with the same idempotency key later", (char *)NULL);
		}
	}
	if (code != QPP_OK)
		fail_all(jobs, code, &err);
}

/* What the groups come to, for /metrics; called with the lock held. How many requests it was. */
static int64_t count(struct qpp_store *s, const struct job *jobs)
{
	int64_t n = s->figures.waiting;
	bool any = false;
	for (const struct job *j = jobs; j; j = j->next) {
		s->figures.waiting--;
		s->figures.writes += j->code == QPP_OK;
		s->figures.failed += j->code != QPP_OK;
		s->figures.refused_full += j->code == QPP_FULL;
		any |= j->code == QPP_OK;
	}
	s->figures.commits += any;
	return n - s->figures.waiting;
}

static struct job *take_group(struct qpp_store *s)
{
	struct job *jobs = s->first, *j = jobs;
	for (size_t n = 1; n < s->group_most && j->next; n++)
		j = j->next;
	s->first = j->next;
	if (!s->first)
		s->last = &s->first;
	j->next = NULL;
	return jobs;
}

/*
 * Those who were just answered come back in a moment: taking the first of them alone would cost a sync of its own. So
 * after a group of some size the next one is given a millisecond to gather. Called with the lock held.
 */
static void gather(struct qpp_store *s, int64_t size)
{
	struct timespec until;
	if (size < 4)
		return;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += GATHER_NS;
	if (until.tv_nsec >= SECOND_NS) {
		until.tv_nsec -= SECOND_NS;
		until.tv_sec++;
	}
	while (s->figures.waiting < size * 3 / 4 && !s->closing)
		if (pthread_cond_timedwait(&s->work, &s->lock, &until) != 0)
			break;
}

static void answer(struct job *jobs)
{
	for (struct job *j = jobs, *next; j; j = next) {
		/* The job is its waiter's, who may leave as soon as it is done. */
		next = j->next;
		j->done = true;
		pthread_cond_signal(&j->answered);
	}
}

/*
 * Runs until there is something to do; false when there is not and the store closes. What must not wait any longer is
 * done alone, the rest goes with the next group. Called with the lock held.
 */
static bool await(struct qpp_store *s)
{
	bool due = false;
	while (!s->first && !due && !s->closing)
		due = late_wait(s);
	if (due || s->closing)
		s->late.retry = false;
	return s->first || s->late.first;
}

/*
 * A group, and before it the records that nobody waits for, which are older than what the group will record; each stands or
 * falls without the other. Called with the lock held.
 */
static int64_t write_group(struct qpp_store *s)
{
	struct qpp_arena arena = QPP_ARENA_INIT;
	struct late *records = late_take(s);
	struct job *jobs = s->first ? take_group(s) : NULL;
	struct job late = { .change = late_change, .request = records, .arena = &arena, .next = jobs };
	pthread_mutex_unlock(&s->lock);
	run_group(s, records ? &late : jobs);
	qpp_arena_close(&arena);
	pthread_mutex_lock(&s->lock);
	late_done(s, records, late.code == QPP_OK);
	int64_t size = count(s, jobs);
	answer(jobs);
	return size;
}

/* Work between groups. Called with the lock held. */
static void rest(struct qpp_store *s)
{
	struct qpp_err err;
	int64_t done = 0;
	if (!s->db->driver->rest || atomic_load(&s->stopped))
		return;
	pthread_mutex_unlock(&s->lock);
	(void)s->db->driver->rest(s->db, &done, &err);
	if (s->db->failed_sync)
		atomic_store(&s->stopped, true);
	pthread_mutex_lock(&s->lock);
	s->figures.checkpoints += done;
}

static void *write_all(void *self)
{
	struct qpp_store *s = self;
	int64_t size = 0;
	pthread_mutex_lock(&s->lock);
	while (await(s)) {
		if (s->first)
			gather(s, size);
		size = write_group(s);
		rest(s);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

enum qpp_code writer_start(struct qpp_store *s, struct qpp_err *err)
{
	if (pthread_create(&s->writer, NULL, write_all, s) != 0)
		return qpp_fail(err, QPP_IO, "the store could not start its writer", (char *)NULL);
	s->writer_runs = true;
	return QPP_OK;
}

void writer_end(struct qpp_store *s)
{
	if (!s->writer_runs)
		return;
	pthread_mutex_lock(&s->lock);
	s->closing = true;
	pthread_cond_signal(&s->work);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->writer, NULL);
	s->writer_runs = false;
}

enum qpp_code qpp_store_write(struct qpp_store *s, struct qpp_arena *arena, qpp_change *change, void *request,
                              struct qpp_err *err)
{
	struct job j = { .change = change, .request = request, .arena = arena };
	pthread_cond_init(&j.answered, NULL);
	pthread_mutex_lock(&s->lock);
	*s->last = &j;
	s->last = &j.next;
	s->figures.waiting++;
	pthread_cond_signal(&s->work);
	while (!j.done)
		pthread_cond_wait(&j.answered, &s->lock);
	pthread_mutex_unlock(&s->lock);
	pthread_cond_destroy(&j.answered);
	if (j.code != QPP_OK && err)
		*err = j.err;
	return j.code;
}
