/*
 * Passwords are hashed here: argon2id with 19 MiB and two passes, by a fixed
 * number of threads. Each sign-in costs a tenth of a second of a processor, so
 * that a flood of them is the cheapest way to stop the service: at most so many
 * wait, the rest is told to come back, and memory stays bounded by the threads.
 */
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "app/identity_int.h"

enum { HASH_PASSES = 2, HASH_BYTES = 19 * 1024 * 1024, THREADS = 2, THREADS_MOST = 64, WAITING = 32 };

_Static_assert(QPP_HASH_TEXT >= crypto_pwhash_STRBYTES, "the text of a hash has its place");

/* What waits, on the stack of the one who waits. */
struct job {
	struct job *next;
	const char *password;
	size_t length;
	const char *verify;          /* NULL: make */
	char *make;
	bool done, right, no_memory;
};

struct qpp_hasher {
	pthread_mutex_t lock;
	pthread_cond_t work, done;
	struct job *first, **last;
	unsigned waiting, waiting_most, working, n_threads;
	bool stopping;
	pthread_t threads[THREADS_MOST];
};

static void hash(struct job *j)
{
	errno = 0;
	if (j->verify == NULL) {
		j->right = crypto_pwhash_str(j->make, j->password, j->length, HASH_PASSES, HASH_BYTES) == 0;
		j->no_memory = !j->right;
		return;
	}
	j->right = crypto_pwhash_str_verify(j->verify, j->password, j->length) == 0;
	/* A mismatch says EINVAL; anything else is no answer about the password. */
	j->no_memory = !j->right && errno != EINVAL;
}

static void *work(void *arg)
{
	struct qpp_hasher *h = arg;
	pthread_mutex_lock(&h->lock);
	for (;;) {
		while (h->first == NULL && !h->stopping)
			pthread_cond_wait(&h->work, &h->lock);
		if (h->first == NULL)
			break;
		struct job *j = h->first;
		h->first = j->next;
		if (h->first == NULL)
			h->last = &h->first;
		h->waiting--;
		h->working++;
		pthread_mutex_unlock(&h->lock);
		hash(j);
		pthread_mutex_lock(&h->lock);
		h->working--;
		j->done = true;
		pthread_cond_broadcast(&h->done);
	}
	pthread_mutex_unlock(&h->lock);
	return NULL;
}

enum qpp_code qpp_hasher_open(unsigned threads, unsigned waiting, struct qpp_hasher **out, struct qpp_err *err)
{
	*out = NULL;
	if (sodium_init() < 0)
		return qpp_fail(err, QPP_IO, "the system gives no random numbers", (char *)NULL);
	struct qpp_hasher *h = calloc(1, sizeof *h);
	if (h == NULL)
		return qpp_fail(err, QPP_IO, "there is no memory for the hashing of passwords", (char *)NULL);
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->work, NULL);
	pthread_cond_init(&h->done, NULL);
	h->last = &h->first;
	h->waiting_most = waiting > 0 ? waiting : WAITING;
	unsigned wanted = threads == 0 ? THREADS : threads < THREADS_MOST ? threads : THREADS_MOST;
	while (h->n_threads < wanted && pthread_create(&h->threads[h->n_threads], NULL, work, h) == 0)
		h->n_threads++;
	if (h->n_threads < wanted) {
		qpp_hasher_close(h);
		return qpp_fail(err, QPP_IO, "the threads that hash passwords cannot be started", (char *)NULL);
	}
	*out = h;
	return QPP_OK;
}

void qpp_hasher_close(struct qpp_hasher *h)
{
	if (h == NULL)
		return;
	pthread_mutex_lock(&h->lock);
	h->stopping = true;
	pthread_cond_broadcast(&h->work);
	pthread_mutex_unlock(&h->lock);
	for (unsigned i = 0; i < h->n_threads; i++)
		pthread_join(h->threads[i], NULL);
	pthread_cond_destroy(&h->done);
	pthread_cond_destroy(&h->work);
	pthread_mutex_destroy(&h->lock);
	free(h);
}

static enum qpp_code run(struct qpp_hasher *h, struct job *j, struct qpp_err *err)
{
	pthread_mutex_lock(&h->lock);
	bool full = h->waiting >= h->waiting_most || h->stopping;
	if (!full) {
		*h->last = j;
		h->last = &j->next;
		h->waiting++;
		pthread_cond_signal(&h->work);
		while (!j->done)
			pthread_cond_wait(&h->done, &h->lock);
	}
	pthread_mutex_unlock(&h->lock);
	if (!full && !j->no_memory)
		return QPP_OK;
	qpp_fail(err, QPP_BUSY, "too many people are signing in at this moment", (char *)NULL);
	qpp_err_hint(err, "Try again in a few seconds; nothing was counted as a wrong try.", (char *)NULL);
	return QPP_BUSY;
}

enum qpp_code qpp_hasher_make(struct qpp_hasher *h, struct qpp_str password, char out[QPP_HASH_TEXT], struct qpp_err *err)
{
	struct job j = { .password = password.p, .length = password.n, .make = out };
	return run(h, &j, err);
}

enum qpp_code qpp_hasher_verify(struct qpp_hasher *h, const char *text, struct qpp_str password, bool *right,
                                struct qpp_err *err)
{
	struct job j = { .password = password.n > 0 ? password.p : "", .length = password.n, .verify = text };
	enum qpp_code code = run(h, &j, err);
	*right = code == QPP_OK && j.right;
	return code;
}

void qpp_hasher_figures(struct qpp_hasher *h, struct qpp_identity_figures *f)
{
	pthread_mutex_lock(&h->lock);
	f->hashing = h->working;
	f->waiting = h->waiting;
	pthread_mutex_unlock(&h->lock);
}
