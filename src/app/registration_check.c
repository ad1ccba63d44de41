/*
 * What a registration must say: the level may register it, the pathway is of the year, the measures and the survey are of the
 * pathway, and each clinician of a subgroup bills under the TIN and stands in no other subgroup of it (414.1318).
 */
#include "app/registration_int.h"

#include "qpp/check.h"

enum { LONGEST_NAME = 200, LONGEST_TEXT = 2000, LARGEST_SUBGROUP = 1000, NPI_TEXT = 11 };

struct checking {
	struct qpp_excepting *x;
	struct qpp_tx *tx;
	const struct qpp_registration_form *f, *was;
	struct qpp_str id;
	struct qpp_registration_year year;
};

static void wrong(const struct checking *g, const char *code, const char *member, const char *says, const char *expected, const char *cite)
{
	exception_fault(g->x->findings, QPP_ERROR, code, member, qpp_str_of(says), qpp_str_of(expected), qpp_str_of(cite));
	g->x->findings->list.v[g->x->findings->list.n - 1].subject = QPP_LIT("registration");
}

static bool has(const struct qpp_strs *list, struct qpp_str s)
{
	for (size_t i = 0; i < list->n; i++)
		if (qpp_str_eq(list->v[i], s))
			return true;
	return false;
}

bool qpp_mvp_has_cahps(const struct qpp_catalog *c, const struct qpp_mvp *mvp)
{
	for (size_t i = 0; i < mvp->quality.n; i++) {
		const struct qpp_measure *m = qpp_catalog_measure(c, mvp->quality.v[i]);
		if (m && m->metric == QPP_METRIC_CAHPS)
			return true;
	}
	return false;
}

/* The survey is chosen while it can still be registered; what was chosen in time stays when something else is changed. */
static enum qpp_code check_survey(struct checking *g, const struct qpp_mvp *mvp, struct qpp_err *err)
{
	struct qpp_exception_window w;
	if (!g->f->cahps)
		return QPP_OK;
	if (!qpp_mvp_has_cahps(g->year.catalog, mvp))
		wrong(g, "registrationSurvey", "cahps", "the survey is none of the measures of this MVP", "the MVP without the survey", "414.1365(c)(1)");
	enum qpp_code code = registration_window(g->x, g->f->py, QPP_REGISTER_CAHPS, &w, err);
	if (code == QPP_OK && w.state == QPP_APPLY_OVER && !(g->was && g->was->cahps))
		wrong(g, "registrationSurvey", "cahps", "the time to register the survey is over", "the MVP without the survey", "414.1365(b)(1)");
	/* There is no survey of one clinician. */
	if (!g->year.may[QPP_REGISTER_CAHPS][g->f->level])
		wrong(g, "registrationSurvey", "cahps", "the survey is not for this level", "the MVP without the survey", "414.1335(a)(3)");
	return code;
}

static enum qpp_code check_mvp(struct checking *g, struct qpp_err *err)
{
	const struct qpp_registration_form *f = g->f;
	const struct qpp_mvp *mvp = g->year.catalog ? qpp_catalog_mvp(g->year.catalog, f->mvp) : NULL;
	if (!mvp) {
		wrong(g, f->mvp.n ? "valueUnknown" : "memberMissing", "mvp", "it is not said which MVP is registered", "an MVP of the year", "414.1365(b)(1)");
		return QPP_OK;
	}
	if (g->year.population_health && !has(&mvp->foundation_quality, f->population_health))
		wrong(g, f->population_health.n ? "valueUnknown" : "memberMissing", "population", "it is not said which population health measure counts",
		      "one of those of the MVP", "414.1365(c)(4)");
	if (f->outcome_claims.n && !has(&mvp->administrative_claims, f->outcome_claims))
		wrong(g, "valueUnknown", "outcome", "the MVP has no such measure from claims", "one of those of the MVP", "414.1365(c)(1)");
	return check_survey(g, mvp, err);
}

static bool is_between(char c)
{
	return c == ',' || c == ';' || (unsigned char)c <= ' ';
}

bool registration_npi(struct qpp_str *rest, struct qpp_str *npi)
{
	size_t i = 0, n;
	while (i < rest->n && is_between(rest->p[i]))
		i++;
	for (n = i; n < rest->n && !is_between(rest->p[n]); n++)
		continue;
	*npi = (struct qpp_str){ rest->p + i, n - i };
	*rest = (struct qpp_str){ rest->p + n, rest->n - n };
	return npi->n > 0;
}

static size_t times(struct qpp_str list, struct qpp_str npi)
{
	struct qpp_str rest = list, one;
	size_t n = 0;
	while (registration_npi(&rest, &one))
		n += qpp_str_eq(one, npi);
	return n;
}

/* In another subgroup that registered, or that stands among the practice's already. */
static enum qpp_code elsewhere(struct checking *g, struct qpp_str npi, bool *out, struct qpp_err *err)
{
	struct qpp_election_row_rows rows = { 0 };
	struct qpp_membership_rows members = { 0 };
	struct registration_body b;
	struct qpp_org org;
	*out = false;
	enum qpp_code code = registration_standing(g->tx, g->f->py, QPP_REGISTER_MVP, g->f->org_id, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		code = registration_read(qpp_tx_arena(g->tx), &rows.v[i], &b, err);
		*out |= code == QPP_OK && !qpp_str_eq(rows.v[i].id, g->id) && times(b.form.npis, npi);
	}
	/* Who stood in this one before may by now be its member. */
	if (code != QPP_OK || *out || (g->was && times(g->was->npis, npi)))
		return code;
	code = qpp_store_membership_of_org(g->tx, g->f->py, g->f->org_id, npi, &members, err);
	for (size_t i = 0; code == QPP_OK && i < members.n; i++) {
		code = qpp_store_org_get(g->tx, members.v[i].group_id, &org, err);
		*out |= code == QPP_OK && org.kind == QPP_ORG_SUBGROUP && qpp_str_eq(members.v[i].npi, npi);
	}
	return code;
}

static enum qpp_code check_clinician(struct checking *g, struct qpp_str npi, struct qpp_err *err)
{
	struct qpp_relation relation;
	struct qpp_arena *a = g->x->call.arena;
	bool other;
	enum qpp_code code = qpp_npi_check_digit_ok(npi) ? qpp_store_relation_get(g->tx, g->f->py, g->f->org_id, npi, &relation, err) : QPP_NOT_FOUND;
	if (code == QPP_NOT_FOUND) {
		wrong(g, "identifierInvalid", g->f->level == QPP_SUBGROUP ? "npis" : "npi",
		      /* Who typed a TIN by mistake does not read it in a message. */
		      qpp_str_cat(a, "no clinician with the NPI ", exception_has_tin(npi) ? "of nine digits" : qpp_str_dup(a, npi).p,
		                  " bills through the practice in that year", (char *)NULL).p,
		      "the NPI of a clinician of the practice", "");
		return QPP_OK;
	}
	if (code != QPP_OK || g->f->level != QPP_SUBGROUP)
		return code;
	code = elsewhere(g, npi, &other, err);
	if (code == QPP_OK && other)
		wrong(g, "registrationSubgroup", "npis", qpp_str_cat(a, "the clinician with the NPI ", qpp_str_dup(a, npi).p,
		      " stands in another subgroup of the practice", (char *)NULL).p, "a clinician is in one subgroup of a TIN", "414.1318");
	return code;
}

static enum qpp_code check_subgroup(struct checking *g, struct qpp_err *err)
{
	const struct qpp_registration_form *f = g->f;
	struct qpp_str rest = f->npis, npi;
	size_t n = 0;
	enum qpp_code code = QPP_OK;
	if (!f->name.n || f->name.n > LONGEST_NAME)
		wrong(g, f->name.n ? "valueOutOfRange" : "memberMissing", "name", "the subgroup has no name, or a very long one", "a name of at most 200 bytes", "414.1318");
	if (!f->description.n || f->description.n > LONGEST_TEXT)
		wrong(g, f->description.n ? "valueOutOfRange" : "memberMissing", "description", "it is not said, or at great length, who is in the subgroup",
		      "at most 2,000 bytes", "414.1318");
	if (exception_has_tin(f->name) || exception_has_tin(f->description))
		wrong(g, "identifierInvalid", exception_has_tin(f->name) ? "name" : "description", "the text has nine digits in it that could be a TIN",
		      "words without a TIN", "");
	/* Each is looked up in the transaction. */
	if (f->npis.n > (size_t)LARGEST_SUBGROUP * NPI_TEXT) {
		wrong(g, "tooMany", "npis", "the subgroup has more clinicians than any", "at most 1,000", "");
		return QPP_OK;
	}
	for (; code == QPP_OK && registration_npi(&rest, &npi); n++) {
		if (times(f->npis, npi) > 1 && times((struct qpp_str){ f->npis.p, (size_t)(npi.p - f->npis.p) }, npi))
			wrong(g, "registrationSubgroup", "npis", "an NPI stands twice in the subgroup", "each NPI once", "414.1318");
		else
			code = check_clinician(g, npi, err);
	}
	if (!n)
		wrong(g, "memberMissing", "npis", "no clinician stands in the subgroup", "the NPIs of its clinicians", "414.1318");
	return code;
}

/* A group is of two or more; a subgroup's survey goes with its MVP, which has chosen it. */
static enum qpp_code check_survey_of(struct checking *g, struct qpp_err *err)
{
	struct qpp_relation_rows rows = { 0 };
	struct qpp_election_row row;
	struct registration_body b = { 0 };
	enum qpp_code code = QPP_OK;
	if (g->f->level == QPP_GROUP) {
		code = qpp_store_relation_of_org(g->tx, g->f->py, g->f->org_id, (struct qpp_slice){ .most = 2 }, &rows, err);
		if (code == QPP_OK && rows.n < 2)
			wrong(g, "registrationLevel", "subject", "the practice has fewer than two clinicians in that year", "a group of two or more", "414.1305");
	} else if (g->f->level == QPP_SUBGROUP) {
		code = registration_open(g->tx, g->x, g->f->of, &row, &b, err);
		if (code == QPP_NOT_FOUND || (code == QPP_OK && (!qpp_str_is(row.state, "filed") || !qpp_str_eq(row.org_id, g->f->org_id) ||
		                                                 row.py.v != g->f->py.v || b.form.level != QPP_SUBGROUP || !b.form.cahps))) {
			wrong(g, "registrationLevel", "subject", "the subgroup has not registered an MVP with the survey in it", "its MVP first", "414.1365(b)(1)");
			code = QPP_OK;
		}
	}
	return code;
}

static bool is_kind(enum qpp_entity level, enum qpp_org_kind kind)
{
	switch (level) {
	case QPP_VIRTUAL_GROUP: return kind == QPP_ORG_VIRTUAL_GROUP;
	case QPP_APM_ENTITY: return kind == QPP_ORG_APM_ENTITY;
	default: return kind == QPP_ORG_PRACTICE;
	}
}

enum qpp_code registration_check(struct qpp_excepting *x, struct qpp_tx *tx, const struct qpp_registration_form *f, struct qpp_str id,
                                 const struct qpp_registration_form *was, struct qpp_err *err)
{
	struct checking g = { .x = x, .tx = tx, .f = f, .was = was, .id = id };
	struct qpp_org org;
	enum qpp_code code = qpp_registration_year_get(x, f->py, &g.year, err);
	if (code == QPP_OK)
		code = qpp_store_org_get(tx, f->org_id, &org, err);
	if (code != QPP_OK)
		return code;
	if (!g.year.may[f->kind][f->level] || !is_kind(f->level, org.kind)) {
		wrong(&g, "registrationLevel", "subject", "this level does not register that in the year", "another level",
		      f->kind == QPP_REGISTER_MVP ? "414.1365(b)" : "414.1335(a)(3)");
		return QPP_OK;
	}
	if (f->kind == QPP_REGISTER_CAHPS)
		return check_survey_of(&g, err);
	code = check_mvp(&g, err);
	if (code == QPP_OK && f->level == QPP_SUBGROUP)
		code = check_subgroup(&g, err);
	if (code == QPP_OK && f->level == QPP_INDIVIDUAL)
		code = check_clinician(&g, f->npi, err);
	return code;
}
