/*
 * The workers: threads that run the pages that wait, so that the event loops do
 * not. The queue is bounded; a request that finds it full is told to come again.
 */
#include <stdlib.h>

#include "adapt/http/server_int.h"

enum { MOST_WAITING = 1024, STACK = 512 << 10 };

struct qpp_pool {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct qpp_exchange *first, **last;
	unsigned waiting, n_threads;
	bool closing;
	pthread_t thread[];
};

static void *work(void *pool)
{
	struct qpp_pool *p = pool;
	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (!p->first && !p->closing)
			pthread_cond_wait(&p->more, &p->lock);
		struct qpp_exchange *x = p->first;
		if (!x)
			break;
		p->first = x->next;
		if (!p->first)
			p->last = &p->first;
		p->waiting--;
		pthread_mutex_unlock(&p->lock);
		struct MHD_Connection *con = x->con;
		qpp_exchange_answer(x);
		/* From here on the exchange is the event loop's again. */
		atomic_store(&x->stage, QPP_STAGE_ANSWER);
		MHD_resume_connection(con);
		pthread_mutex_lock(&p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

struct qpp_pool *qpp_pool_open(unsigned threads)
{
	struct qpp_pool *p = calloc(1, sizeof *p + threads * sizeof *p->thread);
	pthread_attr_t attr;
	if (!p)
		return NULL;
	(void)pthread_mutex_init(&p->lock, NULL);
	(void)pthread_cond_init(&p->more, NULL);
	p->last = &p->first;
	(void)pthread_attr_init(&attr);
	(void)pthread_attr_setstacksize(&attr, STACK);
	while (p->n_threads < threads && pthread_create(&p->thread[p->n_threads], &attr, work, p) == 0)
		p->n_threads++;
	(void)pthread_attr_destroy(&attr);
	if (!p->n_threads) {
		free(p);
		return NULL;
	}
	return p;
}

bool qpp_pool_add(struct qpp_pool *p, struct qpp_exchange *x)
{
	pthread_mutex_lock(&p->lock);
	bool room = p->waiting < MOST_WAITING && !p->closing;
	if (room) {
		x->next = NULL;
		*p->last = x;
		p->last = &x->next;
		p->waiting++;
		pthread_cond_signal(&p->more);
	}
	pthread_mutex_unlock(&p->lock);
	return room;
}

unsigned qpp_pool_waiting(struct qpp_pool *p)
{
	pthread_mutex_lock(&p->lock);
	unsigned n = p->waiting;
	pthread_mutex_unlock(&p->lock);
	return n;
}

void qpp_pool_stop(struct qpp_pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->closing = true;
	pthread_cond_broadcast(&p->more);
	pthread_mutex_unlock(&p->lock);
	for (; p->n_threads; p->n_threads--)
		(void)pthread_join(p->thread[p->n_threads - 1], NULL);
}

void qpp_pool_close(struct qpp_pool *p)
{
	if (!p)
		return;
	qpp_pool_stop(p);
	free(p);
}
