/*
 * What an application must say before it is filed, and when. How many of an APM
 * entity's clinicians are excused is counted where the store knows its
 * clinicians; what somebody typed then does not count.
 */
#include "app/exceptions_int.h"
#include "app/known.h"

enum { LONGEST_TEXT = 10000 };

enum qpp_code exception_rules(struct qpp_excepting *x, qpp_py py, struct qpp_request *out, struct qpp_err *err)
{
	const struct qpp_years *years = x->call.service->years;
	*out = (struct qpp_request){ .arena = x->call.arena, .rules = qpp_years_bound(years, py), .catalog = qpp_years_catalog(years, py) };
	return out->rules ? QPP_OK : qpp_rules_bind(x->call.arena, qpp_years_rules(years), py, NULL, 0, &out->rules, err);
}

void exception_fault(struct qpp_findings *to, enum qpp_severity severity, const char *code, const char *member, struct qpp_str says,
                     struct qpp_str expected, struct qpp_str cite)
{
	struct qpp_where where = { .pointer = qpp_str_cat(to->arena, "/", member, (char *)NULL) };
	struct qpp_finding *f = qpp_find(to, severity, code, where, says);
	f->subject = QPP_LIT("application for an exception");
	f->expected = expected;
	f->cite = cite;
}

/* The entity's clinicians as scoring knows them. */
static enum qpp_code count_members(struct qpp_excepting *x, struct qpp_tx *tx, struct qpp_exception_form *f, bool *knows, struct qpp_err *err)
{
	static const struct qpp_known_how how = { .at = { -1 } };
	const struct qpp_who who = { .py = f->py, .entity = f->level, .org_id = f->org_id };
	struct qpp_known known;
	enum qpp_code code = qpp_known_facts(x->call.service, tx, &who, &how, &known, err);
	*knows = code == QPP_OK && known.facts->has_members && known.facts->n_members > 0;
	if (!*knows)
		return code;
	f->members = f->excused = 0;
	for (size_t i = 0; i < known.facts->n_members; i++) {
		const struct qpp_member *m = &known.facts->members[i];
		f->members += !m->not_eligible;
		f->excused += !m->not_eligible && m->excused & 1u << QPP_PI;
	}
	return code;
}

static void check_days(const struct qpp_exception_form *f, enum qpp_severity severity, struct qpp_findings *to)
{
	qpp_day begins, ends;
	bool has = qpp_day_parse(f->begins, &begins);
	if (!f->begins.n)
		exception_fault(to, severity, "memberMissing", "begins", QPP_LIT("the day on which it began is missing"), QPP_LIT("a day, 2024-03-01"), QPP_LIT(""));
	else if (!has)
		exception_fault(to, severity, "valueUnknown", "begins", QPP_LIT("this is no day"), QPP_LIT("a day, 2024-03-01"), QPP_LIT(""));
	if (f->ends.n && !qpp_day_parse(f->ends, &ends))
		exception_fault(to, severity, "valueUnknown", "ends", QPP_LIT("this is no day"), QPP_LIT("a day, 2024-03-01"), QPP_LIT(""));
	else if (f->ends.n && has && ends.v < begins.v)
		exception_fault(to, severity, "valueOutOfRange", "ends", QPP_LIT("it ends before it begins"), QPP_LIT("a later day"), QPP_LIT(""));
}

static void check_text(const struct qpp_exception_form *f, enum qpp_severity severity, struct qpp_findings *to)
{
	if (!qpp_str_trim(f->explanation).n)
		exception_fault(to, severity, "memberMissing", "explanation", QPP_LIT("it is not said how it kept from collecting or submitting data"),
		                QPP_LIT("a few sentences"), QPP_LIT(""));
	else if (f->explanation.n > LONGEST_TEXT)
		exception_fault(to, QPP_ERROR, "valueOutOfRange", "explanation", QPP_LIT("the text is too long"), QPP_LIT("at most 10,000 bytes"), QPP_LIT(""));
}

enum qpp_code exception_check(struct qpp_excepting *x, struct qpp_tx *tx, struct qpp_exception_form *f, enum qpp_severity severity,
                              struct qpp_findings *to, bool *knows_members, struct qpp_err *err)
{
	struct qpp_request rules;
	struct qpp_exception_fault v[QPP_EXCEPTION_FAULTS];
	size_t n = 0;
	*knows_members = false;
	enum qpp_code code = exception_rules(x, f->py, &rules, err);
	if (code == QPP_OK && f->level == QPP_APM_ENTITY)
		code = count_members(x, tx, f, knows_members, err);
	const struct qpp_exception_ask ask = {
		.kind = f->kind, .level = f->level, .event = f->event, .categories = f->categories, .members = f->members, .excused = f->excused,
		.official = exception_official(x->call.actor, f->org_id)
	};
	if (code == QPP_OK)
		code = qpp_exception_judge(&rules, &ask, v, &n, err);
	for (size_t i = 0; code == QPP_OK && i < n; i++)
		exception_fault(to, severity, v[i].code, v[i].member, qpp_str_of(v[i].says), qpp_str_of(v[i].expected), v[i].cite);
	if (code != QPP_OK)
		return code;
	check_days(f, severity, to);
	check_text(f, severity, to);
	return QPP_OK;
}

enum qpp_code exception_window(struct qpp_excepting *x, const struct qpp_exception_form *f, qpp_time at, struct qpp_exception_event *event,
                               struct qpp_exception_window *out, struct qpp_err *err)
{
	struct qpp_request rules;
	bool found;
	enum qpp_code code = exception_rules(x, f->py, &rules, err);
	if (code == QPP_OK)
		code = qpp_exception_event_find(&rules, f->kind, f->event, event, &found, err);
	if (code == QPP_OK)
		code = qpp_exception_window(&rules, found ? event : NULL, qpp_time_instant(at), out, err);
	/* As for filings: an operator may take them whatever the calendar of the rules says. */
	if (code == QPP_OK && x->call.service->window_open)
		out->state = QPP_APPLY_NOW;
	return code;
}
