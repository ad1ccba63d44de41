/* What both programs do with files and with standard error. */
#ifndef QPP_CMD_TERMINAL_H
#define QPP_CMD_TERMINAL_H

#include "qpp/finding.h"

/* A whole file, "-" for standard input, of at most `most` bytes. QPP_IO, QPP_LIMIT. */
QPP_MUST_USE enum qpp_code qpp_read_whole(struct qpp_arena *a, const char *path, size_t most, struct qpp_str *out,
                                          struct qpp_err *err);

/* An error as its reader wants it: what, where, why, what to do. */
void qpp_print_error(const char *program, const struct qpp_err *e);

/* file:line:column: severity: message (code), then value, expected, hint and rule where there are any. */
void qpp_print_findings(const struct qpp_findings *f);

#endif
