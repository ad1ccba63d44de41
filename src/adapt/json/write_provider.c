/* A clinician as the Eligibility API answers it. */
#include "adapt/json/write_provider.h"

#include "adapt/json/doc.h"
#include "qpp/eligibility.h"

enum { YEAR_DIGITS = 4, MASK = 10 };

/* ---- what the bodies tell ---- */

static void emit_node(struct qpp_emit *e, const char *name, const struct qpp_json *node)
{
	switch (node->kind) {
	case QPP_JSON_NULL:
		qpp_emit_null(e, name);
		return;
	case QPP_JSON_BOOLEAN:
		qpp_emit_bool(e, name, node->n);
		return;
	case QPP_JSON_NUMBER:
		qpp_emit_raw(e, name, node->text);
		return;
	case QPP_JSON_STRING:
		qpp_emit_text(e, name, node->text);
		return;
	default:
		break;
	}
	bool array = node->kind == QPP_JSON_ARRAY;
	qpp_emit_open(e, name, array ? '[' : '{');
	for (const struct qpp_json *m = node->first; m; m = m->next)
		emit_node(e, array ? NULL : m->key.p, m);
	qpp_emit_close(e, array ? ']' : '}');
}

static const struct qpp_json *read_body(struct qpp_arena *a, struct qpp_str body)
{
	struct qpp_findings f;
	struct qpp_json_doc doc;
	qpp_findings_init(&f, a, 1);
	/* As most are. */
	if (qpp_str_is(body, "{}"))
		return NULL;
	return body.n && qpp_json_parse(a, QPP_LIT(""), body, 0, &doc, &f) ? doc.root : NULL;
}

/* The member as one of several bodies tells it, the first that does; false when none does. */
static bool told(struct qpp_emit *e, const char *name, const struct qpp_json *first, const struct qpp_json *second)
{
	const struct qpp_json *m = first ? qpp_json_member(first, name) : NULL;
	if (!m && second)
		m = qpp_json_member(second, name);
	if (m)
		emit_node(e, name, m);
	return m != NULL;
}

static void tell(struct qpp_emit *e, const char *name, const struct qpp_json *first, const struct qpp_json *second)
{
	if (!told(e, name, first, second))
		qpp_emit_null(e, name);
}

static void tell_list(struct qpp_emit *e, const char *name, const struct qpp_json *first, const struct qpp_json *second)
{
	if (told(e, name, first, second))
		return;
	qpp_emit_open(e, name, '[');
	qpp_emit_close(e, ']');
}

static void tell_tri(struct qpp_emit *e, const char *name, const struct qpp_json *over, enum qpp_tri t)
{
	if (told(e, name, over, NULL))
		return;
	if (t == QPP_UNKNOWN)
		qpp_emit_null(e, name);
	else
		qpp_emit_bool(e, name, t == QPP_YES);
}

static void tell_text(struct qpp_emit *e, const char *name, const struct qpp_json *over, struct qpp_str s)
{
	if (!told(e, name, over, NULL))
		qpp_emit_text_or_null(e, name, s);
}

/* ---- what the rules decide ---- */

static enum qpp_tri tri(bool yes)
{
	return yes ? QPP_YES : QPP_NO;
}

static enum qpp_tri special(const struct qpp_standing *s, enum qpp_special which)
{
	uint32_t bit = UINT32_C(1) << which;
	if (!s->decided || s->decided->specials_unknown & bit)
		return QPP_UNKNOWN;
	return tri(s->decided->specials & bit);
}

static enum qpp_tri either(enum qpp_tri a, enum qpp_tri b)
{
	if (a == QPP_YES || b == QPP_YES)
		return QPP_YES;
	return a == QPP_NO && b == QPP_NO ? QPP_NO : QPP_UNKNOWN;
}

/* Whether the status is one of a set; not known while it is undecided between one of them and another. */
static enum qpp_tri is_one_of(const struct qpp_standing *s, uint32_t set)
{
	if (!s->decided)
		return QPP_UNKNOWN;
	uint32_t possible = s->decided->status == QPP_ELIGIBILITY_UNDECIDED ? s->decided->possible : UINT32_C(1) << s->decided->status;
	if (!(possible & set))
		return QPP_NO;
	return possible & ~set ? QPP_UNKNOWN : QPP_YES;
}

#define STATUS(name) (UINT32_C(1) << QPP_##name)

static enum qpp_tri eligible(const struct qpp_standing *s)
{
	return is_one_of(s, STATUS(ELIGIBLE) | STATUS(ELIGIBLE_OPTED_IN));
}

static enum qpp_tri not(enum qpp_tri t)
{
	return t == QPP_UNKNOWN ? t : tri(t == QPP_NO);
}

/* At or below the threshold in something that is asked. */
static enum qpp_tri low_volume(const struct qpp_standing *s)
{
	return s->low_known ? tri(s->low != 0) : is_one_of(s, STATUS(EXEMPT_LOW_VOLUME) | STATUS(OPT_IN_ELIGIBLE));
}

static void put_low_reasons(struct qpp_emit *e, const struct qpp_json *over, const struct qpp_standing *s)
{
	static const struct {
		const char *code, *says;
	} words[] = {
		[0] = { "", "" },
		[QPP_LOW_CHARGES] = { "CHRG", "allowed charges at or below the threshold" },
		[QPP_LOW_PATIENTS] = { "BENE", "patients at or below the threshold" },
		[QPP_LOW_CHARGES | QPP_LOW_PATIENTS] = { "BOTH", "allowed charges and patients at or below the threshold" },
		[QPP_LOW_SERVICES] = { "SRVC", "services at or below the threshold" },
		[QPP_LOW_CHARGES | QPP_LOW_SERVICES] = { "CHRG/SRVC", "allowed charges and services at or below the threshold" },
		[QPP_LOW_PATIENTS | QPP_LOW_SERVICES] = { "BENE/SRVC", "patients and services at or below the threshold" },
		[QPP_LOW_CHARGES | QPP_LOW_PATIENTS | QPP_LOW_SERVICES] = { "ALL", "allowed charges, patients and services at or below the threshold" },
	};
	if (told(e, "lowVolumeStatusReasons", over, NULL))
		return;
	qpp_emit_open(e, "lowVolumeStatusReasons", '[');
	if (s->low_known) {
		qpp_emit_open(e, NULL, '{');
		qpp_emit_text(e, "lowVolStusRsnCd", qpp_str_of(words[s->low].code));
		qpp_emit_text(e, "lowVolStusRsnDesc", qpp_str_of(words[s->low].says));
		qpp_emit_close(e, '}');
	}
	qpp_emit_close(e, ']');
}

static enum qpp_tri in_listed_county(const struct qpp_standing *s)
{
	if (!s->decided || !s->decided->has_euc)
		return QPP_UNKNOWN;
	return s->decided->euc.answer == QPP_EUC_YES ? QPP_YES : s->decided->euc.answer == QPP_EUC_NO ? QPP_NO : QPP_UNKNOWN;
}

/* Extreme and uncontrollable circumstances: by the list of counties, or as a body tells of an application. */
static void put_hardship(struct qpp_emit *e, const struct qpp_json *first, const struct qpp_json *second, enum qpp_tri automatic)
{
	static const char *const categories[] = { "quality", "improvementActivities", "aci", "cost" };
	bool yes = automatic == QPP_YES;
	if (!told(e, "extremeHardship", first, second))
		tell_tri(e, "extremeHardship", NULL, automatic);
	if (!told(e, "extremeHardshipReasons", first, second)) {
		qpp_emit_open(e, "extremeHardshipReasons", '{');
		for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
			qpp_emit_bool(e, categories[i], yes);
		qpp_emit_close(e, '}');
	}
	tell(e, "extremeHardshipEventType", first, second);
	if (told(e, "extremeHardshipSources", first, second))
		return;
	qpp_emit_open(e, "extremeHardshipSources", '[');
	if (yes)
		qpp_emit_text(e, NULL, QPP_LIT("auto-fema"));
	qpp_emit_close(e, ']');
}

static void put_statuses(struct qpp_emit *e, const struct qpp_json *over, const struct qpp_standing *s)
{
	/* R-414.1375(c) and 414.1380(c)(2)(i): these are not asked for promoting interoperability. */
	enum qpp_tri reweighted = either(either(special(s, QPP_SPECIAL_HOSPITAL), special(s, QPP_SPECIAL_ASC)),
	                                 special(s, QPP_SPECIAL_NON_PATIENT_FACING));
	tell_tri(e, "aciHardship", over, QPP_UNKNOWN);
	tell_tri(e, "aciReweighting", over, reweighted);
	tell_tri(e, "ambulatorySurgicalCenter", over, special(s, QPP_SPECIAL_ASC));
	tell_tri(e, "hospitalBasedClinician", over, special(s, QPP_SPECIAL_HOSPITAL));
	tell_tri(e, "hpsaClinician", over, special(s, QPP_SPECIAL_HPSA));
	tell_tri(e, "iaStudy", over, QPP_UNKNOWN);
	tell_tri(e, "isFacilityBased", over, special(s, QPP_SPECIAL_FACILITY));
	tell_tri(e, "nonPatientFacing", over, special(s, QPP_SPECIAL_NON_PATIENT_FACING));
	tell_tri(e, "ruralClinician", over, special(s, QPP_SPECIAL_RURAL));
	tell_tri(e, "smallGroupPractitioner", over, special(s, QPP_SPECIAL_SMALL));
}

static void put_participation(struct qpp_emit *e, const struct qpp_json *over, const struct qpp_standing *s)
{
	enum qpp_opt_in opt = s->facts ? s->facts->opt_in : QPP_OPT_IN_UNKNOWN;
	tell(e, "eligibilityScenario", over, NULL);
	/* Nothing told of an election: there is none yet. */
	tell_tri(e, "isOptedIn", over, s->facts ? tri(opt == QPP_OPT_IN_ELECTED) : QPP_UNKNOWN);
	tell_tri(e, "isOptInEligible", over, is_one_of(s, STATUS(OPT_IN_ELIGIBLE) | STATUS(ELIGIBLE_OPTED_IN)));
	tell(e, "optInDecisionDate", over, NULL);
	tell(e, "lowVolumeServices", over, NULL);
	tell_tri(e, "lowVolumeSwitch", over, low_volume(s));
	put_low_reasons(e, over, s);
	tell_tri(e, "mipsEligibleSwitch", over,
	         not(is_one_of(s, STATUS(INELIGIBLE_TYPE) | STATUS(EXEMPT_NEWLY_ENROLLED) | STATUS(EXEMPT_QP) | STATUS(EXEMPT_PARTIAL_QP))));
}

static bool in_group_of(const struct qpp_provider_org *x, enum qpp_org_kind kind)
{
	for (size_t i = 0; i < x->n_groups; i++)
		if (x->groups[i].org.kind == kind)
			return true;
	return false;
}

static void put_specialty(struct qpp_emit *e, const struct qpp_json *body, const struct qpp_json *over, struct qpp_str described)
{
	if (told(e, "specialty", over, body))
		return;
	qpp_emit_open(e, "specialty", '{');
	qpp_emit_text_or_null(e, "specialtyDescription", described);
	qpp_emit_null(e, "typeDescription");
	qpp_emit_null(e, "categoryReference");
	qpp_emit_close(e, '}');
}

static void put_individual(struct qpp_emit *e, const struct qpp_provider *p, const struct qpp_provider_org *x,
                           const struct qpp_json *body)
{
	const struct qpp_json *over = body ? qpp_json_member(body, "individualScenario") : NULL;
	const struct qpp_standing *s = &x->alone;
	qpp_emit_open(e, "individualScenario", '{');
	if (!told(e, "aggregationLevel", over, NULL))
		qpp_emit_int(e, "aggregationLevel", 1);
	put_statuses(e, over, s);
	put_hardship(e, over, NULL, in_listed_county(s));
	tell(e, "hasHospitalVbpCCN", over, body);
	tell(e, "hasPaymentAdjustmentCCN", over, body);
	tell(e, "hospitalVbpName", over, body);
	tell(e, "hospitalVbpScore", over, body);
	qpp_emit_open(e, "isEligible", '{');
	tell_tri(e, "individual", NULL, eligible(s));
	tell_tri(e, "group", NULL, eligible(&x->together));
	qpp_emit_bool(e, "mipsApm", in_group_of(x, QPP_ORG_APM_ENTITY));
	qpp_emit_bool(e, "virtualGroup", in_group_of(x, QPP_ORG_VIRTUAL_GROUP));
	qpp_emit_close(e, '}');
	put_participation(e, over, s);
	put_specialty(e, body, over, p->clinician.specialty);
	tell(e, "specialtyCode", over, body);
	qpp_emit_close(e, '}');
}

static void put_group_scenario(struct qpp_emit *e, const struct qpp_provider_org *x, const struct qpp_json *body)
{
	const struct qpp_json *over = body ? qpp_json_member(body, "groupScenario") : NULL;
	const struct qpp_standing *s = &x->together;
	qpp_emit_open(e, "groupScenario", '{');
	if (!told(e, "aggregationLevel", over, NULL))
		qpp_emit_int(e, "aggregationLevel", 2);
	put_statuses(e, over, s);
	put_hardship(e, over, NULL, QPP_UNKNOWN);
	tell(e, "hospitalVbpName", over, NULL);
	tell(e, "hospitalVbpScore", over, NULL);
	qpp_emit_open(e, "isEligible", '{');
	tell_tri(e, "group", NULL, eligible(s));
	qpp_emit_close(e, '}');
	put_participation(e, over, s);
	qpp_emit_close(e, '}');
}

/* ---- entities ---- */

static void put_apm(struct qpp_emit *e, const struct qpp_provider *p, const struct qpp_provider_group *g)
{
	static const char *const members[] = { "apmId", "apmName" };
	static const char *const more[] = { "subdivisionId", "subdivisionName", "advancedApmFlag", "mipsApmFlag", "lvtFlag", "lvtPayments",
		                                "lvtPatients", "lvtSmallStatus" };
	static const char *const last[] = { "providerRelationshipCode", "qpPatientScores", "qpPaymentScores", "complexPatientScore",
		                                "finalQpcScore" };
	const struct qpp_json *own = read_body(e->b.arena, g->body), *entity = read_body(e->b.arena, g->org.body);
	qpp_emit_open(e, NULL, '{');
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		tell(e, members[i], own, entity);
	if (!told(e, "entityName", own, entity))
		qpp_emit_text_or_null(e, "entityName", g->org.name);
	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		tell(e, more[i], own, entity);
	if (!told(e, "lvtPerformanceYear", own, entity))
		qpp_emit_int(e, "lvtPerformanceYear", p->py.v);
	for (size_t i = 0; i < sizeof last / sizeof *last; i++)
		tell(e, last[i], own, entity);
	put_hardship(e, own, entity, QPP_UNKNOWN);
	tell(e, "isOptedIn", own, entity);
	qpp_emit_close(e, '}');
}

static void put_virtual_group(struct qpp_emit *e, const struct qpp_provider_group *g)
{
	static const char *const special[] = { "aciReweighting", "nonPatientFacing", "ruralClinician", "hpsaClinician",
		                                   "hospitalBasedClinician", "ambulatorySurgicalCenter", "aciHardship", "iaStudy",
		                                   "smallGroupPractitioner" };
	const struct qpp_json *own = read_body(e->b.arena, g->body), *group = read_body(e->b.arena, g->org.body);
	const struct qpp_json *scenario = group ? qpp_json_member(group, "specialScenario") : NULL;
	qpp_emit_open(e, NULL, '{');
	qpp_emit_text_or_null(e, "virtualGroupIdentifier", g->org.number);
	tell_list(e, "claimsTypes", own, group);
	tell(e, "lowVolumeSwitch", own, group);
	tell_list(e, "lowVolumeStatusReasons", own, group);
	tell(e, "beneficiaryCount", own, group);
	tell(e, "allowedCharges", own, group);
	tell(e, "hospitalVbpName", own, group);
	tell(e, "hospitalVbpScore", own, group);
	tell(e, "isFacilityBased", own, group);
	qpp_emit_open(e, "specialScenario", '{');
	for (size_t i = 0; i < sizeof special / sizeof *special; i++)
		tell(e, special[i], scenario, NULL);
	put_hardship(e, scenario, NULL, QPP_UNKNOWN);
	qpp_emit_close(e, '}');
	qpp_emit_close(e, '}');
}

static void put_groups(struct qpp_emit *e, const struct qpp_provider *p, const struct qpp_provider_org *x)
{
	qpp_emit_open(e, "apms", '[');
	for (size_t i = 0; i < x->n_groups; i++)
		if (x->groups[i].org.kind == QPP_ORG_APM_ENTITY)
			put_apm(e, p, &x->groups[i]);
	qpp_emit_close(e, ']');
	qpp_emit_open(e, "virtualGroups", '[');
	for (size_t i = 0; i < x->n_groups; i++)
		if (x->groups[i].org.kind == QPP_ORG_VIRTUAL_GROUP)
			put_virtual_group(e, &x->groups[i]);
	qpp_emit_close(e, ']');
}

static void put_org(struct qpp_emit *e, const struct qpp_provider *p, const struct qpp_provider_org *x)
{
	static const char mask[MASK + 1] = "XXXXXXXXXX";
	const struct qpp_json *body = read_body(e->b.arena, x->relation.body);
	qpp_emit_open(e, NULL, '{');
	qpp_emit_text(e, "TIN", x->tin.n ? x->tin : (struct qpp_str){ mask, MASK });
	qpp_emit_text(e, "prvdrOrgName", x->org.name);
	tell_tri(e, "isFacilityBased", body, special(&x->alone, QPP_SPECIAL_FACILITY));
	qpp_emit_text(e, "addressLineOne", x->org.address1);
	qpp_emit_text(e, "addressLineTwo", x->org.address2);
	qpp_emit_text(e, "city", x->org.city);
	qpp_emit_text(e, "state", x->org.state);
	qpp_emit_text(e, "zip", x->org.zip);
	tell(e, "hospitalVbpName", body, NULL);
	put_individual(e, p, x, body);
	put_group_scenario(e, x, body);
	put_groups(e, p, x);
	qpp_emit_close(e, '}');
}

/* ---- the clinician ---- */

/* Of a clinician in several practices the best status counts for all. */
static struct qpp_str qp_status(const struct qpp_provider *p)
{
	enum qpp_qp_status best = QPP_QP_UNKNOWN;
	for (size_t i = 0; i < p->n_orgs; i++)
		if (p->orgs[i].alone.facts && p->orgs[i].alone.facts->qp_status > best)
			best = p->orgs[i].alone.facts->qp_status;
	return best == QPP_QP_FULL      ? QPP_LIT("Y")
	       : best == QPP_QP_PARTIAL ? QPP_LIT("P")
	       : best == QPP_QP_NONE    ? QPP_LIT("N")
	                                : QPP_LIT("");
}

static void put_enrollment(struct qpp_emit *e, const struct qpp_provider *p, const struct qpp_json *body)
{
	struct qpp_str enrolled = p->clinician.enrolled;
	uint64_t year = 0;
	bool known = enrolled.n > YEAR_DIGITS && qpp_str_u64((struct qpp_str){ enrolled.p, YEAR_DIGITS }, INT32_MAX, &year);
	tell_text(e, "firstApprovedDate", body, enrolled);
	if (!told(e, "yearsInMedicare", body, NULL)) {
		if (known)
			qpp_emit_int(e, "yearsInMedicare", p->py.v > (int64_t)year ? p->py.v - (int64_t)year : 0);
		else
			qpp_emit_null(e, "yearsInMedicare");
	}
	if (!told(e, "pecosEnrollmentDate", body, NULL)) {
		if (known)
			qpp_emit_int(e, "pecosEnrollmentDate", (int64_t)year);
		else
			qpp_emit_null(e, "pecosEnrollmentDate");
	}
	/* 414.1305: enrolled for the first time in the performance year. */
	tell_tri(e, "newlyEnrolled", body, known ? tri((int64_t)year == p->py.v) : QPP_UNKNOWN);
}

void qpp_emit_provider(struct qpp_emit *e, const char *name, const struct qpp_provider *x)
{
	const struct qpp_clinician *c = &x->clinician;
	const struct qpp_json *body = read_body(e->b.arena, c->body);
	qpp_emit_open(e, name, '{');
	qpp_emit_text(e, "npi", c->npi);
	qpp_emit_text(e, "firstName", c->first);
	qpp_emit_text(e, "middleName", c->middle);
	qpp_emit_text(e, "lastName", c->last);
	qpp_emit_int(e, "nationalProviderIdentifierType", c->type);
	put_enrollment(e, x, body);
	tell_text(e, "qpStatus", body, qp_status(x));
	tell(e, "qpScoreType", body, NULL);
	tell(e, "isMaqi", body, NULL);
	tell(e, "amsMipsEligibleClinician", body, NULL);
	put_specialty(e, body, NULL, c->specialty);
	qpp_emit_open(e, "organizations", '[');
	for (size_t i = 0; i < x->n_orgs; i++)
		put_org(e, x, &x->orgs[i]);
	qpp_emit_close(e, ']');
	qpp_emit_close(e, '}');
}
