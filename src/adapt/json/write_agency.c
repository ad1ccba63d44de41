/* The agency's feedback against ours as JSON: one object a figure, with what a request about a difference begins with. */
#include "adapt/json/write_agency.h"

#include <stdlib.h>

#include "adapt/json/write.h"

static void put(json_t *to, const char *name, json_t *value)
{
	if (!value || json_object_set_new(to, name, value) != 0)
		abort();
}

/* Members that are absent are empty: a figure that only one side has, a reason that the filer must say. */
static json_t *line(const struct qpp_agency_line *x)
{
	json_t *o = json_object(), *request = json_object();
	qpp_json_put_text(o, "what", x->what);
	qpp_json_put_text(o, "theirs", x->theirs);
	qpp_json_put_text(o, "ours", x->ours);
	put(o, "same", json_boolean(x->same));
	qpp_json_put_text(o, "why", x->why);
	qpp_json_put_text(o, "rule", x->rule);
	if (x->same) {
		json_decref(request);
		return o;
	}
	qpp_json_put_text(request, "reason", x->reason);
	qpp_json_put_text(request, "category", x->category);
	qpp_json_put_text(request, "measure", x->measure);
	qpp_json_put_text(request, "explanation", x->explanation);
	put(o, "request", request);
	return o;
}

json_t *qpp_json_agency(qpp_py py, const struct qpp_agency *theirs, const struct qpp_agency_lines *x, const struct qpp_findings *f)
{
	json_t *o = json_object(), *lines = json_array();
	put(o, "performanceYear", json_integer(py.v));
	qpp_json_put_text(o, "format", theirs->format);
	qpp_json_put_text(o, "note", theirs->note);
	put(o, "different", json_integer((json_int_t)x->different));
	for (size_t i = 0; i < x->n; i++)
		if (json_array_append_new(lines, line(&x->v[i])) != 0)
			abort();
	put(o, "lines", lines);
	put(o, "findings", qpp_json_findings(f));
	return o;
}
