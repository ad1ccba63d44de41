/*
 * The lines of the catalog's list of counties. A name stands there as
 * qpp_county_key() makes it and in order, so that what is listed can be found;
 * whatever else stands there is refused and not overlooked.
 */
#include "catalog_scan.h"

#include "qpp/euc.h"

static bool read_state(struct qpp_scan *s, struct qpp_str *out)
{
	if (!qpp_scan_text(s, out, "the code of a state"))
		return false;
	int state = qpp_state_of(*out);
	return (state >= 0 && qpp_str_is(*out, qpp_state_code(state))) ||
	       qpp_scan_refuse(s, *out, "the two capital letters of a state or territory");
}

static bool read_name(struct qpp_scan *s, struct qpp_str *out)
{
	return qpp_scan_text(s, out, "the name of a county") &&
	       (qpp_str_eq(qpp_county_key(s->a, *out), *out) ||
	        qpp_scan_refuse(s, *out, "a county's name in small letters, without County and the like"));
}

static bool in_order(const struct qpp_euc_county *last, const struct qpp_euc_county *c)
{
	int order = last ? qpp_str_cmp(last->state, c->state) : -1;
	return order < 0 || (order == 0 && qpp_str_cmp(last->name, c->name) < 0);
}

/* The rest of the line, which may be nothing: tribal land is listed without ZIP codes. */
static bool read_zips(struct qpp_scan *s, struct qpp_strs *out)
{
	*out = (struct qpp_strs){ 0 };
	if (s->fields.p && !qpp_scan_texts(s, out, "a ZIP code"))
		return false;
	for (size_t i = 0; i < out->n; i++) {
		struct qpp_str five;
		if (!qpp_zip_of(out->v[i], &five) || five.n != out->v[i].n)
			return qpp_scan_refuse(s, out->v[i], "a ZIP code of five digits");
		if (i && qpp_str_cmp(out->v[i - 1], out->v[i]) >= 0)
			return qpp_scan_refuse(s, out->v[i], "ZIP codes in ascending order, none twice");
	}
	return true;
}

bool qpp_scan_county(struct qpp_scan *s, const struct qpp_euc_county *last, struct qpp_euc_county *out)
{
	if (!read_state(s, &out->state) || !read_name(s, &out->name))
		return false;
	if (!in_order(last, out))
		return qpp_scan_refuse(s, out->name, "counties in ascending order of state and name, none twice");
	return read_zips(s, &out->zips);
}
