/*
 * Reading claim lines. The ways most lines go (plain amounts, the day and the
 * clinician of the line above) are short; everything else is looked at in full,
 * and what is wrong is told with line, column, value and what was expected.
 */
#include "claims_csv.h"

#include <string.h>

#include "qpp/check.h"

enum { MOST_ERRORS = 20, MOST_WARNINGS = 20 };
enum { TIN_DIGITS = 9, NPI_DIGITS = 10, DAY_CHARACTERS = 10, SAFE_DIGITS = 15, MOST_DAYS = 32 };

static const char *const names[QPP_CLAIM_COLUMNS] = {
	"claim", "line", "tin", "npi", "date", "coveredProfessionalService", "assigned",
	"allowed", "deductible", "coinsurance", "paid",
};
static const char *const answers[] = { "adjustment", "after", "group", "carc", "rarc", "sequestration", "net" };

void qpp_claims_csv_open(struct qpp_claims_csv *x, struct qpp_arena *a, struct qpp_str file, qpp_csv_source *source,
                         void *host)
{
	*x = (struct qpp_claims_csv){ .arena = a, .file = file };
	qpp_findings_init(&x->errors, a, MOST_ERRORS);
	qpp_findings_init(&x->warnings, a, MOST_WARNINGS);
	qpp_csv_open(&x->csv, a, source, host);
}

static void fault(struct qpp_claims_csv *x)
{
	const struct qpp_csv_fault *is = &x->csv.fault;
	struct qpp_where where = { .file = x->file, .line = is->line, .column = is->column };
	struct qpp_finding *f =
	    qpp_find(&x->errors, QPP_ERROR, is->too_long ? "csvTooLong" : "csvMalformed", where, qpp_str_of(is->message));
	f->expected = qpp_str_of(is->expected);
}

static struct qpp_finding *find(struct qpp_claims_csv *x, enum qpp_severity severity, enum qpp_claim_column column,
                                const char *code, const char *message)
{
	struct qpp_findings *list = severity == QPP_ERROR ? &x->errors : &x->warnings;
	struct qpp_where where = { .file = x->file };
	const struct qpp_csv_field *field = &x->csv.fields[x->at[column]];
	if (qpp_findings_full(list))
		return qpp_find(list, severity, code, where, QPP_LIT(""));
	qpp_csv_where(&x->csv, x->at[column], &where);
	struct qpp_finding *f = qpp_find(list, severity, code, where, qpp_str_of(message));
	f->subject = qpp_str_of(names[column]);
	f->value = qpp_shown(x->arena, qpp_csv_text(x->arena, field));
	return f;
}

struct qpp_finding *qpp_claims_csv_error(struct qpp_claims_csv *x, enum qpp_claim_column column, const char *code,
                                         const char *message)
{
	return find(x, QPP_ERROR, column, code, message);
}

/* ---- the header ---- */

static bool same_name(const struct qpp_claims_csv *x, size_t field, const char *name)
{
	return qpp_str_is(qpp_str_trim(qpp_csv_text(x->arena, &x->csv.fields[field])), name);
}

static void header_fault(struct qpp_claims_csv *x, size_t field, const char *code, const char *name, const char *says)
{
	struct qpp_where where = { .file = x->file };
	qpp_csv_where(&x->csv, field, &where);
	struct qpp_finding *f =
	    qpp_find(&x->errors, QPP_ERROR, code, where, qpp_str_cat(x->arena, "column ", name, says, (char *)NULL));
	f->subject = qpp_str_of(name);
}

/* A column that is missing; NULL: all of them. */
static void missing(struct qpp_claims_csv *x, const char *name)
{
	struct qpp_where where = { .file = x->file, .line = (uint32_t)x->csv.line };
	struct qpp_str *there = QPP_NEW_ARRAY(x->arena, x->csv.n_fields, struct qpp_str);
	struct qpp_str says = name ? qpp_str_cat(x->arena, "the header has no column ", name, (char *)NULL)
	                           : QPP_LIT("the first line is no header: it names none of the columns of claim lines");
	struct qpp_finding *f = qpp_find(&x->errors, QPP_ERROR, "csvColumnMissing", where, says);
	f->subject = qpp_str_of(name);
	f->expected = QPP_LIT("claim,line,tin,npi,date,coveredProfessionalService,assigned,allowed,deductible,"
	                      "coinsurance,paid, in any order");
	for (size_t i = 0; i < x->csv.n_fields; i++)
		there[i] = qpp_csv_text(x->arena, &x->csv.fields[i]);
	int near = name ? qpp_str_near(qpp_str_of(name), there, x->csv.n_fields) : -1;
	if (near >= 0)
		f->hint = qpp_str_cat(x->arena, "there is a column ", qpp_shown(x->arena, there[near]).p, (char *)NULL);
	else if (x->csv.n_fields == 1)
		f->hint = QPP_LIT("fields are separated by commas");
}

/* Where each column stands. */
static void find_columns(struct qpp_claims_csv *x)
{
	size_t found[QPP_CLAIM_COLUMNS] = { 0 }, known = 0;
	for (int k = 0; k < QPP_CLAIM_COLUMNS; k++)
		for (size_t i = 0; i < x->n_columns; i++) {
			if (!same_name(x, i, names[k]))
				continue;
			known++;
			if (found[k]++)
				header_fault(x, i, "csvColumnDuplicate", names[k], " stands twice in the header");
			else
				x->at[k] = i;
		}
	for (int k = 0; k < QPP_CLAIM_COLUMNS && known; k++)
		if (!found[k])
			missing(x, names[k]);
	if (!known)
		missing(x, NULL);
}

bool qpp_claims_csv_header(struct qpp_claims_csv *x)
{
	enum qpp_csv_result is = qpp_csv_next(&x->csv);
	if (is == QPP_CSV_FAULT)
		fault(x);
	if (is == QPP_CSV_END)
		(void)qpp_find(&x->errors, QPP_ERROR, "csvColumnMissing", (struct qpp_where){ .file = x->file },
		               QPP_LIT("the file is empty: there is no header"));
	if (is != QPP_CSV_RECORD)
		return false;
	x->n_columns = x->csv.n_fields;
	x->crlf = x->csv.crlf;
	find_columns(x);
	for (size_t k = 0; k < sizeof answers / sizeof *answers; k++)
		for (size_t i = 0; i < x->n_columns; i++)
			if (same_name(x, i, answers[k]))
				header_fault(x, i, "csvColumnDuplicate", answers[k], " is one that the answer adds");
	return x->errors.errors == 0;
}

/* ---- a line ---- */

static struct qpp_str text_of(const struct qpp_claims_csv *x, enum qpp_claim_column column)
{
	const struct qpp_csv_field *f = &x->csv.fields[x->at[column]];
	return (struct qpp_str){ f->p, f->n };
}

/* "1234.50" as most amounts are written; false when it must be looked at in full. */
static inline bool plain_cents(struct qpp_str s, int64_t *out)
{
	uint64_t v = 0;
	size_t i = 0;
	if (!s.n || s.n > SAFE_DIGITS)
		return false;
	for (; i < s.n && (unsigned char)(s.p[i] - '0') < 10; i++)
		v = v * 10 + (uint64_t)(s.p[i] - '0');
	if (!i || (i < s.n && (s.p[i] != '.' || s.n - i > 3 || s.n - i < 2)))
		return false;
	v *= 100;
	if (i < s.n) {
		unsigned tens = (unsigned char)(s.p[i + 1] - '0'), ones = s.n - i == 3 ? (unsigned char)(s.p[i + 2] - '0') : 0u;
		if (tens > 9 || ones > 9)
			return false;
		v += tens * 10 + ones;
	}
	*out = (int64_t)v;
	return true;
}

static inline bool read_cents(struct qpp_claims_csv *x, enum qpp_claim_column column, qpp_cents *out)
{
	if (plain_cents(text_of(x, column), &out->v) || qpp_cents_parse(text_of(x, column), out))
		return true;
	find(x, QPP_ERROR, column, "amountInvalid", "an amount is not dollars and cents")->expected =
	    QPP_LIT("a number such as 1234.50, with at most two decimals");
	return false;
}

static bool read_flag(struct qpp_claims_csv *x, enum qpp_claim_column column, bool *out)
{
	static const struct qpp_str words[] = {
		QPP_LIT_INIT("no"), QPP_LIT_INIT("yes"), QPP_LIT_INIT("false"), QPP_LIT_INIT("true"), QPP_LIT_INIT("0"),
		QPP_LIT_INIT("1"),  QPP_LIT_INIT("N"),   QPP_LIT_INIT("Y"),     QPP_LIT_INIT("n"),    QPP_LIT_INIT("y"),
	};
	struct qpp_str s = text_of(x, column);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (s.n == words[i].n && memcmp(s.p, words[i].p, s.n) == 0) {
			*out = i % 2 == 1;
			return true;
		}
	find(x, QPP_ERROR, column, "valueUnknown", "a value is neither yes nor no")->expected =
	    QPP_LIT("yes or no (also true or false, Y or N, 1 or 0)");
	return false;
}

/* Days are kept by month and day: a file has few years. */
static bool read_date(struct qpp_claims_csv *x, qpp_day *out)
{
	struct qpp_str s = text_of(x, QPP_CLAIM_DATE);
	struct qpp_known_day *known = x->days;
	if (s.n == DAY_CHARACTERS) {
		const unsigned char *c = (const unsigned char *)s.p;
		known += ((c[5] * 10u + c[6]) * MOST_DAYS + c[8] * 10u + c[9]) % QPP_KNOWN_DAYS;
		if (memcmp(s.p, known->text, DAY_CHARACTERS) == 0) {
			*out = known->day;
			return true;
		}
	}
	if (qpp_day_parse(s, out)) {
		memcpy(known->text, s.p, DAY_CHARACTERS);
		known->day = *out;
		return true;
	}
	find(x, QPP_ERROR, QPP_CLAIM_DATE, "valueUnknown", "there is no such day")->expected = QPP_LIT("a day as YYYY-MM-DD");
	return false;
}

static bool is_digits(struct qpp_str s, size_t n)
{
	unsigned bad = 0;
	for (size_t i = 0; s.n == n && i < n; i++)
		bad |= (unsigned char)(s.p[i] - '0') > 9;
	return s.n == n && !bad;
}

static bool read_identifiers(struct qpp_claims_csv *x)
{
	struct qpp_str npi = text_of(x, QPP_CLAIM_NPI);
	bool good = true;
	for (enum qpp_claim_column k = QPP_CLAIM_ID; k <= QPP_CLAIM_LINE; k++) {
		if (text_of(x, k).n)
			continue;
		find(x, QPP_ERROR, k, "csvValueMissing", "a line does not say which claim or line it is")->expected =
		    QPP_LIT("the name or number of the claim, and of its line");
		good = false;
	}
	if (!is_digits(text_of(x, QPP_CLAIM_TIN), TIN_DIGITS)) {
		find(x, QPP_ERROR, QPP_CLAIM_TIN, "identifierInvalid", "the TIN is not nine digits")->expected =
		    QPP_LIT("nine digits, no dashes");
		good = false;
	}
	if (npi.n == NPI_DIGITS && memcmp(npi.p, x->npi_text, NPI_DIGITS) == 0)
		return good;
	if (!is_digits(npi, NPI_DIGITS)) {
		find(x, QPP_ERROR, QPP_CLAIM_NPI, "identifierInvalid", "the NPI is not ten digits")->expected = QPP_LIT("ten digits");
		return false;
	}
	memcpy(x->npi_text, npi.p, NPI_DIGITS);
	if (!qpp_npi_check_digit_ok(npi))
		find(x, QPP_WARNING, QPP_CLAIM_NPI, "identifierInvalid", "the last digit of the NPI is not its check digit")
		    ->expected = QPP_LIT("an NPI as the registry issued it; one digit may be mistyped");
	return good;
}

static bool field_count_wrong(struct qpp_claims_csv *x)
{
	struct qpp_where where = { .file = x->file, .line = (uint32_t)x->csv.line };
	if (x->csv.n_fields == x->n_columns)
		return false;
	struct qpp_finding *f = qpp_find(&x->errors, QPP_ERROR, "csvFieldCount", where,
	                                 QPP_LIT("a line has another number of fields than the header"));
	if (!qpp_findings_full(&x->errors)) {
		f->value = qpp_i64_text(x->arena, (int64_t)x->csv.n_fields);
		f->expected = qpp_i64_text(x->arena, (int64_t)x->n_columns);
	}
	return true;
}

/* No trailer tells that a CSV file is whole; a last line that does not end is what there is to see. */
static void look_at_end(struct qpp_claims_csv *x)
{
	struct qpp_where where = { .file = x->file, .line = (uint32_t)x->csv.line };
	if (!x->csv.open_end)
		return;
	qpp_find(&x->warnings, QPP_WARNING, "csvEndOpen", where,
	         QPP_LIT("the last line has no line end: the file may have been cut off inside it"))->expected =
	    QPP_LIT("a line end behind the last line");
}

enum qpp_csv_result qpp_claims_csv_next(struct qpp_claims_csv *x, struct qpp_claim_line *line, bool *good)
{
	enum qpp_csv_result is = qpp_csv_next(&x->csv);
	*good = false;
	if (is == QPP_CSV_FAULT)
		fault(x);
	if (is == QPP_CSV_END)
		look_at_end(x);
	if (is != QPP_CSV_RECORD || field_count_wrong(x))
		return is;
	/* Every column is looked at, so that a line tells all that is wrong with it. */
	bool all = read_identifiers(x);
	all &= read_date(x, &line->date);
	all &= read_flag(x, QPP_CLAIM_COVERED, &line->covered_professional_service);
	all &= read_flag(x, QPP_CLAIM_ASSIGNED, &line->assigned);
	all &= read_cents(x, QPP_CLAIM_ALLOWED, &line->allowed);
	all &= read_cents(x, QPP_CLAIM_DEDUCTIBLE, &line->deductible);
	all &= read_cents(x, QPP_CLAIM_COINSURANCE, &line->coinsurance);
	all &= read_cents(x, QPP_CLAIM_PAID, &line->paid);
	*good = all;
	if (all && !qpp_claim_amounts_agree(line))
		find(x, QPP_WARNING, QPP_CLAIM_PAID, "claimPaidTooMuch",
		     "Medicare paid more than what is allowed leaves after deductible and coinsurance")->expected =
		    QPP_LIT("the payment before adjustment and sequestration");
	return QPP_CSV_RECORD;
}
