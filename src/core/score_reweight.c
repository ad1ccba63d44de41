/*
 * 414.1380(c)(2)(i): which categories have no weight. Grounds that were approved
 * or hold by themselves take the weight away; data submitted for the category
 * give it back where the ground says so. The clinician sees the ground, or why
 * it was undone.
 */
#include "score_int.h"

/* R-414.1380(c)(2)(i): the row of a ground, NULL when the year has none such. */
static const struct qpp_table_row *ground(struct qpp_scoring *s, enum qpp_category category, const char *reason)
{
	return qpp_row(&s->c, QPP_T_reweight_grounds,
	               QPP_KEYS({ QPP_C_reweight_grounds_category, qpp_str_of(qpp_category_name(category)) },
	                        { QPP_C_reweight_grounds_reason, qpp_str_of(reason) }));
}

/* From 2024 only data that are complete enough count as a submission; before, anything did. */
bool qpp_counts_as_submission(struct qpp_scoring *s, const struct qpp_category_score *out)
{
	if (!out->submitted || out->qualifies || !qpp_param_yes(&s->c, QPP_P_qualifying_submission))
		return out->submitted;
	return qpp_reading(&s->c, QPP_R_qualifying_submission_minimum) != QPP_R_qualifying_submission_minimum_qualifying;
}

/* Of the sets that are a submission: from 2024 an empty one is none. */
static bool by_claims_alone(struct qpp_scoring *s)
{
	bool some = false, empty_counts = !qpp_param_yes(&s->c, QPP_P_qualifying_submission);
	for (size_t i = 0; i < s->submission->n_sets; i++) {
		const struct qpp_measurement_set *set = &s->submission->sets[i];
		if (!qpp_set_counts(s, set, QPP_QUALITY) || !(set->n_measurements || empty_counts))
			continue;
		if (set->method != QPP_CLAIMS)
			return false;
		some = true;
	}
	return some;
}

/*
 * R-414.1380(c)(2)(i)(A)(8): quality codes on claims were sent before anybody knew of the event. They give the weight
 * back only beside data that were submitted on purpose.
 */
static bool claims_do_not_count(struct qpp_scoring *s, enum qpp_category category, const char *reason)
{
	return category == QPP_QUALITY && qpp_str_is(qpp_str_of(reason), "automaticEuc") && !s->filed[QPP_IA] &&
	       !s->filed[QPP_PI] && by_claims_alone(s) && !qpp_param_yes(&s->c, QPP_P_automatic_euc_claims_restore);
}

static void say_claims(struct qpp_scoring *s, struct qpp_where where)
{
	struct qpp_finding *f = qpp_remark(s, QPP_INFORMATION, "reweightKept", where,
	                                   QPP_LIT("quality was submitted by claims alone, so the category stays without weight"));
	f->subject = QPP_LIT("quality");
	f->value = QPP_LIT("automaticEuc");
	f->hint = QPP_LIT("with improvement activities or promoting interoperability submitted too, it is scored");
	f->cite = QPP_LIT("414.1380(c)(2)(i)(A)(8)");
}

/* Whether the ground takes the weight away; a finding when data undid it, or when the year has no such ground. */
static bool holds(struct qpp_scoring *s, struct qpp_category_score *out, const char *reason, struct qpp_where where)
{
	const struct qpp_table_row *row = ground(s, out->category, reason);
	if (!row) {
		struct qpp_finding *f = qpp_remark(s, QPP_WARNING, "reweightNotAGround", where,
		                                   QPP_LIT("this is no ground for reweighting the category in that year"));
		f->subject = qpp_str_of(qpp_category_name(out->category));
		f->value = qpp_str_of(reason);
		f->cite = QPP_LIT("414.1380(c)(2)(i)");
		return false;
	}
	/* 414.1317(b)(4): the exception of an APM entity covers everything, and data do not undo it. */
	bool entity = s->submission->entity == QPP_APM_ENTITY && qpp_str_is(qpp_str_of(reason), qpp_reweight_reason_name(QPP_EUC));
	bool restored = !entity && qpp_str_is(qpp_cell_word(row, QPP_C_reweight_grounds_restored), "yes");
	bool kept = restored && s->filed[out->category] && claims_do_not_count(s, out->category, reason);
	if (kept)
		say_claims(s, where);
	if (restored && s->filed[out->category] && !kept) {
		/* Worth a warning when somebody applied for it; those excused by themselves may well mean to report. */
		struct qpp_finding *f = qpp_remark(s, where.line ? QPP_WARNING : QPP_INFORMATION, "reweightUndone", where,
		                                   QPP_LIT("data were submitted for the category, so it keeps its weight"));
		f->subject = qpp_str_of(qpp_category_name(out->category));
		f->value = qpp_str_of(reason);
		f->hint = QPP_LIT("what was excused is scored once data for it are submitted");
		f->cite = qpp_cell_word(row, QPP_C_reweight_grounds_cite);
		return false;
	}
	out->reweighted = qpp_str_of(reason);
	return true;
}

/* (C)(5)-(7): statuses that excuse promoting interoperability by themselves. */
static bool excused_by_status(struct qpp_scoring *s, struct qpp_category_score *pi)
{
	return s->facts->statuses & s->plan->excused_statuses && holds(s, pi, "specialStatus", (struct qpp_where){ 0 });
}

/* (A)(4): every clinician of the filer is of an excused type. */
static bool excused_by_type(struct qpp_scoring *s, struct qpp_category_score *pi)
{
	const struct qpp_facts *facts = s->facts;
	return facts->has_types && facts->types && !(facts->types & ~s->plan->excused_types) &&
	       holds(s, pi, "clinicianType", (struct qpp_where){ 0 });
}

/* Grounds of promoting interoperability that need no application. Data submitted for it undo them all. */
static bool excused_from_pi(struct qpp_scoring *s, struct qpp_category_score *pi)
{
	const struct qpp_facts *facts = s->facts;
	/* An APM entity has no special status but that of a small practice. */
	bool entity = s->submission->entity == QPP_APM_ENTITY;
	if (!entity && (excused_by_status(s, pi) || excused_by_type(s, pi)))
		return true;
	if (s->filed[QPP_PI])
		return facts->small_practice == QPP_YES && ground(s, QPP_PI, "smallPractice") &&
		       holds(s, pi, "smallPractice", (struct qpp_where){ 0 });
	if (!entity && !facts->has_statuses)
		qpp_missing(&s->c, QPP_MISSING_STATUSES);
	if (!entity && !facts->has_types)
		qpp_missing(&s->c, QPP_MISSING_TYPES);
	return ground(s, QPP_PI, "smallPractice") && qpp_known_yes(&s->c, QPP_MISSING_SMALL_PRACTICE, facts->small_practice) &&
	       holds(s, pi, "smallPractice", (struct qpp_where){ 0 });
}

uint32_t qpp_reweighted(struct qpp_scoring *s, struct qpp_category_score *categories)
{
	const struct qpp_facts *facts = s->facts;
	uint32_t missing = 0;
	if (!facts->has_reweight)
		qpp_missing(&s->c, QPP_MISSING_REWEIGHT);
	if (facts->n_if_listed)
		qpp_missing(&s->c, QPP_MISSING_COUNTY);
	for (size_t i = 0; i < facts->n_reweight; i++) {
		const struct qpp_reweight *r = &facts->reweight[i];
		/* 414.1367(d)(2): the APP reweights quality and promoting interoperability only. */
		if (s->kind == QPP_PROGRAM_APP && r->category != QPP_QUALITY && r->category != QPP_PI)
			continue;
		if (!(missing & 1u << r->category) &&
		    holds(s, &categories[r->category], qpp_reweight_reason_name(r->reason), r->where))
			missing |= 1u << r->category;
	}
	if (!(missing & 1u << QPP_PI) && excused_from_pi(s, &categories[QPP_PI]))
		missing |= 1u << QPP_PI;
	return missing;
}
