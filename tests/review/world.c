/* The world of the tests of targeted review: see world.h. */
#include "world.h"

struct review_world rw;

static const char *const names[PERSONS] = { "elm", "oak", "npi", "vg", "aco", "reg", "nobody", "rosa", "ruth", "sam", "sue",
	"elmreviewer", "operator", "agent", "viewer" };

static void people(void)
{
	struct qpp_org own = people_org(QPP_ORG_CLINICIAN, CLINICIAN_NPI, "Nina Elm", "");
	people_role(ELM, &w.elm, QPP_POST_STAFF);
	people_role(OAK, &w.oak, QPP_POST_OFFICIAL);
	people_role(NPI, &own, QPP_POST_CLINICIAN);
	people_role(VG, &w.group, QPP_POST_OFFICIAL);
	people_role(ACO, &w.aco, QPP_POST_STAFF);
	people_role(REG, &w.registry, QPP_POST_STAFF);
	people_role(ROSA, &w.agency, QPP_POST_REVIEWER);
	people_role(RUTH, &w.agency, QPP_POST_REVIEWER);
	people_role(SAM, &w.agency, QPP_POST_SECOND_REVIEWER);
	people_role(SAM, &w.agency, QPP_POST_REVIEWER);
	people_role(SUE, &w.agency, QPP_POST_SECOND_REVIEWER);
	people_role(ELM_REVIEWER, &w.agency, QPP_POST_REVIEWER);
	people_role(ELM_REVIEWER, &w.agency, QPP_POST_SECOND_REVIEWER);
	people_role(ELM_REVIEWER, &w.elm, QPP_POST_STAFF);
	people_role(OPERATOR, &w.agency, QPP_POST_OPERATOR);
	people_role(AGENT, &w.agency, QPP_POST_AGENT);
	/* An agent who looks as somebody of ELM. */
	w.actors[VIEWER] = w.actors[ELM];
	w.actors[VIEWER].view_only = true;
}

static enum qpp_code first_release(const struct qpp_release_port *self, struct qpp_tx *tx, qpp_py py, qpp_time *scores, qpp_time *factors,
                                   struct qpp_err *err)
{
	const struct releases *r = (const struct releases *)(const void *)self;
	(void)tx;
	(void)err;
	if (r->py == py.v) {
		*scores = r->scores;
		*factors = r->factors;
	}
	return QPP_OK;
}

int review_setup(void **unused)
{
	static struct qpp_arena kept = QPP_ARENA_INIT;
	static const struct qpp_years *years;
	(void)unused;
	if (!years)
		assert_ok(qpp_years_load(&kept, NULL, 0, &years, &w.err));
	people_open(names, PERSONS, years);
	memset(&rw, 0, sizeof rw);
	rw.releases.port.first = first_release;
	rw.reviews = (struct qpp_reviews){ &w.service, &w.zone, &rw.releases.port, NULL };
	people();
	for (int py = 2022; py <= 2024; py++)
		put_relation(py, CLINICIAN_NPI, "{}");
	release(2023, "2024-08-12T10:00:00-04:00", "2024-08-12T10:00:00-04:00");
	at("2024-09-03T12:00:00-04:00");
	return 0;
}

/* --- the hand on the clock --- */

void later(int64_t us)
{
	w.store.clock.now.us += us;
}

static qpp_time time_of(const char *instant)
{
	qpp_instant t;
	if (!*instant)
		return (qpp_time){ 0 };
	assert_true(qpp_instant_parse(qpp_str_of(instant), &t, NULL));
	return qpp_time_of_instant(t);
}

void release(int py, const char *scores, const char *factors)
{
	rw.releases.py = py;
	rw.releases.scores = time_of(scores);
	rw.releases.factors = time_of(factors);
}

struct qpp_reviewing by(enum person p)
{
	struct qpp_findings *findings = QPP_NEW(&w.store.arena, struct qpp_findings);
	qpp_findings_init(findings, &w.store.arena, 100);
	return (struct qpp_reviewing){ .reviews = &rw.reviews, .call = { &w.service, &w.store.arena, &w.actors[p], { NULL, 0 } },
		                           .at = w.store.clock.now, .findings = findings };
}

/* --- requests --- */

struct qpp_review_form form(int py)
{
	return (struct qpp_review_form){
		.py = { py }, .level = QPP_GROUP, .org_id = w.elm.id, .legal_name = QPP_LIT("Elm Street Clinic LLC"), .as = QPP_REVIEW_AS_STAFF,
		.name = QPP_LIT("Ann Elm"), .email = QPP_LIT("ann@example.org"), .phone = QPP_LIT("555-0100"),
		.reason = QPP_LIT("exceptionNotApplied"), .categories = QPP_LIT("pi"),
		.explanation = QPP_LIT("The approved hardship exception of promoting interoperability is not in the score.")
	};
}

struct qpp_str draft(enum person p, const struct qpp_review_form *f)
{
	struct qpp_reviewing r = by(p);
	struct qpp_str id = { NULL, 0 };
	int64_t version = 0;
	assert_ok(qpp_review_save(&r, f, &id, &version, &w.err));
	assert_int_equal(version, 1);
	return id;
}

enum qpp_code file(enum person p, struct qpp_str id, struct qpp_review_filing *out)
{
	struct qpp_reviewing r = by(p);
	*out = (struct qpp_review_filing){ .id = id, .certified = true };
	return qpp_review_file(&r, out, &w.err);
}

struct qpp_str filed(enum person p, const struct qpp_review_form *f)
{
	struct qpp_review_filing x;
	struct qpp_str id = draft(p, f);
	assert_ok(file(p, id, &x));
	return id;
}

struct qpp_str in_review(enum person p, const struct qpp_review_form *f)
{
	struct qpp_str id = filed(p, f);
	struct qpp_reviewing r = by(ROSA);
	assert_ok(qpp_review_assign(&r, id, 0, QPP_LIT(""), &w.err));
	return id;
}

struct qpp_str recommended(enum person p, const struct qpp_review_form *f, const struct qpp_review_opinion *o)
{
	struct qpp_str id = in_review(p, f);
	struct qpp_reviewing r = by(ROSA);
	assert_ok(qpp_review_recommend(&r, id, 0, o, &w.err));
	return id;
}

struct qpp_str decided(enum person p, const struct qpp_review_form *f, const struct qpp_review_opinion *o)
{
	struct qpp_str id = recommended(p, f, o);
	struct qpp_reviewing r = by(SUE);
	assert_ok(qpp_review_confirm(&r, id, 0, NULL, &w.err));
	return id;
}

struct qpp_review_opinion approval(void)
{
	static const struct qpp_review_override pi = { QPP_LIT_INIT("reweight"), QPP_LIT_INIT("[{\"category\":\"pi\",\"reason\":\"exception\"}]"),
		                                           { NULL, 0 }, { NULL, 0 } };
	return (struct qpp_review_opinion){ .approve = true, .score_change = true, .reasons = QPP_LIT("The exception was approved and not applied."),
		                                .overrides = &pi, .n_overrides = 1 };
}

struct qpp_review_opinion denial(const char *ground)
{
	return (struct qpp_review_opinion){ .ground = qpp_str_of(ground), .reasons = QPP_LIT("The score is as the rules have it.") };
}

struct qpp_review_detail seen(enum person p, struct qpp_str id)
{
	struct qpp_reviewing r = by(p);
	struct qpp_review_detail d;
	assert_ok(qpp_review_get(&r, id, &d, &w.err));
	return d;
}

static struct qpp_review_row row_of(struct qpp_str id)
{
	struct qpp_tx *tx;
	struct qpp_review_row row;
	assert_ok(qpp_store_begin(w.store.store, &w.store.arena, &tx, &w.err));
	assert_ok(qpp_store_review_get(tx, id, &row, &w.err));
	qpp_store_end(tx);
	return row;
}

const char *state_of(struct qpp_str id)
{
	return text_of(row_of(id).state);
}

int64_t version_of(struct qpp_str id)
{
	return row_of(id).version;
}

size_t overrides_of(int py, const struct qpp_review_override **out)
{
	struct qpp_who who = { { py }, QPP_GROUP, w.elm.id, { NULL, 0 } };
	struct qpp_tx *tx;
	size_t n;
	assert_ok(qpp_store_begin(w.store.store, &w.store.arena, &tx, &w.err));
	assert_ok(qpp_review_overrides(tx, &who, out, &n, &w.err));
	qpp_store_end(tx);
	return n;
}

int64_t ledger_records(struct qpp_str id, const char *kind)
{
	struct qpp_ledger_number_rows rows = { 0 };
	struct qpp_tx *tx;
	int64_t n = 0;
	assert_ok(qpp_store_begin(w.store.store, &w.store.arena, &tx, &w.err));
	assert_ok(qpp_store_ledger_of(tx, qpp_str_cat(&w.store.arena, "review/", text_of(id), (char *)NULL), (struct qpp_slice){ 0 }, &rows, &w.err));
	qpp_store_end(tx);
	for (size_t i = 0; i < rows.n; i++)
		n += qpp_str_is(rows.v[i].kind, kind);
	return n;
}
