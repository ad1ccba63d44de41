/* Requests, opinions and filings as JSON: what the store keeps, encrypted, and what the ledger holds. */
#include <jansson.h>
#include <string.h>

#include "app/review_int.h"
#include "app/body.h"

static const char *const as_names[QPP_REVIEW_ASES] = { "", "clinician", "practiceStaff", "thirdParty", "entityRepresentative" };

const char *qpp_review_as_name(enum qpp_review_as x)
{
	return as_names[x < QPP_REVIEW_ASES ? x : QPP_REVIEW_AS_NOBODY];
}

enum qpp_review_as qpp_review_as_of(struct qpp_str name)
{
	for (enum qpp_review_as x = QPP_REVIEW_AS_CLINICIAN; x < QPP_REVIEW_ASES; x++)
		if (qpp_str_is(name, as_names[x]))
			return x;
	return QPP_REVIEW_AS_NOBODY;
}

bool review_is_text(struct qpp_str s)
{
	json_t *j = json_stringn(s.n ? s.p : "", s.n);
	bool is = j && !(s.n && memchr(s.p, '\0', s.n));
	json_decref(j);
	return is;
}

bool review_is_json(struct qpp_str s)
{
	json_t *j = json_loadb(s.n ? s.p : "", s.n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
	bool is = j != NULL;
	json_decref(j);
	return is;
}

static json_t *form_json(const struct qpp_review_form *f)
{
	json_t *o = json_object();
	json_object_set_new(o, "py", json_integer(f->py.v));
	qpp_body_put(o, "level", qpp_str_of(f->level ? qpp_entity_name(f->level) : ""));
	qpp_body_put(o, "npi", f->npi);
	qpp_body_put(o, "legalName", f->legal_name);
	qpp_body_put(o, "as", qpp_str_of(qpp_review_as_name(f->as)));
	qpp_body_put(o, "name", f->name);
	qpp_body_put(o, "email", f->email);
	qpp_body_put(o, "phone", f->phone);
	json_object_set_new(o, "authority", json_boolean(f->authority));
	qpp_body_put(o, "reason", f->reason);
	qpp_body_put(o, "categories", f->categories);
	qpp_body_put(o, "measures", f->measures);
	qpp_body_put(o, "explanation", f->explanation);
	return o;
}

static struct qpp_review_form form_read(struct qpp_arena *a, const json_t *o)
{
	return (struct qpp_review_form){
		.py = { (int)json_integer_value(json_object_get(o, "py")) }, .level = qpp_entity_of(qpp_body_get(a, o, "level")),
		.npi = qpp_body_get(a, o, "npi"), .legal_name = qpp_body_get(a, o, "legalName"), .as = qpp_review_as_of(qpp_body_get(a, o, "as")),
		.name = qpp_body_get(a, o, "name"), .email = qpp_body_get(a, o, "email"), .phone = qpp_body_get(a, o, "phone"),
		.authority = json_is_true(json_object_get(o, "authority")), .reason = qpp_body_get(a, o, "reason"),
		.categories = qpp_body_get(a, o, "categories"), .measures = qpp_body_get(a, o, "measures"), .explanation = qpp_body_get(a, o, "explanation")
	};
}

static json_t *opinion_json(const struct qpp_review_decided *d)
{
	json_t *o = json_object(), *list = json_array();
	qpp_body_put(o, "by", d->by_id);
	qpp_body_put(o, "byName", d->by_name);
	qpp_body_put(o, "confirmedBy", d->confirmed_by_id);
	qpp_body_put(o, "confirmedByName", d->confirmed_by_name);
	json_object_set_new(o, "approved", json_boolean(d->approved));
	json_object_set_new(o, "scoreChange", json_boolean(d->score_change));
	qpp_body_put(o, "ground", d->ground);
	qpp_body_put(o, "reasons", d->reasons);
	for (size_t i = 0; i < d->n_overrides; i++) {
		json_t *x = json_object();
		qpp_body_put(x, "fact", d->overrides[i].fact);
		qpp_body_put(x, "value", d->overrides[i].value);
		qpp_body_put(x, "topic", d->overrides[i].topic);
		json_array_append_new(list, x);
	}
	json_object_set_new(o, "overrides", list);
	return o;
}

static struct qpp_review_decided opinion_read(struct qpp_arena *a, const json_t *o)
{
	struct qpp_review_decided d = {
		.by_id = qpp_body_get(a, o, "by"), .by_name = qpp_body_get(a, o, "byName"), .confirmed_by_id = qpp_body_get(a, o, "confirmedBy"),
		.confirmed_by_name = qpp_body_get(a, o, "confirmedByName"), .approved = json_is_true(json_object_get(o, "approved")),
		.score_change = json_is_true(json_object_get(o, "scoreChange")), .ground = qpp_body_get(a, o, "ground"),
		.reasons = qpp_body_get(a, o, "reasons")
	};
	const json_t *list = json_object_get(o, "overrides");
	size_t n = json_array_size(list);
	struct qpp_review_override *v = QPP_NEW_ARRAY(a, n + 1, struct qpp_review_override);
	for (size_t i = 0; i < n; i++) {
		const json_t *x = json_array_get(list, i);
		v[i] = (struct qpp_review_override){ .fact = qpp_body_get(a, x, "fact"), .value = qpp_body_get(a, x, "value"), .topic = qpp_body_get(a, x, "topic") };
	}
	d.overrides = v;
	d.n_overrides = n;
	return d;
}

struct qpp_str qpp_review_facts(struct qpp_arena *a, const struct qpp_review_override *v, size_t n, struct qpp_str topic)
{
	json_t *o = json_object();
	for (size_t i = 0; i < n; i++) {
		struct qpp_str of = v[i].topic.n ? v[i].topic : QPP_LIT("scoring");
		if (qpp_str_eq(of, topic))
			json_object_set_new(o, qpp_str_dup(a, v[i].fact).p,
			                    json_loadb(v[i].value.n ? v[i].value.p : "", v[i].value.n, JSON_DECODE_ANY, NULL));
	}
	if (json_object_size(o))
		return qpp_body_done(a, o);
	json_decref(o);
	return QPP_LIT("");
}

struct qpp_str review_body_text(struct qpp_arena *a, const struct review_body *b)
{
	json_t *o = json_object();
	json_object_set_new(o, "form", form_json(&b->form));
	qpp_body_put(o, "question", b->question);
	if (b->recommended)
		json_object_set_new(o, "opinion", opinion_json(&b->opinion));
	return qpp_body_done(a, o);
}

enum qpp_code review_body_read(struct qpp_arena *a, struct qpp_str text, struct review_body *out, struct qpp_err *err)
{
	json_t *o = json_loadb(text.n ? text.p : "", text.n, 0, NULL);
	const json_t *opinion = json_object_get(o, "opinion");
	*out = (struct review_body){ .question = qpp_body_get(a, o, "question"), .recommended = opinion != NULL };
	if (!json_object_get(o, "form")) {
		json_decref(o);
		return qpp_fail(err, QPP_BUG, "a request that was kept cannot be read", (char *)NULL);
	}
	out->form = form_read(a, json_object_get(o, "form"));
	if (opinion)
		out->opinion = opinion_read(a, opinion);
	json_decref(o);
	return QPP_OK;
}

struct qpp_str review_opinion_text(struct qpp_arena *a, const struct qpp_review_decided *d)
{
	return qpp_body_done(a, opinion_json(d));
}

enum qpp_code review_opinion_read(struct qpp_arena *a, struct qpp_str text, struct qpp_review_decided *out, struct qpp_err *err)
{
	json_t *o = json_loadb(text.n ? text.p : "", text.n, 0, NULL);
	if (!json_is_object(o)) {
		json_decref(o);
		return qpp_fail(err, QPP_BUG, "a decision that was kept cannot be read", (char *)NULL);
	}
	*out = opinion_read(a, o);
	json_decref(o);
	return QPP_OK;
}

struct qpp_str review_filing_text(struct qpp_arena *a, const struct qpp_review_row *row, const struct qpp_review_form *form,
                                  const struct qpp_review_document_row_rows *documents)
{
	json_t *o = form_json(form), *list = json_array();
	qpp_body_put(o, "id", row->id);
	qpp_body_put(o, "organization", row->who.org_id);
	json_object_set_new(o, "certified", json_true());
	for (size_t i = 0; i < documents->n; i++) {
		json_t *x = json_object();
		qpp_body_put(x, "name", documents->v[i].name);
		qpp_body_put(x, "sha256", documents->v[i].sha256);
		json_array_append_new(list, x);
	}
	json_object_set_new(o, "documents", list);
	return qpp_body_done(a, o);
}
