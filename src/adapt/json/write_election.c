/* Decision, findings and effects of an election. */
#include "adapt/json/write_election.h"

#include <stdlib.h>

/* A failure can only be out of memory. */
static void put(json_t *to, const char *name, json_t *value)
{
	if (!value || json_object_set_new(to, name, value) != 0)
		abort();
}

static json_t *names(const struct qpp_str *v, size_t n)
{
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, qpp_json_text(v[i]));
	return list;
}

static json_t *duties(const struct qpp_election_answer *x)
{
	json_t *list = json_array();
	for (size_t i = 0; i < x->n_duties; i++) {
		json_t *o = json_object();
		qpp_json_put_text(o, "duty", x->duties[i].name);
		qpp_json_put_text(o, "cite", x->duties[i].cite);
		qpp_json_put_text(o, "says", x->duties[i].says);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *effects(const struct qpp_election_answer *x)
{
	json_t *o = json_object();
	put(o, "practices", json_integer((json_int_t)x->practices));
	put(o, "clinicians", json_integer((json_int_t)x->clinicians));
	put(o, "withoutAdjustment", json_integer((json_int_t)x->without_adjustment));
	put(o, "smallPractice", json_boolean(x->small_practice));
	qpp_json_put_text(o, "apmParticipantsScore", x->apm_score);
	put(o, "programs", names(x->programs, x->n_programs));
	put(o, "notPrograms", names(x->closed_programs, x->n_closed_programs));
	put(o, "throughout", duties(x));
	return o;
}

json_t *qpp_json_election(const struct qpp_election *e, const struct qpp_election_answer *x,
                          const struct qpp_findings *f)
{
	json_t *o = json_object();
	put(o, "decision", json_string(x->accepted ? "accept" : "reject"));
	if (e)
		put(o, "performanceYear", json_integer(e->py.v));
	if (x->accepted)
		put(o, "effects", effects(x));
	put(o, "findings", qpp_json_findings(f));
	return o;
}

json_t *qpp_json_provisions(struct qpp_arena *a, const struct qpp_provision *v, size_t n)
{
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();
		put(o, "cite", qpp_json_text(qpp_str_cat(a, "414.1315(c)(3)(", v[i].letter.p, ")", (char *)NULL)));
		qpp_json_put_text(o, "provision", v[i].name);
		qpp_json_put_text(o, "says", v[i].says);
		json_array_append_new(list, o);
	}
	json_t *o = json_object();
	put(o, "provisions", list);
	return o;
}
