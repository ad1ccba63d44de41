/* Models of filing: the upload with its faults, the review of what a filing would change, the receipt. */
#include "adapt/portal/making_int.h"
#include "app/guard.h"

#include <string.h>

#include "adapt/html/words.h"
#include "adapt/json/read_submission.h"

enum { MOST_FAULTS = 200, MEGABYTE = 1 << 20, MOST_UPLOAD = 20 * MEGABYTE, MOST_EXCERPT = 200 };

/* ---- faults ---- */

static struct qpp_str excerpt(struct qpp_arena *a, struct qpp_str bytes, uint32_t line)
{
	struct qpp_str one = { NULL, 0 };
	for (uint32_t i = 0; i < line; i++)
		if (!qpp_str_cut(&bytes, '\n', &one))
			return QPP_LIT("");
	struct qpp_str cut = { one.p, MOST_EXCERPT };
	if (one.n > MOST_EXCERPT)
		return CAT(a, C(a, cut), " ...");
	return one;
}

static void tell(struct qpp_arena *a, const struct qpp_findings *f, struct qpp_str bytes, struct qpp_upload *m)
{
	struct qpp_upload_error *errors = QPP_NEW_ARRAY(a, f->list.n + 1, struct qpp_upload_error);
	struct qpp_upload_error *remarks = QPP_NEW_ARRAY(a, f->list.n + 1, struct qpp_upload_error);
	for (size_t i = 0; i < f->list.n; i++) {
		const struct qpp_finding *x = &f->list.v[i];
		struct qpp_upload_error one = { *x, x->where.line ? excerpt(a, bytes, x->where.line) : QPP_LIT("") };
		if (x->severity == QPP_ERROR)
			errors[m->errors.n++] = one;
		else
			remarks[m->remarks.n++] = one;
	}
	m->errors.v = errors;
	m->remarks.v = remarks;
	m->left_out = (int64_t)f->left_out;
}

/* ---- upload ---- */

enum qpp_code making_upload(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_str file,
                            struct qpp_str bytes, struct making_draft *d, struct qpp_str *submission_id, struct qpp_upload *m,
                            struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct qpp_findings f;
	enum qpp_code code = QPP_OK;
	qpp_findings_init(&f, a, MOST_FAULTS);
	*submission_id = QPP_LIT("");
	m->file = file;
	struct qpp_submission *s = qpp_json_read_submission(a, file, bytes, MOST_UPLOAD, &f);
	/* Who it is of is checked with it; what it says of a submission of another is refused below. */
	if (s)
		code = qpp_filing_check(p->service, a, s, &f, err);
	if (code != QPP_OK)
		return code;
	if (s && !f.errors)
		code = qpp_submission_start_of(call, s, &f, submission_id, err);
	if (code != QPP_OK && code != QPP_DATA)
		return code;
	if (code == QPP_OK && s && !f.errors && id.n && !qpp_str_eq(id, *submission_id)) {
		struct qpp_finding *x = qpp_find(&f, QPP_ERROR, "identifierInvalid", s->where, QPP_LIT("this file is of somebody else, or of another year"));
		x->hint = QPP_LIT("upload it on the page of all submissions");
	}
	tell(a, &f, bytes, m);
	if (!s || f.errors)
		return QPP_OK;
	struct qpp_str *texts = QPP_NEW_ARRAY(a, s->n_sets + 1, struct qpp_str);
	for (size_t i = 0; i < s->n_sets; i++)
		texts[i] = qpp_set_doc_text(a, &s->sets[i], QPP_LIT("qpp-portal"));
	*d = (struct making_draft){ .there = true, .topic = QPP_LIT("upload"), .file = file, .sets = { texts, s->n_sets } };
	return QPP_OK;
}

/* ---- review ---- */

static void add_change(struct qpp_arena *a, struct qpp_change_line *v, size_t *n, const char *what, const char *more,
                       struct qpp_str before, struct qpp_str after)
{
	if (!qpp_str_eq(before, after))
		v[(*n)++] = (struct qpp_change_line){ CAT(a, what, more), before.n ? before : QPP_LIT("\xE2\x80\x94"), after.n ? after : QPP_LIT("\xE2\x80\x94") };
}

static struct qpp_str percent(struct qpp_arena *a, const struct qpp_value *v, int places)
{
	return v->has ? CAT(a, C(a, qpp_dec_text(a, v->v, places)), " %") : QPP_LIT("");
}

/* What the guard says: exceptions that would be undone, and what else would count again. */
static void undoes(struct qpp_arena *a, const struct qpp_guard *g, struct qpp_filing_review *m)
{
	struct qpp_str *undone = QPP_NEW_ARRAY(a, QPP_CATEGORIES + 1, struct qpp_str), *again = QPP_NEW_ARRAY(a, QPP_CATEGORIES, struct qpp_str);
	for (size_t i = 0; i < g->n; i++)
		*(g->undone[i].exception ? &undone[m->undoes.n++] : &again[m->regains.n++]) = qpp_guard_says(a, &g->undone[i]);
	struct qpp_str costs = g->exceptions ? qpp_guard_costs(a, g) : QPP_LIT("");
	if (costs.n)
		undone[m->undoes.n++] = costs;
	m->undoes.v = undone;
	m->regains.v = again;
}

static void compare(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_prospect *x, struct qpp_filing_review *m)
{
	const struct qpp_scored *b = making_counts(x->before), *c = making_counts(x->after);
	struct qpp_change_line *v = QPP_NEW_ARRAY(a, 2 * QPP_CATEGORIES + 1, struct qpp_change_line);
	struct qpp_guard guard;
	m->before = making_score(p, a, x->seen.row.who.py, x->before, x->why_before);
	m->after = making_score(p, a, x->seen.row.who.py, x->after, x->why_after);
	if (!b || !c)
		return;
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		const struct qpp_category_score *before = &b->score.category[k], *after = &c->score.category[k];
		const char *title = qpp_category_title((enum qpp_category)k);
		add_change(a, v, &m->changes.n, title, "", percent(a, &before->percent, 2), percent(a, &after->percent, 2));
		add_change(a, v, &m->changes.n, title, ": weight", percent(a, &before->weight, 0), percent(a, &after->weight, 0));
	}
	add_change(a, v, &m->changes.n, "Payment adjustment", "", m->before.factor, m->after.factor);
	m->changes.v = v;
	qpp_guard_of(a, x->before, x->after, &guard);
	undoes(a, &guard, m);
	if (!m->before.has || !m->after.has)
		return;
	m->worse = guard.sign < 0;
	if (guard.points.n)
		m->difference = CAT(a, C(a, guard.points), " points");
}

static struct qpp_str count_of(struct qpp_arena *a, const struct qpp_measurement_set *set)
{
	return CAT(a, qpp_category_title(set->category), ": ", C(a, qpp_i64_text(a, (int64_t)set->n_measurements)),
	           set->n_measurements == 1 ? " entry" : " entries");
}

static void words(struct qpp_portal *p, struct qpp_arena *a, const struct making_draft *d, const struct qpp_prospect *x,
                  struct qpp_filing_review *m)
{
	struct qpp_buf b;
	enum { MOST = 4000 };
	struct qpp_str *replaced = QPP_NEW_ARRAY(a, x->sets.n_sets + 1, struct qpp_str);
	qpp_buf_init(&b, a, MOST);
	if (d->file.n)
		qpp_buf_cat(&b, "Upload of ", C(a, d->file), ". ", (char *)NULL);
	for (size_t i = 0; i < x->sets.n_sets; i++) {
		qpp_buf_cat(&b, i ? "; " : "", C(a, count_of(a, &x->sets.sets[i])), (char *)NULL);
		if (x->replaced[i])
			replaced[m->replaces.n++] = CAT(a, C(a, count_of(a, &x->replaced[i]->whole.sets[0])), ", filed ",
			                                C(a, qpp_eastern(a, p->zone, x->replaced[i]->row.changed)));
	}
	m->what = qpp_buf_done(&b);
	m->replaces.v = replaced;
}

/* Faults at their fields; remarks on the page. */
static void faults(struct qpp_arena *a, const struct qpp_findings *f, struct portal_errors *errors, struct qpp_filing_review *m)
{
	struct qpp_upload seen = { 0 };
	tell(a, f, QPP_LIT(""), &seen);
	for (size_t i = 0; i < seen.errors.n; i++) {
		const struct qpp_finding *x = &seen.errors.v[i].finding;
		bool field = x->where.pointer.n && x->where.pointer.p[0] != '/';
		portal_wrong(errors, field ? C(a, x->where.pointer) : NULL,
		             CAT(a, C(a, x->subject), x->subject.n ? ": " : "", C(a, x->message), x->expected.n ? "; expected " : "", C(a, x->expected)));
	}
	m->remarks.v = seen.remarks.v;
	m->remarks.n = seen.remarks.n;
}

static enum qpp_code look(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, const struct making_draft *d,
                          struct portal_errors *errors, struct qpp_findings *f, struct qpp_prospect *x, struct qpp_filing_review *m,
                          struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct making_forming w = { .arena = a, .d = d, .seen = &x->seen, .errors = errors };
	*x = (struct qpp_prospect){ 0 };
	*m = (struct qpp_filing_review){ 0 };
	qpp_findings_init(f, a, MOST_FAULTS);
	enum qpp_code code = qpp_submission_see(call, id, &x->seen, err);
	if (code == QPP_OK && !qpp_prospect_submitter(call, &x->seen, &w.submitter))
		code = qpp_fail(err, QPP_FORBIDDEN, "your role sees these data and changes nothing", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_years_need(p->service->years, a, x->seen.row.who.py, &w.catalog, err);
	if (code == QPP_OK)
		code = making_sets(&w, &x->sets, err);
	if (code != QPP_OK || errors->list.n)
		return code;
	code = qpp_prospect_look(call, true, f, x, err);
	if (code != QPP_OK)
		return code;
	faults(a, f, errors, m);
	m->subject = portal_subject(a, &x->seen.org, &x->seen.row.who);
	m->window = portal_window(p, a, x->seen.row.who.py);
	m->back = CAT(a, "/submissions/", C(a, id));
	m->action = CAT(a, "/submissions/", C(a, id), "/review/", C(a, d->topic));
	m->draft = d->topic;
	/* The same draft, sent twice, is one filing; a draft that was changed is another. */
	m->key = CAT(a, C(a, id), "-", C(a, d->topic), "-", C(a, qpp_i64_text(a, d->saved.us)));
	compare(p, a, x, m);
	words(p, a, d, x, m);
	return QPP_OK;
}

enum qpp_code making_show_review(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, const struct making_draft *d,
                                 struct portal_errors *errors, struct qpp_filing_review *m, struct qpp_err *err)
{
	struct qpp_findings f;
	struct qpp_prospect x;
	return look(p, call, id, d, errors, &f, &x, m, err);
}

enum qpp_code making_faults(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, const struct making_draft *d,
                            struct portal_errors *errors, struct qpp_err *err)
{
	struct qpp_filing_review m;
	return making_show_review(p, call, id, d, errors, &m, err);
}

/* The number of the record, out of the line of its receipt. */
static int64_t sequence_of(struct qpp_str line)
{
	static const char name[] = "\"sequence\":";
	const char *at = line.n ? strstr(line.p, name) : NULL;
	uint64_t v;
	size_t n = 0;
	if (!at)
		return 0;
	at += sizeof name - 1;
	while (at[n] >= '0' && at[n] <= '9')
		n++;
	return qpp_str_u64((struct qpp_str){ at, n }, INT64_MAX, &v) ? (int64_t)v : 0;
}

enum qpp_code making_file(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, const struct making_draft *d,
                          struct qpp_str key, qpp_time at, bool confirmed, struct portal_errors *errors, int64_t *last, bool *unconfirmed, struct qpp_err *err)
{
	struct qpp_findings f;
	struct qpp_prospect x;
	struct qpp_filing_review m;
	enum qpp_code code = look(p, call, id, d, errors, &f, &x, &m, err);
	if (code != QPP_OK || errors->list.n)
		return code;
	*unconfirmed = m.undoes.n > 0 && !confirmed;
	if (*unconfirmed)
		return QPP_OK;
	struct qpp_str *receipts = QPP_NEW_ARRAY(call->arena, x.sets.n_sets + 1, struct qpp_str);
	code = qpp_prospect_file(call, &x, key, at, &f, receipts, err);
	for (size_t i = 0; i < x.sets.n_sets; i++)
		if (receipts[i].n)
			*last = sequence_of(qpp_str_dup(call->arena, receipts[i]));
	return code;
}

/* ---- receipt ---- */

enum qpp_code making_receipt(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, int64_t sequence,
                             struct qpp_receipt_view *m, struct qpp_str *text, struct qpp_str *body, struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct qpp_seen_submission seen;
	struct qpp_receipt r;
	const struct qpp_filed_set *set;
	qpp_instant closes;
	enum qpp_code code = qpp_submission_see(call, id, &seen, err);
	if (code == QPP_OK)
		code = qpp_receipt_see(call, &seen, sequence, &r, body, &set, err);
	if (code != QPP_OK)
		return code;
	const char *base = CAT(a, "/submissions/", C(a, id), "/receipts/", C(a, qpp_i64_text(a, sequence))).p;
	*text = qpp_receipt_json(a, &r);
	*m = (struct qpp_receipt_view){ .number = r.number, .at = qpp_eastern_exact(a, p->zone, r.at), .sha256 = r.sha256, .key = r.key,
		.what = count_of(a, &set->whole.sets[0]), .subject = portal_subject(a, &seen.org, &seen.row.who),
		.href_back = CAT(a, "/submissions/", C(a, id)), .href_text = CAT(a, base, "/receipt.json") };
	if (body->n)
		m->href_body = CAT(a, base, "/filed.json");
	if (qpp_instant_parse(qpp_years_param(p->service->years, "submission_closes", seen.row.who.py), &closes, NULL)) {
		int64_t left = qpp_time_of_instant(closes).us - r.at.us;
		m->deadline = qpp_eastern(a, p->zone, qpp_time_of_instant(closes));
		m->late = left < 0;
		m->margin = qpp_span_words(a, left);
	}
	return QPP_OK;
}
