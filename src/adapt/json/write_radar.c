/* What the radar found, as JSON and back: the command line prints it, the service keeps it for its page. */
#include "adapt/json/write_radar.h"

#include <stdlib.h>
#include <string.h>

#include "adapt/json/write.h"
#include "qpp/buf.h"

static void put(json_t *to, const char *name, json_t *value)
{
	if (!value || json_object_set_new(to, name, value) != 0)
		abort();
}

static void add(json_t *list, json_t *value)
{
	if (!value || json_array_append_new(list, value) != 0)
		abort();
}

static json_t *who(const struct qpp_who *w)
{
	json_t *o = json_object();
	qpp_json_put_text(o, "level", qpp_str_of(qpp_entity_name(w->entity)));
	qpp_json_put_text(o, "organization", w->org_id);
	qpp_json_put_text(o, "npi", w->npi);
	return o;
}

static json_t *finding(const struct qpp_radar_finding *f)
{
	const struct qpp_radar_about *about = qpp_radar_about(f->check);
	json_t *o = json_object(), *examples = json_array();
	qpp_json_put_text(o, "check", qpp_str_of(about->name));
	qpp_json_put_text(o, "says", qpp_str_of(about->title));
	qpp_json_put_text(o, "step", f->step);
	qpp_json_put_text(o, "rule", f->rule);
	qpp_json_put_text(o, "kind", f->kind);
	put(o, "touched", json_integer(f->touched));
	put(o, "of", json_integer(f->of));
	qpp_json_put_text(o, "size", f->size);
	for (size_t i = 0; i < f->n_examples; i++)
		add(examples, who(&f->example[i]));
	put(o, "examples", examples);
	qpp_json_put_text(o, "next", qpp_str_of(about->next));
	return o;
}

static json_t *group(struct qpp_arena *a, const struct qpp_radar_group *g)
{
	json_t *o = json_object(), *numbers = json_array();
	qpp_json_put_text(o, "reason", g->reason);
	qpp_json_put_text(o, "says", g->says);
	qpp_json_put_text(o, "rule", g->rule);
	qpp_json_put_text(o, "categories", g->category);
	qpp_json_put_text(o, "measure", g->measure);
	put(o, "requests", json_integer(g->requests));
	put(o, "subjects", json_integer(g->subjects));
	qpp_json_put_text(o, "first", qpp_time_text(a, g->first));
	qpp_json_put_text(o, "last", qpp_time_text(a, g->last));
	for (size_t i = 0; i < g->n_numbers; i++)
		add(numbers, qpp_json_text(g->number[i]));
	put(o, "numbers", numbers);
	if (g->cause) {
		json_t *cause = json_object();
		qpp_json_put_text(cause, "check", qpp_str_of(qpp_radar_about(g->cause->check)->name));
		qpp_json_put_text(cause, "step", g->cause->step);
		qpp_json_put_text(cause, "kind", g->cause->kind);
		put(o, "likelyCause", cause);
	}
	return o;
}

static json_t *limits(void)
{
	json_t *list = json_array();
	for (int i = 0; i < QPP_RADAR_THRESHOLDS; i++) {
		const struct qpp_radar_limit *l = qpp_radar_limit((enum qpp_radar_threshold)i);
		json_t *o = json_object();
		qpp_json_put_text(o, "name", qpp_str_of(l->name));
		put(o, "value", json_integer(l->value));
		qpp_json_put_text(o, "because", qpp_str_of(l->reason));
		add(list, o);
	}
	return list;
}

json_t *qpp_json_radar(struct qpp_arena *a, const struct qpp_radar *r, const struct qpp_radar_groups *g)
{
	json_t *o = json_object(), *findings = json_array();
	put(o, "performanceYear", json_integer(r->py.v));
	if (r->run.id.n) {
		json_t *run = json_object();
		qpp_json_put_text(run, "id", r->run.id);
		qpp_json_put_text(run, "phase", r->run.phase);
		qpp_json_put_text(run, "digest", r->run.digest);
		put(o, "run", run);
	}
	put(o, "levels", json_integer(r->levels));
	put(o, "clinicians", json_integer(r->pairs));
	put(o, "observations", json_integer(r->observations));
	for (size_t i = 0; i < r->n; i++)
		add(findings, finding(&r->v[i]));
	put(o, "findings", findings);
	if (g) {
		json_t *groups = json_array();
		for (size_t i = 0; i < g->n; i++)
			add(groups, group(a, &g->v[i]));
		put(o, "openRequests", json_integer(g->requests));
		put(o, "groups", groups);
	}
	put(o, "thresholds", limits());
	return o;
}

struct qpp_str qpp_radar_doc_text(struct qpp_arena *a, const struct qpp_radar *r)
{
	json_t *o = qpp_json_radar(a, r, NULL);
	char *text = json_dumps(o, JSON_COMPACT);
	if (!text)
		abort();
	struct qpp_str s = qpp_str_dup(a, qpp_str_of(text));
	free(text);
	json_decref(o);
	return s;
}

/* ---- back ---- */

static struct qpp_str text_of(struct qpp_arena *a, const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);
	return json_is_string(v) ? qpp_str_dup(a, (struct qpp_str){ json_string_value(v), json_string_length(v) }) : QPP_LIT("");
}

static bool check_of(struct qpp_str name, enum qpp_radar_check *out)
{
	for (int i = 0; i < QPP_RADAR_CHECKS; i++)
		if (qpp_str_is(name, qpp_radar_about((enum qpp_radar_check)i)->name)) {
			*out = (enum qpp_radar_check)i;
			return true;
		}
	return false;
}

static bool read_finding(struct qpp_arena *a, qpp_py py, const json_t *o, struct qpp_radar_finding *f)
{
	const json_t *examples = json_object_get(o, "examples");
	*f = (struct qpp_radar_finding){ .step = text_of(a, o, "step"), .rule = text_of(a, o, "rule"), .kind = text_of(a, o, "kind"),
		                             .size = text_of(a, o, "size"), .touched = json_integer_value(json_object_get(o, "touched")),
		                             .of = json_integer_value(json_object_get(o, "of")) };
	for (size_t i = 0; i < json_array_size(examples) && i < QPP_RADAR_EXAMPLES; i++) {
		const json_t *e = json_array_get(examples, i);
		f->example[f->n_examples++] = (struct qpp_who){ py, qpp_entity_of(text_of(a, e, "level")), text_of(a, e, "organization"), text_of(a, e, "npi") };
	}
	return check_of(text_of(a, o, "check"), &f->check);
}

enum qpp_code qpp_radar_doc_read(struct qpp_arena *a, struct qpp_str text, struct qpp_radar *r, struct qpp_err *err)
{
	json_t *o = json_loadb(text.p, text.n, 0, NULL);
	const json_t *findings = json_object_get(o, "findings"), *run = json_object_get(o, "run");
	bool good = json_is_object(o) && json_is_array(findings);
	*r = (struct qpp_radar){ .py = { (int)json_integer_value(json_object_get(o, "performanceYear")) },
		                     .levels = json_integer_value(json_object_get(o, "levels")),
		                     .pairs = json_integer_value(json_object_get(o, "clinicians")),
		                     .observations = json_integer_value(json_object_get(o, "observations")) };
	r->run = (struct qpp_scoring){ .id = text_of(a, run, "id"), .phase = text_of(a, run, "phase"), .digest = text_of(a, run, "digest"), .py = r->py };
	r->v = QPP_NEW_ARRAY(a, json_array_size(findings) + 1, struct qpp_radar_finding);
	for (size_t i = 0; good && i < json_array_size(findings); i++)
		good = read_finding(a, r->py, json_array_get(findings, i), &r->v[r->n++]);
	json_decref(o);
	return good ? QPP_OK : qpp_fail(err, QPP_DATA, "what the radar found was written by another program", (char *)NULL);
}
