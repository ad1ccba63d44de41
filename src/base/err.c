/* Errors and findings: the tables made from errors.def, and filling them in. */
#include "qpp/err.h"

#include <stdarg.h>
#include <string.h>

#include "qpp/finding.h"

struct code_row {
	const char *wire, *meaning;
	int http, exit;
};

static const struct code_row code_rows[] = {
#define X(NAME, wire, http, exit, meaning) [NAME] = { wire, meaning, http, exit },
#include "qpp/errors.def"
#undef X
};

static const struct code_row *row(enum qpp_code code)
{
	return &code_rows[code < QPP_CODES ? code : QPP_BUG];
}

const char *qpp_code_name(enum qpp_code code)
{
	return row(code)->wire;
}

int qpp_code_exit(enum qpp_code code)
{
	return row(code)->exit;
}

int qpp_code_http(enum qpp_code code)
{
	return row(code)->http;
}

const char *qpp_code_meaning(enum qpp_code code)
{
	return row(code)->meaning;
}

/* Bytes of a UTF-8 text that may be cut at `n` without splitting a character. */
static size_t whole_characters(const char *s, size_t n)
{
	while (n && ((unsigned char)s[n] & 0xC0) == 0x80)
		n--;
	return n;
}

/* False when the text had to be cut: nothing may follow a cut. */
static bool append(char *to, size_t size, struct qpp_str s)
{
	size_t used = strlen(to), left = size - 1 - used;
	size_t n = s.n > left ? whole_characters(s.p, left) : s.n;
	if (n)
		memcpy(to + used, s.p, n);
	to[used + n] = 0;
	return n == s.n;
}

static void join(char *to, size_t size, const char *first, va_list ap)
{
	to[0] = 0;
	for (const char *s = first; s && append(to, size, qpp_str_of(s)); s = va_arg(ap, const char *))
		;
}

static void copy(char *to, size_t size, struct qpp_str s)
{
	to[0] = 0;
	append(to, size, s);
}

enum qpp_code qpp_fail(struct qpp_err *err, enum qpp_code code, const char *first, ...)
{
	if (!err)
		return code;
	memset(err, 0, sizeof *err);
	err->code = code;
	va_list ap;
	va_start(ap, first);
	join(err->primary, sizeof err->primary, first, ap);
	va_end(ap);
	return code;
}

void qpp_err_detail(struct qpp_err *err, const char *first, ...)
{
	if (!err)
		return;
	va_list ap;
	va_start(ap, first);
	join(err->detail, sizeof err->detail, first, ap);
	va_end(ap);
}

void qpp_err_hint(struct qpp_err *err, const char *first, ...)
{
	if (!err)
		return;
	va_list ap;
	va_start(ap, first);
	join(err->hint, sizeof err->hint, first, ap);
	va_end(ap);
}

void qpp_err_cite(struct qpp_err *err, struct qpp_str cite)
{
	if (err)
		copy(err->cite, sizeof err->cite, cite);
}

void qpp_err_at(struct qpp_err *err, struct qpp_str file, uint32_t line, uint32_t column)
{
	if (!err)
		return;
	copy(err->file, sizeof err->file, file);
	err->line = line;
	err->column = column;
}

void qpp_findings_init(struct qpp_findings *f, struct qpp_arena *a, size_t most)
{
	memset(f, 0, sizeof *f);
	f->arena = a;
	f->most = most;
}

struct qpp_finding *qpp_find(struct qpp_findings *f, enum qpp_severity severity, const char *code,
                             struct qpp_where where, struct qpp_str message)
{
	struct qpp_finding *x;
	if (severity == QPP_ERROR)
		f->errors++;
	if (f->list.n >= f->most) {
		f->left_out++;
		x = &f->scratch;
	} else {
		x = QPP_PUSH(f->arena, &f->list);
	}
	*x = (struct qpp_finding){ .code = qpp_str_of(code), .severity = severity, .where = where, .message = message };
	return x;
}

const char *qpp_severity_name(enum qpp_severity s)
{
	static const char *const names[] = { "information", "warning", "error" };
	return names[s];
}
