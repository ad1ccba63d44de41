/* A store for benchmarks and tests of the whole service; state.h is the manual. */
#include "state.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/catalogs.h"
#include "app/provider.h"
#include "cmd/seed.h"
#include "qpp/eligibility.h"

static void must(struct state *s, enum qpp_code code, const char *what)
{
	if (code == QPP_OK)
		return;
	fprintf(stderr, "%s: %s %s\n", what, s->err.primary, s->err.detail);
	exit(1);
}

static void *get(size_t n, size_t size)
{
	void *p = calloc(n, size);
	if (!p) {
		fputs("there is no memory\n", stderr);
		exit(1);
	}
	return p;
}

void state_open(struct state *s, const char *folder)
{
	struct qpp_keys keys;
	*s = (struct state){ .arena = QPP_ARENA_INIT };
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		must(s, qpp_fail(&s->err, QPP_IO, strerror(errno), (char *)NULL), folder);
	const char *key_file = qpp_str_cat(&s->arena, folder, "/store.keys", (char *)NULL).p;
	(void)snprintf(s->path, sizeof s->path, "%s/store.db", folder);
	must(s, qpp_keys_load(key_file, true, &keys, &s->err), key_file);
	const struct qpp_store_config c = { .url = qpp_str_cat(&s->arena, "sqlite:", s->path, (char *)NULL).p, .keys = &keys,
		                            .clock = qpp_clock_system(), .migrate = true };
	must(s, qpp_store_open(&c, &s->store, &s->err), s->path);
}

void state_close(struct state *s)
{
	qpp_store_close(s->store);
	s->store = NULL;
	qpp_arena_close(&s->arena);
}

/* ---- people ---- */

static const struct qpp_years *load_year(struct state *s)
{
	const struct qpp_years *years;
	const struct qpp_embedded_catalog *c = qpp_embedded_catalogs;
	while (c->py.v && c->py.v != STATE_YEAR)
		c++;
	const struct qpp_year_text text = { c->py, c->text };
	must(s, qpp_years_load(&s->arena, &text, 1, &years, &s->err), "rules and catalog");
	return years;
}

void state_fill(struct state *s, uint64_t practices)
{
	enum { BATCH = 10000 };
	const struct qpp_years *years = load_year(s);
	const struct qpp_catalog *catalog = NULL;
	struct qpp_synth_counts counts;
	must(s, qpp_years_need(years, &s->arena, (qpp_py){ STATE_YEAR }, &catalog, &s->err), "catalog");
	const struct qpp_seed seed = {
		.store = s->store, .rules = qpp_years_rules(years), .catalog = catalog, .py = { STATE_YEAR }, .seed = 1, .practices = practices, .batch = BATCH,
		.without = 1u << QPP_SYNTH_SUBMISSIONS | 1u << QPP_SYNTH_SILENT | 1u << QPP_SYNTH_CONSENTS | 1u << QPP_SYNTH_ELECTIONS,
	};
	must(s, qpp_seed_run(&seed, &counts, &s->err), "the synthetic state");
}

struct put {
	struct qpp_org org;
	struct qpp_str tin;
	struct qpp_clinician clinician;
	struct qpp_relation relation;
	struct qpp_api_token token;
	const struct qpp_org_rows *practices;
	size_t n;
};

static enum qpp_code put_practice(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct put *p = request;
	enum qpp_code code = qpp_store_org_put(tx, &p->org, p->tin, err);
	p->relation.org_id = p->org.id;
	if (code == QPP_OK)
		code = qpp_store_clinician_put(tx, &p->clinician, err);
	return code == QPP_OK ? qpp_store_relation_put(tx, &p->relation, err) : code;
}

void state_practice(struct state *s, const char *tin, const char *npi)
{
	struct put p = {
		.org = { .kind = QPP_ORG_PRACTICE, .name = QPP_LIT("Maple Family Practice"), .body = QPP_LIT("{}") }, .tin = qpp_str_of(tin),
		.clinician = { .npi = qpp_str_of(npi), .type = 1, .first = QPP_LIT("Robin"), .last = QPP_LIT("Sample"), .body = QPP_LIT("{}") },
		.relation = { .py = { STATE_YEAR }, .npi = qpp_str_of(npi), .body = QPP_LIT("{}") },
	};
	must(s, qpp_store_write(s->store, &s->arena, put_practice, &p, &s->err), "a practice");
}

/* ---- the registry ---- */

static enum qpp_code put_registry(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct put *p = request;
	enum qpp_code code = qpp_store_org_put(tx, &p->org, QPP_LIT(""), err);
	p->token.org_id = p->org.id;
	return code == QPP_OK ? qpp_store_api_token_put(tx, &p->token, err) : code;
}

struct qpp_str state_registry(struct state *s)
{
	enum { NUMBER = 8 };
	struct qpp_str token = qpp_store_new_token(s->store, &s->arena, STATE_TOKEN / 2);
	struct put p = {
		.org = { .kind = QPP_ORG_REGISTRY, .number = { token.p, NUMBER }, .name = QPP_LIT("Bench Registry"), .body = QPP_LIT("{}") },
		.token = { .py = { STATE_YEAR }, .name = QPP_LIT("bench"), .created = qpp_now(qpp_clock_system()),
		           .ends = { INT64_MAX }, .token_hash = qpp_store_token_hash(s->store, &s->arena, token) },
	};
	memcpy(s->token, token.p, STATE_TOKEN);
	must(s, qpp_store_write(s->store, &s->arena, put_registry, &p, &s->err), "a registry");
	return p.org.id;
}

static enum qpp_code put_consents(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct put *p = request;
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < p->n; i++) {
		const struct qpp_consent c = { .py = { STATE_YEAR }, .org_id = p->practices->v[i].id, .registry_id = p->org.id, .given = { 1 } };
		code = qpp_store_consent_put(tx, &c, err);
	}
	return code;
}

struct filers {
	const struct qpp_years *years;
	struct state_filer *v;
	size_t n, cap;
};

/* Nothing is filed for who may opt in and has not. */
static bool may_file(struct state *s, struct qpp_arena *a, const struct qpp_years *years, const struct qpp_relation *r)
{
	const struct qpp_service service = { .store = s->store, .years = years };
	const struct qpp_actor nobody = { 0 };
	const struct qpp_call call = { .service = &service, .arena = a, .actor = &nobody };
	struct qpp_standing standing;
	must(s, qpp_standing_read(&call, r->py, r->facts, QPP_INDIVIDUAL, &standing, &s->err), "facts");
	return !standing.decided || standing.decided->status != QPP_OPT_IN_ELIGIBLE;
}

static void add_filer(struct state *s, struct filers *to, struct qpp_str tin, struct qpp_str npi)
{
	enum { FIRST = 1024 };
	if (to->n == to->cap) {
		to->cap = to->cap ? to->cap * 2 : FIRST;
		to->v = realloc(to->v, to->cap * sizeof *to->v);
		if (!to->v)
			must(s, qpp_fail(&s->err, QPP_IO, "there is no memory", (char *)NULL), "filers");
	}
	struct state_filer *f = &to->v[to->n++];
	*f = (struct state_filer){ 0 };
	memcpy(f->tin, tin.p, STATE_TIN);
	memcpy(f->npi, npi.p, STATE_NPI);
}

static void add_filers(struct state *s, struct qpp_tx *tx, struct qpp_str org_id, struct filers *to)
{
	struct qpp_str tin;
	struct qpp_relation_rows people = { 0 };
	must(s, qpp_store_org_tin(tx, org_id, &tin, &s->err), "a TIN");
	must(s, qpp_store_relation_of_org(tx, (qpp_py){ STATE_YEAR }, org_id, (struct qpp_slice){ 0 }, &people, &s->err), "people");
	for (size_t i = 0; i < people.n && tin.n == STATE_TIN; i++)
		if (may_file(s, qpp_tx_arena(tx), to->years, &people.v[i]))
			add_filer(s, to, tin, people.v[i].npi);
}

size_t state_let_in(struct state *s, struct qpp_str registry_id, size_t practices, struct state_filer **out)
{
	enum { PAGE = 200 };
	struct filers filers = { .years = load_year(s) };
	char after[64] = "";
	for (size_t done = 0; done < practices;) {
		struct qpp_arena a = QPP_ARENA_INIT;
		struct qpp_org_rows rows;
		struct qpp_tx *tx;
		size_t most = practices - done < PAGE ? practices - done : PAGE;
		must(s, qpp_store_begin(s->store, &a, &tx, &s->err), "the store");
		must(s, qpp_store_org_walk(tx, QPP_ORG_PRACTICE, qpp_str_of(after), (int64_t)most, &rows, &s->err), "practices");
		for (size_t i = 0; i < rows.n; i++)
			add_filers(s, tx, rows.v[i].id, &filers);
		qpp_store_end(tx);
		struct put p = { .org = { .id = registry_id }, .practices = &rows, .n = rows.n };
		must(s, qpp_store_write(s->store, &a, put_consents, &p, &s->err), "consents");
		if (rows.n)
			(void)snprintf(after, sizeof after, "%.*s", QPP_ARG(rows.v[rows.n - 1].id));
		done = rows.n ? done + rows.n : practices;
		qpp_arena_close(&a);
	}
	*out = filers.v;
	return filers.n;
}

size_t state_npis(struct state *s, char **out)
{
	sqlite3 *db;
	sqlite3_stmt *count, *all;
	if (sqlite3_open_v2(s->path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "SELECT COUNT(*) FROM clinician", -1, &count, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "SELECT npi FROM clinician", -1, &all, NULL) != SQLITE_OK || sqlite3_step(count) != SQLITE_ROW)
		must(s, qpp_fail(&s->err, QPP_IO, sqlite3_errmsg(db), (char *)NULL), s->path);
	size_t most = (size_t)sqlite3_column_int64(count, 0), n = 0;
	*out = get(most + 1, STATE_NPI);
	for (; n < most && sqlite3_step(all) == SQLITE_ROW; n++)
		memcpy(*out + n * STATE_NPI, sqlite3_column_text(all, 0), STATE_NPI);
	sqlite3_finalize(count);
	sqlite3_finalize(all);
	sqlite3_close(db);
	return n;
}

/* ---- filings ---- */

size_t state_filing(const struct state *s, const struct state_filer *f, char *to, size_t room)
{
	static const char *const measures[] = { "001", "005", "006", "007", "008", "014", "019", "024", "039", "047", "048", "050",
		"052", "065", "066", "093", "102", "104", "112", "113", "116", "117" };
	char body[5000];
	size_t n = 0;
	n += (size_t)snprintf(body, sizeof body,
	                      "{\"submission\":{\"entityType\":\"individual\",\"taxpayerIdentificationNumber\":\"%s\","
	                      "\"nationalProviderIdentifier\":\"%s\",\"performanceYear\":%d},\"category\":\"quality\","
	                      "\"submissionMethod\":\"registry\",\"performanceStart\":\"%d-01-01\",\"performanceEnd\":\"%d-12-31\","
	                      "\"measurements\":[", f->tin, f->npi, STATE_YEAR, STATE_YEAR, STATE_YEAR);
	for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
		n += (size_t)snprintf(body + n, sizeof body - n,
		                      "%s{\"measureId\":\"%s\",\"value\":{\"isEndToEndReported\":false,\"performanceMet\":%d,"
		                      "\"performanceNotMet\":%d,\"eligiblePopulation\":%d,\"eligiblePopulationExclusion\":%d,"
		                      "\"eligiblePopulationException\":0}}", i ? "," : "", measures[i], 100 + (int)i, 20, 120 + (int)i, 0);
	n += (size_t)snprintf(body + n, sizeof body - n, "]}");
	int head = snprintf(to, room, "POST /api/submissions/measurement-sets HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
	                    "Content-Type: application/json\r\nAccept: application/vnd.qpp.cms.gov.v1+json\r\nContent-Length: %zu\r\n\r\n",
	                    s->token, n);
	if (head < 0 || (size_t)head + n > room)
		return 0;
	memcpy(to + head, body, n);
	return (size_t)head + n;
}
