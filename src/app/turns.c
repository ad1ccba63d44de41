/* Changed facts, one change at a time; turns.h is the manual. A figure "above its limit" is larger than any limit can be. */
#include "app/turns.h"

enum { LARGE = 1000000000 };

static struct qpp_number number(int64_t n)
{
	return (struct qpp_number){ .given = true, .v = qpp_dec_of(n) };
}

static struct qpp_number *figure(struct qpp_billed *b, int which)
{
	return which == 0 ? &b->allowed_charges : which == 1 ? &b->patients : &b->services;
}

/* R-414.1310(b)(1)(iii): a figure must exceed its limit in both segments, so that one segment is enough to fall. */
static void fall(struct qpp_eligibility_facts *f, int which)
{
	if (f->segment[0].billed)
		*figure(&f->segment[0], which) = number(0);
}

static void rise(struct qpp_eligibility_facts *f, int which)
{
	for (int i = 0; i < QPP_SEGMENTS; i++) {
		if (!f->segment[i].billed)
			f->segment[i] = (struct qpp_billed){ true, number(0), number(0), number(0) };
		*figure(&f->segment[i], which) = number(LARGE);
	}
}

static void rise_all(struct qpp_eligibility_facts *f, int unused)
{
	(void)unused;
	for (int which = 0; which < 3; which++)
		rise(f, which);
}

static void opt_in(struct qpp_eligibility_facts *f, int unused)
{
	(void)unused;
	f->opt_in = QPP_OPT_IN_ELECTED;
}

static void elect_partial(struct qpp_eligibility_facts *f, int unused)
{
	(void)unused;
	f->partial_qp_elected = QPP_YES;
}

static void be_qp(struct qpp_eligibility_facts *f, int status)
{
	f->qp_status = (enum qpp_qp_status)status;
}

/* Long enrolled. */
static void enrolled_before(struct qpp_eligibility_facts *f, int unused)
{
	(void)unused;
	f->has_first_enrolled = true;
	f->first_enrolled = (qpp_day){ 0 };
}

#define IN (1u << QPP_ELIGIBLE | 1u << QPP_ELIGIBLE_OPTED_IN)
#define LOW (1u << QPP_EXEMPT_LOW_VOLUME)
#define CHOICE (1u << QPP_OPT_IN_ELIGIBLE)

/* Which changes are worth telling at which statuses. */
static const struct {
	uint32_t at;
	const char *what;
	void (*change)(struct qpp_eligibility_facts *f, int which);
	int which;
} changes[] = {
	{ CHOICE, "there is an election to opt in, which holds for the whole year", opt_in, 0 },
	{ LOW | CHOICE, "allowed charges, patients and services all exceeded their limits in both segments", rise_all, 0 },
	{ LOW, "allowed charges exceeded the limit in both segments", rise, 0 },
	{ LOW, "patients exceeded the limit in both segments", rise, 1 },
	{ LOW, "services exceeded the limit in both segments", rise, 2 },
	{ IN, "allowed charges were at or below the limit in one of the segments", fall, 0 },
	{ IN, "patients were at or below the limit in one of the segments", fall, 1 },
	{ IN, "services were at or below the limit in one of the segments", fall, 2 },
	{ IN | CHOICE, "the clinician becomes a qualifying APM participant (QP)", be_qp, QPP_QP_FULL },
	{ 1u << QPP_EXEMPT_QP, "the clinician were no qualifying APM participant (QP)", be_qp, QPP_QP_NONE },
	{ 1u << QPP_EXEMPT_PARTIAL_QP, "the partial QP elects to take part", elect_partial, 0 },
	{ 1u << QPP_EXEMPT_NEWLY_ENROLLED, "the enrollment in Medicare were from before the performance year", enrolled_before, 0 },
};
enum { CHANGES = sizeof changes / sizeof *changes };

enum qpp_code qpp_eligibility_turns(const struct qpp_request *q, const struct qpp_eligibility_facts *facts, enum qpp_entity level,
                                    enum qpp_eligibility_status status, struct qpp_turns *out, struct qpp_err *err)
{
	struct qpp_turn *v = QPP_NEW_ARRAY(q->arena, CHANGES, struct qpp_turn);
	enum qpp_code code = QPP_OK;
	size_t n = 0;
	for (size_t i = 0; code == QPP_OK && i < CHANGES; i++) {
		struct qpp_eligibility_facts changed = *facts;
		struct qpp_eligibility x;
		/* Of somebody whose own facts are not told nothing is said about them. */
		bool own = changes[i].change == be_qp || changes[i].change == enrolled_before;
		if (!(changes[i].at & UINT32_C(1) << status) || (own && !facts->has_type))
			continue;
		changes[i].change(&changed, changes[i].which);
		code = qpp_eligibility_decide(q, &changed, level, &x, err);
		if (code == QPP_OK && x.status != status && x.status != QPP_ELIGIBILITY_UNDECIDED)
			v[n++] = (struct qpp_turn){ qpp_str_of(changes[i].what), x.status };
	}
	*out = (struct qpp_turns){ v, n };
	return code;
}
