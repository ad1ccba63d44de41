/*
 * A document against the catalog of its year, and a kept set read back: the
 * same check makes both usable, and resolves the measures.
 */
#include "app/filing_int.h"

#include "qpp/buf.h"
#include "qpp/check.h"

enum { UUID_LENGTH = 36 };

enum qpp_code qpp_filing_refuse(const struct qpp_findings *findings, struct qpp_err *err)
{
	struct qpp_arena *a = findings->arena;
	(void)qpp_fail(err, QPP_DATA, "the data have ", qpp_i64_text(a, (int64_t)findings->errors).p,
	               findings->errors == 1 ? " error" : " errors", (char *)NULL);
	return QPP_DATA;
}

enum qpp_code qpp_filing_check(const struct qpp_service *service, struct qpp_arena *a, struct qpp_submission *s,
                               struct qpp_findings *findings, struct qpp_err *err)
{
	const struct qpp_catalog *catalog;
	if (!s->py.v)
		return QPP_OK;
	enum qpp_code code = qpp_years_need(service->years, a, s->py, &catalog, err);
	if (code == QPP_OK) {
		qpp_check_submission(s, catalog, findings);
		qpp_program_check(service, &(struct qpp_who){ .py = s->py, .entity = s->entity }, s->sets, s->n_sets, findings);
	}
	return code;
}

enum qpp_code qpp_filed_read(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_set_row *row,
                             const struct qpp_who *who, struct qpp_filed_set *out, struct qpp_err *err)
{
	enum { FEW = 10 };
	struct qpp_findings findings;
	struct qpp_set_doc doc;
	qpp_findings_init(&findings, a, FEW);
	if (!qpp_set_doc_read(a, QPP_LIT(""), row->body, QPP_SET_WHOLE, &doc, &findings) || findings.errors || !doc.s.n_sets)
		return qpp_fail(err, QPP_BUG, "a measurement set of the store cannot be read", (char *)NULL);
	*out = (struct qpp_filed_set){ .row = *row, .whole = doc.s, .source = doc.source };
	/* Nobody's: a kept set is checked for its measures, its filer was checked when it came. */
	out->whole.py = who->py;
	out->whole.entity = QPP_ENTITY_NONE;
	enum qpp_code code = qpp_filing_check(service, a, &out->whole, &findings, err);
	out->whole.entity = who->entity;
	out->whole.npi = who->npi;
	return code;
}

bool qpp_measurement_id_cut(struct qpp_str id, struct qpp_str *set_id, struct qpp_str *measure_id)
{
	if (id.n <= UUID_LENGTH + 1 || id.p[UUID_LENGTH] != '.')
		return false;
	*set_id = (struct qpp_str){ id.p, UUID_LENGTH };
	*measure_id = (struct qpp_str){ id.p + UUID_LENGTH + 1, id.n - UUID_LENGTH - 1 };
	return true;
}

struct qpp_str qpp_measurement_id(struct qpp_arena *a, struct qpp_str set_id, struct qpp_str measure_id)
{
	return qpp_str_cat(a, qpp_str_dup(a, set_id).p, ".", qpp_str_dup(a, measure_id).p, (char *)NULL);
}
