/* What the pages of targeted review share: windows, lines, a request, its documents, timeline and decision, the letter. */
#include "adapt/portal/making_review.h"

#include "adapt/html/words.h"
#include "adapt/json/doc.h"
#include "app/guard.h"

enum { MOST_CHANGES = 60, MOST_WORDS = 2000 };

/* ---- words ---- */

static const struct {
	const char *name, *title;
} categories[] = {
	{ "identity", "Submission identity" }, { "status", "Eligibility and status" }, { "reweighting", "Reweighting" }, { "quality", "Quality" },
	{ "otherCategories", "Other categories" }, { "bonus", "Bonuses" }, { "assignment", "Final score assignment" },
	{ "campaign", "Special campaign" }, { "qp", "QP determination" }, { "notReviewable", "Not reviewable" },
};

const char *making_tr_category(struct qpp_str name)
{
	for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
		if (qpp_str_is(name, categories[i].name))
			return categories[i].title;
	return "Other";
}

static const char *const acts[QPP_REVIEW_ACTS] = {
	[QPP_REVIEW_NO_ACT] = "Changed", [QPP_REVIEW_EDIT] = "Draft begun", [QPP_REVIEW_FILE] = "Filed", [QPP_REVIEW_ATTACH] = "Document added",
	[QPP_REVIEW_WITHDRAW] = "Withdrawn", [QPP_REVIEW_ANSWER] = "Answered", [QPP_REVIEW_ASSIGN] = "Assigned to a reviewer",
	[QPP_REVIEW_ASK] = "Information requested", [QPP_REVIEW_RECOMMEND] = "Recommended", [QPP_REVIEW_RETURN] = "Given back",
	[QPP_REVIEW_APPROVE] = "Approved", [QPP_REVIEW_DENY] = "Denied", [QPP_REVIEW_LAPSE] = "No answer in time: decided on what there is",
	[QPP_REVIEW_CLOSE] = "Closed for no response",
};

static struct qpp_str action_words(struct qpp_str action)
{
	static const struct {
		const char *word, *says;
	} words[] = { { "answer", "An answer is waited for" }, { "file", "Not filed yet" }, { "decide", "Yours to recommend" },
		{ "confirm", "Waits for the second person" }, { "assign", "Waits for a reviewer" } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (qpp_str_is(action, words[i].word))
			return qpp_str_of(words[i].says);
	return QPP_LIT("");
}

struct qpp_str making_tr_size(struct qpp_arena *a, int64_t bytes)
{
	enum { KILO = 1024 };
	if (bytes < KILO)
		return CAT(a, C(a, qpp_i64_text(a, bytes)), " bytes");
	return CAT(a, C(a, qpp_i64_text(a, (bytes + KILO - 1) / KILO)), " kB");
}

/* ---- windows ---- */

static struct qpp_str opens_words(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_review_window *w)
{
	if (w->opens.has)
		return qpp_eastern(a, p->zone, qpp_time_of_instant(w->opens.at));
	return qpp_str_is(w->opens_with, "scores") ? QPP_LIT("when the final scores are released") : QPP_LIT("when the adjustment factors are released");
}

static struct qpp_str closes_words(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_review_window *w)
{
	if (w->closes.has)
		return qpp_eastern(a, p->zone, qpp_time_of_instant(w->closes.at));
	return CAT(a, C(a, qpp_i64_text(a, w->days)), " days after the adjustment factors are released");
}

struct qpp_tr_window making_tr_window(struct qpp_portal *p, struct qpp_arena *a, qpp_py py, const struct qpp_review_window *w)
{
	struct qpp_tr_window out = { .year = py.v, .open = w->state == QPP_WINDOW_OPEN, .over = w->state == QPP_WINDOW_OVER,
		.opens = opens_words(p, a, w), .closes = closes_words(p, a, w), .cite = w->cite };
	if (out.open && w->closes.has)
		out.left = qpp_span_words(a, w->margin * QPP_MICROS_A_SECOND);
	return out;
}

static qpp_texts moved(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_review_year *y, struct qpp_str campaign)
{
	qpp_texts out = { 0 };
	struct qpp_str *v = QPP_NEW_ARRAY(a, y->n_extensions + 1, struct qpp_str);
	for (size_t i = 0; i < y->n_extensions; i++) {
		const struct qpp_review_extension_row *x = &y->extensions[i];
		if (x->levels.n || !qpp_str_eq(x->campaign, campaign))
			continue;
		v[out.n++] = CAT(a, "On ", C(a, qpp_eastern_day(a, p->zone, x->made)), " the operator moved the end to ",
		                 C(a, qpp_eastern(a, p->zone, x->closes)), ": ", C(a, x->reason));
	}
	out.v = v;
	return out;
}

static void put_year(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_review_year *y, struct qpp_tr_window *v, size_t *n)
{
	struct qpp_tr_window w = making_tr_window(p, a, y->py, &y->window);
	w.moved = moved(p, a, y, QPP_LIT(""));
	w.reply_days = y->reply_days;
	v[(*n)++] = w;
	for (size_t i = 0; i < y->n_campaigns; i++) {
		const struct qpp_review_campaign_now *c = &y->campaigns[i];
		w = making_tr_window(p, a, y->py, &c->window);
		w.campaign = c->is.name;
		w.says = c->is.says;
		w.levels = c->is.levels;
		w.moved = moved(p, a, y, c->is.name);
		w.reply_days = y->reply_days;
		v[(*n)++] = w;
	}
}

enum qpp_code making_tr_windows(struct qpp_portal *p, struct qpp_reviewing *r, qpp_tr_windows *out, struct qpp_err *err)
{
	struct qpp_arena *a = r->call.arena;
	struct qpp_review_year *years;
	size_t n, most = 0;
	enum qpp_code code = qpp_review_years(r, &years, &n, err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; i < n; i++)
		most += 1 + years[i].n_campaigns;
	struct qpp_tr_window *v = QPP_NEW_ARRAY(a, most + 1, struct qpp_tr_window);
	out->n = 0;
	for (size_t i = 0; i < n; i++)
		put_year(p, a, &years[i], v, &out->n);
	out->v = v;
	return QPP_OK;
}

/* ---- a request ---- */

static struct qpp_str href_of(struct qpp_arena *a, enum making_side side, struct qpp_str id)
{
	return CAT(a, side == TR_AGENCY ? "/reviewer/targeted-review/" : "/targeted-review/", C(a, id));
}

struct qpp_tr_line making_tr_line(struct qpp_portal *p, struct qpp_arena *a, enum making_side side, const struct qpp_review_line *x)
{
	const struct qpp_review_row *row = &x->row;
	bool asked = qpp_review_state_of(row->state) == QPP_REVIEW_ASKED;
	return (struct qpp_tr_line){
		.href = href_of(a, side, row->id), .number = row->number.n ? row->number : QPP_LIT("Draft"),
		.subject = portal_subject(a, &x->org, &row->who), .reason = x->reason_says.n ? x->reason_says : QPP_LIT("No reason yet"),
		.state = qpp_str_of(qpp_review_state_title(qpp_review_state_of(row->state))), .changed = qpp_eastern(a, p->zone, row->changed),
		.action = action_words(x->action), .assignee = x->assignee_name, .filed = row->filed.us ? qpp_eastern(a, p->zone, row->filed) : QPP_LIT(""),
		.due = asked ? CAT(a, "Due ", C(a, qpp_eastern(a, p->zone, row->due))) : QPP_LIT(""), .duplicate = row->first_id.n > 0, .overdue = row->lapsed,
	};
}

qpp_tr_lines making_tr_lines(struct qpp_portal *p, struct qpp_arena *a, enum making_side side, const struct qpp_review_line *v, size_t n)
{
	struct qpp_tr_line *out = QPP_NEW_ARRAY(a, n + 1, struct qpp_tr_line);
	for (size_t i = 0; i < n; i++)
		out[i] = making_tr_line(p, a, side, &v[i]);
	return (qpp_tr_lines){ out, n };
}

static qpp_texts evidence_of(struct qpp_arena *a, struct qpp_str list)
{
	qpp_texts out = { 0 };
	struct qpp_str one, *v = QPP_NEW_ARRAY(a, list.n / 2 + 1, struct qpp_str);
	while (list.n && qpp_str_cut(&list, ';', &one))
		if (qpp_str_trim(one).n)
			v[out.n++] = qpp_str_trim(one);
	out.v = v;
	return out;
}

static struct qpp_str as_words(enum qpp_review_as as)
{
	static const char *const words[QPP_REVIEW_ASES] = { "", "Clinician", "Practice staff", "Third party intermediary",
		                                                "Representative of an entity or group" };
	return qpp_str_of(words[as < QPP_REVIEW_ASES ? as : 0]);
}

static struct qpp_str category_words(struct qpp_arena *a, struct qpp_str list)
{
	struct qpp_buf b;
	struct qpp_str word;
	bool more = false;
	qpp_buf_init(&b, a, 200);
	while (qpp_str_word(&list, &word)) {
		enum qpp_category c;
		qpp_buf_cat(&b, more ? ", " : "", qpp_category_of(word, &c) ? qpp_category_title(c) : C(a, word), (char *)NULL);
		more = true;
	}
	return qpp_buf_done(&b);
}

struct qpp_tr_request making_tr_request(struct qpp_arena *a, const struct qpp_review_detail *x)
{
	const struct qpp_review_form *f = &x->form;
	return (struct qpp_tr_request){
		.number = x->line.row.number, .state = qpp_str_of(qpp_review_state_title(qpp_review_state_of(x->line.row.state))),
		.subject = portal_subject(a, &x->line.org, &x->line.row.who), .level = qpp_str_of(qpp_entity_title(f->level)),
		.reason = x->line.reason_says.n ? x->line.reason_says : QPP_LIT("None yet"),
		.category = x->reason.name.n ? qpp_str_of(making_tr_category(x->reason.category)) : QPP_LIT(""),
		.categories = category_words(a, f->categories), .measures = f->measures, .explanation = f->explanation, .as = as_words(f->as),
		.name = f->name, .email = f->email, .phone = f->phone, .legal_name = f->legal_name,
		.in_scope = !x->reason.name.n || x->reason.scope != QPP_REVIEW_OF_NOTHING,
		.scope_says = QPP_LIT("It can be filed, and it will be denied: nobody reviews it."), .cite = x->reason.cite,
		.evidence = evidence_of(a, x->reason.evidence),
	};
}

/* "Cost: its weight goes to other categories (approved exception for ...)"; empty for other facts. */
static struct qpp_str override_words(struct qpp_arena *a, const struct qpp_review_override *x)
{
	struct qpp_json_doc doc;
	struct qpp_findings none;
	struct qpp_buf b;
	qpp_findings_init(&none, a, 1);
	if (!qpp_str_is(x->fact, "reweight") || !qpp_json_parse(a, QPP_LIT(""), x->value, x->value.n + 1, &doc, &none) || doc.root->kind != QPP_JSON_ARRAY)
		return QPP_LIT("");
	if (!doc.root->first)
		return QPP_LIT("No category gives its weight to others");
	qpp_buf_init(&b, a, MOST_WORDS);
	for (const struct qpp_json *g = doc.root->first; g; g = g->next) {
		const struct qpp_json *category = qpp_json_member(g, "category"), *reason = qpp_json_member(g, "reason");
		enum qpp_category k;
		if (!category || !reason || !qpp_category_of(category->text, &k))
			return QPP_LIT("");
		qpp_buf_cat(&b, b.n ? "; " : "", qpp_category_title(k), ": its weight goes to other categories (",
		            C(a, qpp_reweight_words(reason->text)), ")", (char *)NULL);
	}
	return qpp_buf_done(&b);
}

struct qpp_tr_decision making_tr_decision(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_review_decided *d)
{
	struct qpp_tr_decision out = { .there = true, .approved = d->approved, .score_change = d->score_change, .by = d->by_name,
		.confirmed_by = d->confirmed_by_name, .reasons = d->reasons, .ground = qpp_review_ground_words(d->ground), .made = d->made.us ? qpp_eastern(a, p->zone, d->made) : QPP_LIT("") };
	struct qpp_tr_override *v = QPP_NEW_ARRAY(a, d->n_overrides + 1, struct qpp_tr_override);
	out.says = !d->approved ? QPP_LIT("Denied: score and payment adjustment stay as they were")
	           : d->score_change ? QPP_LIT("Approved: the score is computed again") : QPP_LIT("Approved without a change of the score");
	for (size_t i = 0; i < d->n_overrides; i++)
		v[i] = (struct qpp_tr_override){ d->overrides[i].topic, d->overrides[i].fact, d->overrides[i].value, override_words(a, &d->overrides[i]) };
	out.overrides.v = v;
	out.overrides.n = d->n_overrides;
	return out;
}

qpp_tr_documents making_tr_documents(struct qpp_portal *p, struct qpp_arena *a, enum making_side side, const struct qpp_review_detail *x)
{
	struct qpp_tr_document *v = QPP_NEW_ARRAY(a, x->n_documents + 1, struct qpp_tr_document);
	bool draft = qpp_review_state_of(x->line.row.state) == QPP_REVIEW_DRAFT;
	for (size_t i = 0; i < x->n_documents; i++) {
		const struct qpp_review_document_row *d = &x->documents[i];
		v[i] = (struct qpp_tr_document){ .href = CAT(a, C(a, href_of(a, side, x->line.row.id)), "/documents/", C(a, d->id)), .name = d->name,
			.kind = d->kind, .size = making_tr_size(a, d->size), .at = qpp_eastern(a, p->zone, d->at), .sha256 = d->sha256 };
		if (side == TR_FILER && draft && x->can[QPP_REVIEW_EDIT])
			v[i].remove = CAT(a, v[i].href.p, "/remove");
	}
	return (qpp_tr_documents){ v, x->n_documents };
}

qpp_tr_events making_tr_events(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_review_detail *x)
{
	struct qpp_tr_event *v = QPP_NEW_ARRAY(a, x->n_events + 1, struct qpp_tr_event);
	for (size_t i = 0; i < x->n_events; i++) {
		const struct qpp_review_event_row *e = &x->events[i];
		v[i] = (struct qpp_tr_event){ qpp_eastern_exact(a, p->zone, e->at), e->actor_name, qpp_str_of(acts[qpp_review_act_of(e->act)]), e->note };
	}
	return (qpp_tr_events){ v, x->n_events };
}

/* ---- before and after ---- */

static struct qpp_str factor_words(struct qpp_arena *a, struct qpp_str factor)
{
	if (!factor.n)
		return QPP_LIT("none");
	bool zero = qpp_str_is(factor, "0.00") || qpp_str_is(factor, "0");
	if (factor.p[0] == '-')
		return CAT(a, "\xE2\x88\x92", C(a, factor) + 1, " %");
	return CAT(a, zero ? "" : "+", C(a, factor), " %");
}

static void put_changes(struct qpp_arena *a, const struct qpp_changes *changes, struct qpp_tr_difference *out)
{
	size_t n = changes->n < MOST_CHANGES ? changes->n : MOST_CHANGES;
	struct qpp_tr_fact_change *v = QPP_NEW_ARRAY(a, n + 1, struct qpp_tr_fact_change);
	for (size_t i = 0; i < n; i++) {
		const struct qpp_changed *x = &changes->v[i];
		v[i] = (struct qpp_tr_fact_change){ portal_capital(a, qpp_str_of(x->says ? x->says : "")), x->path, x->old.n ? x->old : QPP_LIT("none"),
			                                x->now.n ? x->now : QPP_LIT("none"), x->rule, x->note, x->cause };
	}
	out->changes.v = v;
	out->changes.n = n;
	out->left_out = (int64_t)(changes->n - n);
}

static void put_figures(struct qpp_arena *a, struct qpp_str score, struct qpp_str factor, struct qpp_str now, struct qpp_str factor_now,
                        struct qpp_tr_difference *out)
{
	out->there = true;
	out->score_before = score.n ? score : QPP_LIT("none");
	out->score_after = now.n ? now : QPP_LIT("none");
	out->factor_before = factor_words(a, factor);
	out->factor_after = factor_words(a, factor_now);
	out->says = CAT(a, C(a, out->score_before), " to ", C(a, out->score_after), ", ", C(a, out->factor_before), " to ", C(a, out->factor_after));
}

void making_tr_outcomes(struct qpp_arena *a, const struct qpp_outcome *before, const struct qpp_outcome *after,
                        const struct qpp_changes *changes, struct qpp_tr_difference *out)
{
	put_figures(a, before->final_score, before->factor, after->final_score, after->factor, out);
	out->why_before = portal_capital(a, before->why);
	out->why_after = portal_capital(a, after->why);
	put_changes(a, changes, out);
}

void making_tr_changed(struct qpp_reviewing *r, const struct qpp_review_detail *x, struct qpp_tr_difference *out)
{
	struct qpp_arena *a = r->call.arena;
	struct qpp_feedback f;
	struct qpp_changes changes = { 0 };
	struct qpp_err ignored;
	const struct qpp_feedback_version *now = NULL, *old = NULL;
	const struct qpp_feedback_ask ask = { .who = x->line.row.who };
	if (!x->decided || !x->decision.approved || !x->decision.score_change || !x->sees_score)
		return;
	out->none = QPP_LIT("The new version of the score is on its way.");
	if (qpp_feedback_see(&r->call, &ask, &f, &ignored) != QPP_OK)
		return;
	/* Newest first: the version that the request made, and the one it came after. */
	for (size_t i = 0; i < f.n_versions && !now; i++)
		if (qpp_str_eq(f.versions[i].reason, x->line.row.number)) {
			now = &f.versions[i];
			old = i + 1 < f.n_versions ? &f.versions[i + 1] : NULL;
		}
	if (!now || !old)
		return;
	put_figures(a, old->final_score, old->factor, now->final_score, now->factor, out);
	if (qpp_feedback_changes(&r->call, &x->line.row.who, old->id, now->id, &changes, &ignored) == QPP_OK)
		put_changes(a, &changes, out);
}

/* ---- findings ---- */

void making_tr_faults(struct portal_errors *e, const struct qpp_findings *f, enum qpp_severity least)
{
	/* The fields of the form, and the ids that a summary of errors leads to. */
	static const struct {
		const char *pointer, *field;
	} fields[] = {
		{ "/py", "py" }, { "/level", "level" }, { "/number", "number" }, { "/npi", "npi" }, { "/legalName", "legalName" }, { "/as", "as" },
		{ "/name", "name" }, { "/email", "email" }, { "/phone", "phone" }, { "/authority", "authority-yes" }, { "/reason", "reason" },
		{ "/categories", "categories-quality" }, { "/measures", "measures" }, { "/explanation", "explanation" },
		{ "/certified", "certified-yes" }, { "/answer", "answer" }, { "/text", "answer" }, { "/question", "question" }, { "/reasons", "reasons" },
		{ "/note", "note" }, { "/ground", "ground" }, { "/overrides", "over" }, { "/closes", "day" }, { "/says", "says" }, { "/levels", "levels-group" },
	};
	for (size_t i = 0; i < f->list.n; i++) {
		const struct qpp_finding *x = &f->list.v[i];
		const char *field = NULL;
		for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
			if (qpp_str_is(x->where.pointer, fields[k].pointer))
				field = fields[k].field;
		if (x->severity >= least)
			portal_wrong(e, field, CAT(e->arena, C(e->arena, portal_capital(e->arena, x->message)), x->expected.n ? ". Expected: " : "",
			                           C(e->arena, x->expected)));
	}
}

/* ---- the letter ---- */

enum qpp_code making_tr_letter(struct qpp_portal *p, struct qpp_reviewing *r, enum making_side side, struct qpp_str id, struct qpp_tr_letter *m,
                               struct qpp_err *err)
{
	struct qpp_arena *a = r->call.arena;
	struct qpp_review_detail x;
	enum qpp_code code = qpp_review_get(r, id, &x, err);
	if (code == QPP_OK && !x.decided)
		return qpp_not_found(err, "decision");
	if (code != QPP_OK)
		return code;
	/* A letter goes to people outside: it names the agency, not its reviewers. */
	x.decision.by_name = x.decision.confirmed_by_name = QPP_LIT("");
	*m = (struct qpp_tr_letter){ .request = making_tr_request(a, &x), .decision = making_tr_decision(p, a, &x.decision),
		.at = qpp_eastern_day(a, p->zone, x.decision.made), .back = href_of(a, side, id), .sees_score = x.sees_score };
	m->pdf = CAT(a, m->back.p, "/letter.pdf");
	making_tr_changed(r, &x, &m->difference);
	return QPP_OK;
}

static void letter_figures(struct qpp_document *d, const struct qpp_tr_difference *x)
{
	qpp_document_table(d, (const struct qpp_document_column[]){ { QPP_LIT("What"), 2, false }, { QPP_LIT("Before"), 1, true },
	                                                            { QPP_LIT("After"), 1, true } }, 3);
	qpp_document_row(d, (const struct qpp_str[]){ QPP_LIT("Final score"), x->score_before, x->score_after });
	qpp_document_row(d, (const struct qpp_str[]){ QPP_LIT("Payment adjustment"), x->factor_before, x->factor_after });
	if (!x->changes.n)
		return;
	qpp_document_heading(d, 3, QPP_LIT("What made the difference"));
	qpp_document_table(d, (const struct qpp_document_column[]){ { QPP_LIT("Fact"), 3, false }, { QPP_LIT("Before"), 1, true },
	                                                            { QPP_LIT("After"), 1, true }, { QPP_LIT("Rule"), 2, false } }, 4);
	for (size_t i = 0; i < x->changes.n; i++)
		qpp_document_row(d, (const struct qpp_str[]){ x->changes.v[i].says, x->changes.v[i].old, x->changes.v[i].now, x->changes.v[i].rule });
}

enum qpp_code making_tr_letter_pdf(struct qpp_arena *a, const struct qpp_tr_letter *m, qpp_time now, struct qpp_str *out, struct qpp_err *err)
{
	struct qpp_document d;
	const struct qpp_subject *s = &m->request.subject;
	qpp_document_begin(&d, a, QPP_LIT("Decision on your request for targeted review"), QPP_LIT("Quality Payment Program"), now);
	qpp_document_paragraph(&d, m->at);
	qpp_document_paragraph(&d, CAT(a, "Request ", C(a, m->request.number), ": ", C(a, m->request.reason)));
	qpp_document_paragraph(&d, CAT(a, C(a, s->name), ", ", C(a, s->number), s->clinician.n ? ", " : "", C(a, s->clinician), ". ",
	                               C(a, s->level), ", performance year ", C(a, qpp_i64_text(a, s->year))));
	qpp_document_heading(&d, 2, QPP_LIT("Decision"));
	qpp_document_paragraph(&d, m->decision.says);
	if (m->decision.ground.n)
		qpp_document_paragraph(&d, CAT(a, "Ground: ", C(a, m->decision.ground)));
	qpp_document_heading(&d, 2, QPP_LIT("Reasons"));
	qpp_document_paragraph(&d, m->decision.reasons);
	if (m->sees_score) {
		qpp_document_heading(&d, 2, QPP_LIT("Final score and payment adjustment"));
		if (m->decision.approved && m->difference.there)
			letter_figures(&d, &m->difference);
		else
			qpp_document_paragraph(&d, m->decision.approved && m->difference.none.n ? m->difference.none
			                       : QPP_LIT("The final score and the payment adjustment stay as they were."));
	}
	qpp_document_paragraph(&d, QPP_LIT("This decision is final. There is no further review (42 CFR 414.1385(a)(7))."));
	return qpp_document_pdf(&d, a, out, err);
}
