/* Bodies of rows as JSON: body.h is the manual. */
#include "app/body.h"

#include <stdlib.h>

void qpp_body_put(json_t *o, const char *name, struct qpp_str s)
{
	if (s.n)
		json_object_set_new(o, name, json_stringn(s.p, s.n));
}

struct qpp_str qpp_body_get(struct qpp_arena *a, const json_t *o, const char *name)
{
	const json_t *j = json_object_get(o, name);
	struct qpp_str s = { json_string_value(j), json_string_length(j) };
	return s.n ? qpp_str_dup(a, s) : QPP_LIT("");
}

struct qpp_str qpp_body_done(struct qpp_arena *a, json_t *o)
{
	char *text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	struct qpp_str s = qpp_str_dup(a, qpp_str_of(text));
	free(text);
	json_decref(o);
	return s;
}
