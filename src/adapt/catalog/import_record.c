/* Reading the members of one published record, with a remark on everything that is not as it should be. */
#include <string.h>

#include "import_int.h"
#include "qpp/buf.h"

enum { MOST_DECIMALS = 9, MOST_UNKNOWN = 20 };

struct qpp_finding *qpp_import_remark(struct record *r, enum qpp_severity severity, const char *code,
                                      const struct json *at, const char *message)
{
	struct qpp_where where = { 0 };
	if (severity == QPP_ERROR)
		r->bad = true;
	/* Beyond the last finding that is kept nobody reads the place. */
	if (at && !qpp_findings_full(r->im->findings))
		where = qpp_import_where(r->im->a, at);
	struct qpp_finding *f = qpp_find(r->im->findings, severity, code, where, qpp_str_of(message));
	f->subject = r->subject;
	return f;
}

static void wrong_kind(struct record *r, const struct json *at, enum json_kind kind)
{
	struct qpp_finding *f = qpp_import_remark(r, QPP_ERROR, "kindWrong", at, "the value is of the wrong kind");
	f->value = qpp_str_of(qpp_import_kind_name(at->kind));
	f->expected = qpp_str_of(qpp_import_kind_name(kind));
}

bool qpp_import_begin(struct record *r, struct import *im, const struct json *j, const char *kind)
{
	*r = (struct record){ im, j, qpp_str_of(kind), false };
	if (j->kind != JSON_OBJECT)
		wrong_kind(r, j, JSON_OBJECT);
	return j->kind == JSON_OBJECT;
}

void qpp_import_name(struct record *r, const char *kind, struct qpp_str id, enum qpp_method method)
{
	if (id.n)
		r->subject = qpp_str_cat(r->im->a, kind, " ", id.p, method ? " by " : "", method ? qpp_method_name(method) : "",
		                         (char *)NULL);
}

/* The member when it is there and not null. */
static const struct json *present(struct record *r, const char *name, enum need need)
{
	const struct json *j = qpp_import_member(r->j, name);
	if (j && j->kind != JSON_NULL)
		return j;
	if (need == REQUIRED)
		qpp_import_remark(r, QPP_ERROR, "memberMissing", j ? j : r->j, qpp_str_cat(r->im->a, name, " is absent", (char *)NULL).p);
	return NULL;
}

const struct json *qpp_import_child(struct record *r, const char *name, enum need need, enum json_kind kind)
{
	const struct json *j = present(r, name, need);
	if (j && j->kind != kind) {
		wrong_kind(r, j, kind);
		return NULL;
	}
	return j;
}

bool qpp_import_text_of(struct record *r, const struct json *j, struct qpp_str *out)
{
	*out = QPP_LIT("");
	if (j->kind != JSON_STRING) {
		wrong_kind(r, j, JSON_STRING);
		return false;
	}
	bool fit = j->text.n > 0;
	for (size_t i = 0; i < j->text.n; i++)
		fit = fit && (unsigned char)j->text.p[i] >= ' ' && j->text.p[i] != 0x7F;
	if (!fit) {
		struct qpp_finding *f = qpp_import_remark(r, QPP_ERROR, "catalogNameInvalid", j, "the text cannot be a name");
		f->value = qpp_shown(r->im->a, j->text);
		f->expected = QPP_LIT("at least one character and no control characters");
		return false;
	}
	*out = j->text;
	return true;
}

struct qpp_str qpp_import_text(struct record *r, const char *name, enum need need)
{
	const struct json *j = present(r, name, need);
	struct qpp_str text = QPP_LIT("");
	if (j)
		qpp_import_text_of(r, j, &text);
	return text;
}

/* Bytes of the white space (the no-break space is one), or control character, at `i`; 0 when it is another. */
static size_t blank_at(struct qpp_str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];
	if (c == 0xC2 && i + 1 < s.n && (unsigned char)s.p[i + 1] == 0xA0)
		return 2;
	return c <= ' ' || c == 0x7F;
}

struct qpp_str qpp_import_title(struct record *r, const char *name)
{
	const struct json *j = qpp_import_child(r, name, REQUIRED, JSON_STRING);
	struct qpp_buf b;
	if (!j)
		return QPP_LIT("");
	qpp_buf_init(&b, r->im->a, j->text.n);
	bool blank = false;
	for (size_t i = 0, n; i < j->text.n; i += n) {
		n = blank_at(j->text, i);
		blank = blank || n;
		if (n)
			continue;
		if (blank && b.n)
			qpp_buf_char(&b, ' ');
		blank = false;
		n = 1;
		qpp_buf_char(&b, j->text.p[i]);
	}
	if (!b.n)
		qpp_import_remark(r, QPP_ERROR, "catalogNameInvalid", j, "the title is empty");
	return qpp_buf_done(&b);
}

bool qpp_import_flag(struct record *r, const char *name)
{
	const struct json *j = qpp_import_child(r, name, OPTIONAL, JSON_BOOLEAN);
	return j && j->yes;
}

int qpp_import_year(struct record *r, const char *name, enum need need)
{
	const struct json *j = qpp_import_child(r, name, need, JSON_NUMBER);
	uint64_t year;
	if (!j)
		return 0;
	if (j->text.n != 4 || j->text.p[0] == '0' || !qpp_str_u64(j->text, INT16_MAX, &year)) {
		struct qpp_finding *f = qpp_import_remark(r, QPP_ERROR, "valueUnknown", j, "the number is not a year");
		f->value = qpp_shown(r->im->a, j->text);
		f->expected = QPP_LIT("four digits");
		return 0;
	}
	return (int)year;
}

bool qpp_import_number_of(struct record *r, const struct json *j, qpp_dec *out)
{
	*out = qpp_dec_undefined();
	if (j->kind != JSON_NUMBER) {
		wrong_kind(r, j, JSON_NUMBER);
		return false;
	}
	/* What is written must read back: a value such as 1e18 has more digits than its text here. */
	qpp_dec again;
	if (qpp_dec_parse(j->text, out) && qpp_dec_eq(qpp_dec_round(*out, MOST_DECIMALS), *out) &&
	    qpp_dec_parse(qpp_dec_text_short(r->im->a, *out, 0, MOST_DECIMALS), &again))
		return true;
	struct qpp_finding *f = qpp_import_remark(r, QPP_ERROR, "numberInvalid", j, "the number cannot be kept exactly");
	f->value = qpp_shown(r->im->a, j->text);
	f->expected = QPP_LIT("at most 18 digits, 9 of them decimals");
	return false;
}

qpp_dec qpp_import_number(struct record *r, const char *name)
{
	const struct json *j = present(r, name, OPTIONAL);
	qpp_dec v = qpp_dec_undefined();
	if (j)
		qpp_import_number_of(r, j, &v);
	return v;
}

struct qpp_strs qpp_import_texts(struct record *r, const char *name)
{
	const struct json *j = present(r, name, OPTIONAL);
	if (!j)
		return (struct qpp_strs){ 0 };
	bool lone = j->kind == JSON_STRING;
	if (!lone && j->kind != JSON_ARRAY) {
		wrong_kind(r, j, JSON_ARRAY);
		return (struct qpp_strs){ 0 };
	}
	size_t n = 0;
	struct qpp_str *v = QPP_NEW_ARRAY(r->im->a, lone ? 1 : j->n, struct qpp_str);
	for (const struct json *x = lone ? j : j->first; x; x = lone ? NULL : x->next)
		n += qpp_import_text_of(r, x, &v[n]);
	return (struct qpp_strs){ v, n };
}

void qpp_import_unknown(struct record *r, const struct json *at, struct choices choices)
{
	struct qpp_finding *f = qpp_import_remark(r, QPP_ERROR, "valueUnknown", at, "the value is not one of those known");
	struct qpp_str *names = QPP_NEW_ARRAY(r->im->a, choices.n, struct qpp_str);
	struct qpp_buf known;
	qpp_buf_init(&known, r->im->a, 1000);
	for (size_t i = 0; i < choices.n; i++) {
		names[i] = qpp_str_of(choices.v[i]);
		qpp_buf_cat(&known, i ? ", " : "", choices.v[i], (char *)NULL);
	}
	f->value = qpp_shown(r->im->a, at->text);
	f->expected = qpp_buf_done(&known);
	int near = qpp_str_near(at->text, names, choices.n);
	if (near >= 0)
		f->hint = qpp_str_cat(r->im->a, "did you mean \"", choices.v[near], "\"?", (char *)NULL);
}

struct qpp_str qpp_import_choice(struct record *r, const char *name, enum need need, struct choices choices)
{
	const struct json *j = qpp_import_child(r, name, need, JSON_STRING);
	if (!j)
		return QPP_LIT("");
	for (size_t i = 0; i < choices.n; i++)
		if (qpp_str_is(j->text, choices.v[i]))
			return j->text;
	qpp_import_unknown(r, j, choices);
	return QPP_LIT("");
}

static enum qpp_method method_of(struct record *r, const struct json *j)
{
	if (j->kind != JSON_STRING) {
		wrong_kind(r, j, JSON_STRING);
		return QPP_METHOD_NONE;
	}
	enum qpp_method method = qpp_method_of(j->text);
	if (method == QPP_METHOD_NONE) {
		const char *names[QPP_METHODS];
		for (unsigned m = QPP_METHOD_NONE + 1; m < QPP_METHODS; m++)
			names[m - 1] = qpp_method_name((enum qpp_method)m);
		qpp_import_unknown(r, j, (struct choices){ names, QPP_METHODS - 1 });
	}
	return method;
}

enum qpp_method qpp_import_method(struct record *r, const char *name)
{
	const struct json *j = present(r, name, REQUIRED);
	return j ? method_of(r, j) : QPP_METHOD_NONE;
}

uint32_t qpp_import_methods(struct record *r, const char *name)
{
	const struct json *j = qpp_import_child(r, name, OPTIONAL, JSON_ARRAY);
	uint32_t methods = 0;
	for (const struct json *x = j ? j->first : NULL; x; x = x->next)
		methods |= 1u << method_of(r, x);
	return methods & ~(1u << QPP_METHOD_NONE);
}

void qpp_import_check_year(struct record *r)
{
	int year = qpp_import_year(r, "performanceYear", REQUIRED);
	if (!year || year == r->im->c.py.v)
		return;
	struct qpp_finding *f = qpp_import_remark(r, QPP_ERROR, "catalogYearWrong", qpp_import_member(r->j, "performanceYear"),
	                                          "the record is of another performance year");
	f->value = qpp_i64_text(r->im->a, year);
	f->expected = qpp_i64_text(r->im->a, r->im->c.py.v);
}

void qpp_import_check_reference(struct record *r, const struct json *at, struct qpp_str id)
{
	if (!id.n || qpp_catalog_measure(&r->im->c, id))
		return;
	struct qpp_finding *f = qpp_import_remark(r, QPP_WARNING, "catalogReferenceUnknown", at,
	                                          "this measure is not in the measures file");
	f->value = qpp_shown(r->im->a, id);
	struct qpp_str near = qpp_catalog_near(&r->im->c, id, r->im->a);
	if (near.n)
		f->hint = qpp_str_cat(r->im->a, "did you mean \"", near.p, "\"?", (char *)NULL);
}

void qpp_import_check_references(struct record *r, const char *member, struct qpp_strs ids)
{
	const struct json *j = qpp_import_member(r->j, member);
	for (size_t i = 0; i < ids.n; i++)
		qpp_import_check_reference(r, j, ids.v[i]);
}

static bool among(struct qpp_str name, const char *known)
{
	struct qpp_str rest = qpp_str_of(known), word;
	while (qpp_str_word(&rest, &word))
		if (qpp_str_eq(word, name))
			return true;
	return false;
}

void qpp_import_unknown_members(struct import *im, const struct json *parent, const char *known)
{
	struct record r = { .im = im, .subject = parent->file->name };
	struct qpp_str told[MOST_UNKNOWN];
	size_t n = 0;
	for (const struct json *x = parent->first; x; x = x->next) {
		for (const struct json *m = x->kind == JSON_OBJECT ? x->first : NULL; m && n < MOST_UNKNOWN; m = m->next) {
			if (among(m->key, known) || qpp_strs_has((struct qpp_strs){ told, n }, m->key))
				continue;
			told[n++] = m->key;
			qpp_import_remark(&r, QPP_WARNING, "memberUnknown", m,
			                  "a member that the importer does not know, and passes over: it may carry a rule")
			    ->value = qpp_shown(im->a, m->key);
		}
	}
}
