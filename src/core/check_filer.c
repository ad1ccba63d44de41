/*
 * Who files, for which program and period, with which certified record
 * system: everything of a submission but its measurements.
 */
#include "check_int.h"

enum { TIN_DIGITS = 9, NPI_DIGITS = 10, CEHRT_ID_LENGTH = 15, MOST_PROGRAMS = 100 };

static bool is_digits(struct qpp_str s, size_t n)
{
	uint64_t v;
	return s.n == n && qpp_str_u64(s, UINT64_MAX, &v);
}

bool qpp_npi_check_digit_ok(struct qpp_str npi)
{
	/* What the digits of the prefix 80840 add to the Luhn sum of every NPI. */
	enum { PREFIX_SUM = 24 };
	int sum = PREFIX_SUM;
	if (!is_digits(npi, NPI_DIGITS))
		return false;
	for (size_t i = 0; i < NPI_DIGITS; i++) {
		int digit = npi.p[i] - '0';
		if (i % 2 == 0)
			digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
		sum += digit;
	}
	return sum % 10 == 0;
}

static void identifier_invalid(struct qpp_check *k, enum qpp_severity severity, struct qpp_where where, const char *says,
                               struct qpp_str value, const char *expected)
{
	struct qpp_finding *x = qpp_check_find(k, severity, "identifierInvalid", where, says, (char *)NULL);
	x->value = qpp_shown(k->arena, value);
	x->expected = qpp_str_of(expected);
}

static void incomplete(struct qpp_check *k, const char *missing)
{
	const struct qpp_submission *s = k->submission;
	struct qpp_finding *x = qpp_check_find(k, QPP_WARNING, "entityIncomplete", s->entity_where,
		"the filer is not fully named: a submission of type ", qpp_entity_name(s->entity), " has no ", missing, (char *)NULL);
	x->expected = qpp_str_of(missing);
}

void qpp_check_filer(struct qpp_check *k)
{
	const struct qpp_submission *s = k->submission;
	if (s->tin.n && !is_digits(s->tin, TIN_DIGITS))
		identifier_invalid(k, QPP_ERROR, s->tin_where, "the TIN is not nine digits", s->tin, "nine digits, no dashes");
	if (s->npi.n && !is_digits(s->npi, NPI_DIGITS))
		identifier_invalid(k, QPP_ERROR, s->npi_where, "the NPI is not ten digits", s->npi, "ten digits");
	else if (s->npi.n && !qpp_npi_check_digit_ok(s->npi))
		identifier_invalid(k, QPP_WARNING, s->npi_where, "the last digit of the NPI is not its check digit", s->npi,
		                   "an NPI as the registry issued it; one digit may be mistyped");
	bool by_tin = s->entity == QPP_INDIVIDUAL || s->entity == QPP_GROUP;
	if (by_tin && !s->tin.n)
		incomplete(k, "taxpayerIdentificationNumber");
	if (s->entity == QPP_INDIVIDUAL && !s->npi.n)
		incomplete(k, "nationalProviderIdentifier");
	if (s->entity != QPP_ENTITY_NONE && !by_tin && !s->entity_id.n)
		incomplete(k, "entityId");
}

static char capital(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

static bool same_but_for_case(struct qpp_str a, struct qpp_str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (capital(a.p[i]) != capital(b.p[i]))
			return false;
	return true;
}

/* The names a set's program may have: the fixed ones, and the MVPs of the year. */
static size_t programs(const struct qpp_catalog *c, struct qpp_str *names)
{
	static const char *const fixed[] = { "mips", "app1", "appPlus", "cpcPlus", "pcf", "ssp" };
	size_t n = 0;
	for (; n < sizeof fixed / sizeof *fixed; n++)
		names[n] = qpp_str_of(fixed[n]);
	for (size_t i = 0; i < c->n_mvps && n < MOST_PROGRAMS; i++)
		names[n++] = c->mvps[i].id;
	return n;
}

void qpp_check_program(struct qpp_check *k)
{
	struct qpp_str names[MOST_PROGRAMS];
	size_t n = programs(k->catalog, names);
	for (size_t i = 0; i < n; i++) {
		if (same_but_for_case(names[i], k->set->program)) {
			k->set->program = names[i];
			return;
		}
	}
	struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "programUnknown", k->set->program_where,
		"the year has no program of this name", (char *)NULL);
	x->value = qpp_shown(k->arena, k->set->program);
	x->expected = QPP_LIT("mips, app1, appPlus, or the id of an MVP of the year");
	int near = qpp_str_near(k->set->program, names, n);
	if (near >= 0)
		x->hint = qpp_str_cat(k->arena, "did you mean ", qpp_str_dup(k->arena, names[near]).p, "?", (char *)NULL);
}

static struct qpp_str day_text(struct qpp_check *k, qpp_day day)
{
	struct qpp_buf b;
	qpp_buf_init(&b, k->arena, 16);
	qpp_buf_day(&b, day);
	return qpp_buf_done(&b);
}

static void check_in_year(struct qpp_check *k, qpp_day day, struct qpp_where where, const char *name)
{
	qpp_day first, last;
	int year = k->submission->py.v;
	if (!qpp_day_of(year, 1, 1, &first) || !qpp_day_of(year, 12, 31, &last) || (day.v >= first.v && day.v <= last.v))
		return;
	struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "periodOutsideYear", where, name,
		" does not lie in the performance year", (char *)NULL);
	x->value = day_text(k, day);
	x->expected = qpp_str_cat(k->arena, "a day from ", day_text(k, first).p, " to ", day_text(k, last).p, (char *)NULL);
	x->cite = QPP_LIT("414.1320");
}

void qpp_check_period(struct qpp_check *k)
{
	const struct qpp_measurement_set *set = k->set;
	if (!set->has_start || !set->has_end) {
		struct qpp_finding *x = qpp_check_find(k, QPP_WARNING, "periodMissing", set->where,
			"the set does not say its performance period", (char *)NULL);
		x->expected = qpp_str_of(set->has_start ? "performanceEnd" : set->has_end ? "performanceStart" : "performanceStart and performanceEnd");
		x->cite = QPP_LIT("414.1320");
	} else if (set->end.v < set->start.v) {
		struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "periodReversed", set->end_where,
			"the performance period ends before it begins", (char *)NULL);
		x->value = day_text(k, set->end);
		x->expected = qpp_str_cat(k->arena, "not before ", day_text(k, set->start).p, (char *)NULL);
	}
	if (set->has_start)
		check_in_year(k, set->start, set->start_where, "performanceStart");
	if (set->has_end)
		check_in_year(k, set->end, set->end_where, "performanceEnd");
}

static bool is_capital_or_digit(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Two characters, two digits of the edition, a letter, ten characters. */
static bool is_cehrt_id(struct qpp_str id)
{
	if (id.n != CEHRT_ID_LENGTH)
		return false;
	for (size_t i = 0; i < id.n; i++)
		if (!is_capital_or_digit(id.p[i]))
			return false;
	return is_digits((struct qpp_str){ id.p + 2, 2 }, 2) && id.p[4] > '9';
}

/* Editions whose ids the service takes today: 2015 Cures Update, and its successor. */
static bool is_current_edition(struct qpp_str id)
{
	struct qpp_str edition = { id.p + 2, 3 };
	return qpp_str_is(edition, "15C") || qpp_str_is(edition, "25C");
}

void qpp_check_cehrt(struct qpp_check *k)
{
	const struct qpp_measurement_set *set = k->set;
	struct qpp_finding *x;
	if (!set->cehrt_id.n) {
		if (set->category != QPP_PI)
			return;
		x = qpp_check_find(k, QPP_WARNING, "cehrtIdMissing", set->where,
			"there is no CEHRT ID: the Promoting Interoperability category will score 0", (char *)NULL);
		x->expected = QPP_LIT("cehrtId");
		x->hint = QPP_LIT("look the ID of your certified record system up in the Certified Health IT Product List");
		x->cite = QPP_LIT("414.1380(b)(4)");
		return;
	}
	bool formed = is_cehrt_id(set->cehrt_id);
	if (formed && is_current_edition(set->cehrt_id))
		return;
	x = qpp_check_find(k, formed ? QPP_INFORMATION : QPP_WARNING, "cehrtIdFormat", set->cehrt_where,
		formed ? "the CEHRT ID is of another certification edition than 2015 Cures Update" : "the CEHRT ID has not the form of one",
		(char *)NULL);
	x->value = qpp_shown(k->arena, set->cehrt_id);
	x->expected = QPP_LIT("two characters, 15C, ten characters; capital letters and digits");
}
