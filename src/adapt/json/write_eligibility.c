/* Eligibility and QP status as JSON: an undecided status is absent, and what would decide it is listed. */
#include "adapt/json/write_eligibility.h"

#include <stdlib.h>

#include "adapt/json/write.h"

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

static void put_why(json_t *to, const struct qpp_reasons *why)
{
	json_t *reasons = json_array(), *missing = json_array();
	for (size_t i = 0; i < why->list.n; i++) {
		json_t *o = json_object();
		qpp_json_put_text(o, "rule", why->list.v[i].rule);
		qpp_json_put_text(o, "text", why->list.v[i].text);
		add(reasons, o);
	}
	for (size_t i = 0; i < why->unknown.n; i++) {
		json_t *o = json_object();
		qpp_json_put_text(o, "fact", why->unknown.v[i].fact);
		qpp_json_put_text(o, "decides", why->unknown.v[i].decides);
		add(missing, o);
	}
	put(to, "reasons", reasons);
	put(to, "missingFacts", missing);
}

static json_t *names(uint32_t bits, const char *(*name_of)(int), int n)
{
	json_t *list = json_array();
	for (int i = 0; i < n; i++)
		if (bits & UINT32_C(1) << i)
			add(list, qpp_json_text(qpp_str_of(name_of(i))));
	return list;
}

static const char *status_name(int i)
{
	return qpp_eligibility_status_name((enum qpp_eligibility_status)i);
}

static const char *special_name(int i)
{
	return qpp_special_name((enum qpp_special)i);
}

static json_t *euc(const struct qpp_euc *x)
{
	json_t *o = json_object();
	put(o, "answer", qpp_json_text(qpp_str_of(qpp_euc_answer_name(x->answer))));
	put_why(o, &x->why);
	return o;
}

json_t *qpp_json_eligibility(const struct qpp_eligibility *x)
{
	json_t *o = json_object();
	if (x->status != QPP_ELIGIBILITY_UNDECIDED)
		put(o, "status", qpp_json_text(qpp_str_of(qpp_eligibility_status_name(x->status))));
	else
		put(o, "possible", names(x->possible, status_name, QPP_ELIGIBILITY_STATUSES));
	put(o, "specialStatuses", names(x->specials, special_name, QPP_SPECIALS));
	put_why(o, &x->why);
	if (x->has_euc)
		put(o, "automaticEuc", euc(&x->euc));
	return o;
}

json_t *qpp_json_qp(struct qpp_arena *a, const struct qpp_qp *x)
{
	json_t *o = json_object();
	if (x->status != QPP_QP_UNKNOWN)
		put(o, "status", qpp_json_text(qpp_str_of(qpp_qp_status_name(x->status))));
	if (x->incentive_percent.has)
		put(o, "incentivePercent", qpp_json_text(qpp_dec_text(a, x->incentive_percent.v, 2)));
	put_why(o, &x->why);
	return o;
}
