/* Applications as JSON: what the store keeps, encrypted, what the ledger holds, and what an approval tells scoring. */
#include <jansson.h>

#include "app/exceptions_int.h"
#include "app/body.h"

struct qpp_str exception_body_text(struct qpp_arena *a, const struct exception_body *b)
{
	const struct qpp_exception_form *f = &b->form;
	json_t *o = json_object();
	json_object_set_new(o, "py", json_integer(f->py.v));
	qpp_body_put(o, "kind", qpp_str_of(qpp_exception_kind_name(f->kind)));
	qpp_body_put(o, "level", qpp_str_of(f->level ? qpp_entity_name(f->level) : ""));
	qpp_body_put(o, "organization", f->org_id);
	qpp_body_put(o, "npi", f->npi);
	qpp_body_put(o, "event", f->event);
	qpp_body_put(o, "begins", f->begins);
	qpp_body_put(o, "ends", f->ends);
	qpp_body_put(o, "categories", qpp_exception_words(a, f->categories));
	json_object_set_new(o, "members", json_integer(f->members));
	json_object_set_new(o, "excused", json_integer(f->excused));
	qpp_body_put(o, "explanation", f->explanation);
	qpp_body_put(o, "name", b->name);
	json_object_set_new(o, "margin", json_integer(b->margin));
	if (b->decided) {
		qpp_body_put(o, "by", b->by_id);
		qpp_body_put(o, "byName", b->by_name);
		qpp_body_put(o, "reason", b->reason);
	}
	return qpp_body_done(a, o);
}

enum qpp_code exception_body_read(struct qpp_arena *a, const struct qpp_exception_row *row, struct exception_body *out, struct qpp_err *err)
{
	json_t *o = json_loadb(row->body.n ? row->body.p : "", row->body.n, 0, NULL);
	*out = (struct exception_body){ 0 };
	if (!o)
		return qpp_fail(err, QPP_BUG, "an application of the store cannot be read", (char *)NULL);
	out->form = (struct qpp_exception_form){
		.py = row->who.py, .kind = qpp_exception_kind_of(row->kind), .level = row->who.entity, .org_id = row->who.org_id,
		.npi = row->who.npi, .event = row->event, .begins = qpp_body_get(a, o, "begins"), .ends = qpp_body_get(a, o, "ends"),
		.categories = qpp_exception_categories(row->categories), .explanation = qpp_body_get(a, o, "explanation"),
		.members = json_integer_value(json_object_get(o, "members")), .excused = json_integer_value(json_object_get(o, "excused"))
	};
	out->name = qpp_body_get(a, o, "name");
	out->margin = json_integer_value(json_object_get(o, "margin"));
	out->decided = json_object_get(o, "reason") != NULL;
	out->by_id = qpp_body_get(a, o, "by");
	out->by_name = qpp_body_get(a, o, "byName");
	out->reason = qpp_body_get(a, o, "reason");
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
	return qpp_body_done(a, o);
}
