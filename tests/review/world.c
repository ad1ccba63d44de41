/* The world of the tests of targeted review: see world.h. */
#include "world.h"

#include "adapt/sys/zone.h"
#include "qpp/check.h"

struct review_world w;

static const char *const names[PERSONS] = { "elm", "oak", "npi", "vg", "aco", "reg", "nobody", "rosa", "ruth", "sam", "sue",
	"elmreviewer", "operator", "agent", "viewer" };

const char *text_of(struct qpp_str s)
{
	return qpp_str_dup(&w.store.arena, s).p;
}

/* --- what the store holds at first --- */

struct made {
	struct qpp_org *org;
	const char *tin;
};

static enum qpp_code org_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct made *m = request;
	return qpp_store_org_put(tx, m->org, qpp_str_of(m->tin), err);
}

static struct qpp_org org(enum qpp_org_kind kind, const char *number, const char *name, const char *tin)
{
	struct qpp_org x = { .kind = kind, .number = qpp_str_of(number), .name = qpp_str_of(name), .body = QPP_LIT("{}") };
	struct made m = { &x, tin };
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, org_change, &m, &w.err));
	return x;
}

static enum qpp_code account_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_account_put(tx, request, err);
}

static enum qpp_code role_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_role_put(tx, request, err);
}

static enum qpp_code relation_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_relation_put(tx, request, err);
}

static void account(enum person p)
{
	struct qpp_str mail = qpp_str_cat(&w.store.arena, names[p], "@example.org", (char *)NULL);
	struct qpp_account a = { .provider = QPP_LIT("local"), .subject = qpp_str_of(names[p]), .name = qpp_str_of(names[p]),
		                     .email = mail, .state = QPP_LIT("active"), .body = QPP_LIT("{}") };
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, account_change, &a, &w.err));
	w.accounts[p] = w.actors[p].account_id = a.id;
}

static void role(enum person p, const struct qpp_org *o, enum qpp_post post)
{
	struct qpp_actor *actor = &w.actors[p];
	struct qpp_actor_role *roles = QPP_NEW_ARRAY(&w.store.arena, actor->n + 1, struct qpp_actor_role);
	struct qpp_role_row row = { .account_id = w.accounts[p], .org_id = o->id, .post = post, .state = QPP_POST_ACTIVE };
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, role_change, &row, &w.err));
	for (size_t i = 0; i < actor->n; i++)
		roles[i] = actor->roles[i];
	roles[actor->n++] = (struct qpp_actor_role){ o->id, o->kind, o->number, post };
	actor->roles = roles;
}

static void people(void)
{
	struct qpp_org own = org(QPP_ORG_CLINICIAN, CLINICIAN_NPI, "Nina Elm", "");
	for (int p = 0; p < PERSONS; p++)
		account((enum person)p);
	role(ELM, &w.elm, QPP_POST_STAFF);
	role(OAK, &w.oak, QPP_POST_OFFICIAL);
	role(NPI, &own, QPP_POST_CLINICIAN);
	role(VG, &w.group, QPP_POST_OFFICIAL);
	role(ACO, &w.aco, QPP_POST_STAFF);
	role(REG, &w.registry, QPP_POST_STAFF);
	role(ROSA, &w.agency, QPP_POST_REVIEWER);
	role(RUTH, &w.agency, QPP_POST_REVIEWER);
	role(SAM, &w.agency, QPP_POST_SECOND_REVIEWER);
	role(SAM, &w.agency, QPP_POST_REVIEWER);
	role(SUE, &w.agency, QPP_POST_SECOND_REVIEWER);
	role(ELM_REVIEWER, &w.agency, QPP_POST_REVIEWER);
	role(ELM_REVIEWER, &w.agency, QPP_POST_SECOND_REVIEWER);
	role(ELM_REVIEWER, &w.elm, QPP_POST_STAFF);
	role(OPERATOR, &w.agency, QPP_POST_OPERATOR);
	role(AGENT, &w.agency, QPP_POST_AGENT);
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
	(void)unused;
	memset(&w, 0, sizeof w);
	world_open(&w.store, NULL);
	assert_true(qpp_npi_check_digit_ok(QPP_LIT(CLINICIAN_NPI)) && qpp_npi_check_digit_ok(QPP_LIT(OTHER_NPI)));
	assert_ok(qpp_years_load(&w.store.arena, NULL, 0, &w.years, &w.err));
	assert_ok(qpp_zone_load(&w.store.arena, "America/New_York", &w.zone, &w.err));
	w.service = (struct qpp_service){ .store = w.store.store, .clock = &w.store.clock.clock, .years = w.years, .version = "test" };
	w.releases.port.first = first_release;
	w.reviews = (struct qpp_reviews){ &w.service, &w.zone, &w.releases.port, NULL };
	w.elm = org(QPP_ORG_PRACTICE, "", "Elm Street Clinic", ELM_TIN);
	w.oak = org(QPP_ORG_PRACTICE, "", "Oak Clinic", OAK_TIN);
	w.group = org(QPP_ORG_VIRTUAL_GROUP, "XVG-0001", "Two Streets", "");
	w.aco = org(QPP_ORG_APM_ENTITY, "A0001", "River ACO", "");
	w.registry = org(QPP_ORG_REGISTRY, "R0001", "Registry", "");
	w.agency = org(QPP_ORG_AGENCY, "agency", "Agency", "");
	people();
	for (int py = 2022; py <= 2024; py++) {
		struct qpp_relation x = { { py }, w.elm.id, QPP_LIT(CLINICIAN_NPI), QPP_LIT("{}"), QPP_LIT(""), QPP_LIT("{}") };
		assert_ok(qpp_store_write(w.store.store, &w.store.arena, relation_change, &x, &w.err));
	}
	release(2023, "2024-08-12T10:00:00-04:00", "2024-08-12T10:00:00-04:00");
	at("2024-09-03T12:00:00-04:00");
	return 0;
}

int review_teardown(void **unused)
{
	(void)unused;
	world_close(&w.store);
	return 0;
}

/* --- the hand on the clock --- */

void at(const char *instant)
{
	qpp_instant t;
	assert_true(qpp_instant_parse(qpp_str_of(instant), &t, NULL));
	w.store.clock.now = qpp_time_of_instant(t);
}

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
	w.releases.py = py;
	w.releases.scores = time_of(scores);
	w.releases.factors = time_of(factors);
}

struct qpp_reviewing by(enum person p)
{
	struct qpp_findings *findings = QPP_NEW(&w.store.arena, struct qpp_findings);
	qpp_findings_init(findings, &w.store.arena, 100);
	return (struct qpp_reviewing){ .reviews = &w.reviews, .call = { &w.service, &w.store.arena, &w.actors[p], { NULL, 0 } },
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

size_t mails_to(enum person p, const char *subject, struct qpp_str *text)
{
	struct qpp_mail_row_rows rows = { 0 };
	struct qpp_str to = qpp_str_cat(&w.store.arena, names[p], "@example.org", (char *)NULL);
	struct qpp_tx *tx;
	size_t n = 0;
	assert_ok(qpp_store_begin(w.store.store, &w.store.arena, &tx, &w.err));
	assert_ok(qpp_store_mail_list(tx, QPP_MAIL_WAITING, (struct qpp_slice){ 0 }, &rows, &w.err));
	qpp_store_end(tx);
	for (size_t i = 0; i < rows.n; i++)
		if (qpp_str_eq(rows.v[i].recipient, to) && qpp_str_starts(rows.v[i].subject, subject)) {
			n++;
			if (text)
				*text = rows.v[i].text;
		}
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

bool has_finding(const struct qpp_reviewing *r, const char *code, const char *pointer)
{
	for (size_t i = 0; i < r->findings->list.n; i++)
		if (qpp_str_is(r->findings->list.v[i].code, code) && qpp_str_is(r->findings->list.v[i].where.pointer, pointer))
			return true;
	return false;
}
