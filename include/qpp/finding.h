/*
 * Findings: remarks on somebody's data, collected, never stopping at the
 * first. Each has a stable code listed in rules/findings.md. A finding names
 * the thing (subject), the place (where), the value seen, what was expected
 * and the mend (hint).
 */
#ifndef QPP_FINDING_H
#define QPP_FINDING_H

#include "qpp/err.h"

enum qpp_severity { QPP_INFORMATION, QPP_WARNING, QPP_ERROR };

struct qpp_finding {
	struct qpp_str code;
	enum qpp_severity severity;
	struct qpp_str subject, message, value, expected, hint, cite;   /* empty when they do not apply */
	struct qpp_where where;
};

struct qpp_findings {
	struct qpp_arena *arena;
	QPP_VEC(struct qpp_finding) list;
	size_t errors;              /* how many of the list are errors */
	size_t most;                /* further findings are only counted */
	size_t left_out;
	struct qpp_finding scratch; /* handed out when the list is full */
};

/* At most `most` findings are kept (a hostile file can hold millions of faults). */
void qpp_findings_init(struct qpp_findings *f, struct qpp_arena *a, size_t most);

/*
 * Adds one and returns it for its other members to be filled in; when the list
 * is full the returned finding is a scratch one that is only counted.
 * `code` is a literal that stands in rules/findings.md.
 */
struct qpp_finding *qpp_find(struct qpp_findings *f, enum qpp_severity severity, const char *code,
                             struct qpp_where where, struct qpp_str message);

const char *qpp_severity_name(enum qpp_severity s);

/* Further findings are only counted: no need to make their text. */
static inline bool qpp_findings_full(const struct qpp_findings *f)
{
	return f->list.n >= f->most;
}

/*
 * Text out of somebody's file as a finding may show it: one line, control
 * characters as \u00XX, at most 60 characters and then "...". `s` is UTF-8.
 */
struct qpp_str qpp_shown(struct qpp_arena *a, struct qpp_str s);

#endif
