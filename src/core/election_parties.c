/*
 * 414.1315(a)(1): the parties of a virtual group. At least two, each fully
 * named, each with a TIN of its own that is in no other virtual group of the
 * year. Who works in them is judged in election_members.c.
 */
#include "election_int.h"

enum { TIN_DIGITS = 9 };

static bool is_tin(struct qpp_str s)
{
	uint64_t v;
	return s.n == TIN_DIGITS && qpp_str_u64(s, UINT64_MAX, &v);
}

/* R-414.1315(c)(2): name, TIN and NPIs of every practice. */
static void incomplete(struct qpp_judging *j, const char *element, struct qpp_where where, const char *says,
                       const char *expected)
{
	struct qpp_str cite = qpp_judge_needed(j, element);
	if (!cite.n)
		return;
	struct qpp_finding *x = qpp_judge_find(j, QPP_ERROR, "practiceIncomplete", where, says, (char *)NULL);
	x->expected = qpp_str_of(expected);
	x->cite = cite;
}

static void judge_named(struct qpp_judging *j)
{
	const struct qpp_election_practice *p = j->practice;
	if (!p->name.n)
		incomplete(j, "practiceName", p->name_where, "the practice has no name", "the name of the practice");
	if (!p->tin.n)
		incomplete(j, "practiceTin", p->tin_where, "the practice has no TIN", "the TIN of the practice, nine digits");
	if (!p->n_clinicians)
		incomplete(j, "practiceNpis", p->npis_where, "the practice lists no NPI", "every NPI that bills under the TIN");
	for (size_t i = 0; i < p->n_clinicians; i++)
		if (!p->clinicians[i].npi.n)
			incomplete(j, "practiceNpis", p->clinicians[i].where, "a clinician of the practice has no NPI", "the NPI, ten digits");
	if (p->tin.n && !is_tin(p->tin)) {
		struct qpp_finding *x = qpp_judge_find(j, QPP_ERROR, "identifierInvalid", p->tin_where,
			"the TIN is not nine digits", (char *)NULL);
		x->value = qpp_shown(j->arena, p->tin);
		x->expected = QPP_LIT("nine digits, no dash");
		x->cite = QPP_LIT("414.1315(c)(2)");
	}
}

/* The first practice of the same TIN; the practice itself when there is none before it. */
static const struct qpp_election_practice *first_of_tin(const struct qpp_election *e, const struct qpp_election_practice *p)
{
	const struct qpp_election_practice *x = e->practices;
	while (x < p && !(p->tin.n && qpp_str_eq(x->tin, p->tin)))
		x++;
	return x;
}

/* R-414.1315(a)(1): one party for a TIN, one virtual group for a party and year. */
static void judge_once(struct qpp_judging *j)
{
	const struct qpp_election_practice *p = j->practice, *first = first_of_tin(j->election, p);
	struct qpp_finding *x;
	if (first != p) {
		x = qpp_judge_find(j, QPP_ERROR, "tinDuplicate", p->tin_where, "the TIN stands in the election already, for ",
		                   first->name.n ? qpp_shown(j->arena, first->name).p : "a practice without a name", (char *)NULL);
		x->value = qpp_shown(j->arena, p->tin);
		x->expected = QPP_LIT("each TIN once: a practice joins with its whole TIN");
		x->cite = QPP_LIT("414.1315(a)(1)");
	}
	if (p->in_other_virtual_group == QPP_NO)
		return;
	bool known = p->in_other_virtual_group == QPP_YES;
	x = qpp_judge_find(j, known ? QPP_ERROR : QPP_WARNING, "tinInOtherVirtualGroup", p->other_where,
	                   known ? "the practice is in another virtual group of the year"
	                         : "whether the practice is in another virtual group of the year is not known", (char *)NULL);
	x->value = qpp_shown(j->arena, p->tin);
	x->expected = QPP_LIT("one virtual group for a practice and performance year");
	if (known)
		x->hint = QPP_LIT("leave the practice out here, or have the other virtual group leave it out before the window closes");
	x->cite = QPP_LIT("414.1315(a)(1)");
}

/* R-414.1315(a)(1): at least two TINs. What has no TIN is told where it stands, and counts as one here. */
static void judge_number(struct qpp_judging *j)
{
	const struct qpp_election *e = j->election;
	int64_t least = qpp_judge_count(j, QPP_P_virtual_group_least_practices), n = 0;
	for (size_t i = 0; i < e->n_practices; i++)
		n += first_of_tin(e, &e->practices[i]) == &e->practices[i];
	if (j->c.code != QPP_OK || n >= least)
		return;
	struct qpp_finding *x = qpp_judge_find(j, QPP_ERROR, "tooFewTins", e->practices_where,
		"the election has too few TINs for a virtual group", (char *)NULL);
	x->value = qpp_i64_text(j->arena, n);
	x->expected = qpp_str_cat(j->arena, "at least ", qpp_i64_text(j->arena, least).p, " TINs", (char *)NULL);
	x->cite = QPP_LIT("414.1315(a)(1)");
}

void qpp_judge_parties(struct qpp_judging *j)
{
	const struct qpp_election *e = j->election;
	judge_number(j);
	for (size_t i = 0; i < e->n_practices && j->c.code == QPP_OK; i++) {
		j->practice = &e->practices[i];
		judge_named(j);
		judge_once(j);
		qpp_judge_members(j);
	}
	j->practice = NULL;
}
