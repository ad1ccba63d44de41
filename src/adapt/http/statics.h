/*
 * Static files: read once at the start, served from memory under /static with a
 * strong entity tag. A path is looked up in a table and never opened, so it
 * cannot lead out of the folder.
 */
#ifndef QPP_STATICS_H
#define QPP_STATICS_H

#include "adapt/http/page.h"

/* A file inside the program. */
struct qpp_static_file {
	const char *path;            /* below /static, without a slash in front */
	const unsigned char *bytes;
	size_t n;
};
extern const struct qpp_static_file qpp_static_files[];         /* ended by a NULL path */

struct qpp_statics;

/*
 * The files of the program, and those below `dir` (may be NULL), which go before. QPP_IO for what cannot be read;
 * QPP_LIMIT for more than 4,096 files or 64 MiB. Symbolic links and names that begin with a dot are left out.
 */
enum qpp_code qpp_statics_open(const char *dir, struct qpp_statics **out, struct qpp_err *err);
void qpp_statics_close(struct qpp_statics *x);

/* Answers GET /static/{file*} with ?v=TAG kept for a year, without for an hour. */
enum qpp_code qpp_statics_respond(struct qpp_statics *x, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err);

#endif
