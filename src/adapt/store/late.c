/*
 * Records that nobody waits for: who looked at what. They gather in memory and go into
 * the next group that the writer commits, or into one of their own after a tenth of a
 * second. While the disk takes none they stay, up to a bound.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapt/store/store_int.h"

/* Waiting in all; in one commit; how long they wait, and after a failure until the next try. */
enum { MOST_LATE = 20000, MOST_AT_ONCE = 1000, WAIT_MS = 100, RETRY_MS = 1000, MS_NS = 1000000, SECOND_NS = 1000000000 };

struct late {
	struct late *next;
	struct qpp_audit record;
	char text[];
};

static char *keep(char *to, struct qpp_str *s)
{
	if (s->n)
		memcpy(to, s->p, s->n);
	s->p = to;
	return to + s->n;
}

static struct late *copy(const struct qpp_audit *a)
{
	struct qpp_audit own = *a;
	struct qpp_str *const texts[] = { &own.account_id, &own.org_id, &own.action, &own.subject, &own.place, &own.request_id,
		&own.view_as };
	enum { TEXTS = sizeof texts / sizeof *texts };
	size_t n = 0;
	for (size_t i = 0; i < TEXTS; i++)
		n += texts[i]->n;
	struct late *l = malloc(sizeof *l + n);
	if (!l)
		return NULL;
	char *to = l->text;
	for (size_t i = 0; i < TEXTS; i++)
		to = keep(to, texts[i]);
	l->next = NULL;
	l->record = own;
	return l;
}

static struct timespec in_ms(int64_t ms)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_nsec += ms * MS_NS;
	t.tv_sec += t.tv_nsec / SECOND_NS;
	t.tv_nsec %= SECOND_NS;
	return t;
}

enum qpp_code qpp_store_audit_soon(struct qpp_store *s, const struct qpp_audit *a, struct qpp_err *err)
{
	struct late_queue *q = &s->late;
	if (atomic_load(&s->stopped))
		return qpp_fail(err, QPP_STOPPED, "the store takes no more writes because its disk failed", (char *)NULL);
	struct late *l = copy(a);
	if (!l)
		return qpp_fail(err, QPP_BUSY, "there is no memory for a record", (char *)NULL);
	if (!l->record.at.us)
		l->record.at = qpp_now(s->clock);
	pthread_mutex_lock(&s->lock);
	bool room = q->n < MOST_LATE;
	if (room) {
		/* Whoever is first tells the writer until when it may sleep. */
		if (!q->n++) {
			q->due = in_ms(WAIT_MS);
			pthread_cond_signal(&s->work);
		}
		*q->last = l;
		q->last = &l->next;
	}
	pthread_mutex_unlock(&s->lock);
	if (room)
		return QPP_OK;
	free(l);
	return qpp_fail(err, QPP_BUSY, "too many records wait for the disk", (char *)NULL);
}

bool late_wait(struct qpp_store *s)
{
	struct late_queue *q = &s->late;
	if (!q->n) {
		pthread_cond_wait(&s->work, &s->lock);
		return false;
	}
	/* Signalled for any other reason: still the same moment. */
	struct timespec due = q->due;
	return pthread_cond_timedwait(&s->work, &s->lock, &due) != 0;
}

struct late *late_take(struct qpp_store *s)
{
	struct late_queue *q = &s->late;
	struct late *first = q->first, *l = first;
	if (!first || q->retry)
		return NULL;
	q->n--;
	for (size_t n = 1; n < MOST_AT_ONCE && l->next; n++, q->n--)
		l = l->next;
	q->first = l->next;
	if (!q->first)
		q->last = &q->first;
	l->next = NULL;
	q->due = in_ms(WAIT_MS);
	return first;
}

void late_drop(struct late *first)
{
	for (struct late *next; first; first = next) {
		next = first->next;
		free(first);
	}
}

void late_done(struct qpp_store *s, struct late *first, bool kept)
{
	struct late_queue *q = &s->late;
	if (!first)
		return;
	if (kept || s->closing || atomic_load(&s->stopped)) {
		late_drop(first);
		return;
	}
	/* Back to the front, for another try in a while: until then groups are not burdened with them. */
	struct late *last = first;
	for (q->n++; last->next; last = last->next)
		q->n++;
	last->next = q->first;
	if (!q->first)
		q->last = &last->next;
	q->first = first;
	q->retry = true;
	q->due = in_ms(RETRY_MS);
}

enum qpp_code late_change(struct qpp_tx *tx, void *first, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	for (struct late *l = first; l && code == QPP_OK; l = l->next)
		code = qpp_store_audit_add(tx, &l->record, err);
	return code;
}
