/*
 * Drafts as one JSON text beside a submission:
 *
 *   {"ia": {"saved": 1700000000000000, "form": [["activity", "IA_EPA_1"], ...]},
 *    "upload": {"saved": ..., "file": "march.json", "sets": ["{...}", ...]}}
 */
#include "adapt/portal/making.h"

#include <jansson.h>
#include <stdlib.h>

#include "app/prospect.h"

static struct qpp_str text_of(struct qpp_arena *a, const json_t *v)
{
	if (!json_is_string(v))
		return QPP_LIT("");
	return qpp_str_dup(a, (struct qpp_str){ json_string_value(v), json_string_length(v) });
}

static json_t *text(struct qpp_str s)
{
	json_t *v = json_stringn(s.n ? s.p : "", s.n);
	/* What is not UTF-8 is not kept. */
	return v ? v : json_string("");
}

static void read_one(struct qpp_arena *a, const json_t *x, struct making_draft *d)
{
	const json_t *form = json_object_get(x, "form"), *sets = json_object_get(x, "sets");
	struct making_field *fields = QPP_NEW_ARRAY(a, json_array_size(form) + 1, struct making_field);
	struct qpp_str *texts = QPP_NEW_ARRAY(a, json_array_size(sets) + 1, struct qpp_str);
	for (size_t i = 0; i < json_array_size(form); i++) {
		const json_t *pair = json_array_get(form, i);
		fields[i] = (struct making_field){ text_of(a, json_array_get(pair, 0)), text_of(a, json_array_get(pair, 1)) };
	}
	for (size_t i = 0; i < json_array_size(sets); i++)
		texts[i] = text_of(a, json_array_get(sets, i));
	d->there = true;
	d->saved.us = json_integer_value(json_object_get(x, "saved"));
	d->file = text_of(a, json_object_get(x, "file"));
	d->form.v = fields;
	d->form.n = json_array_size(form);
	d->sets.v = texts;
	d->sets.n = json_array_size(sets);
}

void making_drafts_read(struct qpp_arena *a, struct qpp_str body, struct making_drafts *out)
{
	json_t *all = body.n ? json_loadb(body.p, body.n, 0, NULL) : NULL, *x;
	const char *topic;
	*out = (struct making_drafts){ 0 };
	out->v = QPP_NEW_ARRAY(a, json_object_size(all) + 1, struct making_draft);
	json_object_foreach(all, topic, x) {
		out->v[out->n].topic = qpp_str_dup(a, qpp_str_of(topic));
		read_one(a, x, &out->v[out->n++]);
	}
	json_decref(all);
}

enum qpp_code making_drafts_of(const struct qpp_call *call, struct qpp_str submission_id, struct making_drafts *out, struct qpp_err *err)
{
	struct qpp_seen_submission seen;
	struct qpp_str body;
	*out = (struct making_drafts){ 0 };
	enum qpp_code code = qpp_submission_see(call, submission_id, &seen, err);
	if (code == QPP_OK)
		code = qpp_drafts_get(call, &seen, &body, err);
	if (code == QPP_OK)
		making_drafts_read(call->arena, body, out);
	return code;
}

const struct making_draft *making_draft_of(const struct making_drafts *d, struct qpp_str topic)
{
	for (size_t i = 0; i < d->n; i++)
		if (qpp_str_eq(d->v[i].topic, topic))
			return &d->v[i];
	return NULL;
}

struct qpp_str making_value(const struct making_draft *d, struct qpp_str name)
{
	for (size_t i = 0; i < d->form.n; i++)
		if (qpp_str_eq(d->form.v[i].name, name))
			return d->form.v[i].value;
	return QPP_LIT("");
}

static json_t *write_one(const struct making_draft *d)
{
	json_t *x = json_object(), *form = json_array(), *sets = json_array();
	for (size_t i = 0; i < d->form.n; i++) {
		json_t *pair = json_array();
		json_array_append_new(pair, text(d->form.v[i].name));
		json_array_append_new(pair, text(d->form.v[i].value));
		json_array_append_new(form, pair);
	}
	for (size_t i = 0; i < d->sets.n; i++)
		json_array_append_new(sets, text(d->sets.v[i]));
	json_object_set_new(x, "saved", json_integer(d->saved.us));
	json_object_set_new(x, "file", text(d->file));
	json_object_set_new(x, "form", form);
	json_object_set_new(x, "sets", sets);
	return x;
}

static struct qpp_str edit(struct qpp_arena *a, struct qpp_str old, void *with)
{
	const struct making_draft *d = with;
	json_t *all = old.n ? json_loadb(old.p, old.n, 0, NULL) : NULL;
	if (!json_is_object(all)) {
		json_decref(all);
		all = json_object();
	}
	if (d->there)
		json_object_set_new(all, C(a, d->topic), write_one(d));
	else
		json_object_del(all, C(a, d->topic));
	char *dumped = json_dumps(all, JSON_COMPACT);
	struct qpp_str out = qpp_str_dup(a, qpp_str_of(dumped ? dumped : "{}"));
	free(dumped);
	json_decref(all);
	return out;
}

enum qpp_code making_draft_keep(const struct qpp_call *call, struct qpp_str submission_id, const struct making_draft *d,
                                struct qpp_err *err)
{
	struct qpp_seen_submission seen;
	struct making_draft own = *d;
	enum qpp_code code = qpp_submission_see(call, submission_id, &seen, err);
	own.saved = qpp_now(call->service->clock);
	return code == QPP_OK ? qpp_drafts_change(call, &seen, edit, &own, err) : code;
}
