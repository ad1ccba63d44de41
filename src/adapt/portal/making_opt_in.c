/* Models of /eligibility/opt-in. */
#include "adapt/portal/making_exceptions.h"

static const char *const statuses[] = {
	[QPP_ELIGIBLE] = "MIPS eligible", [QPP_ELIGIBLE_OPTED_IN] = "MIPS eligible by opting in", [QPP_OPT_IN_ELIGIBLE] = "Not required; may opt in",
	[QPP_EXEMPT_LOW_VOLUME] = "Exempt: at or below the low-volume threshold", [QPP_EXEMPT_NEWLY_ENROLLED] = "Exempt: newly enrolled in Medicare",
	[QPP_EXEMPT_QP] = "Exempt: a qualifying APM participant", [QPP_EXEMPT_PARTIAL_QP] = "Exempt: a partial QP without an election to take part",
	[QPP_INELIGIBLE_TYPE] = "Not of a type that takes part", [QPP_ELIGIBILITY_UNDECIDED] = "Not decided: facts are missing",
};

/* "/eligibility/opt-in/ORG/2024", and "?npi=..." for a clinician. */
static struct qpp_str base(struct qpp_arena *a, const struct qpp_who *who)
{
	return CAT(a, "/eligibility/opt-in/", C(a, who->org_id), "/", C(a, qpp_i64_text(a, who->py.v)));
}

static struct qpp_str query(struct qpp_arena *a, const struct qpp_who *who)
{
	return who->npi.n ? CAT(a, "?npi=", C(a, who->npi)) : QPP_LIT("");
}

static struct qpp_choosing_item item(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_choosing *c)
{
	struct qpp_choosing_item x = { .who = making_whom(a, &c->org, &c->who, &c->clinician), .status = qpp_str_of(statuses[c->status]), .says = c->says,
		.href = base(a, &c->who), .query = query(a, &c->who), .may = c->open && c->official };
	if (c->open && !c->official)
		x.says = QPP_LIT("A Security Official of the practice can choose now.");
	if (c->chosen && c->at.us)
		x.chosen = CAT(a, qpp_choice_title(c->chosen), ", chosen ", C(a, qpp_eastern_day(a, p->zone, c->at)), c->by.n ? " by " : "", C(a, c->by));
	else if (c->chosen)
		x.chosen = qpp_str_of(qpp_choice_title(c->chosen));
	if (c->has_receipt)
		x.href_receipt = CAT(a, C(a, x.href), "/receipt", C(a, x.query));
	return x;
}

enum qpp_code making_opt_in(struct qpp_portal *p, struct qpp_excepting *x, struct qpp_opt_in_page *m, struct qpp_err *err)
{
	struct qpp_choosing *from;
	size_t n = 0;
	m->years.n = portal_years(p, x->call.arena, &m->years.v);
	enum qpp_code code = qpp_opt_in_list(x, (qpp_py){ (int)m->year }, &from, &n, &m->total, err);
	struct qpp_choosing_item *v = QPP_NEW_ARRAY(x->call.arena, n + 1, struct qpp_choosing_item);
	for (size_t i = 0; code == QPP_OK && i < n; i++)
		v[i] = item(p, x->call.arena, &from[i]);
	m->items.v = v;
	m->items.n = n;
	return code;
}

void making_opt_in_confirm(struct qpp_arena *a, const struct qpp_choosing *c, enum qpp_opt_choice choice, struct qpp_str action, struct qpp_opt_in_confirm *m)
{
	struct qpp_reason_line *v = QPP_NEW_ARRAY(a, c->why.list.n + 1, struct qpp_reason_line);
	*m = (struct qpp_opt_in_confirm){ .who = making_whom(a, &c->org, &c->who, &c->clinician), .title = qpp_str_of(qpp_choice_title(choice)),
		.typed = qpp_str_of(qpp_choice_typed(choice)), .action = CAT(a, C(a, action), C(a, query(a, &c->who))),
		.back = CAT(a, "/eligibility/opt-in?year=", C(a, qpp_i64_text(a, c->who.py.v))), .opts_in = choice == QPP_CHOICE_OPT_IN, .year = c->who.py.v };
	for (size_t i = 0; i < c->why.list.n; i++)
		v[i] = (struct qpp_reason_line){ .text = portal_capital(a, c->why.list.v[i].text), .cite = c->why.list.v[i].rule };
	m->reasons.v = v;
	m->reasons.n = c->why.list.n;
}

void making_opt_in_receipt(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_choosing *c, struct qpp_kept_view *m)
{
	struct qpp_str *next = QPP_NEW_ARRAY(a, 1, struct qpp_str);
	next[0] = c->chosen == QPP_CHOICE_OPT_IN ? QPP_LIT("Submit data in the submission period. Without data the score is the lowest.")
	                                         : QPP_LIT("Data that are submitted are scored for feedback, without a payment adjustment.");
	*m = (struct qpp_kept_view){ .title = QPP_LIT("Chosen for the year"), .who = making_whom(a, &c->org, &c->who, &c->clinician),
		.what = CAT(a, qpp_choice_title(c->chosen), " for performance year ", C(a, qpp_i64_text(a, c->who.py.v)), c->by.n ? ", chosen by " : "", C(a, c->by)),
		.number = c->receipt.number, .at = qpp_eastern_exact(a, p->zone, c->receipt.at), .sha256 = c->receipt.sha256, .key = c->receipt.key,
		.href_text = CAT(a, C(a, base(a, &c->who)), "/receipt.json", C(a, query(a, &c->who))),
		.href_back = CAT(a, "/eligibility/opt-in?year=", C(a, qpp_i64_text(a, c->who.py.v))), .back = QPP_LIT("To who has a choice"),
		.crumb = QPP_LIT("Opting in"), .crumb_href = QPP_LIT("/eligibility/opt-in") };
	m->next.v = next;
	m->next.n = 1;
}
