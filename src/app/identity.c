/*
 * Identity as a whole: opening and closing it, and what every use case of it
 * does: leave an audit record, and refuse to write while one looks on as
 * somebody else. identity.h is the manual.
 */
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/identity_int.h"
#include "app/notices.h"

enum { ADDRESS_FAILURES_MOST = 1000, FLUSH_SECONDS = 30 };

qpp_time qpp_later(qpp_time t, int64_t us)
{
	return (qpp_time){ t.us + us };
}

struct qpp_str qpp_identity_time(const struct qpp_identity *identity, struct qpp_arena *a, qpp_time t)
{
	return identity->c.zone != NULL ? qpp_eastern(a, identity->c.zone, t) : qpp_notice_time(a, t);
}

/* Writes the last use of sessions now and then. */
static void *flush(void *arg)
{
	struct qpp_identity *identity = arg;
	pthread_mutex_lock(&identity->lock);
	while (!identity->stopping) {
		struct timespec until;
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += FLUSH_SECONDS;
		while (!identity->stopping &&
		       pthread_cond_timedwait(&identity->stop_signal, &identity->lock, &until) != ETIMEDOUT)
			;
		pthread_mutex_unlock(&identity->lock);
		/* What cannot be written now stays marked, and is tried again. */
		struct qpp_err err;
		if (qpp_seen_flush(identity, &err) != QPP_OK)
			(void)err;
		pthread_mutex_lock(&identity->lock);
	}
	pthread_mutex_unlock(&identity->lock);
	return NULL;
}

static void free_identity(struct qpp_identity *identity)
{
	qpp_hasher_close(identity->hasher);
	pthread_cond_destroy(&identity->stop_signal);
	pthread_mutex_destroy(&identity->lock);
	free(identity->seen);
	free(identity->addresses);
	free(identity->address_times);
	sodium_memzero(identity, sizeof *identity);
	free(identity);
}

/* The hash for names that do not exist: of a password that nobody knows. */
static enum qpp_code make_nobody(struct qpp_identity *identity, struct qpp_err *err)
{
	char password[33];
	randombytes_buf(password, sizeof password);
	enum qpp_code code = qpp_hasher_make(identity->hasher, (struct qpp_str){ password, sizeof password },
	                                     identity->nobody, err);
	sodium_memzero(password, sizeof password);
	return code;
}

enum qpp_code qpp_identity_open(const struct qpp_identity_config *c, struct qpp_identity **out, struct qpp_err *err)
{
	*out = NULL;
	struct qpp_identity *identity = calloc(1, sizeof *identity);
	if (identity == NULL)
		return qpp_fail(err, QPP_IO, "there is no memory for sign-in", (char *)NULL);
	identity->c = *c;
	if (identity->c.account_failures == 0)
		identity->c.account_failures = QPP_FAILURES_MOST;
	if (identity->c.address_failures == 0)
		identity->c.address_failures = QPP_FAILURES_MOST;
	if (identity->c.address_failures > ADDRESS_FAILURES_MOST)
		identity->c.address_failures = ADDRESS_FAILURES_MOST;
	if (identity->c.issuer == NULL)
		identity->c.issuer = "OpenQPP";
	pthread_mutex_init(&identity->lock, NULL);
	pthread_cond_init(&identity->stop_signal, NULL);
	enum qpp_code code = qpp_hasher_open(c->hash_threads, c->hash_waiting, &identity->hasher, err);
	if (code == QPP_OK)
		code = make_nobody(identity, err);
	randombytes_buf(identity->key, sizeof identity->key);
	identity->seen = calloc((size_t)QPP_SEEN_SETS * QPP_SEEN_WAYS, sizeof *identity->seen);
	if (code == QPP_OK && (identity->seen == NULL || !qpp_addresses_open(identity)))
		code = qpp_fail(err, QPP_IO, "there is no memory for sign-in", (char *)NULL);
	if (code == QPP_OK && pthread_create(&identity->flusher, NULL, flush, identity) != 0)
		code = qpp_fail(err, QPP_IO, "the thread of sessions cannot be started", (char *)NULL);
	if (code != QPP_OK) {
		free_identity(identity);
		return code;
	}
	*out = identity;
	return QPP_OK;
}

void qpp_identity_close(struct qpp_identity *identity)
{
	if (identity == NULL)
		return;
	pthread_mutex_lock(&identity->lock);
	identity->stopping = true;
	pthread_cond_broadcast(&identity->stop_signal);
	pthread_mutex_unlock(&identity->lock);
	/* It writes once more before it ends. */
	pthread_join(identity->flusher, NULL);
	free_identity(identity);
}

struct qpp_identity_figures qpp_identity_figures(struct qpp_identity *identity)
{
	pthread_mutex_lock(&identity->lock);
	struct qpp_identity_figures f = identity->figures;
	pthread_mutex_unlock(&identity->lock);
	qpp_hasher_figures(identity->hasher, &f);
	return f;
}

/* --- audit --- */

static struct qpp_audit record(const struct qpp_asking *q, const char *action, struct qpp_str account, struct qpp_str org,
                               struct qpp_str subject, enum qpp_code outcome)
{
	return (struct qpp_audit){
		.at = qpp_now(q->identity->c.clock),
		.account_id = q->who != NULL ? q->who->account_id : account,
		.org_id = org,
		.action = qpp_str_of(action),
		.subject = subject,
		.place = q->from != NULL ? q->from->peer : QPP_LIT("console"),
		.request_id = q->from != NULL ? q->from->request_id : QPP_LIT(""),
		.outcome = qpp_code_http(outcome),
		.view_as = q->who != NULL ? q->who->view_as : QPP_LIT(""),
	};
}

enum qpp_code qpp_note_act(struct qpp_tx *tx, const struct qpp_asking *q, const char *action, struct qpp_str account,
                           struct qpp_str org, struct qpp_str subject, enum qpp_code outcome, struct qpp_err *err)
{
	struct qpp_audit a = record(q, action, account, org, subject, outcome);
	return qpp_store_audit_add(tx, &a, err);
}

enum qpp_code qpp_refused(const struct qpp_asking *q, const char *action, struct qpp_str org, struct qpp_str subject,
                          enum qpp_code code, struct qpp_err *err)
{
	struct qpp_audit a = record(q, action, QPP_LIT(""), org, subject, code);
	struct qpp_err other;
	enum qpp_code audit = qpp_store_audit(q->identity->c.store, q->arena, &a, &other);
	if (audit == QPP_OK)
		return code;
	*err = other;
	return audit;
}

enum qpp_code qpp_person_may_write(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                   const struct qpp_person *p, const char *action, struct qpp_err *err)
{
	if (p->stage != QPP_STAGE_FULL)
		return qpp_fail(err, QPP_SIGNED_OUT, "sign-in is not complete", (char *)NULL);
	if (p->viewing == QPP_VIEW_NONE)
		return QPP_OK;
	qpp_fail(err, QPP_FORBIDDEN, "nothing can be changed while viewing as somebody else", (char *)NULL);
	qpp_err_hint(err, "Exit the view mode first.", (char *)NULL);
	return qpp_refused(&(struct qpp_asking){ identity, arena, from, p }, action, QPP_LIT(""), QPP_LIT(""), QPP_FORBIDDEN,
	                   err);
}

enum qpp_code qpp_notify(struct qpp_tx *tx, struct qpp_mail m, struct qpp_str to, struct qpp_err *err)
{
	if (!qpp_mail_address(to))
		return QPP_OK;
	m.to = to;
	return qpp_mail_queue(tx, &m, err);
}

const char *qpp_stage_name(enum qpp_stage s)
{
	static const char *const names[] = { "none", "enroll", "code", "full" };
	return s <= QPP_STAGE_FULL ? names[s] : names[QPP_STAGE_NONE];
}
