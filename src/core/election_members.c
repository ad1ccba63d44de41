/*
 * 414.1315(a)(1): who works in a party of a virtual group. A solo practitioner
 * is the only clinician of the TIN and MIPS eligible; a group has at most so
 * many clinicians, all NPIs counted, at least one of them eligible; either
 * exceeds enough of the low-volume threshold.
 */
#include "election_int.h"
#include "qpp/check.h"

enum { NPI_DIGITS = 10 };

/* Whether the NPI stood before in the list. */
static bool is_repeated(const struct qpp_election_practice *p, size_t i)
{
	struct qpp_str npi = p->clinicians[i].npi;
	for (size_t k = 0; npi.n && k < i; k++)
		if (qpp_str_eq(p->clinicians[k].npi, npi))
			return true;
	return false;
}

size_t qpp_judge_listed(const struct qpp_election_practice *p)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n_clinicians; i++)
		n += !is_repeated(p, i);
	return n;
}

size_t qpp_judge_size(const struct qpp_election_practice *p)
{
	size_t n = qpp_judge_listed(p);
	return p->billing_npis.given && (uint64_t)p->billing_npis.v > n ? (size_t)p->billing_npis.v : n;
}

bool qpp_judge_excluded(const struct qpp_election_clinician *x)
{
	return x->qp == QPP_ELECTION_QP || x->newly_enrolled == QPP_YES;
}

enum qpp_tri qpp_judge_eligible(const struct qpp_election_clinician *x)
{
	return qpp_judge_excluded(x) ? QPP_NO : x->mips_eligible;
}

static void judge_npis(struct qpp_judging *j)
{
	const struct qpp_election_practice *p = j->practice;
	for (size_t i = 0; i < p->n_clinicians; i++) {
		const struct qpp_election_clinician *c = &p->clinicians[i];
		bool repeated = is_repeated(p, i);
		if (!c->npi.n || (qpp_npi_check_digit_ok(c->npi) && !repeated))
			continue;
		struct qpp_finding *x = qpp_judge_find(j, repeated ? QPP_WARNING : QPP_ERROR, "identifierInvalid", c->where,
			repeated ? "the NPI stands twice in the practice" : c->npi.n != NPI_DIGITS ? "the NPI is not ten digits"
			         : "the last digit of the NPI is not its check digit", (char *)NULL);
		x->value = qpp_shown(j->arena, c->npi);
		x->expected = repeated ? QPP_LIT("each NPI once") : QPP_LIT("an NPI as the registry issued it; one digit may be mistyped");
		x->cite = QPP_LIT("414.1315(c)(2)");
	}
}

/* R-414.1315(a)(1): every NPI counts, whether eligible or not, and whether it is named or not. */
static void judge_size(struct qpp_judging *j)
{
	const struct qpp_election_practice *p = j->practice;
	int64_t most = qpp_judge_count(j, QPP_P_virtual_group_practice_most_clinicians), n = (int64_t)qpp_judge_size(p);
	if (j->c.code != QPP_OK || n <= most)
		return;
	struct qpp_finding *x = qpp_judge_find(j, QPP_ERROR, "tooManyClinicians",
		(int64_t)qpp_judge_listed(p) > most ? p->npis_where : p->billing_where,
		"the practice has too many clinicians for a virtual group", (char *)NULL);
	x->value = qpp_i64_text(j->arena, n);
	x->expected = qpp_str_cat(j->arena, qpp_i64_text(j->arena, most).p,
	                          " or fewer; every NPI that bills under the TIN counts, also those who are not MIPS eligible", (char *)NULL);
	x->cite = QPP_LIT("414.1315(a)(1)");
}

/* R-414.1315(a)(1), R-414.1315(c)(2): the whole TIN; a practice of one is one only when nobody else bills under it. */
static void judge_whole(struct qpp_judging *j, bool solo)
{
	const struct qpp_election_practice *p = j->practice;
	size_t listed = qpp_judge_listed(p);
	struct qpp_finding *x;
	if (!p->billing_npis.given || !listed)
		return;
	struct qpp_str billing = qpp_i64_text(j->arena, p->billing_npis.v), n = qpp_i64_text(j->arena, (int64_t)listed);
	if (solo && p->billing_npis.v > (int64_t)listed) {
		x = qpp_judge_find(j, QPP_ERROR, "soloHasSeveralNpis", p->billing_where,
		                   "a solo practitioner is listed, but several NPIs bill under the TIN", (char *)NULL);
		x->value = billing;
		x->expected = n;
		x->hint = QPP_LIT("list the practice as a group, with all its NPIs");
		x->cite = QPP_LIT("414.1315(a)(1)");
	}
	if (p->billing_npis.v == (int64_t)listed)
		return;
	bool fewer = (int64_t)listed < p->billing_npis.v;
	x = qpp_judge_find(j, fewer ? QPP_ERROR : QPP_WARNING, "npiListIncomplete", p->npis_where,
	                   fewer ? "not all NPIs that bill under the TIN are listed" : "more NPIs are listed than bill under the TIN",
	                   (char *)NULL);
	x->value = qpp_str_cat(j->arena, n.p, " listed", (char *)NULL);
	x->expected = qpp_str_cat(j->arena, billing.p, ": a practice joins with its whole TIN", (char *)NULL);
	x->cite = QPP_LIT("414.1315(c)(2)");
}

static void not_eligible(struct qpp_judging *j, const char *code, bool known, const char *says, const char *expected)
{
	const struct qpp_election_practice *p = j->practice;
	struct qpp_where where = p->n_clinicians == 1 ? p->clinicians[0].where : p->npis_where;
	struct qpp_finding *x = qpp_judge_find(j, known ? QPP_ERROR : QPP_WARNING, code, where,
		known ? "" : "it is not known whether ", says, (char *)NULL);
	x->value = p->n_clinicians == 1 ? qpp_shown(j->arena, p->clinicians[0].npi) : QPP_LIT("");
	x->expected = qpp_str_of(expected);
	x->cite = QPP_LIT("414.1315(a)(1)");
}

/* How many criteria the low-volume threshold of the year has. */
static int64_t criteria_in_all(struct qpp_judging *j)
{
	return (int64_t)j->c.rules->tables[QPP_T_low_volume].n_rows;
}

/* R-414.1310(b)(1)(iii)(A): where the election opts in, one criterion is enough; otherwise it takes them all. */
static int64_t criteria_needed(struct qpp_judging *j)
{
	return qpp_param_yes(&j->c, QPP_P_virtual_group_opts_in) ? 1 : criteria_in_all(j);
}

/*
 * Whether the low-volume threshold is exceeded in part, so that the election makes a solo practitioner eligible
 * whom nothing else excludes. (Who exceeds all of it needs no opting in.)
 */
static bool opts_in(struct qpp_judging *j)
{
	const struct qpp_election_practice *p = j->practice;
	struct qpp_count n = p->low_volume_criteria_exceeded;
	if (!n.given || qpp_judge_excluded(&p->clinicians[0]))
		return false;
	return n.v >= criteria_needed(j) && n.v < criteria_in_all(j) && qpp_reading(&j->c, QPP_R_solo_opt_in) == 0;
}

/* R-414.1315(a)(1): the solo practitioner is eligible; of a group somebody is. */
static void judge_eligible(struct qpp_judging *j, bool solo)
{
	const struct qpp_election_practice *p = j->practice;
	int64_t yes = 0, least = qpp_judge_count(j, QPP_P_virtual_group_least_eligible);
	bool unknown = false;
	for (size_t i = 0; i < p->n_clinicians; i++) {
		enum qpp_tri eligible = qpp_judge_eligible(&p->clinicians[i]);
		yes += eligible == QPP_YES && !is_repeated(p, i);
		unknown = unknown || eligible == QPP_UNKNOWN;
	}
	if (j->c.code != QPP_OK || !p->n_clinicians || yes >= least)
		return;
	if (!solo)
		not_eligible(j, "noEligibleClinician", !unknown,
		             unknown ? "a clinician of the practice is MIPS eligible" : "no clinician of the practice is MIPS eligible",
		             "at least one MIPS eligible clinician; QPs and the newly enrolled are not");
	else if (!opts_in(j))
		not_eligible(j, "soloNotEligible", !unknown,
		             unknown ? "the solo practitioner is MIPS eligible" : "the solo practitioner is not MIPS eligible",
		             "a MIPS eligible clinician; QPs and the newly enrolled are not");
}

/* R-414.1315(a)(1): for a solo practitioner individually, for a group over its TIN. */
static void judge_low_volume(struct qpp_judging *j, bool solo)
{
	const struct qpp_election_practice *p = j->practice;
	struct qpp_count n = p->low_volume_criteria_exceeded;
	int64_t least = criteria_needed(j);
	if (j->c.code != QPP_OK || (n.given && n.v >= least))
		return;
	struct qpp_finding *x = qpp_judge_find(j, n.given ? QPP_ERROR : QPP_WARNING, "belowLowVolume", p->low_volume_where,
		n.given ? "" : "it is not known whether ", solo ? "the solo practitioner " : "the practice ",
		n.given ? "does not exceed enough of the low-volume threshold" : "exceeds enough of the low-volume threshold", (char *)NULL);
	x->value = n.given ? qpp_str_cat(j->arena, qpp_i64_text(j->arena, n.v).p, " criteria exceeded", (char *)NULL) : QPP_LIT("");
	x->expected = qpp_str_cat(j->arena, "at least ", qpp_i64_text(j->arena, least).p,
	                          " of the ", qpp_i64_text(j->arena, criteria_in_all(j)).p, " criteria of the year", (char *)NULL);
	x->cite = QPP_LIT("414.1310(b)(1)(iii)");
}

void qpp_judge_members(struct qpp_judging *j)
{
	int64_t alone = qpp_judge_count(j, QPP_P_solo_practice_clinicians);
	bool solo = (int64_t)qpp_judge_listed(j->practice) == alone;
	judge_npis(j);
	judge_size(j);
	judge_whole(j, solo);
	judge_eligible(j, solo);
	judge_low_volume(j, solo);
}
