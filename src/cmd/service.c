/* The parts of the service, from the store outward; see service.h. */
#include "cmd/service.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/api/api.h"
#include "adapt/api/auth.h"
#include "adapt/api/kept.h"
#include "adapt/mail/lmtp.h"
#include "adapt/portal/portal.h"
#include "adapt/sys/spool.h"
#include "adapt/sys/zone.h"
#include "app/registration.h"
#include "app/vgroup.h"
#include "cmd/catalogs.h"
#include "cmd/desk.h"
#include "cmd/qppd_settings.h"
#include "cmd/service_demo.h"
#include "cmd/service_operator.h"
#include "cmd/service_review.h"
#include "cmd/service_runs.h"

enum { CHORE_SECONDS = 5, YEAR_ROUNDS = 720 };

struct qpp_running {
	struct qpp_arena arena;
	struct qpp_keys keys;
	struct qpp_service service;
	struct qpp_auth auth;
	struct qpp_portal portal;
	struct qpp_review_joint review;
	struct qpp_zone zone;
	struct qppd_settings settings;
	struct qpp_oidc *oidc;               /* NULL: local accounts only */
	struct qpp_mail_port *mail;          /* NULL: mail stays in the outbox */
	struct qpp_mail_worker *postman;
	struct qpp_desk desk, pipe;          /* e-mailed elections: by LMTP, and those that a pipe has left */
	struct qpp_lmtp *lmtp;
	const char *data;
	struct qpp_run_worker *scorer;
	struct qpp_api api;
	struct qpp_page_table tables[QPP_RUNNING_TABLES];
	pthread_t chores;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool works, ends;
	unsigned rounds;                     /* of the chores */
};

/* ---- hooks ---- */

static enum qpp_code identify(void *host, struct qpp_http_request *r, struct qpp_err *err)
{
	return qpp_auth_identify(&((struct qpp_running *)host)->auth, r, err);
}

static enum qpp_code audit(void *host, const struct qpp_http_request *r, int status, struct qpp_err *err)
{
	return qpp_auth_audit(&((struct qpp_running *)host)->auth, r, status, err);
}

static bool ready(void *host, struct qpp_buf *why)
{
	const char *says = NULL;
	bool good = qpp_store_healthy(((struct qpp_running *)host)->service.store, &says);
	if (!good && says)
		qpp_buf_cat(why, says, (char *)NULL);
	return good;
}

static void error_page(void *host, const struct qpp_http_request *r, int status, const struct qpp_err *err, struct qpp_http_response *s)
{
	qpp_portal_error_page(&((struct qpp_running *)host)->portal, r, status, err, s);
}

struct qpp_clock *qpp_running_clock(const struct qpp_running *r)
{
	return r->service.clock;
}

struct qpp_server_hooks qpp_running_hooks(void)
{
	return (struct qpp_server_hooks){ .identify = identify, .audit = audit, .ready = ready, .error_page = error_page };
}

size_t qpp_running_tables(struct qpp_running *r, const struct qpp_page_table *out[QPP_RUNNING_TABLES])
{
	static const struct qpp_page_table *const api[] = {
		&qpp_api_submission_pages, &qpp_api_set_pages, &qpp_api_measurement_pages, &qpp_api_score_pages, &qpp_api_public_pages,
		&qpp_api_eligibility_pages,
	};
	static struct qpp_running nobody;
	struct qpp_running *of = r ? r : &nobody;
	size_t n = qpp_portal_tables(&of->portal, of->tables);
	qpp_auth_tables(&of->auth, of->tables + n);
	n += QPP_AUTH_TABLES;
	for (size_t i = 0; i < sizeof api / sizeof *api; i++) {
		of->tables[n] = *api[i];
		of->tables[n++].host = &of->api;
	}
	for (size_t i = 0; i < n; i++)
		out[i] = &of->tables[i];
	return n;
}

struct qpp_service *qpp_running_service(struct qpp_running *r)
{
	return &r->service;
}

struct qpp_identity *qpp_running_identity(struct qpp_running *r)
{
	return r->auth.identity;
}

/* ---- chores: sessions and accounts that ran out, the head of the ledger ---- */

static enum qpp_code seal(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	(void)request;
	return qpp_store_ledger_seal(tx, err);
}

/* What a pipe has left has the machine's time; a synthetic state may have another. */
static enum qpp_code take_piped(void *host, struct qpp_str raw, qpp_time received, struct qpp_err *err)
{
	struct qpp_running *r = host;
	bool own_time = r->service.clock != qpp_clock_system();
	return qpp_desk_take(&r->pipe, raw, own_time ? qpp_now(r->service.clock) : received, err);
}

/* What the year does to virtual groups and to surveys that are not registered, told to who can act: once an hour, for the year that runs. */
static void tell_of_the_year(struct qpp_running *r, struct qpp_arena *a)
{
	int64_t n;
	struct qpp_err err;
	int year, month, day;
	if (r->rounds++ % YEAR_ROUNDS)
		return;
	qpp_day_civil(qpp_instant_day(qpp_time_instant(qpp_now(r->service.clock)), 0), &year, &month, &day);
	(void)!qpp_vgroup_tell_alarms(&r->service, a, (qpp_py){ year }, &n, &err);
	(void)!qpp_registration_warn(&r->service, &r->zone, a, (qpp_py){ year }, &n, &err);
}

static void do_chores(struct qpp_running *r)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_err err;
	int64_t disabled = 0;
	/* What fails now is tried again; a store that takes no writes is told by /readyz. */
	(void)!qpp_identity_sweep(r->auth.identity, &a, &disabled, &err);
	qpp_review_jobs(&r->review, &a);
	(void)!qpp_store_write(r->service.store, &a, seal, NULL, &err);
	size_t taken;
	(void)!qpp_spool_work(r->data, take_piped, r, &taken, &err);
	tell_of_the_year(r, &a);
	qpp_arena_close(&a);
}

static void *chores(void *self)
{
	struct qpp_running *r = self;
	pthread_mutex_lock(&r->lock);
	while (!r->ends) {
		struct timespec until;
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += CHORE_SECONDS;
		(void)pthread_cond_timedwait(&r->wake, &r->lock, &until);
		pthread_mutex_unlock(&r->lock);
		do_chores(r);
		pthread_mutex_lock(&r->lock);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

/* ---- opening ---- */

static enum qpp_code load_years(struct qpp_running *r, struct qpp_err *err)
{
	size_t n = 0;
	while (qpp_embedded_catalogs[n].py.v)
		n++;
	struct qpp_year_text *texts = QPP_NEW_ARRAY(&r->arena, n, struct qpp_year_text);
	for (size_t i = 0; i < n; i++)
		texts[i] = (struct qpp_year_text){ qpp_embedded_catalogs[i].py, qpp_embedded_catalogs[i].text };
	return qpp_years_load(&r->arena, texts, n, &r->service.years, err);
}

static enum qpp_code open_store(struct qpp_running *r, const struct qppd_options *o, struct qpp_err *err)
{
	const char *key_file = qpp_str_cat(&r->arena, o->data, "/store.keys", (char *)NULL).p;
	const char *url = o->store ? o->store : qpp_str_cat(&r->arena, "sqlite:", o->data, "/store.db", (char *)NULL).p;
	enum qpp_code code = qpp_keys_load(key_file, true, &r->keys, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_store_config config = { .url = url, .keys = &r->keys, .clock = o->start.us ? qpp_clock_from(o->start) : qpp_clock_system(),
		                                    .migrate = true };
	r->service.clock = config.clock;
	r->service.version = QPP_VERSION;
	r->service.consent_off = o->consent_off;
	r->service.window_open = o->window_open;
	return qpp_store_open(&config, &r->service.store, err);
}

/* ---- identity and portal ---- */

static enum qpp_code open_providers(struct qpp_running *r, struct qpp_err *err)
{
	const struct qppd_settings *s = &r->settings;
	if (!s->n_providers)
		return QPP_OK;
	if (!s->address.n) {
		enum qpp_code code = qpp_fail(err, QPP_USAGE, "the settings name identity providers, but not the address of this service",
		                              (char *)NULL);
		qpp_err_hint(err, "The provider sends people back to it: \"address\": \"https://qpp.example.org\".", (char *)NULL);
		return code;
	}
	const struct qpp_relying_config config = {
		.providers = s->providers, .n_providers = s->n_providers, .clock = r->service.clock,
		.redirect_uri = qpp_str_cat(&r->arena, s->address.p, "/sign-in/back", (char *)NULL).p,
	};
	return qpp_relying_open(&config, &r->oidc, err);
}

static enum qpp_code open_people(struct qpp_running *r, const struct qppd_options *o, struct qpp_err *err)
{
	enum qpp_code code = qpp_zone_load(&r->arena, "America/New_York", &r->zone, err);
	const struct qpp_identity_config config = {
		.store = r->service.store, .clock = r->service.clock, .zone = &r->zone,
		.mail_codes = r->settings.mail_codes && r->settings.mail.url, .password_alone = o->password_alone,
	};
	if (code == QPP_OK)
		code = qpp_identity_open(&config, &r->auth.identity, err);
	if (code == QPP_OK)
		code = open_providers(r, err);
	r->auth.oidc = r->oidc;
	r->auth.store = r->service.store;
	r->auth.clock = r->service.clock;
	r->portal = (struct qpp_portal){ .service = &r->service, .identity = r->auth.identity, .oidc = r->oidc, .zone = &r->zone,
		                           .reviews = &r->review.reviews };
	qpp_review_join(&r->review, &r->service, &r->zone);
	r->api = (struct qpp_api){ .service = &r->service, .actor = qpp_api_asker };
	if (code == QPP_OK)
		qpp_portal_init(&r->portal, &r->arena);
	return code;
}

/* ---- mail ---- */

static enum qpp_code open_mail(struct qpp_running *r, struct qpp_err *err)
{
	enum { EVERY_SECONDS = 10 };
	if (!r->settings.mail.url)
		return QPP_OK;
	enum qpp_code code = qpp_smtp_open(&r->settings.mail, &r->mail, err);
	if (code == QPP_OK)
		code = qpp_mail_worker_start(r->service.store, r->service.clock, r->mail, EVERY_SECONDS, &r->postman, err);
	return code;
}

static void answered(void *host)
{
	struct qpp_running *r = host;
	if (r->postman)
		qpp_mail_worker_wake(r->postman);
}

static enum qpp_code open_intake(struct qpp_running *r, const struct qppd_options *o, struct qpp_err *err)
{
	r->data = o->data;
	r->desk = (struct qpp_desk){
		.intake = { .store = r->service.store, .years = r->service.years, .zone = &r->zone, .address = r->settings.address,
		            .window_open = o->window_open, .need_proof = r->settings.authserv != NULL },
		.trust = { .authserv = r->settings.authserv, .received_by = r->settings.received_by }, .answered = answered, .host = r,
	};
	r->pipe = r->desk;
	if (!o->lmtp)
		return QPP_OK;
	const struct qpp_lmtp_config c = { .listen = o->lmtp, .clock = r->service.clock, .most = QPP_MIME_MOST, .recipient = r->settings.recipient,
		                               .take = qpp_desk_take, .host = &r->desk };
	enum qpp_code code = qpp_lmtp_open(&c, &r->lmtp, err);
	if (code == QPP_OK)
		printf("qppd takes mail by LMTP on %s\n", qpp_lmtp_address(r->lmtp));
	return code;
}

/* Room for answers of eligibility; without it each is made anew. */
static enum qpp_code open_kept(struct qpp_running *r, const struct qppd_options *o, struct qpp_err *err)
{
	enum { MB_BITS = 20 };
	if (!o->answers)
		return QPP_OK;
	r->api.kept = qpp_kept_open((size_t)o->answers << MB_BITS);
	return r->api.kept ? QPP_OK : qpp_fail(err, QPP_IO, "there is no memory for the answers that --answers keeps", (char *)NULL);
}

enum qpp_code qpp_running_open(const struct qppd_options *o, struct qpp_running **out, struct qpp_err *err)
{
	struct qpp_running *r = calloc(1, sizeof *r);
	if (!r)
		return qpp_fail(err, QPP_IO, "out of memory", (char *)NULL);
	*out = r;
	r->arena = (struct qpp_arena)QPP_ARENA_INIT;
	(void)pthread_mutex_init(&r->lock, NULL);
	(void)pthread_cond_init(&r->wake, NULL);
	enum qpp_code code = o->settings ? qppd_settings_read(&r->arena, o->settings, &r->settings, err) : QPP_OK;
	if (code == QPP_OK)
		code = open_store(r, o, err);
	if (code == QPP_OK)
		code = load_years(r, err);
	if (code == QPP_OK)
		code = open_people(r, o, err);
	if (code == QPP_OK)
		code = open_kept(r, o, err);
	if (code == QPP_OK && o->demo) {
		const struct qpp_demo demo = { .service = &r->service, .identity = r->auth.identity, .practices = o->demo,
			                           .py = { (int)o->demo_year }, .folder = o->data,
			                           .real_safeguards = !o->password_alone && !o->start.us };
		r->portal.demo = "All people and practices here are made up. The program printed the accounts when it started.";
		code = qpp_demo_fill(&r->arena, &demo, err);
	}
	if (code == QPP_OK)
		code = open_mail(r, err);
	if (code == QPP_OK)
		code = open_intake(r, o, err);
	if (code == QPP_OK)
		code = qpp_run_worker_start(&r->service, &r->scorer, err);
	if (code == QPP_OK)
		r->works = pthread_create(&r->chores, NULL, chores, r) == 0;
	if (code == QPP_OK && !r->works)
		code = qpp_fail(err, QPP_IO, "no thread for the chores of the service", (char *)NULL);
	if (code == QPP_OK)
		return code;
	qpp_running_close(r);
	*out = NULL;
	return code;
}

enum qpp_code qpp_running_operator(struct qpp_running *r, const char *name, struct qpp_err *err)
{
	return qpp_operator_add(&r->arena, &r->service, r->auth.identity, name, err);
}

void qpp_running_close(struct qpp_running *r)
{
	if (!r)
		return;
	qpp_lmtp_close(r->lmtp);
	if (r->works) {
		pthread_mutex_lock(&r->lock);
		r->ends = true;
		pthread_cond_signal(&r->wake);
		pthread_mutex_unlock(&r->lock);
		pthread_join(r->chores, NULL);
	}
	qpp_run_worker_stop(r->scorer);
	qpp_mail_worker_stop(r->postman);
	if (r->mail)
		qpp_smtp_close(r->mail);
	if (r->oidc)
		qpp_relying_close(r->oidc);
	if (r->auth.identity)
		qpp_identity_close(r->auth.identity);
	qpp_kept_close(r->api.kept);
	qpp_store_close(r->service.store);
	sodium_memzero(&r->keys, sizeof r->keys);
	pthread_cond_destroy(&r->wake);
	pthread_mutex_destroy(&r->lock);
	qpp_arena_close(&r->arena);
	free(r);
}
