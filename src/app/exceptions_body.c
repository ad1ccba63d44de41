/* Applications as JSON: what the store keeps, encrypted, what the ledger holds, and what an approval tells scoring. */
#include <jansson.h>
#include <stdlib.h>

#include "app/exceptions_int.h"

static void put(json_t *o, const char *name, struct qpp_str s)
{
	if (s.n)
		json_object_set_new(o, name, json_stringn(s.p, s.n));
}

static struct qpp_str get(struct qpp_arena *a, const json_t *o, const char *name)
{
	const json_t *j = json_object_get(o, name);
	struct qpp_str s = { json_string_value(j), json_string_length(j) };
	return s.n ? qpp_str_dup(a, s) : QPP_LIT("");
}

static struct qpp_str done(struct qpp_arena *a, json_t *o)
{
	char *text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	struct qpp_str s = qpp_str_dup(a, qpp_str_of(text));
	free(text);
	json_decref(o);
	return s;
}

struct qpp_str exception_body_text(struct qpp_arena *a, const struct exception_body *b)
{
	const struct qpp_exception_form *f = &b->form;
	json_t *o = json_object();
	json_object_set_new(o, "py", json_integer(f->py.v));
	put(o, "kind", qpp_str_of(qpp_exception_kind_name(f->kind)));
	put(o, "level", qpp_str_of(f->level ? qpp_entity_name(f->level) : ""));
	put(o, "organization", f->org_id);
	put(o, "npi", f->npi);
	put(o, "event", f->event);
	put(o, "begins", f->begins);
	put(o, "ends", f->ends);
	put(o, "categories", qpp_exception_words(a, f->categories));
	json_object_set_new(o, "members", json_integer(f->members));
	json_object_set_new(o, "excused", json_integer(f->excused));
	put(o, "explanation", f->explanation);
	put(o, "name", b->name);
	json_object_set_new(o, "margin", json_integer(b->margin));
	if (b->decided) {
		put(o, "by", b->by_id);
		put(o, "byName", b->by_name);
		put(o, "reason", b->reason);
	}
	return done(a, o);
}

enum qpp_code exception_body_read(struct qpp_arena *a, const struct qpp_exception_row *row, struct exception_body *out, struct qpp_err *err)
{
	json_t *o = json_loadb(row->body.n ? row->body.p : "", row->body.n, 0, NULL);
	*out = (struct exception_body){ 0 };
	if (!o)
		return qpp_fail(err, QPP_BUG, "an application of the store cannot be read", (char *)NULL);
	out->form = (struct qpp_exception_form){
		.py = row->who.py, .kind = qpp_exception_kind_of(row->kind), .level = row->who.entity, .org_id = row->who.org_id,
		.npi = row->who.npi, .event = row->event, .begins = get(a, o, "begins"), .ends = get(a, o, "ends"),
		.categories = qpp_exception_categories(row->categories), .explanation = get(a, o, "explanation"),
		.members = json_integer_value(json_object_get(o, "members")), .excused = json_integer_value(json_object_get(o, "excused"))
	};
	out->name = get(a, o, "name");
	out->margin = json_integer_value(json_object_get(o, "margin"));
	out->decided = json_object_get(o, "reason") != NULL;
	out->by_id = get(a, o, "by");
	out->by_name = get(a, o, "byName");
	out->reason = get(a, o, "reason");
	json_decref(o);
	return QPP_OK;
}

struct qpp_str exception_facts(struct qpp_arena *a, uint32_t categories, enum qpp_reweight_reason ground)
{
	json_t *o = json_object(), *list = json_array();
	for (int k = 0; k < QPP_CATEGORIES; k++)
		if (categories & 1u << k)
			json_array_append_new(list, json_pack("{s:s, s:s}", "category", qpp_category_name((enum qpp_category)k), "reason",
			                                      qpp_reweight_reason_name(ground)));
	json_object_set_new(o, "reweight", list);
	return done(a, o);
}
