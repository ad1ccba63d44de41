/* A JSON tree made from yajl's events; yajl itself keeps no positions and would make numbers floating. */
#include "import_json.h"

#include <string.h>
#include <yajl/yajl_parse.h>

#include "qpp/buf.h"

/* Published files have up to 70,000 values, 6 levels and 40 members. */
enum { MOST_VALUES = 400000, MOST_DEPTH = 24, MOST_MEMBERS = 128 };

struct parser {
	struct qpp_arena *a;
	struct qpp_findings *findings;
	struct json_file *file;
	yajl_handle yajl;
	size_t end;                 /* offset behind the last token */
	struct json *root, *open;   /* `open` is the innermost array or object not yet closed */
	struct qpp_str key;         /* of the next value, in an object */
	size_t values;
	int depth;
};

const char *qpp_import_kind_name(enum json_kind kind)
{
	static const char *const names[] = { "null", "a boolean", "a number", "a string", "an array", "an object" };
	return names[kind];
}

/* Line and column of an offset, counted on from the last one asked for. */
static struct qpp_where place(struct json_file *file, size_t at)
{
	if (!file->line || at < file->at) {
		file->at = 0;
		file->line = file->column = 1;
	}
	for (; file->at < at && file->at < file->text.n; file->at++) {
		file->column += ((unsigned char)file->text.p[file->at] & 0xC0) != 0x80;
		if (file->text.p[file->at] == '\n') {
			file->line++;
			file->column = 1;
		}
	}
	return (struct qpp_where){ .file = file->name, .line = file->line, .column = file->column };
}

static void add_escaped(struct qpp_buf *b, struct qpp_str key)
{
	for (size_t i = 0; i < key.n; i++) {
		if (key.p[i] == '~')
			qpp_buf_cat(b, "~0", (char *)NULL);
		else if (key.p[i] == '/')
			qpp_buf_cat(b, "~1", (char *)NULL);
		else
			qpp_buf_char(b, key.p[i]);
	}
}

struct qpp_where qpp_import_where(struct qpp_arena *a, const struct json *j)
{
	struct qpp_where w = place(j->file, j->at);
	const struct json *path[MOST_DEPTH + 1];
	struct qpp_buf b;
	size_t n = 0;
	for (; j->parent; j = j->parent)
		path[n++] = j;
	qpp_buf_init(&b, a, 1000);
	while (n--) {
		qpp_buf_char(&b, '/');
		if (path[n]->parent->kind == JSON_OBJECT)
			add_escaped(&b, path[n]->key);
		else
			qpp_buf_i64(&b, (int64_t)path[n]->index);
	}
	w.pointer = qpp_buf_done(&b);
	return w;
}

/* Remarks on the first byte that is not of UTF-8 text (yajl looks at the first bits only); `at` is where `s` stands in the file. */
static bool is_utf8(struct parser *p, struct qpp_str s, size_t at)
{
	size_t i = 0, n;
	while (i < s.n && (n = qpp_str_character((struct qpp_str){ s.p + i, s.n - i })) > 0)
		i += n;
	if (i < s.n)
		qpp_find(p->findings, QPP_ERROR, "jsonMalformed", place(p->file, at + i), QPP_LIT("the text is not UTF-8"));
	return i == s.n;
}

static int too_much(struct parser *p, const char *code, const char *message, const char *expected)
{
	qpp_find(p->findings, QPP_ERROR, code, place(p->file, p->end), qpp_str_of(message))->expected = qpp_str_of(expected);
	return 0;
}

/* Where the token that yajl just reported begins: behind the last one, white space, commas and colons. */
static size_t token_start(struct parser *p)
{
	size_t at = p->end, end = yajl_get_bytes_consumed(p->yajl);
	while (at < p->file->text.n && strchr(" \t\r\n\v\f,:", p->file->text.p[at]))
		at++;
	if (end > p->end)
		p->end = end;
	return at;
}

static const struct json *member(const struct json *object, struct qpp_str name)
{
	for (const struct json *m = object->kind == JSON_OBJECT ? object->first : NULL; m; m = m->next)
		if (qpp_str_eq(m->key, name))
			return m;
	return NULL;
}

const struct json *qpp_import_member(const struct json *object, const char *name)
{
	return member(object, qpp_str_of(name));
}

/* Hangs `j` into the open array or object. A repeated member is told and stays outside. */
static int attach(struct parser *p, struct json *j)
{
	struct json *to = p->open;
	j->parent = to;
	if (!to) {
		p->root = j;
		return 1;
	}
	if (to->kind == JSON_OBJECT) {
		if (to->n == MOST_MEMBERS)
			return too_much(p, "jsonTooLarge", "an object has too many members", "at most 128 members");
		j->key = p->key;
		if (member(to, j->key)) {
			qpp_find(p->findings, QPP_ERROR, "jsonDuplicateMember", qpp_import_where(p->a, j),
			         QPP_LIT("an object has this member twice"))->value = qpp_shown(p->a, j->key);
			return 1;
		}
	}
	j->index = to->n++;
	if (to->last)
		to->last->next = j;
	else
		to->first = j;
	to->last = j;
	return 1;
}

/* A new value at the token just reported; NULL above the bounds. */
static struct json *add(struct parser *p, enum json_kind kind)
{
	size_t at = token_start(p);
	if (++p->values > MOST_VALUES) {
		too_much(p, "jsonTooLarge", "the file has too many values", "at most 400000 values");
		return NULL;
	}
	struct json *j = QPP_NEW(p->a, struct json);
	j->kind = kind;
	j->file = p->file;
	j->at = at;
	return attach(p, j) ? j : NULL;
}

static int open_value(struct parser *p, enum json_kind kind)
{
	struct json *j = add(p, kind);
	if (!j)
		return 0;
	if (++p->depth > MOST_DEPTH)
		return too_much(p, "jsonTooDeep", "the file is nested too deeply", "at most 24 levels");
	p->open = j;
	return 1;
}

static int close_value(void *host)
{
	struct parser *p = host;
	token_start(p);
	p->open = p->open->parent;
	p->depth--;
	return 1;
}

static int on_null(void *host)
{
	return add(host, JSON_NULL) != NULL;
}

static int on_boolean(void *host, int yes)
{
	struct json *j = add(host, JSON_BOOLEAN);
	if (j)
		j->yes = yes != 0;
	return j != NULL;
}

static int on_number(void *host, const char *text, size_t n)
{
	struct parser *p = host;
	struct json *j = add(p, JSON_NUMBER);
	if (j)
		j->text = qpp_str_dup(p->a, (struct qpp_str){ text, n });
	return j != NULL;
}

static int on_string(void *host, const unsigned char *text, size_t n)
{
	struct parser *p = host;
	struct json *j = add(p, JSON_STRING);
	if (j)
		j->text = qpp_str_dup(p->a, (struct qpp_str){ (const char *)text, n });
	return j && is_utf8(p, j->text, j->at);
}

static int on_key(void *host, const unsigned char *text, size_t n)
{
	struct parser *p = host;
	size_t at = token_start(p);
	p->key = qpp_str_dup(p->a, (struct qpp_str){ (const char *)text, n });
	return is_utf8(p, p->key, at);
}

static int on_object(void *host)
{
	return open_value(host, JSON_OBJECT);
}

static int on_array(void *host)
{
	return open_value(host, JSON_ARRAY);
}

/* yajl's own words ("parse error: premature EOF") at the place it stopped. */
static void not_json(struct parser *p)
{
	size_t at = yajl_get_bytes_consumed(p->yajl);
	unsigned char *words = yajl_get_error(p->yajl, 0, NULL, 0);
	struct qpp_finding *f = qpp_find(p->findings, QPP_ERROR, "jsonMalformed", place(p->file, at > p->end ? at : p->end),
	                                 QPP_LIT("the file is not JSON"));
	if (words) {
		f->value = qpp_str_dup(p->a, qpp_str_trim(qpp_str_of((const char *)words)));
		yajl_free_error(p->yajl, words);
	}
}

const struct json *qpp_import_parse(struct qpp_arena *a, struct json_file *file, struct qpp_findings *findings)
{
	static const yajl_callbacks callbacks = {
		.yajl_null = on_null, .yajl_boolean = on_boolean, .yajl_number = on_number, .yajl_string = on_string,
		.yajl_start_map = on_object, .yajl_map_key = on_key, .yajl_end_map = close_value,
		.yajl_start_array = on_array, .yajl_end_array = close_value,
	};
	struct parser p = { .a = a, .findings = findings, .file = file };
	if (!is_utf8(&p, file->text, 0))
		return NULL;
	p.yajl = yajl_alloc(&callbacks, NULL, &p);
	if (!p.yajl) {
		too_much(&p, "jsonTooLarge", "memory ran out", "enough memory");
		return NULL;
	}
	yajl_status status = yajl_parse(p.yajl, (const unsigned char *)file->text.p, file->text.n);
	if (status == yajl_status_ok)
		status = yajl_complete_parse(p.yajl);
	if (status == yajl_status_error)
		not_json(&p);
	yajl_free(p.yajl);
	return status == yajl_status_ok ? p.root : NULL;
}
