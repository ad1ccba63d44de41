/*
 * Scanning CSV. The buffer always ends in a line feed that is not part of the
 * data, so that the inner loop looks at one byte and at no bound; a record that
 * runs into it is scanned again once more was read.
 */
#include "csv.h"

#include <string.h>

enum { BLOCK = 1 << 18, BUFFER = QPP_CSV_MOST_RECORD + BLOCK, MARK_BYTES = 3 };

enum scan { WHOLE, MORE, WRONG };

void qpp_csv_open(struct qpp_csv *c, struct qpp_arena *a, qpp_csv_source *source, void *host)
{
	*c = (struct qpp_csv){ .source = source, .host = host, .next_line = 1 };
	c->buffer = qpp_arena_array_raw(a, BUFFER + 1, 1);
	c->buffer[0] = '\n';
}

/*
 * Drops what was given out and reads on: at least as much as is there, so that what comes slowly is not scanned
 * again for every few bytes.
 */
static bool fill(struct qpp_csv *c)
{
	size_t kept = c->to - c->from, want = kept;
	if (c->from) {
		memmove(c->buffer, c->buffer + c->from, kept);
		c->from = 0;
		c->to = kept;
	}
	do {
		size_t room = BUFFER - c->to;
		ptrdiff_t n = room ? c->source(c->host, c->buffer + c->to, room < BLOCK ? room : BLOCK) : 0;
		if (n < 0)
			return false;
		c->at_end = room && n == 0;
		c->to += (size_t)n;
		c->bytes += (size_t)n;
		want -= (size_t)n < want ? (size_t)n : want;
	} while ((want || c->bytes < MARK_BYTES) && !c->at_end && c->to < BUFFER);
	c->buffer[c->to] = '\n';
	return true;
}

static uint32_t line_number(uint64_t line)
{
	return line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
}

/* Line and column of a place in the record that begins at `record`, on line `line`. */
static void place(const char *record, uint64_t line, const char *at, uint32_t *to_line, uint32_t *to_column)
{
	const char *p = record, *next;
	while ((next = memchr(p, '\n', (size_t)(at - p))) != NULL) {
		p = next + 1;
		line++;
	}
	*to_line = line_number(line);
	*to_column = (uint32_t)(at - p) + 1;
}

static enum scan wrong(struct qpp_csv *c, bool too_long, const char *at, const char *message, const char *expected)
{
	c->fault = (struct qpp_csv_fault){ too_long, message, expected, 0, 0 };
	place(c->buffer + c->from, c->next_line, at, &c->fault.line, &c->fault.column);
	return WRONG;
}

static enum scan field_too_long(struct qpp_csv *c, const char *field)
{
	return wrong(c, true, field, "a field is longer than is accepted", "at most 65536 bytes between two commas");
}

/* The data end inside a record: more must be read, unless it is too long already or there is no more. */
static enum scan incomplete(struct qpp_csv *c, const char *field, const char *end)
{
	if (end - field > QPP_CSV_MOST_FIELD)
		return field_too_long(c, field);
	if (end - (c->buffer + c->from) >= QPP_CSV_MOST_RECORD)
		return wrong(c, true, field, "a record is longer than is accepted", "at most 1048576 bytes in a record");
	return MORE;
}

/* Behind the opening quote: `*p` comes to stand behind the closing one. */
static enum scan quoted(struct qpp_csv *c, const char **p, const char *end, struct qpp_csv_field *f)
{
	const char *open = *p, *q = open + 1;
	for (;;) {
		q = q < end ? memchr(q, '"', (size_t)(end - q)) : NULL;
		/* A quote that is the last byte may be the first of two. */
		if (!q || (q + 1 == end && !c->at_end)) {
			enum scan more = incomplete(c, open, end);
			if (more == MORE && c->at_end)
				return wrong(c, false, open, "a quote is opened and never closed", "a closing quote");
			return more;
		}
		if (q + 1 == end || q[1] != '"')
			break;
		q += 2;
	}
	*f = (struct qpp_csv_field){ open + 1, (size_t)(q - open - 1), true };
	if (f->n > QPP_CSV_MOST_FIELD)
		return field_too_long(c, open);
	const char *zero = memchr(f->p, 0, f->n);
	if (zero)
		return wrong(c, false, zero, "there is a zero byte in the file", "text");
	*p = q + 1;
	return WHOLE;
}

static enum scan unquoted(struct qpp_csv *c, const char **p, const char *end, struct qpp_csv_field *f)
{
	const char *begin = *p, *q = begin;
	for (;;) {
		/* Digits, letters and most of the rest are above the comma. */
		while ((unsigned char)*q > ',')
			q++;
		if (*q == ',' || *q == '\n' || *q == '\r')
			break;
		if (*q == '"')
			return wrong(c, false, q, "there is a quote inside a field that does not begin with one",
			             "the whole field in quotes, with inner quotes doubled");
		if (!*q)
			return wrong(c, false, q, "there is a zero byte in the file", "text");
		q++;
	}
	if (q - begin > QPP_CSV_MOST_FIELD)
		return field_too_long(c, begin);
	*f = (struct qpp_csv_field){ begin, (size_t)(q - begin), false };
	*p = q;
	return q == end && !c->at_end ? incomplete(c, begin, end) : WHOLE;
}

/* What stands behind a field: a comma, the end of the line (then `*last`), or a fault. */
static enum scan separator(struct qpp_csv *c, const char **p, const char *end, bool *last)
{
	const char *q = *p;
	*last = false;
	if (q < end && *q == ',') {
		*p = q + 1;
		return WHOLE;
	}
	*last = true;
	c->crlf = q < end && *q == '\r';
	c->record = (struct qpp_str){ c->buffer + c->from, (size_t)(q - (c->buffer + c->from)) };
	if (c->crlf)
		q++;
	if (q >= end && !c->at_end)
		return incomplete(c, q, end);
	if (*q != '\n')
		return c->crlf ? wrong(c, false, q - 1, "a carriage return stands alone", "a line end of CR LF or LF")
		               : wrong(c, false, q, "there is text behind a closing quote", "a comma or the end of the line");
	c->open_end = q >= end;
	*p = c->open_end ? q : q + 1;
	return WHOLE;
}

static enum scan scan(struct qpp_csv *c)
{
	const char *p = c->buffer + c->from, *end = c->buffer + c->to;
	bool last = false, quotes = false;
	size_t n = 0;
	while (!last) {
		if (n == QPP_CSV_MOST_COLUMNS)
			return wrong(c, true, p, "a record has more fields than are accepted", "at most 256 fields");
		struct qpp_csv_field *f = &c->fields[n++];
		enum scan is = *p == '"' && p < end ? quoted(c, &p, end, f) : unquoted(c, &p, end, f);
		quotes |= f->quoted;
		if (is == WHOLE)
			is = separator(c, &p, end, &last);
		if (is != WHOLE)
			return is;
	}
	if (c->record.n > QPP_CSV_MOST_RECORD)
		return wrong(c, true, c->record.p, "a record is longer than is accepted", "at most 1048576 bytes in a record");
	c->n_fields = n;
	c->line = c->next_line++;
	if (quotes)
		for (size_t i = 0; i < c->record.n; i++)
			c->next_line += c->record.p[i] == '\n';
	c->from = (size_t)(p - c->buffer);
	return WHOLE;
}

/* A mark of UTF-16, or a zero byte beside the first character: false. */
static bool begins_well(struct qpp_csv *c)
{
	bool marked = c->to >= 2 && (memcmp(c->buffer, "\xFF\xFE", 2) == 0 || memcmp(c->buffer, "\xFE\xFF", 2) == 0);
	if (c->to >= MARK_BYTES && memcmp(c->buffer, "\xEF\xBB\xBF", MARK_BYTES) == 0)
		c->from = MARK_BYTES;
	if (!marked && (c->to < 2 || !c->buffer[0] == !c->buffer[1]))
		return true;
	(void)wrong(c, false, c->buffer, "the file is UTF-16", "UTF-8 or plain ASCII: save it again as CSV in UTF-8");
	return false;
}

enum qpp_csv_result qpp_csv_next(struct qpp_csv *c)
{
	bool first = c->bytes == 0;
	for (;;) {
		if (c->from == c->to) {
			if (c->at_end)
				return QPP_CSV_END;
		} else {
			enum scan is = scan(c);
			if (is == WRONG)
				return QPP_CSV_FAULT;
			if (is == WHOLE && (c->n_fields > 1 || c->record.n))
				return QPP_CSV_RECORD;
			if (is == WHOLE)
				continue;
		}
		if (!fill(c))
			return QPP_CSV_READ_FAILED;
		if (first && !begins_well(c))
			return QPP_CSV_FAULT;
		first = false;
	}
}

void qpp_csv_where(const struct qpp_csv *c, size_t field, struct qpp_where *where)
{
	const struct qpp_csv_field *f = &c->fields[field];
	place(c->record.p, c->line, f->p - f->quoted, &where->line, &where->column);
}

struct qpp_str qpp_csv_text(struct qpp_arena *a, const struct qpp_csv_field *f)
{
	if (!f->quoted || !memchr(f->p, '"', f->n))
		return (struct qpp_str){ f->p, f->n };
	char *text = qpp_arena_alloc(a, f->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < f->n; i++) {
		text[n++] = f->p[i];
		if (f->p[i] == '"')
			i++;
	}
	return (struct qpp_str){ text, n };
}
