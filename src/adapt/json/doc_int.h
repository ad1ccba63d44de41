/* Shared by the files of the document reader: the parse under way, and what to say when it fails. */
#ifndef QPP_JSON_DOC_INT_H
#define QPP_JSON_DOC_INT_H

#include <yajl/yajl_parse.h>

#include "doc.h"
#include "qpp/buf.h"

/* A place in the text that only moves forward, so that lines are counted once. */
struct qpp_json_place {
	size_t at;
	uint32_t line, column;
};

struct qpp_json_parser {
	struct qpp_arena *arena;
	struct qpp_findings *findings;
	struct qpp_json_doc *doc;
	struct qpp_str text;             /* without the byte order mark */
	yajl_handle yajl;
	struct qpp_json_place place;     /* the beginning of the last token */
	size_t end;                      /* the end of the last token */
	struct qpp_json *open;           /* the innermost array or object under way */
	unsigned depth;
	size_t values;
	struct qpp_str key;              /* of the member under way */
	uint32_t key_line, key_column;
	bool refused;                    /* a finding was made; the parse is being given up */
};

/* Moves the place forward to byte `to`. */
void qpp_json_advance(struct qpp_json_parser *p, size_t to);

/* The end of white space and separators from `at` on, not going past `limit`. */
size_t qpp_json_skip(struct qpp_str text, size_t at, size_t limit);

/* Checks that need no parser: size, encoding, emptiness; passes over the byte order mark. */
bool qpp_json_is_text(struct qpp_json_parser *p, size_t most_bytes);

/* Makes an error finding at byte `at`, which lies at or after the place, and gives the parse up. */
struct qpp_finding *qpp_json_refuse(struct qpp_json_parser *p, const char *code, size_t at, struct qpp_str message);

/* Says what yajl stopped at, in plain words. */
void qpp_json_explain(struct qpp_json_parser *p, bool at_end);

#endif
