/* A roster as records of CSV; app/intake_roster.h says what for. */
#include <string.h>

#include "adapt/csv/csv.h"
#include "app/intake_roster.h"
#include "qpp/buf.h"

static ptrdiff_t give(void *host, void *to, size_t room)
{
	struct qpp_str *rest = host;
	size_t n = rest->n < room ? rest->n : room;
	if (n)
		memcpy(to, rest->p, n);
	rest->p += n;
	rest->n -= n;
	return (ptrdiff_t)n;
}

struct qpp_str qpp_intake_records(struct qpp_arena *a, struct qpp_str text,
                                  void (*take)(void *self, const struct qpp_str *cells, size_t n), void *self)
{
	struct qpp_csv *c = QPP_NEW(a, struct qpp_csv);
	struct qpp_str rest = text;
	enum qpp_csv_result is;
	qpp_csv_open(c, a, give, &rest);
	while ((is = qpp_csv_next(c)) == QPP_CSV_RECORD) {
		struct qpp_str *cells = QPP_NEW_ARRAY(a, c->n_fields + 1, struct qpp_str);
		/* The record at hand lasts until the next one. */
		for (size_t i = 0; i < c->n_fields; i++)
			cells[i] = qpp_str_dup(a, qpp_csv_text(a, &c->fields[i]));
		take(self, cells, c->n_fields);
	}
	if (is == QPP_CSV_END)
		return QPP_LIT("");
	return qpp_str_cat(a, "line ", qpp_i64_text(a, (int64_t)c->fault.line).p, ": ", c->fault.message ? c->fault.message : "it cannot be read",
	                   (char *)NULL);
}
