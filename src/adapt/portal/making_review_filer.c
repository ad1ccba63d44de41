/* The filer's pages of targeted review as models: windows and requests, the form, evidence, certification, receipt, one request. */
#include "adapt/portal/making_review.h"

#include <sodium.h>

#include "adapt/html/words.h"

enum { MEGABYTE = 1 << 20, MOST_OPTIONS = 400 };

/* ---- options ---- */

struct options {
	struct qpp_option_text *v;
	size_t n;
};

static struct options new_options(struct qpp_arena *a, size_t most)
{
	return (struct options){ QPP_NEW_ARRAY(a, most + 1, struct qpp_option_text), 0 };
}

static void offer(struct options *o, struct qpp_str value, struct qpp_str words)
{
	o->v[o->n++] = (struct qpp_option_text){ value, words };
}

static bool offered(const struct options *o, struct qpp_str value)
{
	for (size_t i = 0; i < o->n; i++)
		if (qpp_str_eq(o->v[i].value, value))
			return true;
	return false;
}

static qpp_tr_options offers(const struct options *o)
{
	return (qpp_tr_options){ o->v, o->n };
}

/* ---- landing ---- */

enum qpp_code making_tr_landing(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_tr_landing *m, struct qpp_err *err)
{
	struct qpp_review_line *lines;
	size_t n;
	*m = (struct qpp_tr_landing){ .may_file = !r->call.actor->view_only };
	enum qpp_code code = making_tr_windows(p, r, &m->windows, err);
	if (code == QPP_OK)
		code = qpp_review_mine(r, (qpp_py){ 0 }, &lines, &n, err);
	if (code == QPP_OK)
		m->lines = making_tr_lines(p, r->call.arena, TR_FILER, lines, n);
	return code;
}

/* ---- the form ---- */

static bool is_entity(enum qpp_org_kind k)
{
	return k == QPP_ORG_PRACTICE || k == QPP_ORG_VIRTUAL_GROUP || k == QPP_ORG_SUBGROUP || k == QPP_ORG_APM_ENTITY;
}

static struct qpp_str org_words(struct qpp_arena *a, struct qpp_str name, enum qpp_org_kind kind, struct qpp_str number, struct qpp_str masked)
{
	struct qpp_str shown = portal_number(a, kind, number, masked);
	return CAT(a, C(a, name.n ? name : QPP_LIT("No name on record")), shown.n ? ", " : "", C(a, shown));
}

/* Where a clinician bills, as far as something was released for it. */
static void offer_practices(struct qpp_reviewing *r, qpp_py py, struct qpp_str npi, struct options *o)
{
	struct qpp_feedback_lines lines;
	struct qpp_err ignored;
	if (qpp_feedback_of_npi(&r->call, py, npi, &lines, &ignored) != QPP_OK)
		return;
	for (size_t i = 0; i < lines.n && o->n < MOST_OPTIONS; i++)
		if (!offered(o, lines.v[i].who.org_id))
			offer(o, lines.v[i].who.org_id, CAT(r->call.arena, "Practice of NPI ", C(r->call.arena, npi), ", ", C(r->call.arena, lines.v[i].name)));
}

static qpp_tr_options orgs_of(struct qpp_reviewing *r, const struct qpp_person *person, const struct qpp_review_form *f,
                              const struct qpp_review_detail *draft)
{
	struct qpp_arena *a = r->call.arena;
	struct options o = new_options(a, MOST_OPTIONS + 2);
	offer(&o, QPP_LIT(""), QPP_LIT("None of these: by its number"));
	for (size_t i = 0; i < person->n_held && o.n < MOST_OPTIONS; i++) {
		const struct qpp_role_held *x = &person->held[i];
		if (is_entity(x->kind) && !offered(&o, x->org_id))
			offer(&o, x->org_id, org_words(a, x->org_name, x->kind, x->org_number, x->tin_masked));
		if (x->kind == QPP_ORG_CLINICIAN)
			offer_practices(r, f->py, x->org_number, &o);
	}
	/* What a draft is about stays in the list: its number is not kept. */
	if (f->org_id.n && !offered(&o, f->org_id))
		offer(&o, f->org_id, draft ? org_words(a, draft->line.org.name, draft->line.org.kind, draft->line.org.number, draft->line.org.tin_masked)
		                           : QPP_LIT("The one that you came from"));
	return offers(&o);
}

static qpp_tr_options years_of(struct qpp_arena *a, const struct qpp_review_year *v, size_t n)
{
	struct options o = new_options(a, n);
	for (size_t i = 0; i < n; i++) {
		struct qpp_str year = qpp_i64_text(a, v[i].py.v);
		offer(&o, year, CAT(a, C(a, year), v[i].window.state == QPP_WINDOW_OPEN ? " (open)" : ""));
	}
	return offers(&o);
}

static qpp_tr_options levels_of(struct qpp_arena *a, const struct qpp_review_year *y)
{
	struct options o = new_options(a, QPP_ENTITIES);
	for (int level = 0; level < QPP_ENTITIES; level++)
		if (y->may_ask[level])
			offer(&o, qpp_str_of(qpp_entity_name((enum qpp_entity)level)), qpp_str_of(qpp_entity_title((enum qpp_entity)level)));
	return offers(&o);
}

static qpp_tr_options reasons_of(struct qpp_arena *a, const struct qpp_review_year *y)
{
	struct options o = new_options(a, y->n_reasons + 1);
	offer(&o, QPP_LIT(""), QPP_LIT("Choose a reason"));
	for (size_t i = 0; i < y->n_reasons; i++)
		offer(&o, y->reasons[i].name, CAT(a, making_tr_category(y->reasons[i].category), ": ", C(a, y->reasons[i].says)));
	return offers(&o);
}

/* As what this person may file, by the roles there are; the first is chosen where nothing is. */
static qpp_tr_options ases_of(struct qpp_arena *a, const struct qpp_person *person, bool *third_party)
{
	bool can[QPP_REVIEW_ASES] = { false };
	static const char *const words[QPP_REVIEW_ASES] = { "", "The clinician", "Staff of the practice", "Third party intermediary",
		                                                "Representative of the virtual group, subgroup or APM entity" };
	struct options o = new_options(a, QPP_REVIEW_ASES);
	for (size_t i = 0; i < person->n_held; i++) {
		enum qpp_org_kind k = person->held[i].kind;
		can[QPP_REVIEW_AS_CLINICIAN] |= k == QPP_ORG_CLINICIAN;
		can[QPP_REVIEW_AS_STAFF] |= k == QPP_ORG_PRACTICE;
		can[QPP_REVIEW_AS_THIRD_PARTY] |= k == QPP_ORG_REGISTRY;
		can[QPP_REVIEW_AS_ENTITY] |= is_entity(k) && k != QPP_ORG_PRACTICE;
	}
	for (enum qpp_review_as x = QPP_REVIEW_AS_CLINICIAN; x < QPP_REVIEW_ASES; x++)
		if (can[x])
			offer(&o, qpp_str_of(qpp_review_as_name(x)), qpp_str_of(words[x]));
	*third_party = can[QPP_REVIEW_AS_THIRD_PARTY];
	return offers(&o);
}

static const struct qpp_review_year *year_of(const struct qpp_review_year *v, size_t n, qpp_py py)
{
	const struct qpp_review_year *open = NULL;
	for (size_t i = 0; i < n; i++) {
		if (v[i].py.v == py.v)
			return &v[i];
		if (!open && v[i].window.state == QPP_WINDOW_OPEN)
			open = &v[i];
	}
	return open ? open : &v[0];
}

static void typed(const struct qpp_review_form *f, struct qpp_tr_form *m)
{
	m->org = f->org_id;
	m->number = f->number;
	m->npi = f->npi;
	m->legal_name = f->legal_name;
	m->name = f->name;
	m->email = f->email;
	m->phone = f->phone;
	m->reason = f->reason;
	m->categories = f->categories;
	m->measures = f->measures;
	m->explanation = f->explanation;
	m->authority = f->authority;
}

enum qpp_code making_tr_form(struct qpp_portal *p, struct qpp_reviewing *r, const struct qpp_person *person, const struct qpp_review_form *f,
                             struct qpp_str id, int64_t version, struct qpp_tr_form *m, struct qpp_err *err)
{
	struct qpp_arena *a = r->call.arena;
	struct qpp_review_year *years;
	struct qpp_review_detail draft;
	size_t n;
	struct qpp_review_form of = *f;
	enum qpp_code code = qpp_review_years(r, &years, &n, err);
	if (code == QPP_OK && !n)
		code = qpp_not_found(err, "year");
	if (code == QPP_OK && id.n)
		code = qpp_review_get(r, id, &draft, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_review_year *y = year_of(years, n, f->py);
	of.py = y->py;
	*m = (struct qpp_tr_form){ .id = id, .version = qpp_i64_text(a, version), .year = y->py.v, .window = making_tr_window(p, a, y->py, &y->window) };
	m->action = id.n ? CAT(a, "/targeted-review/", C(a, id), "/edit") : QPP_LIT("/targeted-review/new");
	m->saved = id.n ? qpp_eastern(a, p->zone, draft.line.row.changed) : QPP_LIT("");
	typed(f, m);
	m->years = years_of(a, years, n);
	m->levels = levels_of(a, y);
	m->level = qpp_str_of(f->level ? qpp_entity_name(f->level) : "group");
	m->orgs = orgs_of(r, person, &of, id.n ? &draft : NULL);
	m->ases = ases_of(a, person, &m->third_party);
	m->as = f->as ? qpp_str_of(qpp_review_as_name(f->as)) : m->ases.n ? m->ases.v[0].value : QPP_LIT("");
	m->reasons = reasons_of(a, y);
	return QPP_OK;
}

/* ---- the steps of a draft ---- */

enum qpp_code making_tr_evidence(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_str id, struct qpp_tr_evidence *m, struct qpp_err *err)
{
	struct qpp_arena *a = r->call.arena;
	struct qpp_review_detail x;
	enum qpp_code code = qpp_review_get(r, id, &x, err);
	if (code != QPP_OK)
		return code;
	*m = (struct qpp_tr_evidence){ .id = id, .request = making_tr_request(a, &x), .documents = making_tr_documents(p, a, TR_FILER, &x),
		.most_megabytes = QPP_REVIEW_FILE_BYTES / MEGABYTE, .most_all = QPP_REVIEW_REQUEST_BYTES / MEGABYTE,
		.most_files = QPP_REVIEW_MOST_FILES, .draft = qpp_review_state_of(x.line.row.state) == QPP_REVIEW_DRAFT };
	m->subject = m->request.subject;
	m->number = m->draft ? QPP_LIT("Draft") : m->request.number;
	return QPP_OK;
}

enum qpp_code making_tr_certify(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_str id, struct qpp_tr_certify *m, struct qpp_err *err)
{
	enum { KEY_BYTES = 16 };
	struct qpp_arena *a = r->call.arena;
	unsigned char random[KEY_BYTES];
	char *key = qpp_arena_alloc(a, 2 * KEY_BYTES + 1);
	struct qpp_review_detail x;
	enum qpp_code code = qpp_review_get(r, id, &x, err);
	if (code != QPP_OK)
		return code;
	randombytes_buf(random, sizeof random);
	(void)sodium_bin2hex(key, 2 * KEY_BYTES + 1, random, sizeof random);
	*m = (struct qpp_tr_certify){ .id = id, .version = qpp_i64_text(a, x.line.row.version), .key = qpp_str_of(key),
		.request = making_tr_request(a, &x), .window = making_tr_window(p, a, x.line.row.who.py, &x.window),
		.documents = making_tr_documents(p, a, TR_FILER, &x), .duplicates = making_tr_lines(p, a, TR_FILER, x.duplicates, x.n_duplicates) };
	return QPP_OK;
}

enum qpp_code making_tr_receipt(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_str id, struct qpp_tr_receipt *m, struct qpp_str *text,
                                struct qpp_err *err)
{
	struct qpp_arena *a = r->call.arena;
	struct qpp_review_detail x;
	enum qpp_code code = qpp_review_get(r, id, &x, err);
	if (code == QPP_OK && !x.has_receipt)
		return qpp_not_found(err, "receipt");
	if (code != QPP_OK)
		return code;
	*m = (struct qpp_tr_receipt){ .id = id, .number = x.line.row.number, .at = qpp_eastern_exact(a, p->zone, x.line.row.filed),
		.sha256 = x.receipt.sha256, .key = x.receipt.key, .duplicate = x.line.row.first_id, .request = making_tr_request(a, &x) };
	if (x.margin > 0) {
		/* The end as it was when it was filed: an extension since moves it, not the margin. */
		qpp_time end = { x.line.row.filed.us / QPP_MICROS_A_SECOND * QPP_MICROS_A_SECOND + x.margin * QPP_MICROS_A_SECOND };
		m->deadline = qpp_eastern(a, p->zone, end);
		m->margin = qpp_span_words(a, x.margin * QPP_MICROS_A_SECOND);
	}
	*text = qpp_receipt_json(a, &x.receipt);
	return QPP_OK;
}

/* ---- one request ---- */

enum qpp_code making_tr_detail(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_str id, struct qpp_tr_detail *m, struct qpp_err *err)
{
	struct qpp_arena *a = r->call.arena;
	struct qpp_review_detail x;
	enum qpp_code code = qpp_review_get(r, id, &x, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str answer = m->answer;
	enum qpp_review_state state = qpp_review_state_of(x.line.row.state);
	*m = (struct qpp_tr_detail){ .id = id, .version = qpp_i64_text(a, x.line.row.version), .answer = answer,
		.request = making_tr_request(a, &x), .window = making_tr_window(p, a, x.line.row.who.py, &x.window),
		.documents = making_tr_documents(p, a, TR_FILER, &x), .events = making_tr_events(p, a, &x),
		.duplicates = making_tr_lines(p, a, TR_FILER, x.duplicates, x.n_duplicates), .draft = state == QPP_REVIEW_DRAFT,
		.can_edit = x.can[QPP_REVIEW_EDIT], .can_file = x.can[QPP_REVIEW_FILE], .can_attach = x.can[QPP_REVIEW_ATTACH],
		.can_withdraw = x.can[QPP_REVIEW_WITHDRAW], .can_answer = x.can[QPP_REVIEW_ANSWER], .has_receipt = x.has_receipt,
		.final = qpp_review_decided(state), .sees_score = x.sees_score };
	if (x.decided)
		m->decision = making_tr_decision(p, a, &x.decision);
	making_tr_changed(r, &x, &m->difference);
	if (state == QPP_REVIEW_ASKED) {
		m->question = x.question;
		m->due = qpp_eastern_exact(a, p->zone, x.line.row.due);
	}
	if (x.keeps)
		m->keep_until = qpp_day_words(a, x.keep_until);
	return QPP_OK;
}
