/*
 * A score against what is known of whom it is of: are the exceptions consumed
 * that hold, did everybody receive what the facts give a claim to.
 */
#include "app/radar_int.h"

#include "app/provider.h"
#include "qpp/eligibility.h"
#include "qpp/euc.h"

enum { HUNDRED = 100 };

static int64_t hundredths(qpp_dec v)
{
	int64_t x = 0;
	(void)qpp_dec_i64(qpp_dec_round(qpp_dec_mul(v, qpp_dec_of(HUNDRED)), 0), &x);
	return x;
}

/* Whether a ground that holds must have taken the weight: cost has no data that could give it back. */
static bool must_be_excused(const struct radar_level *x, enum qpp_category k)
{
	const struct qpp_category_score *c = &x->score->category[k];
	if (c->scored_by.n || (x->score->kind == QPP_PROGRAM_APP && k != QPP_QUALITY && k != QPP_PI))
		return false;
	return k == QPP_COST || !c->submitted;
}

static void see_ground(struct radar_level *x, enum qpp_radar_check check, enum qpp_category k, const char *reason, const char *rule)
{
	const struct qpp_category_score *c = &x->score->category[k];
	const struct radar_seen seen = { .check = check, .step = qpp_category_name(k), .rule = rule, .hit = c->scored && c->weight.has,
		.of = qpp_str_cat(x->p->arena, ": ", reason, (char *)NULL), .size = c->weight.has ? hundredths(c->weight.v) : 0,
		.unit = "percent of weight" };
	radar_see(x->cells, &seen, &x->known->who);
}

/* R-414.1380(c)(2)(i): every ground that decisions or feeds put into the facts. */
static void exceptions(struct radar_level *x)
{
	const struct qpp_facts *f = x->known->facts;
	for (size_t i = 0; i < f->n_reweight; i++)
		if (must_be_excused(x, f->reweight[i].category))
			see_ground(x, QPP_RADAR_EXCEPTION, f->reweight[i].category, qpp_reweight_reason_name(f->reweight[i].reason),
			           "414.1380(c)(2)(i)");
}

/* The address of the enrollment record, which facts for scoring may have lost; else that of the practice. */
static struct qpp_location place_of(const struct radar_level *x)
{
	enum { FEW_FINDINGS = 8 };
	struct qpp_findings findings;
	const struct qpp_eligibility_facts *facts = NULL;
	qpp_findings_init(&findings, x->p->arena, FEW_FINDINGS);
	if (x->relation && x->relation->facts.n)
		facts = qpp_eligibility_doc_read(x->p->arena, x->relation->facts, &findings);
	if (facts && facts->location.given)
		return facts->location;
	return (struct qpp_location){ .given = true, .state = x->org->state, .county = x->org->county, .zip = x->org->zip };
}

/* R-414.1380(c)(2)(i)(A)(8). */
static enum qpp_code county(struct radar_level *x, struct qpp_err *err)
{
	const struct qpp_service *service = x->p->r->service;
	struct qpp_euc euc;
	const struct qpp_request q = { .arena = x->p->arena, .rules = qpp_years_bound(service->years, x->known->who.py), .catalog = x->p->r->catalog };
	if (x->known->who.entity != QPP_INDIVIDUAL)
		return QPP_OK;
	const struct qpp_location at = place_of(x);
	if (!at.state.n || !at.county.n)
		return QPP_OK;
	enum qpp_code code = qpp_euc_at(&q, &at, QPP_INDIVIDUAL, &euc, err);
	if (code != QPP_OK || euc.answer != QPP_EUC_YES)
		return code;
	for (int k = 0; k < QPP_CATEGORIES; k++)
		if (must_be_excused(x, (enum qpp_category)k))
			see_ground(x, QPP_RADAR_COUNTY, (enum qpp_category)k, "automatic policy", "414.1380(c)(2)(i)(A)(8)");
	return QPP_OK;
}

/* ---- what the facts give a claim to ---- */

static bool submitted(const struct radar_level *x, enum qpp_category k)
{
	return x->score->category[k].submitted && x->score->category[k].scored && !x->score->category[k].scored_by.n;
}

static bool complex_patients(const struct radar_level *x)
{
	/* Whatever is known of the patients: that nothing is known of a whole kind is what went wrong once. */
	bool some = false;
	for (int k = 0; k < QPP_CATEGORIES; k++)
		some |= k != QPP_COST && submitted(x, (enum qpp_category)k);
	return some;
}

static bool small(const struct radar_level *x)
{
	return x->known->facts->small_practice == QPP_YES && submitted(x, QPP_QUALITY) && x->score->category[QPP_QUALITY].qualifies;
}

static bool special(const struct radar_level *x)
{
	const struct qpp_facts *f = x->known->facts;
	return submitted(x, QPP_IA) && x->score->kind == QPP_PROGRAM_MIPS &&
	       (f->small_practice == QPP_YES || f->statuses & (QPP_RURAL | QPP_HPSA | QPP_NON_PATIENT_FACING));
}

static bool quality_before(const struct radar_level *x)
{
	const struct qpp_facts *f = x->known->facts;
	return submitted(x, QPP_QUALITY) && f->prior_quality_achievement_pct.given && f->prior_same_identifier == QPP_YES;
}

static bool facility(const struct radar_level *x)
{
	const struct qpp_facts *f = x->known->facts;
	return f->facility.percentile.given && f->statuses & QPP_FACILITY_BASED && x->score->kind == QPP_PROGRAM_MIPS;
}

struct claim {
	enum qpp_fact_id fact;
	bool (*due)(const struct radar_level *x);
};
static const struct claim claims[] = {
	{ QPP_F_CPB, complex_patients },
	{ QPP_F_SMALL_BONUS, small },
	{ QPP_F_IA_SPECIAL, special },
	{ QPP_F_QUALITY_IMPROVEMENT, quality_before },
	{ QPP_F_FACILITY_QUALITY, facility },
};

static const char *unit_of(enum qpp_fact_id id)
{
	return qpp_fact_def(id)->unit == QPP_UNIT_FLAG ? NULL : qpp_fact_def(id)->unit == QPP_UNIT_PERCENT ? "percent" : "points";
}

static void claim(struct radar_level *x, const struct claim *c)
{
	const struct qpp_fact_def *def = qpp_fact_def(c->fact);
	struct radar_seen seen = { .check = QPP_RADAR_NOBODY, .step = def->says, .rule = def->cite, .hit = true, .unit = unit_of(c->fact) };
	if (!c->due(x))
		return;
	for (size_t i = 1; i < x->trace->facts.n; i++) {
		const struct qpp_fact *f = &x->trace->facts.v[i];
		if (f->id == c->fact && f->kind != QPP_KIND_PARAMETER && qpp_dec_sign(f->value) > 0) {
			seen.hit = false;
			seen.size = hundredths(f->value);
		}
	}
	radar_see_kinds(x->cells, &seen, &x->known->who, &x->kinds);
}

enum qpp_code radar_score(struct radar_level *x, struct qpp_err *err)
{
	exceptions(x);
	/* While data come in there is nothing yet of what the agency adds. */
	for (size_t i = 0; !x->p->r->how.filed_only && i < sizeof claims / sizeof *claims; i++)
		claim(x, &claims[i]);
	return county(x, err);
}
