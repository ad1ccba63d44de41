/* MVPs and clinical clusters: lists of measures that belong together. */
#include "import_int.h"

static const char known_in_mvp[] =
	"mvpId title qualityMeasureIds iaMeasureIds costMeasureIds foundationPiMeasureIds foundationQualityMeasureIds "
	"administrativeClaimsMeasureIds "
	/* known, and not part of a catalog; the last two follow from the lists of measures */
	"clinicalTopic clinicalTopics description specialtiesMostApplicableTo hasCahps hasOutcomeAdminClaims";

static struct qpp_strs members(struct record *r, const char *name)
{
	struct qpp_strs ids = qpp_import_texts(r, name);
	qpp_import_check_references(r, name, ids);
	return ids;
}

void qpp_import_mvps(struct import *im, const struct json *array)
{
	QPP_VEC(struct qpp_mvp) list = { 0 };
	struct import_keys keys = { .im = im, .kind = "MVP" };
	for (const struct json *x = array->first; x; x = x->next) {
		struct record r;
		struct qpp_mvp m = { 0 };
		if (!qpp_import_begin(&r, im, x, "MVP"))
			continue;
		m.id = qpp_import_text(&r, "mvpId", REQUIRED);
		qpp_import_name(&r, "MVP", m.id, QPP_METHOD_NONE);
		m.title = qpp_import_title(&r, "title");
		m.quality = members(&r, "qualityMeasureIds");
		m.ia = members(&r, "iaMeasureIds");
		m.cost = members(&r, "costMeasureIds");
		m.foundation_pi = members(&r, "foundationPiMeasureIds");
		m.foundation_quality = members(&r, "foundationQualityMeasureIds");
		m.administrative_claims = members(&r, "administrativeClaimsMeasureIds");
		if (r.bad)
			continue;
		qpp_import_keep(&keys, &r, m.id, QPP_METHOD_NONE);
		*QPP_PUSH(im->a, &list) = m;
	}
	im->c.mvps = qpp_import_sorted(&keys, list.v, sizeof *list.v, &im->c.n_mvps);
	qpp_import_unknown_members(im, array, known_in_mvp);
}

/* specialtySets or clinicalClusters of a record: names with the measures under each. */
static const struct qpp_cluster_set *read_sets(struct record *r, const char *name, size_t *n)
{
	const struct json *array = qpp_import_child(r, name, OPTIONAL, JSON_ARRAY);
	*n = 0;
	if (!array)
		return NULL;
	struct qpp_cluster_set *v = QPP_NEW_ARRAY(r->im->a, array->n, struct qpp_cluster_set);
	for (const struct json *x = array->first; x; x = x->next) {
		struct record set;
		if (qpp_import_begin(&set, r->im, x, r->subject.p)) {
			v[*n].name = qpp_import_text(&set, "name", REQUIRED);
			v[*n].measure_ids = members(&set, "measureIds");
			if (!v[*n].measure_ids.n && !set.bad)
				qpp_import_remark(&set, QPP_ERROR, "memberMissing", x, "measureIds is absent or empty");
			++*n;
		}
		r->bad = r->bad || set.bad;
	}
	qpp_import_unknown_members(r->im, array, "name measureIds");
	return v;
}

void qpp_import_clusters(struct import *im, const struct json *array)
{
	QPP_VEC(struct qpp_cluster) list = { 0 };
	struct import_keys keys = { .im = im, .kind = "cluster" };
	for (const struct json *x = array->first; x; x = x->next) {
		struct record r;
		struct qpp_cluster c = { 0 };
		if (!qpp_import_begin(&r, im, x, "cluster"))
			continue;
		c.measure_id = qpp_import_text(&r, "measureId", REQUIRED);
		c.method = qpp_import_method(&r, "submissionMethod");
		qpp_import_name(&r, "cluster", c.measure_id, c.method);
		c.specialty_sets = read_sets(&r, "specialtySets", &c.n_specialty_sets);
		c.clinical_clusters = read_sets(&r, "clinicalClusters", &c.n_clinical_clusters);
		if (r.bad)
			continue;
		qpp_import_check_reference(&r, qpp_import_member(x, "measureId"), c.measure_id);
		qpp_import_keep(&keys, &r, c.measure_id, c.method);
		*QPP_PUSH(im->a, &list) = c;
	}
	im->c.clusters = qpp_import_sorted(&keys, list.v, sizeof *list.v, &im->c.n_clusters);
	qpp_import_unknown_members(im, array, "measureId submissionMethod firstPerformanceYear lastPerformanceYear "
	                                      "specialtySets clinicalClusters");
}
