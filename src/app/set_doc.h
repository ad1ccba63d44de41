/*
 * Measurement sets as texts, a port by link: src/adapt/json reads and writes
 * them. A set is kept in the store as the text of qpp_set_doc_text(), which
 * qpp_set_doc_read() reads again to the same structure.
 */
#ifndef QPP_APP_SET_DOC_H
#define QPP_APP_SET_DOC_H

#include "qpp/submission.h"

enum qpp_set_reading {
	QPP_SET_WHOLE,               /* what is absent and required is an error */
	QPP_SET_PART                 /* what is absent stays as it was */
};

/* Which members a part has; bits. */
enum {
	QPP_HAS_CATEGORY = 1, QPP_HAS_METHOD = 2, QPP_HAS_PROGRAM = 4, QPP_HAS_CEHRT = 8, QPP_HAS_START = 16, QPP_HAS_END = 32,
	QPP_HAS_MEASUREMENTS = 64, QPP_HAS_SOURCE = 128, QPP_HAS_PRACTICE = 256
};

struct qpp_set_doc {
	struct qpp_submission s;     /* of whom, where it says; sets[0] is the set */
	bool has_submission;         /* an embedded submission object was there */
	struct qpp_str submission_id;
	struct qpp_str source, practice_id;      /* "qrda3"; which of the submitter's practices */
	unsigned has;
};

/* False when there is nothing to read; findings then say why. Error findings: the document is not what was sent. */
bool qpp_set_doc_read(struct qpp_arena *a, struct qpp_str file, struct qpp_str text, enum qpp_set_reading how,
                      struct qpp_set_doc *out, struct qpp_findings *f);
struct qpp_str qpp_set_doc_text(struct qpp_arena *a, const struct qpp_measurement_set *set, struct qpp_str source);

struct qpp_measurement_doc {
	struct qpp_str set_id;       /* measurementSetId; empty when it does not say */
	struct qpp_measurement m;
	bool has_id, has_value;
};
bool qpp_measurement_doc_read(struct qpp_arena *a, struct qpp_str file, struct qpp_str text, struct qpp_measurement_doc *out,
                              struct qpp_findings *f);

#endif
