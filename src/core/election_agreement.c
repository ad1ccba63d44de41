/*
 * 414.1315(c)(2): what an election holds besides its parties: that there is a
 * formal written agreement among them, made before, and one representative who
 * can be reached.
 */
#include "election_int.h"

/* R-414.1315(c)(2), R-414.1315(c)(3): the agreement, and that it holds what it must. */
static void judge_acknowledged(struct qpp_judging *j)
{
	const struct qpp_election *e = j->election;
	struct qpp_str cite = qpp_judge_needed(j, "acknowledgement");
	if (e->acknowledged == QPP_YES || !cite.n)
		return;
	struct qpp_finding *x = qpp_judge_find(j, QPP_ERROR, "agreementNotAcknowledged", e->agreement_where,
		"the election does not acknowledge a formal written agreement between all parties", (char *)NULL);
	x->value = e->acknowledged == QPP_NO ? QPP_LIT("false") : QPP_LIT("");
	x->expected = QPP_LIT("acknowledged: true");
	x->hint = QPP_LIT("what the agreement must hold stands in 414.1315(c)(3)");
	x->cite = cite;
}

static struct qpp_str day_text(struct qpp_judging *j, qpp_day day)
{
	struct qpp_buf b;
	qpp_buf_init(&b, j->arena, 16);
	qpp_buf_day(&b, day);
	return qpp_buf_done(&b);
}

/* R-414.1315(c)(2): first the agreement, then the election. */
static void judge_executed(struct qpp_judging *j)
{
	const struct qpp_election *e = j->election;
	qpp_day sent;
	struct qpp_finding *x;
	if (!e->has_executed_on && e->acknowledged == QPP_YES) {
		x = qpp_judge_find(j, QPP_WARNING, "agreementAfterElection", e->executed_where,
		                   "it is not known when the agreement was made", (char *)NULL);
		x->expected = QPP_LIT("executedOn, a day before the election");
		x->cite = QPP_LIT("414.1315(c)(2)");
	}
	if (!e->has_executed_on || !qpp_judge_day(j, &sent))
		return;
	bool same_day_counts = qpp_reading(&j->c, QPP_R_agreement_day) == 0;
	if (e->executed_on.v < sent.v || (same_day_counts && e->executed_on.v == sent.v))
		return;
	x = qpp_judge_find(j, QPP_ERROR, "agreementAfterElection", e->executed_where,
	                   "the agreement was not made before the election", (char *)NULL);
	x->value = day_text(j, e->executed_on);
	x->expected = qpp_str_cat(j->arena, same_day_counts ? "not after " : "before ", day_text(j, sent).p,
	                          ", the day of the election in Eastern time", (char *)NULL);
	x->hint = QPP_LIT("sign the agreement first, then send the election anew while the window is open");
	x->cite = QPP_LIT("414.1315(c)(2)");
}

static void representative_lacks(struct qpp_judging *j, const char *element, const char *says, const char *expected)
{
	struct qpp_str cite = qpp_judge_needed(j, element);
	if (!cite.n)
		return;
	struct qpp_finding *x = qpp_judge_find(j, QPP_ERROR, "representativeMissing", j->election->representative_where,
		says, (char *)NULL);
	x->expected = qpp_str_of(expected);
	x->cite = cite;
}

/* R-414.1315(c)(2): one representative, by name and with a way to be reached. */
static void judge_representative(struct qpp_judging *j)
{
	const struct qpp_election *e = j->election;
	size_t ways = (e->representative.email.n > 0) + (e->representative.phone.n > 0) + (e->representative.address.n > 0);
	bool all = qpp_reading(&j->c, QPP_R_representative_contact) != 0;
	if (!e->representative.name.n)
		representative_lacks(j, "representativeName", "the representative is not named", "name");
	if (all && ways < 3)
		representative_lacks(j, "representativeContact", "a way to reach the representative is missing",
		                     "email, phone and address");
	else if (!ways)
		representative_lacks(j, "representativeContact", "there is no way to reach the representative",
		                     "email, phone or address");
}

void qpp_judge_agreement(struct qpp_judging *j)
{
	judge_acknowledged(j);
	judge_executed(j);
	judge_representative(j);
}
