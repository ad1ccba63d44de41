/*
 * A JSON document as a tree, with the place of every value, made by yajl's
 * event parser. Numbers stay the text they were, so nothing is rounded by
 * reading. Everything lives in the arena; nothing points into the text.
 *
 * What is refused, each as a finding:
 *   jsonMalformed        not JSON (RFC 8259), not UTF-8, or something after the end
 *   jsonTooLarge         more bytes or more values than allowed
 *   jsonTooDeep          values nested deeper than QPP_JSON_DEEPEST
 *   jsonDuplicateMember  a member named twice in one object; the first one holds,
 *                        and the rest of the document is still read
 * A byte order mark before the text is passed over.
 */
#ifndef QPP_JSON_DOC_H
#define QPP_JSON_DOC_H

#include "qpp/finding.h"

enum {
	QPP_JSON_DEEPEST = 64,
	QPP_JSON_MOST_VALUES = 2000000,
	QPP_JSON_MOST_BYTES = 64 << 20     /* when the caller has no smaller limit */
};

enum qpp_json_kind {
	QPP_JSON_NULL, QPP_JSON_BOOLEAN, QPP_JSON_NUMBER, QPP_JSON_STRING, QPP_JSON_ARRAY, QPP_JSON_OBJECT
};

struct qpp_json {
	enum qpp_json_kind kind;
	uint32_t line, column;               /* of its first character, from 1; a column is a character */
	uint32_t n;                          /* members or elements; a boolean: 1 when true */
	struct qpp_str text;                 /* a number as written, a string decoded; NUL-terminated */
	struct qpp_str key;                  /* its name, when it is a member */
	uint32_t key_line, key_column;
	uint32_t index;                      /* its place among its siblings, from 0 */
	const struct qpp_json *parent;       /* NULL for the whole document */
	struct qpp_json *first, *last, *next;   /* members or elements in order; the next sibling */
};

struct qpp_json_doc {
	struct qpp_str file;
	const struct qpp_json *root;
	bool not_json;                       /* made from another format: values are not spoken of as JSON writes them */
};

/*
 * Reads `text`, at most `most_bytes` of it (0: QPP_JSON_MOST_BYTES). False when
 * there is no document; an error finding then says why.
 */
bool qpp_json_parse(struct qpp_arena *a, struct qpp_str file, struct qpp_str text, size_t most_bytes,
                    struct qpp_json_doc *doc, struct qpp_findings *f);

/* The first member of that name, NULL when there is none or `object` is not an object. */
const struct qpp_json *qpp_json_member(const struct qpp_json *object, const char *name);

/* The place of a value, and of a member's name. Names longer than 64 bytes are cut in the pointer. */
struct qpp_where qpp_json_where(struct qpp_arena *a, const struct qpp_json_doc *doc, const struct qpp_json *node);
struct qpp_where qpp_json_where_key(struct qpp_arena *a, const struct qpp_json_doc *doc,
                                    const struct qpp_json *member);

/*
 * For readers of other formats that make the same tree: `node` becomes the last member or element of `parent` (NULL: the
 * whole document), its key and place having been set; then, of each object that is whole, members named twice are told.
 */
void qpp_json_append(struct qpp_json_doc *doc, struct qpp_json *parent, struct qpp_json *node);
void qpp_json_find_duplicates(struct qpp_arena *a, const struct qpp_json_doc *doc, const struct qpp_json *object,
                              struct qpp_findings *f);

/* "a number", "an object", ... */
const char *qpp_json_kind_name(enum qpp_json_kind kind);

#endif
