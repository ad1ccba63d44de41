/* Models of performance feedback (app/feedback.h), and what its downloads and tools are made with. */
#ifndef QPP_PORTAL_MAKING_FEEDBACK_H
#define QPP_PORTAL_MAKING_FEEDBACK_H

#include "adapt/portal/making.h"
#include "app/feedback.h"

/* Whom an address names: "/feedback/2023/ORG", "/feedback/2023/ORG/NPI". */
struct making_subject {
	qpp_py py;
	struct qpp_str org_id, npi;          /* npi empty: the organization itself */
};
/* QPP_NOT_FOUND: no year. */
QPP_MUST_USE enum qpp_code making_subject_of(struct qpp_portal *p, struct qpp_str year, struct qpp_str org_id, struct qpp_str npi,
                                             struct making_subject *out, struct qpp_err *err);
struct qpp_str making_feedback_href(struct qpp_arena *a, const struct making_subject *s);

/* Whose it is; the level of an organization is found by its kind. QPP_NOT_FOUND; QPP_FORBIDDEN. */
QPP_MUST_USE enum qpp_code making_feedback_who(const struct qpp_call *call, const struct making_subject *s, struct qpp_who *who,
                                               struct qpp_err *err);

QPP_MUST_USE enum qpp_code making_feedback_home(struct qpp_portal *p, const struct qpp_call *call, const struct qpp_person *person,
                                                struct qpp_feedback_home *m, struct qpp_err *err);
/* `version_id` empty: the current one; `start`: the first of the clinicians that are listed. */
QPP_MUST_USE enum qpp_code making_feedback(struct qpp_portal *p, const struct qpp_call *call, const struct making_subject *s,
                                           struct qpp_str version_id, int64_t start, struct qpp_feedback_report *m, struct qpp_err *err);

/* What else is opened from the page of an organization: subgroups, clinicians; sets the subject and the level of `who`. */
QPP_MUST_USE enum qpp_code making_feedback_people(struct qpp_portal *p, const struct qpp_call *call, const struct making_subject *s,
                                                  struct qpp_who *who, struct qpp_feedback_report *m, struct qpp_err *err);

/* ---- tools ---- */

/* QPP_NOT_FOUND: not a version of this subject. Where one cannot be made again, the view says why. */
QPP_MUST_USE enum qpp_code making_feedback_changes(struct qpp_portal *p, const struct qpp_call *call, const struct making_subject *s,
                                                   struct qpp_str old_id, struct qpp_str now_id, struct qpp_feedback_changes_view *m,
                                                   struct qpp_err *err);
/* `typed`: one amount a line. With a line that is none there are no totals, and the view names the line. */
QPP_MUST_USE enum qpp_code making_feedback_claims(const struct qpp_call *call, const struct making_subject *s, struct qpp_str typed,
                                                  struct qpp_feedback_claims_view *m, struct qpp_err *err);

/* Line by line against the current version. */
QPP_MUST_USE enum qpp_code making_feedback_check(struct qpp_portal *p, const struct qpp_call *call, const struct making_subject *s,
                                                 struct qpp_str typed, struct qpp_feedback_check *m, struct qpp_err *err);

/* ---- files ---- */

struct qpp_str making_feedback_csv(struct qpp_arena *a, const struct qpp_feedback *x);
struct qpp_str making_feedback_json(const struct qpp_call *call, const struct qpp_feedback *x);
QPP_MUST_USE enum qpp_code making_feedback_pdf(struct qpp_portal *p, const struct qpp_call *call, const struct making_subject *s,
                                               struct qpp_str version_id, struct qpp_str *pdf, struct qpp_err *err);
/* "feedback-2023-9000000007-version-2.csv" */
struct qpp_str making_feedback_file(struct qpp_arena *a, const struct qpp_feedback *x, const char *kind);

/* What a form brought, with line feeds alone: browsers send them as two bytes. */
struct qpp_str making_pasted(struct qpp_arena *a, struct qpp_str s);

/* ---- words that the files share ---- */

/* "+1.12 %" out of "1.12", with the minus of print; empty stays so. */
struct qpp_str making_factor(struct qpp_arena *a, struct qpp_str factor);
const char *making_phase(enum qpp_phase phase);
struct qpp_feedback_version_line making_version(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_feedback_version *v);
/* The subject without names that are not known. */
struct qpp_subject making_feedback_subject(struct qpp_arena *a, const struct qpp_feedback *x);
/* Categories in the order of the pages, with their keys. */
struct making_category {
	enum qpp_category category;
	const char *key;
};
extern const struct making_category making_categories[QPP_CATEGORIES];

#endif
