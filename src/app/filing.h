/*
 * Filing: measurement sets come in, are replaced, changed and taken back. Every
 * filing is checked whole, belongs to the submission of a practice, virtual
 * group, subgroup or APM entity in a year, and is a record of the ledger with a
 * receipt; what was acknowledged is on disk.
 *
 *  - Who may: the practice's own people for it; a registry for a practice that lets it in that year (unless the service
 *    has consent_off); QPP_FORBIDDEN says who can grant it. The token of another year, and a closed window, are
 *    QPP_SIGNED_OUT.
 *  - Data with errors are QPP_DATA: the findings of the request name them. Nothing is kept.
 *  - A thing of others, and none: QPP_NOT_FOUND.
 *  - A set of the same category, method, program and practice that is there already: QPP_DUPLICATE.
 *  - QPP_STALE when `version` is not that of the set.
 *  - With an idempotency key the first answer comes again, byte for byte (QPP_KEY_REUSED, QPP_CONFLICT: store.h).
 */
#ifndef QPP_APP_FILING_H
#define QPP_APP_FILING_H

#include "app/receipt.h"
#include "app/service.h"
#include "app/set_doc.h"

/* A set as it stands in the store. */
struct qpp_filed_set {
	struct qpp_set_row row;
	struct qpp_submission whole;     /* who, and the one set, resolved in the catalog of the year */
	struct qpp_str source;
};

struct qpp_filed {
	struct qpp_filed_set set;
	bool created;
	struct qpp_str measure_id;       /* of a filing of one measurement */
	const struct qpp_receipt *receipt;
	const struct qpp_findings *findings;
};

/* Makes the answer of a filing, as it is kept under its key. Called on a thread of the store; only makes text in `a`. */
typedef struct qpp_str qpp_filing_show(struct qpp_arena *a, const struct qpp_filed *filed);

struct qpp_filing {
	struct qpp_call call;
	qpp_time at;                     /* the last byte of the request */
	struct qpp_str bytes;            /* what was sent */
	struct qpp_str route;            /* method and path: part of what an idempotency key is for */
	struct qpp_str key;              /* idempotency key; empty: none */
	int64_t version;                 /* of the set that is changed, as the filer saw it; 0: whatever it is */
	struct qpp_findings *findings;   /* in the arena of the call */
	qpp_filing_show *show;           /* NULL: no answer text */
	/* What comes of it. */
	struct qpp_str answer;           /* made by `show`, now or the first time */
	struct qpp_str receipt;          /* one line of JSON */
	int64_t new_version;             /* of the set; 0: it is gone */
	bool replayed, created;
};

/* A new set, into the submission it names, or the one of who it says it is of, which is made when there is none. */
QPP_MUST_USE enum qpp_code qpp_file_set(struct qpp_filing *f, const struct qpp_set_doc *doc, struct qpp_err *err);

/* All of a set anew. */
QPP_MUST_USE enum qpp_code qpp_file_replace(struct qpp_filing *f, struct qpp_str set_id, const struct qpp_set_doc *doc,
                                            struct qpp_err *err);
/* The members that the document has; measurements by measure id, the others stay. */
QPP_MUST_USE enum qpp_code qpp_file_merge(struct qpp_filing *f, struct qpp_str set_id, const struct qpp_set_doc *doc,
                                          struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_file_delete(struct qpp_filing *f, struct qpp_str set_id, struct qpp_err *err);

/* One measurement: a new one (QPP_DUPLICATE), all of it anew (QPP_NOT_FOUND), away. */
enum qpp_measurement_act { QPP_MEASUREMENT_ADD, QPP_MEASUREMENT_PUT, QPP_MEASUREMENT_DELETE };
QPP_MUST_USE enum qpp_code qpp_file_measurement(struct qpp_filing *f, struct qpp_str set_id, struct qpp_str measure_id,
                                                enum qpp_measurement_act act, const struct qpp_measurement *m,
                                                struct qpp_err *err);

/*
 * The check of a whole document before anybody files it: findings, and the measures resolved. QPP_OK also with error
 * findings; QPP_NO_RULE.
 */
QPP_MUST_USE enum qpp_code qpp_filing_check(const struct qpp_service *service, struct qpp_arena *a, struct qpp_submission *s,
                                            struct qpp_findings *findings, struct qpp_err *err);

/* The set in a row; QPP_BUG when its text is not one. */
QPP_MUST_USE enum qpp_code qpp_filed_read(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_set_row *row,
                                          const struct qpp_who *who, struct qpp_filed_set *out, struct qpp_err *err);

/* The id of a measurement is that of its set, a dot, and the id of its measure. False for anything else. */
bool qpp_measurement_id_cut(struct qpp_str id, struct qpp_str *set_id, struct qpp_str *measure_id);
struct qpp_str qpp_measurement_id(struct qpp_arena *a, struct qpp_str set_id, struct qpp_str measure_id);

#endif
