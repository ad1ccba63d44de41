/* Score runs, the radar after them, and the notices of corrections, outside of any request. */
#include "cmd/service_runs.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "app/correction.h"
#include "app/radar.h"

enum { PAUSE_SECONDS = 2, PIECES_AT_ONCE = 20, NOTICES_AT_ONCE = 5, RUNS_LOOKED_AT = 50 };

struct qpp_run_worker {
	const struct qpp_service *service;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool ends;
};

static bool ends(struct qpp_run_worker *w)
{
	if (!w)
		return false;
	pthread_mutex_lock(&w->lock);
	bool x = w->ends;
	pthread_mutex_unlock(&w->lock);
	return x;
}

static bool go_on(void *host, const struct qpp_scoring *at)
{
	(void)at;
	return !ends(host);
}

static bool look_on(void *host, int64_t levels)
{
	(void)levels;
	return !ends(host);
}

/* ---- one run ---- */

static enum qpp_code tell(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_scoring *run, bool *did, struct qpp_err *err)
{
	struct qpp_release_rows rows = { 0 };
	struct qpp_tx *tx;
	bool seen = false, done;
	int64_t told = 0;
	if (!qpp_str_is(run->phase, qpp_phase_name(QPP_PHASE_CORRECTED)) || !qpp_str_is(run->scope, "all"))
		return QPP_OK;
	enum qpp_code code = qpp_store_begin(service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_release_of(tx, run->id, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		seen |= rows.v[i].at.us <= qpp_now(service->clock).us;
	qpp_store_end(tx);
	if (code != QPP_OK || !seen)
		return code;
	code = qpp_correction_notices(service, run->id, NOTICES_AT_ONCE, &told, &done, err);
	*did |= code == QPP_OK && told;
	return code;
}

static enum qpp_code look(const struct qpp_service *service, struct qpp_run_worker *w, struct qpp_arena *a, const struct qpp_scoring *run,
                          bool *did, struct qpp_err *err)
{
	const struct qpp_radar_order o = { .py = run->py, .scoring_id = run->id, .progress = look_on, .host = w };
	struct qpp_radar kept;
	bool found;
	enum qpp_code code = qpp_radar_kept(service, a, run, &kept, &found, err);
	/* Kept by another program: looked at anew. */
	if (code == QPP_DATA)
		code = QPP_OK;
	if (code != QPP_OK || found)
		return code;
	*did = true;
	return qpp_radar_keep(service, a, &o, err);
}

static enum qpp_code job(const struct qpp_service *service, struct qpp_run_worker *w, struct qpp_arena *a, const struct qpp_scoring *run,
                         bool *did, struct qpp_err *err)
{
	const struct qpp_run_work work = { .most = PIECES_AT_ONCE, .progress = go_on, .host = w };
	struct qpp_scoring at;
	if (!qpp_str_is(run->scope, "all"))
		return QPP_OK;
	if (qpp_str_is(run->state, "running")) {
		*did = true;
		return qpp_run_go(service, run->id, &work, a, &at, err);
	}
	if (!qpp_str_is(run->state, "done"))
		return QPP_OK;
	enum qpp_code code = tell(service, a, run, did, err);
	return code == QPP_OK ? look(service, w, a, run, did, err) : code;
}

/* ---- all of them ---- */

static enum qpp_code jobs(const struct qpp_service *service, struct qpp_run_worker *w, bool *did, struct qpp_err *err)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_scoring_rows rows = { 0 };
	struct qpp_tx *tx;
	*did = false;
	enum qpp_code code = qpp_store_begin(service->store, &a, &tx, err);
	if (code == QPP_OK) {
		code = qpp_store_scoring_list(tx, (qpp_py){ 0 }, QPP_LIT("all"), (struct qpp_slice){ .most = RUNS_LOOKED_AT }, &rows, err);
		qpp_store_end(tx);
	}
	/* One that cannot be gone on with must not hold up the others. */
	for (size_t i = 0; code == QPP_OK && i < rows.n && !ends(w); i++) {
		struct qpp_arena own = QPP_ARENA_INIT;
		bool done = false;
		enum qpp_code one = job(service, w, &own, &rows.v[i], &done, err);
		*did |= one == QPP_OK && done;
		qpp_arena_close(&own);
	}
	qpp_arena_close(&a);
	return code;
}

enum qpp_code qpp_run_jobs(const struct qpp_service *service, bool *did, struct qpp_err *err)
{
	return jobs(service, NULL, did, err);
}

static void *work(void *self)
{
	struct qpp_run_worker *w = self;
	while (!ends(w)) {
		struct qpp_err err;
		struct timespec until;
		bool did = false;
		/* What fails now is tried again after the pause. */
		(void)!jobs(w->service, w, &did, &err);
		if (did)
			continue;
		pthread_mutex_lock(&w->lock);
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += PAUSE_SECONDS;
		if (!w->ends)
			(void)pthread_cond_timedwait(&w->wake, &w->lock, &until);
		pthread_mutex_unlock(&w->lock);
	}
	return NULL;
}

enum qpp_code qpp_run_worker_start(const struct qpp_service *service, struct qpp_run_worker **out, struct qpp_err *err)
{
	struct qpp_run_worker *w = calloc(1, sizeof *w);
	if (!w)
		return qpp_fail(err, QPP_IO, "out of memory", (char *)NULL);
	w->service = service;
	(void)pthread_mutex_init(&w->lock, NULL);
	(void)pthread_cond_init(&w->wake, NULL);
	if (pthread_create(&w->thread, NULL, work, w) != 0) {
		free(w);
		return qpp_fail(err, QPP_IO, "no thread for the score runs of the service", (char *)NULL);
	}
	*out = w;
	return QPP_OK;
}

void qpp_run_worker_stop(struct qpp_run_worker *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->ends = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
