/* What the files of filing share. */
#ifndef QPP_APP_FILING_INT_H
#define QPP_APP_FILING_INT_H

#include "app/filing.h"

enum qpp_filing_kind { QPP_FILING_NEW, QPP_FILING_REPLACE, QPP_FILING_MERGE, QPP_FILING_DELETE, QPP_FILING_MEASUREMENT };

/* A filing while it is worked on. */
struct qpp_filing_work {
	struct qpp_filing *f;
	enum qpp_filing_kind kind;
	const struct qpp_set_doc *doc;           /* new, replace, merge */
	struct qpp_str set_id, measure_id;       /* of what is changed */
	enum qpp_measurement_act act;
	const struct qpp_measurement *measurement;
	bool checked;                            /* the document was, before the store was asked */
	struct qpp_findings before;              /* the findings as they were: the store may run a change again */
	struct qpp_once *once;                   /* NULL: no idempotency key */
};

/* Whose data, and on whose behalf they come. */
struct qpp_filer {
	struct qpp_who who;
	struct qpp_str submitter_id;             /* empty: the practice's own people */
};

/* The practice or group as the caller named it; a TIN by its last digits only. */
struct qpp_str qpp_filer_named(struct qpp_arena *a, const struct qpp_submission *s);

/*
 * Of whom a document says it is. `*known` false: there is no such organization, which then is made where the service
 * takes filings for anybody. QPP_DATA with a finding when the document does not say.
 */
enum qpp_code qpp_filer_find(struct qpp_tx *tx, struct qpp_filing *f, const struct qpp_submission *s, struct qpp_who *who,
                             bool *known, struct qpp_err *err);

/* May the caller file for `who`, and as what. `named` are the last digits or the number that the caller gave. */
enum qpp_code qpp_filer_rights(struct qpp_tx *tx, struct qpp_filing *f, const struct qpp_who *who, bool known,
                               struct qpp_str named, struct qpp_filer *out, struct qpp_err *err);

/* As the agency's, of a registry that asks for what is not in its reach: the practice lets it in that year. */
bool qpp_registry_let_in(struct qpp_tx *tx, const struct qpp_service *service, const struct qpp_who *who,
                         struct qpp_str registry_id);

/* Programs that the level cannot report under that year, as findings; of `who` year and level are asked. */
void qpp_program_check(const struct qpp_service *service, const struct qpp_who *who, const struct qpp_measurement_set *sets, size_t n,
                       struct qpp_findings *f);
/* The same of a set that is filed, and how it is submitted; QPP_DATA with findings. */
enum qpp_code qpp_upload_check(const struct qpp_service *service, const struct qpp_measurement_set *set, const struct qpp_filer *filer,
                               struct qpp_findings *f, struct qpp_err *err);

/* QPP_DATA with a finding when `who` has to opt in first. */
enum qpp_code qpp_opt_in_check(struct qpp_tx *tx, struct qpp_filing *f, const struct qpp_who *who, struct qpp_where where,
                               struct qpp_err *err);

/* The change that the store runs, for a set that is there already. */
enum qpp_code qpp_filing_edit(struct qpp_tx *tx, struct qpp_filing_work *w, struct qpp_err *err);

/* Record, receipt and answer of what was done; the last step of every change. */
enum qpp_code qpp_filing_record(struct qpp_tx *tx, struct qpp_filing_work *w, struct qpp_filed *filed, struct qpp_err *err);

/* QPP_DATA with the number of errors; the findings say which. */
enum qpp_code qpp_filing_refuse(const struct qpp_findings *findings, struct qpp_err *err);

#endif
