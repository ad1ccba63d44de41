/*
 * The tree builder: yajl's events to nodes. yajl tells only where a token
 * ended; where it began follows from the end of the one before, since nothing
 * but white space, commas and colons lies between.
 */
#include "doc.h"

#include <stdlib.h>
#include <string.h>

#include "doc_int.h"

enum { SMALL_OBJECT = 8 };

/* Notes that a token ends at `end`; its beginning becomes the place. */
static void token(struct qpp_json_parser *p, size_t end)
{
	qpp_json_advance(p, qpp_json_skip(p->text, p->end, p->text.n));
	p->end = end;
}

static size_t consumed(const struct qpp_json_parser *p)
{
	return yajl_get_bytes_consumed(p->yajl);
}

void qpp_json_append(struct qpp_json_doc *doc, struct qpp_json *parent, struct qpp_json *node)
{
	node->parent = parent;
	if (!parent) {
		doc->root = node;
		return;
	}
	node->index = parent->n++;
	if (parent->last)
		parent->last->next = node;
	else
		parent->first = node;
	parent->last = node;
}

/* A value that begins at the place; NULL when there are too many. */
static struct qpp_json *add(struct qpp_json_parser *p, enum qpp_json_kind kind)
{
	if (p->values++ == QPP_JSON_MOST_VALUES) {
		struct qpp_finding *x = qpp_json_refuse(p, "jsonTooLarge", p->place.at, QPP_LIT("the document holds too many values"));
		x->expected = qpp_str_cat(p->arena, "at most ", qpp_i64_text(p->arena, QPP_JSON_MOST_VALUES).p, " values", (char *)NULL);
		return NULL;
	}
	struct qpp_json *node = QPP_NEW(p->arena, struct qpp_json);
	node->kind = kind;
	node->line = p->place.line;
	node->column = p->place.column;
	if (p->open && p->open->kind == QPP_JSON_OBJECT) {
		node->key = p->key;
		node->key_line = p->key_line;
		node->key_column = p->key_column;
	}
	qpp_json_append(p->doc, p->open, node);
	return node;
}

static int on_null(void *host)
{
	struct qpp_json_parser *p = host;
	token(p, consumed(p));
	return add(p, QPP_JSON_NULL) != NULL;
}

static int on_boolean(void *host, int yes)
{
	struct qpp_json_parser *p = host;
	token(p, consumed(p));
	struct qpp_json *node = add(p, QPP_JSON_BOOLEAN);
	if (node)
		node->n = yes != 0;
	return node != NULL;
}

static int on_number(void *host, const char *text, size_t n)
{
	struct qpp_json_parser *p = host;
	token(p, 0);
	/* A number at the very end is told of when yajl no longer counts in our text. */
	p->end = p->place.at + n;
	struct qpp_json *node = add(p, QPP_JSON_NUMBER);
	if (node)
		node->text = qpp_str_dup(p->arena, (struct qpp_str){ text, n });
	return node != NULL;
}

static bool hex4(const char *s, unsigned *out)
{
	unsigned v = 0;
	for (int i = 0; i < 4; i++) {
		char c = s[i];
		unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a') + 10;
		v = v * 16 + digit;
	}
	*out = v;
	return v >= 0xD800 && v <= 0xDFFF;
}

/*
 * yajl lets half a surrogate pair through (as '?', or as bytes that are not
 * UTF-8). Finds one in a string as written; yajl has checked the digits.
 */
static bool half_pair(struct qpp_str s, size_t *at)
{
	unsigned first, second;
	for (size_t i = 0; i + 1 < s.n; i++) {
		if (s.p[i] != '\\')
			continue;
		*at = i++;
		if (s.p[i] != 'u' || !hex4(s.p + i + 1, &first))
			continue;
		bool paired = first < 0xDC00 && i + 10 < s.n && s.p[i + 5] == '\\' && s.p[i + 6] == 'u' &&
		              hex4(s.p + i + 7, &second) && second >= 0xDC00;
		if (!paired)
			return true;
		i += 10;
	}
	return false;
}

/* The string that yajl has just decoded, copied; false when it is not text. */
static bool take_string(struct qpp_json_parser *p, const unsigned char *text, size_t n, struct qpp_str *out)
{
	token(p, consumed(p));
	size_t at;
	struct qpp_str raw = { p->text.p + p->place.at, p->end - p->place.at };
	if (memchr(raw.p, '\\', raw.n) && half_pair(raw, &at)) {
		struct qpp_finding *x = qpp_json_refuse(p, "jsonMalformed", p->place.at + at,
			QPP_LIT("text holds half of a surrogate pair, which is no character"));
		x->value = qpp_shown(p->arena, (struct qpp_str){ raw.p + at, 6 });
		x->expected = QPP_LIT("\\uD800..\\uDBFF followed by \\uDC00..\\uDFFF");
		return false;
	}
	*out = qpp_str_dup(p->arena, (struct qpp_str){ (const char *)text, n });
	return true;
}

static int on_string(void *host, const unsigned char *text, size_t n)
{
	struct qpp_json_parser *p = host;
	struct qpp_str s;
	if (!take_string(p, text, n, &s))
		return 0;
	struct qpp_json *node = add(p, QPP_JSON_STRING);
	if (node)
		node->text = s;
	return node != NULL;
}

static int on_key(void *host, const unsigned char *text, size_t n)
{
	struct qpp_json_parser *p = host;
	if (!take_string(p, text, n, &p->key))
		return 0;
	p->key_line = p->place.line;
	p->key_column = p->place.column;
	return 1;
}

static int begin(struct qpp_json_parser *p, enum qpp_json_kind kind)
{
	token(p, consumed(p));
	if (p->depth == QPP_JSON_DEEPEST) {
		struct qpp_finding *x = qpp_json_refuse(p, "jsonTooDeep", p->place.at, QPP_LIT("values are nested too deep"));
		x->expected = qpp_str_cat(p->arena, "at most ", qpp_i64_text(p->arena, QPP_JSON_DEEPEST).p,
		                          " arrays and objects within each other", (char *)NULL);
		return 0;
	}
	struct qpp_json *node = add(p, kind);
	if (!node)
		return 0;
	p->open = node;
	p->depth++;
	return 1;
}

static int on_begin_object(void *host)
{
	return begin(host, QPP_JSON_OBJECT);
}

static int on_begin_array(void *host)
{
	return begin(host, QPP_JSON_ARRAY);
}

static int on_end_array(void *host)
{
	struct qpp_json_parser *p = host;
	token(p, consumed(p));
	/* Only this module writes to nodes; to others a parent is as constant as the rest. */
	p->open = (struct qpp_json *)p->open->parent;
	p->depth--;
	return 1;
}

static void name_duplicate(struct qpp_arena *a, const struct qpp_json_doc *doc, const struct qpp_json *first,
                           const struct qpp_json *again, struct qpp_findings *f)
{
	if (qpp_findings_full(f)) {
		qpp_find(f, QPP_ERROR, "jsonDuplicateMember", (struct qpp_where){ 0 }, QPP_LIT(""));
		return;
	}
	struct qpp_str name = qpp_shown(a, again->key);
	struct qpp_where where = qpp_json_where_key(a, doc, again);
	const char *line = qpp_i64_text(a, first->key_line).p;
	struct qpp_finding *x = qpp_find(f, QPP_ERROR, "jsonDuplicateMember", where,
		qpp_str_cat(a, "the member ", name.p, " stands twice in one object; the first is on line ", line, (char *)NULL));
	x->value = name;
	x->expected = QPP_LIT("each member once");
	x->hint = QPP_LIT("remove one of the two; the first one was read");
}

static int by_key(const void *a, const void *b)
{
	const struct qpp_json *x = *(const struct qpp_json *const *)a, *y = *(const struct qpp_json *const *)b;
	int c = qpp_str_cmp(x->key, y->key);
	return c ? c : x->index < y->index ? -1 : x->index > y->index;
}

/* Small objects by comparing all pairs, large ones sorted, so that no object costs quadratic time. */
void qpp_json_find_duplicates(struct qpp_arena *a, const struct qpp_json_doc *doc, const struct qpp_json *object,
                              struct qpp_findings *f)
{
	if (object->n <= SMALL_OBJECT) {
		for (const struct qpp_json *m = object->first; m; m = m->next) {
			const struct qpp_json *same = object->first;
			while (same != m && !qpp_str_eq(same->key, m->key))
				same = same->next;
			if (same != m)
				name_duplicate(a, doc, same, m, f);
		}
		return;
	}
	const struct qpp_json **sorted = QPP_NEW_ARRAY(a, object->n, const struct qpp_json *);
	for (const struct qpp_json *m = object->first; m; m = m->next)
		sorted[m->index] = m;
	qsort(sorted, object->n, sizeof *sorted, by_key);
	const struct qpp_json *first = sorted[0];
	for (uint32_t i = 1; i < object->n; i++) {
		if (!qpp_str_eq(first->key, sorted[i]->key))
			first = sorted[i];
		else
			name_duplicate(a, doc, first, sorted[i], f);
	}
}

static int on_end_object(void *host)
{
	struct qpp_json_parser *p = host;
	qpp_json_find_duplicates(p->arena, p->doc, p->open, p->findings);
	return on_end_array(host);
}

/*
 * yajl's memory comes from the arena too: it never checks for NULL, and an
 * arena that refuses may jump out of it without leaving anything behind.
 */
union header {
	size_t size;
	max_align_t align;
};

static void *take_memory(void *host, size_t size)
{
	union header *h = qpp_arena_alloc(host, sizeof *h + size);
	h->size = size;
	return h + 1;
}

static void *retake_memory(void *host, void *old, size_t size)
{
	void *p = take_memory(host, size);
	if (old) {
		size_t had = ((union header *)old - 1)->size;
		memcpy(p, old, had < size ? had : size);
	}
	return p;
}

static void leave_memory(void *host, void *p)
{
	(void)host;
	(void)p;
}

bool qpp_json_parse(struct qpp_arena *a, struct qpp_str file, struct qpp_str text, size_t most_bytes,
                    struct qpp_json_doc *doc, struct qpp_findings *f)
{
	static const yajl_callbacks events = {
		on_null, on_boolean, NULL, NULL, on_number, on_string,
		on_begin_object, on_key, on_end_object, on_begin_array, on_end_array
	};
	yajl_alloc_funcs memory = { take_memory, retake_memory, leave_memory, a };
	*doc = (struct qpp_json_doc){ .file = file };
	struct qpp_json_parser p = { .arena = a, .findings = f, .doc = doc, .text = text, .place = { 0, 1, 1 } };
	if (!qpp_json_is_text(&p, most_bytes ? most_bytes : QPP_JSON_MOST_BYTES))
		return false;
	p.yajl = yajl_alloc(&events, &memory, &p);
	bool at_end = false;
	yajl_status status = yajl_parse(p.yajl, (const unsigned char *)p.text.p, p.text.n);
	if (status == yajl_status_ok) {
		at_end = true;
		status = yajl_complete_parse(p.yajl);
	}
	if (status != yajl_status_ok && !p.refused)
		qpp_json_explain(&p, at_end);
	yajl_free(p.yajl);
	if (p.refused)
		doc->root = NULL;
	return doc->root != NULL;
}
