/*
 * The rule set: decoding an image, and look-ups.
 *
 * The image may come from a file, so nothing in it is believed: every read
 * goes through a reader that knows how much is left, a list is allocated only
 * when its records could fit in what is left (so memory stays a small multiple
 * of the image), and each enumeration, year and exponent is checked. The first
 * fault is kept with its byte; reading goes on with zeros to the nearest check.
 */
#include "qpp/ruleset.h"

#include <string.h>

#include "ruleset_image.h"

enum {
	/* The fewest bytes a record takes in the image, by its members of 4 bytes. */
	TEXT_BYTES = 5,
	CELL_BYTES = 4 + 8 + 4 + TEXT_BYTES,
	PAIR_BYTES = 2 * TEXT_BYTES,
	SECTION_BYTES = 4 * TEXT_BYTES + 4,
	PARAM_BYTES = 5 * TEXT_BYTES + 4,
	PARAM_ROW_BYTES = 2 * 4 + CELL_BYTES + 4 + 2 * TEXT_BYTES,
	TABLE_BYTES = 3 * TEXT_BYTES + 2 * 4,
	TABLE_ROW_BYTES = 2 * 4,
	READING_BYTES = 5 * TEXT_BYTES + 4,
	CASE_BYTES = 6 * TEXT_BYTES + 4 * 4,

	LAST_YEAR = 9999,
	MOST_PLACES = 18,
	/* Small enough that the bytes of a row, its columns counted, cannot overflow 32 bits. */
	LARGEST_IMAGE = 256 << 20
};

struct reader {
	struct qpp_arena *arena;
	const unsigned char *p;
	size_t n, at;
	const char *fault;     /* the first one; NULL while all is well */
	size_t fault_at;
};

static void fault(struct reader *r, const char *what)
{
	if (r->fault)
		return;
	r->fault = what;
	r->fault_at = r->at;
}

/* The next `n` bytes; NULL when there are not so many. */
static const unsigned char *take(struct reader *r, size_t n)
{
	if (r->fault || n > r->n - r->at) {
		fault(r, "it ends inside a record");
		return NULL;
	}
	const unsigned char *p = r->p + r->at;
	r->at += n;
	return p;
}

static uint64_t little_endian(const unsigned char *p, int bytes)
{
	uint64_t v = 0;
	for (int i = bytes; i-- > 0;)
		v = v << 8 | p[i];
	return v;
}

static uint32_t word(struct reader *r)
{
	const unsigned char *p = take(r, 4);
	return p ? (uint32_t)little_endian(p, 4) : 0;
}

static int64_t long_word(struct reader *r)
{
	const unsigned char *p = take(r, 8);
	return p ? (int64_t)little_endian(p, 8) : 0;
}

static struct qpp_str text(struct reader *r)
{
	size_t n = word(r);
	const unsigned char *p = take(r, n + 1);
	if (p && p[n] != 0)
		fault(r, "a text does not end with a zero byte");
	return p && !p[n] ? (struct qpp_str){ (const char *)p, n } : QPP_LIT("");
}

/* The count of a list whose records take at least `bytes` each; 0 after a fault. */
static size_t count(struct reader *r, size_t bytes)
{
	size_t n = word(r);
	if (r->fault)
		return 0;
	if (n > (r->n - r->at) / bytes) {
		fault(r, "a list is longer than the image");
		return 0;
	}
	return n;
}

/* A number of a closed range, 0..last. */
static uint32_t limited(struct reader *r, uint32_t last, const char *what)
{
	uint32_t v = word(r);
	if (v <= last)
		return v;
	fault(r, what);
	return 0;
}

static void years(struct reader *r, int *from, int *to)
{
	*from = (int)limited(r, LAST_YEAR, "a year is impossible");
	*to = (int)limited(r, LAST_YEAR, "a year is impossible");
	if (*from > *to)
		fault(r, "a row ends before it begins");
}

static struct qpp_cell cell(struct reader *r)
{
	struct qpp_cell c = { .number = qpp_dec_undefined() };
	c.kind = limited(r, QPP_CELL_TEXT, "a value is of no known kind");
	int64_t mantissa = long_word(r);
	int places = (int)limited(r, MOST_PLACES, "a number has too many decimals");
	if (c.kind == QPP_CELL_NUMBER)
		c.number = qpp_dec_scaled(mantissa, places);
	c.text = text(r);
	return c;
}

static const struct qpp_str *texts(struct reader *r, size_t *n)
{
	*n = count(r, TEXT_BYTES);
	struct qpp_str *v = QPP_NEW_ARRAY(r->arena, *n, struct qpp_str);
	for (size_t i = 0; i < *n; i++)
		v[i] = text(r);
	return v;
}

static const struct qpp_section *sections(struct reader *r, size_t *n)
{
	*n = count(r, SECTION_BYTES);
	struct qpp_section *v = QPP_NEW_ARRAY(r->arena, *n, struct qpp_section);
	for (size_t i = 0; i < *n; i++) {
		v[i].cite = text(r);
		v[i].title = text(r);
		v[i].prose = text(r);
		v[i].file = text(r);
		v[i].line = word(r);
	}
	return v;
}

static const struct qpp_param_row *param_rows(struct reader *r, size_t *n)
{
	*n = count(r, PARAM_ROW_BYTES);
	struct qpp_param_row *v = QPP_NEW_ARRAY(r->arena, *n, struct qpp_param_row);
	for (size_t i = 0; i < *n; i++) {
		years(r, &v[i].from, &v[i].to);
		v[i].value = cell(r);
		v[i].status = limited(r, QPP_RULE_NONE, "a row is of no known status");
		v[i].reading = text(r);
		v[i].source = text(r);
	}
	return v;
}

static const struct qpp_param *params(struct reader *r, size_t *n)
{
	*n = count(r, PARAM_BYTES);
	struct qpp_param *v = QPP_NEW_ARRAY(r->arena, *n, struct qpp_param);
	for (size_t i = 0; i < *n; i++) {
		v[i].name = text(r);
		v[i].cite = text(r);
		v[i].title = text(r);
		v[i].unit = text(r);
		v[i].shows_in = text(r);
		v[i].rows = param_rows(r, &v[i].n_rows);
	}
	return v;
}

static const struct qpp_table_row *table_rows(struct reader *r, size_t columns, size_t *n)
{
	*n = count(r, TABLE_ROW_BYTES + columns * CELL_BYTES);
	struct qpp_table_row *v = QPP_NEW_ARRAY(r->arena, *n, struct qpp_table_row);
	for (size_t i = 0; i < *n; i++) {
		years(r, &v[i].from, &v[i].to);
		struct qpp_cell *cells = QPP_NEW_ARRAY(r->arena, columns, struct qpp_cell);
		for (size_t k = 0; k < columns; k++)
			cells[k] = cell(r);
		v[i].cells = cells;
	}
	return v;
}

static const struct qpp_table *tables(struct reader *r, size_t *n)
{
	*n = count(r, TABLE_BYTES);
	struct qpp_table *v = QPP_NEW_ARRAY(r->arena, *n, struct qpp_table);
	for (size_t i = 0; i < *n; i++) {
		v[i].name = text(r);
		v[i].cite = text(r);
		v[i].title = text(r);
		v[i].columns = texts(r, &v[i].n_columns);
		v[i].rows = table_rows(r, v[i].n_columns, &v[i].n_rows);
	}
	return v;
}

static const struct qpp_reading *readings(struct reader *r, size_t *n)
{
	*n = count(r, READING_BYTES);
	struct qpp_reading *v = QPP_NEW_ARRAY(r->arena, *n, struct qpp_reading);
	for (size_t i = 0; i < *n; i++) {
		v[i].name = text(r);
		v[i].cite = text(r);
		v[i].says = text(r);
		v[i].because = text(r);
		v[i].confidence = text(r);
		v[i].alternatives = texts(r, &v[i].n_alternatives);
	}
	return v;
}

static const struct qpp_pair *pairs(struct reader *r, size_t *n)
{
	*n = count(r, PAIR_BYTES);
	struct qpp_pair *v = QPP_NEW_ARRAY(r->arena, *n, struct qpp_pair);
	for (size_t i = 0; i < *n; i++) {
		v[i].name = text(r);
		v[i].value = text(r);
	}
	return v;
}

static const struct qpp_case *cases(struct reader *r, size_t *n)
{
	*n = count(r, CASE_BYTES);
	struct qpp_case *v = QPP_NEW_ARRAY(r->arena, *n, struct qpp_case);
	for (size_t i = 0; i < *n; i++) {
		v[i].name = text(r);
		v[i].cite = text(r);
		v[i].file = text(r);
		v[i].source = text(r);
		v[i].input = text(r);
		v[i].facts = text(r);
		v[i].line = word(r);
		v[i].py = (int)limited(r, LAST_YEAR, "a year is impossible");
		v[i].given = pairs(r, &v[i].n_given);
		v[i].expect = pairs(r, &v[i].n_expect);
	}
	return v;
}

static void check_header(struct reader *r)
{
	const unsigned char *magic = take(r, QPP_RULES_AT_VERSION);
	if (!magic || memcmp(magic, QPP_RULES_MAGIC, QPP_RULES_AT_VERSION) != 0)
		fault(r, "it does not begin as one");
	if (word(r) != QPP_RULES_VERSION)
		fault(r, "it is of another version");
	if (word(r) != r->n)
		fault(r, "it is cut or lengthened");
	uint64_t sum = (uint64_t)long_word(r);
	if (!r->fault && sum != qpp_rules_checksum(r->p + r->at, r->n - r->at))
		fault(r, "it was changed after it was written");
}

static struct qpp_str hexadecimal(struct reader *r)
{
	static const char digit[] = "0123456789abcdef";
	const unsigned char *hash = take(r, QPP_RULES_HASH_BYTES);
	char *to = qpp_arena_alloc(r->arena, 2 * QPP_RULES_HASH_BYTES + 1);
	for (size_t i = 0; hash && i < QPP_RULES_HASH_BYTES; i++) {
		to[2 * i] = digit[hash[i] >> 4];
		to[2 * i + 1] = digit[hash[i] & 15];
	}
	return (struct qpp_str){ to, 2 * QPP_RULES_HASH_BYTES };
}

enum qpp_code qpp_ruleset_load(struct qpp_arena *a, const void *image, size_t size,
                               const struct qpp_ruleset **out, struct qpp_err *err)
{
	struct qpp_mark before = qpp_arena_mark(a);
	*out = NULL;
	if (size > LARGEST_IMAGE)
		return qpp_fail(err, QPP_LIMIT, "the rule image is larger than 256 MB", (char *)NULL);
	/* The rule set points into its own copy, so the caller's bytes may go. */
	struct qpp_str own = qpp_str_dup(a, (struct qpp_str){ image, size });
	struct reader r = { .arena = a, .p = (const unsigned char *)own.p, .n = size };
	struct qpp_ruleset *rs = QPP_NEW(a, struct qpp_ruleset);
	check_header(&r);
	rs->hash = hexadecimal(&r);
	rs->sections = sections(&r, &rs->n_sections);
	rs->params = params(&r, &rs->n_params);
	rs->tables = tables(&r, &rs->n_tables);
	rs->readings = readings(&r, &rs->n_readings);
	rs->cases = cases(&r, &rs->n_cases);
	if (!r.fault && r.at != r.n)
		fault(&r, "something follows its end");
	if (r.fault) {
		qpp_fail(err, QPP_DATA, "this is not a whole rule image: ", r.fault, (char *)NULL);
		qpp_err_detail(err, "byte ", qpp_i64_text(a, (int64_t)r.fault_at).p, " of ",
		               qpp_i64_text(a, (int64_t)size).p, (char *)NULL);
		qpp_arena_reset(a, before);
		return QPP_DATA;
	}
	*out = rs;
	return QPP_OK;
}

/*
 * The generated enumerations are C names, so the `-` of a reading or column is
 * a `_` there: the two are one in a look-up. The compiler refuses names that
 * differ in nothing else.
 */
bool qpp_rule_name_eq(struct qpp_str a, struct qpp_str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if ((a.p[i] == '-' ? '_' : a.p[i]) != (b.p[i] == '-' ? '_' : b.p[i]))
			return false;
	return true;
}

const struct qpp_param *qpp_ruleset_param(const struct qpp_ruleset *rs, struct qpp_str name)
{
	for (size_t i = 0; i < rs->n_params; i++)
		if (qpp_rule_name_eq(rs->params[i].name, name))
			return &rs->params[i];
	return NULL;
}

const struct qpp_table *qpp_ruleset_table(const struct qpp_ruleset *rs, struct qpp_str name)
{
	for (size_t i = 0; i < rs->n_tables; i++)
		if (qpp_rule_name_eq(rs->tables[i].name, name))
			return &rs->tables[i];
	return NULL;
}

const struct qpp_reading *qpp_ruleset_reading(const struct qpp_ruleset *rs, struct qpp_str name)
{
	for (size_t i = 0; i < rs->n_readings; i++)
		if (qpp_rule_name_eq(rs->readings[i].name, name))
			return &rs->readings[i];
	return NULL;
}

int qpp_table_column(const struct qpp_table *t, struct qpp_str name)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (qpp_rule_name_eq(t->columns[i], name))
			return (int)i;
	return -1;
}

const struct qpp_param_row *qpp_param_row(const struct qpp_param *p, qpp_py py)
{
	for (size_t i = 0; i < p->n_rows; i++)
		if (p->rows[i].from <= py.v && py.v <= p->rows[i].to)
			return &p->rows[i];
	return NULL;
}

const char *qpp_rule_status_name(enum qpp_rule_status s)
{
	static const char *const names[] = { "final", "proposed", "reading", "none" };
	return names[s];
}
