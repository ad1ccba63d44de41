/* Cases on who takes part: eligibility with special statuses, and QP status. */
#include "case_run.h"
#include "qpp/eligibility.h"

/* A name among those of an enumeration; `unknown` leaves it unknown. False fails the case. */
static bool choice(struct case_run *r, const char *given, const char *(*name_of)(int), int n, int *out)
{
	struct qpp_str word = case_word(r, given);
	if (!word.n || qpp_str_is(word, "unknown"))
		return false;
	for (*out = 0; *out < n; ++*out)
		if (name_of(*out) && qpp_str_is(word, name_of(*out)))
			return true;
	case_says(r, "the given `", given, "` is a name that is not known", (char *)NULL);
	return false;
}

static const char *type_name(int i)
{
	return qpp_clinician_type_name((enum qpp_clinician_type)i);
}

static const char *qp_name(int i)
{
	return i == QPP_QP_UNKNOWN ? NULL : qpp_qp_status_name((enum qpp_qp_status)i);
}

static const char *opt_in_name(int i)
{
	return qpp_opt_in_name((enum qpp_opt_in)i);
}

static const char *status_name(int i)
{
	return qpp_eligibility_status_name((enum qpp_eligibility_status)i);
}

static const char *special_name(int i)
{
	return qpp_special_name((enum qpp_special)i);
}

static const char *level_name(int i)
{
	return qpp_entity_name((enum qpp_entity)i);
}

static struct qpp_number number(qpp_dec v)
{
	return (struct qpp_number){ .given = true, .v = v };
}

/* `clinicians 12 14`; a single figure holds for both segments. */
static void by_segment(struct case_run *r, const char *given, struct qpp_by_segment *out)
{
	qpp_dec v[CASE_MOST_VALUES];
	size_t n = case_numbers(r, given, v);
	if (n > QPP_SEGMENTS)
		case_says(r, "there are two segments, and more figures of `", given, "`", (char *)NULL);
	for (size_t i = 0; i < QPP_SEGMENTS && n; i++)
		out->v[i] = number(v[i < n ? i : n - 1]);
}

/* `segment1 90001 201 201`: charges, patients, services; `none`: nothing was billed. */
static void segment(struct case_run *r, const char *given, struct qpp_eligibility_facts *f, int which)
{
	struct qpp_str value;
	qpp_dec v[CASE_MOST_VALUES];
	struct qpp_billed *b = &f->segment[which];
	f->has_segments |= case_given(r, given, &value);
	if (!case_gives(r, given) || qpp_str_is(value, "none"))
		return;
	size_t n = case_numbers(r, given, v);
	b->billed = true;
	b->allowed_charges = n > 0 ? number(v[0]) : b->allowed_charges;
	b->patients = n > 1 ? number(v[1]) : b->patients;
	b->services = n > 2 ? number(v[2]) : b->services;
}

static void clinician(struct case_run *r, struct qpp_eligibility_facts *f)
{
	int i;
	struct qpp_str enrolled = case_word(r, "enrolled");
	f->has_type = choice(r, "type", type_name, QPP_CLINICIAN_TYPES, &i);
	if (f->has_type)
		f->type = (enum qpp_clinician_type)i;
	f->has_first_enrolled = qpp_day_parse(enrolled, &f->first_enrolled);
	if (enrolled.n && !f->has_first_enrolled && !qpp_str_is(enrolled, "unknown"))
		case_says(r, "the given `enrolled` is no day", (char *)NULL);
	if (choice(r, "qp_status", qp_name, QPP_QP_STATUSES, &i))
		f->qp_status = (enum qpp_qp_status)i;
	case_tri(r, "elected", &f->partial_qp_elected);
	if (choice(r, "opt_in", opt_in_name, QPP_OPT_INS, &i))
		f->opt_in = (enum qpp_opt_in)i;
	case_tri(r, "rural", &f->rural);
	case_tri(r, "hpsa", &f->hpsa);
}

static void facts_of(struct case_run *r, struct qpp_eligibility_facts *f)
{
	clinician(r, f);
	segment(r, "segment1", f, 0);
	segment(r, "segment2", f, 1);
	by_segment(r, "clinicians", &f->clinicians);
	by_segment(r, "non_patient_facing", &f->non_patient_facing);
	by_segment(r, "hospital_based", &f->hospital_based);
	by_segment(r, "asc_based", &f->asc_based);
	by_segment(r, "facility_based", &f->facility_based);
	case_number(r, "rural_share", &f->rural_share);
	case_number(r, "hpsa_share", &f->hpsa_share);
	by_segment(r, "encounters", &f->encounters);
	by_segment(r, "hospital", &f->hospital);
	by_segment(r, "asc", &f->asc);
	by_segment(r, "facility", &f->facility);
	case_tri(r, "inpatient_or_emergency", &f->inpatient_or_emergency);
	case_tri(r, "hospital_scored", &f->hospital_scored);
}

/* "rural,hpsa", or "none". */
static struct qpp_str names(struct case_run *r, uint32_t bits, const char *(*name_of)(int), int n)
{
	struct qpp_buf b;
	qpp_buf_init(&b, r->arena, 400);
	for (int i = 0; i < n; i++)
		if (bits & UINT32_C(1) << i)
			qpp_buf_cat(&b, b.n ? "," : "", name_of(i), (char *)NULL);
	if (!b.n)
		qpp_buf_cat(&b, "none", (char *)NULL);
	return qpp_buf_done(&b);
}

static void answer_unknown(struct case_run *r, const struct qpp_reasons *why)
{
	struct qpp_buf b;
	qpp_buf_init(&b, r->arena, 400);
	for (size_t i = 0; i < why->unknown.n; i++) {
		/* What only a special status hangs on is not what cases of the status ask for. */
		if (qpp_str_starts(why->unknown.v[i].decides, "the special status"))
			continue;
		qpp_buf_cat(&b, b.n ? "," : "", (char *)NULL);
		qpp_buf_str(&b, why->unknown.v[i].fact);
	}
	case_answer(r, "unknown", qpp_buf_done(&b));
}

enum qpp_code case_ask_eligibility(struct case_run *r)
{
	struct qpp_eligibility_facts facts = { 0 };
	struct qpp_eligibility answer;
	int level = QPP_INDIVIDUAL;
	facts_of(r, &facts);
	(void)choice(r, "level", level_name, QPP_ENTITIES, &level);
	enum qpp_code code = qpp_eligibility_decide(&r->request, &facts, (enum qpp_entity)level, &answer, &r->err);
	if (code != QPP_OK)
		return code;
	case_answer(r, "eligibility", qpp_str_of(qpp_eligibility_status_name(answer.status)));
	case_answer(r, "possible", names(r, answer.possible, status_name, QPP_ELIGIBILITY_STATUSES));
	case_answer(r, "special", names(r, answer.specials, special_name, QPP_SPECIALS));
	answer_unknown(r, &answer.why);
	return code;
}

enum qpp_code case_ask_qp(struct case_run *r)
{
	struct qpp_qp_facts f = { 0 };
	struct qpp_qp answer;
	case_number(r, "payment", &f.payment);
	case_number(r, "patients", &f.patients);
	case_number(r, "entity_payment", &f.entity_payment);
	case_number(r, "entity_patients", &f.entity_patients);
	case_number(r, "all_payer_payment", &f.all_payer_payment);
	case_number(r, "all_payer_patients", &f.all_payer_patients);
	enum qpp_code code = qpp_qp_decide(&r->request, &f, &answer, &r->err);
	if (code != QPP_OK)
		return code;
	case_answer(r, "qp", qpp_str_of(qpp_qp_status_name(answer.status)));
	if (answer.incentive_percent.has)
		case_answer(r, "apm_incentive_percent", qpp_dec_text_short(r->arena, answer.incentive_percent.v, 0, 9));
	answer_unknown(r, &answer.why);
	return code;
}
