/*
 * Errors: an operation failed. Every fallible function returns an
 * enum qpp_code and takes a struct qpp_err as its last argument; there is no
 * "last error". (A remark on somebody's data is a finding, see finding.h.)
 *
 * primary  one factual sentence, no function names, no full stop
 * detail   the values it is about
 * hint     what to do, only when it is probably right
 * where    the place in a file
 * cite     the paragraph
 */
#ifndef QPP_ERR_H
#define QPP_ERR_H

#include "qpp/str.h"

enum qpp_code {
#define X(NAME, wire, http, exit, meaning) NAME,
#include "qpp/errors.def"
#undef X
	QPP_CODES
};

/* A place in an input. Members that do not apply are empty or 0. */
struct qpp_where {
	struct qpp_str file;
	struct qpp_str pointer;      /* JSON pointer */
	uint32_t line, column;       /* from 1 */
};

struct qpp_err {
	enum qpp_code code;
	char primary[240];
	char detail[480];
	char hint[240];
	char cite[64];
	char file[160];
	uint32_t line, column;
};

#define QPP_MUST_USE __attribute__((warn_unused_result))

/* Sets code and primary (concatenated; the list ends with (char *)NULL), clears the rest; returns `code`. */
enum qpp_code qpp_fail(struct qpp_err *err, enum qpp_code code, const char *first, ...) __attribute__((sentinel));

/* Add to an error that was set; what does not fit is cut. */
void qpp_err_detail(struct qpp_err *err, const char *first, ...) __attribute__((sentinel));
void qpp_err_hint(struct qpp_err *err, const char *first, ...) __attribute__((sentinel));
void qpp_err_cite(struct qpp_err *err, struct qpp_str cite);
void qpp_err_at(struct qpp_err *err, struct qpp_str file, uint32_t line, uint32_t column);

const char *qpp_code_name(enum qpp_code code);
int qpp_code_exit(enum qpp_code code);
int qpp_code_http(enum qpp_code code);
const char *qpp_code_meaning(enum qpp_code code);

#endif
