/* Looking into a finished document: members by name, places, JSON pointers (RFC 6901). */
#include "doc.h"

#include "qpp/buf.h"

enum { LONGEST_POINTER_NAME = 64 };

const struct qpp_json *qpp_json_member(const struct qpp_json *object, const char *name)
{
	if (object->kind != QPP_JSON_OBJECT)
		return NULL;
	const struct qpp_json *m = object->first;
	while (m && !qpp_str_is(m->key, name))
		m = m->next;
	return m;
}

/* One reference token of RFC 6901: "~" and "/" escaped. */
static void add_token(struct qpp_buf *b, const struct qpp_json *node)
{
	qpp_buf_char(b, '/');
	if (node->parent->kind == QPP_JSON_ARRAY) {
		qpp_buf_i64(b, node->index);
		return;
	}
	size_t n = node->key.n;
	if (n > LONGEST_POINTER_NAME) {
		n = LONGEST_POINTER_NAME;
		while (n && ((unsigned char)node->key.p[n] & 0xC0) == 0x80)
			n--;
	}
	for (size_t i = 0; i < n; i++) {
		char c = node->key.p[i];
		if (c == '~' || c == '/')
			qpp_buf_cat(b, c == '~' ? "~0" : "~1", (char *)NULL);
		else
			qpp_buf_char(b, c);
	}
	if (n < node->key.n)
		qpp_buf_cat(b, "...", (char *)NULL);
}

static struct qpp_str pointer(struct qpp_arena *a, const struct qpp_json *node)
{
	const struct qpp_json *path[QPP_JSON_DEEPEST + 1];
	size_t n = 0;
	for (; node->parent; node = node->parent)
		path[n++] = node;
	struct qpp_buf b;
	qpp_buf_init(&b, a, (n + 1) * (2 * LONGEST_POINTER_NAME + 8));
	while (n)
		add_token(&b, path[--n]);
	return qpp_buf_done(&b);
}

struct qpp_where qpp_json_where(struct qpp_arena *a, const struct qpp_json_doc *doc, const struct qpp_json *node)
{
	return (struct qpp_where){ .file = doc->file, .pointer = pointer(a, node), .line = node->line, .column = node->column };
}

struct qpp_where qpp_json_where_key(struct qpp_arena *a, const struct qpp_json_doc *doc, const struct qpp_json *member)
{
	return (struct qpp_where){ .file = doc->file, .pointer = pointer(a, member),
	                           .line = member->key_line, .column = member->key_column };
}

const char *qpp_json_kind_name(enum qpp_json_kind kind)
{
	static const char *const names[] = { "null", "true or false", "a number", "text", "an array", "an object" };
	return names[kind];
}
