/*
 * JSON as a tree whose every value knows its place in the file. Numbers stay
 * the text they were written as, and texts are UTF-8. Files may be hostile:
 * depth, number of values and members of an object are bounded.
 */
#ifndef QPP_CATALOG_IMPORT_JSON_H
#define QPP_CATALOG_IMPORT_JSON_H

#include "qpp/finding.h"

enum json_kind { JSON_NULL, JSON_BOOLEAN, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json_file {
	struct qpp_str name, text;
	size_t at;                             /* the last place asked for, from which the next is counted */
	uint32_t line, column;
};

struct json {
	enum json_kind kind;
	bool yes;                              /* of a boolean */
	struct qpp_str text;                   /* of a string, or a number as written; NUL-terminated */
	struct json_file *file;
	size_t at;                             /* offset of its first byte */
	struct json *parent;
	struct qpp_str key;                    /* of a member of an object */
	size_t index;                          /* place in its array or object */
	struct json *first, *last, *next;      /* children, sibling */
	size_t n;                              /* number of children */
};

/*
 * The tree of a file, NULL when it is not JSON or above the bounds: a finding
 * says why. A member that an object repeats is remarked on and left out.
 */
const struct json *qpp_import_parse(struct qpp_arena *a, struct json_file *file, struct qpp_findings *findings);

const struct json *qpp_import_member(const struct json *object, const char *name);      /* NULL when there is none */

/* Its file, line, column (a character is one) and pointer. */
struct qpp_where qpp_import_where(struct qpp_arena *a, const struct json *j);

const char *qpp_import_kind_name(enum json_kind kind);       /* with its article: "a number" */

#endif
