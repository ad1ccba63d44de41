/* The thread that sends what is due in the outbox. mail.h is the manual. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "app/mail.h"

struct qpp_mail_worker {
	struct qpp_store *store;
	struct qpp_clock *clock;
	struct qpp_mail_port *port;
	unsigned seconds;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t signal;
	bool woken, stopping;
};

static void *work(void *arg)
{
	struct qpp_mail_worker *w = arg;
	struct qpp_arena arena = QPP_ARENA_INIT;
	pthread_mutex_lock(&w->lock);
	while (!w->stopping) {
		struct timespec until;
		w->woken = false;
		pthread_mutex_unlock(&w->lock);
		struct qpp_mail_round round;
		struct qpp_err err;
		struct qpp_mark mark = qpp_arena_mark(&arena);
		enum qpp_code code = qpp_mail_send_due(w->store, w->clock, w->port, &arena, &round, &err);
		qpp_arena_reset(&arena, mark);
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += w->seconds;
		pthread_mutex_lock(&w->lock);
		/* More may be due than one round takes. */
		if (code == QPP_OK && round.sent > 0)
			continue;
		int waited = 0;
		while (!w->stopping && !w->woken && waited != ETIMEDOUT)
			waited = pthread_cond_timedwait(&w->signal, &w->lock, &until);
	}
	pthread_mutex_unlock(&w->lock);
	qpp_arena_close(&arena);
	return NULL;
}

enum qpp_code qpp_mail_worker_start(struct qpp_store *store, struct qpp_clock *clock, struct qpp_mail_port *port,
                                    unsigned seconds, struct qpp_mail_worker **out, struct qpp_err *err)
{
	struct qpp_mail_worker *w = calloc(1, sizeof *w);
	*out = NULL;
	if (w == NULL)
		return qpp_fail(err, QPP_IO, "there is no memory to send mail", (char *)NULL);
	w->store = store;
	w->clock = clock;
	w->port = port;
	w->seconds = seconds > 0 ? seconds : 5;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->signal, NULL);
	if (pthread_create(&w->thread, NULL, work, w) != 0) {
		free(w);
		return qpp_fail(err, QPP_IO, "the thread that sends mail cannot be started", (char *)NULL);
	}
	*out = w;
	return QPP_OK;
}

void qpp_mail_worker_wake(struct qpp_mail_worker *w)
{
	pthread_mutex_lock(&w->lock);
	w->woken = true;
	pthread_cond_signal(&w->signal);
	pthread_mutex_unlock(&w->lock);
}

void qpp_mail_worker_stop(struct qpp_mail_worker *w)
{
	if (w == NULL)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_signal(&w->signal);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->signal);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
