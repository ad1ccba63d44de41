/* Why there is no benchmark, national averages of cost measures, and benchmarks that are missing without a word. */
#include "import_int.h"

void qpp_import_reasons(struct import *im, const struct json *array)
{
	QPP_VEC(struct qpp_no_benchmark) list = { 0 };
	struct import_keys keys = { .im = im, .kind = "reason" };
	for (const struct json *x = array->first; x; x = x->next) {
		struct record r;
		struct qpp_no_benchmark n = { 0 };
		if (!qpp_import_begin(&r, im, x, "reason"))
			continue;
		n.measure_id = qpp_import_text(&r, "measureId", REQUIRED);
		n.method = qpp_import_method(&r, "submissionMethod");
		qpp_import_name(&r, "reason", n.measure_id, n.method);
		qpp_import_check_year(&r);
		n.codes = qpp_import_texts(&r, "reasonCodes");
		if (!n.codes.n && !r.bad)
			qpp_import_remark(&r, QPP_ERROR, "memberMissing", x, "reasonCodes is absent or empty");
		if (r.bad)
			continue;
		qpp_import_check_reference(&r, qpp_import_member(x, "measureId"), n.measure_id);
		if (qpp_catalog_benchmark(&im->c, n.measure_id, n.method))
			qpp_import_remark(&r, QPP_WARNING, "catalogContradiction", x, "there is a reason for no benchmark, and a benchmark");
		qpp_import_keep(&keys, &r, n.measure_id, n.method);
		*QPP_PUSH(im->a, &list) = n;
	}
	im->c.no_benchmarks = qpp_import_sorted(&keys, list.v, sizeof *list.v, &im->c.n_no_benchmarks);
	im->has_reasons = true;
	qpp_import_unknown_members(im, array, "measureId submissionMethod performanceYear benchmarkYear "
	                                      "reasonCodes reasonDescriptions");
}

void qpp_import_averages(struct import *im, const struct json *array)
{
	QPP_VEC(struct qpp_national_average) list = { 0 };
	struct import_keys keys = { .im = im, .kind = "national average" };
	for (const struct json *x = array->first; x; x = x->next) {
		struct record r;
		struct qpp_national_average n = { 0 };
		if (!qpp_import_begin(&r, im, x, "national average"))
			continue;
		n.measure_id = qpp_import_text(&r, "measureId", REQUIRED);
		qpp_import_name(&r, "national average", n.measure_id, QPP_METHOD_NONE);
		qpp_import_check_year(&r);
		n.group = qpp_import_number(&r, "groupNationalAverage");
		n.individual = qpp_import_number(&r, "individualNationalAverage");
		if (r.bad)
			continue;
		qpp_import_check_reference(&r, qpp_import_member(x, "measureId"), n.measure_id);
		qpp_import_keep(&keys, &r, n.measure_id, QPP_METHOD_NONE);
		*QPP_PUSH(im->a, &list) = n;
	}
	im->c.averages = qpp_import_sorted(&keys, list.v, sizeof *list.v, &im->c.n_averages);
	qpp_import_unknown_members(im, array, "measureId performanceYear benchmarkYear "
	                                      "groupNationalAverage individualNationalAverage");
}

/* Measures by a collection type that have neither. Without a file of reasons they are only counted. */
void qpp_import_check_missing(struct import *im)
{
	int64_t n = 0;
	for (size_t i = 0; i < im->c.n_measures; i++) {
		const struct qpp_measure *m = &im->c.measures[i];
		for (unsigned k = QPP_METHOD_NONE + 1; k < QPP_METHODS; k++) {
			enum qpp_method method = (enum qpp_method)k;
			if (!(m->methods & 1u << k) || m->historical_removed & 1u << k ||
			    qpp_catalog_benchmark(&im->c, m->id, method) || qpp_catalog_no_benchmark(&im->c, m->id, method))
				continue;
			n++;
			if (!im->has_reasons)
				continue;
			struct record r = { .im = im, .j = im->measure_at[i] };
			qpp_import_name(&r, "measure", m->id, method);
			qpp_import_remark(&r, QPP_INFORMATION, "benchmarkMissing", r.j,
			                  "the measure has no benchmark by this collection type, and no published reason");
		}
	}
	if (n && !im->has_reasons) {
		struct record r = { .im = im, .subject = QPP_LIT("benchmarks") };
		qpp_import_remark(&r, QPP_INFORMATION, "benchmarkMissing", NULL,
		                  "measures have no benchmark by one of their collection types; the year has no published reasons")
		    ->value = qpp_i64_text(im->a, n);
	}
}
