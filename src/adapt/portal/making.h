/*
 * Models made of what the use cases answer, and the words they share. Nothing of
 * HTTP is seen here: a handler reads its parameters and calls these.
 */
#ifndef QPP_PORTAL_MAKING_H
#define QPP_PORTAL_MAKING_H

#include "adapt/portal/portal_host.h"
#include "adapt/portal/views.h"
#include "qpp/submission.h"

/* Errors of a form under way. */
struct portal_errors {
	struct qpp_arena *arena;
	QPP_VEC(struct qpp_form_error) list;
};
void portal_wrong(struct portal_errors *e, const char *field, struct qpp_str says);
struct qpp_form_errors portal_errors_of(const struct portal_errors *e);
/* The error of a use case as the one of a form; false when it is none that the person can mend. */
bool portal_wrong_err(struct portal_errors *e, const char *field, const struct qpp_err *err);

/* "a", then texts; ended by (char *)NULL. */
#define CAT(a, ...) qpp_str_cat((a), __VA_ARGS__, (char *)NULL)
/* NUL-terminated. */
#define C(a, s) (qpp_str_dup((a), (s)).p)

/* A path of this server: begins with one slash, no control characters. Otherwise "/". */
struct qpp_str portal_path(struct qpp_str to);

/* The first letter made a capital. */
struct qpp_str portal_capital(struct qpp_arena *a, struct qpp_str s);
/* Why a category's weight went elsewhere, for people. */
struct qpp_str making_reweight_words(struct qpp_str reason);

struct qpp_subject portal_subject(struct qpp_arena *a, const struct qpp_org *org, const struct qpp_who *who);
const char *portal_kind_title(enum qpp_org_kind k);
struct qpp_str portal_number(struct qpp_arena *a, enum qpp_org_kind kind, struct qpp_str number, struct qpp_str tin_masked);

/* The years that can be chosen, newest first. */
size_t portal_years(struct qpp_portal *p, struct qpp_arena *a, const int64_t **out);
/* Of the query or form; the newest when it is not told or not known. */
int64_t portal_year(struct qpp_portal *p, struct qpp_str told);
struct qpp_window_view portal_window(struct qpp_portal *p, struct qpp_arena *a, qpp_py py);
/* Whether the ten digits are an NPI; the sentence when not. */
bool portal_npi_ok(struct qpp_arena *a, struct qpp_str npi, struct qpp_str *says);

/* ---- models ---- */

/* Windows that are open now. */
void making_home(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_person *person, struct qpp_home *m);

/* The list of rule pages; one of them, empty when there is none. */
void making_rules(struct qpp_portal *p, struct qpp_arena *a, struct qpp_rules_view *m);
struct qpp_str making_rule_page(struct qpp_portal *p, struct qpp_str file);

/* QPP_NOT_FOUND: nobody has the NPI. */
QPP_MUST_USE enum qpp_code making_eligibility(struct qpp_portal *p, struct qpp_arena *a, struct qpp_str npi, int64_t year,
                                              struct qpp_eligibility_view *m, struct qpp_err *err);

QPP_MUST_USE enum qpp_code making_list(struct qpp_portal *p, const struct qpp_call *call, const struct qpp_person *person,
                                       enum qpp_entity level, struct qpp_submission_list *m, struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_submission(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id,
                                             struct qpp_submission_view *m, struct qpp_err *err);
/* The explanation of its score, a whole page. */
QPP_MUST_USE enum qpp_code making_why(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_str *html,
                                      struct qpp_err *err);
/* What is entered there for a measure: "104 of 120 met". */
struct qpp_measurement;
struct qpp_str making_data(struct qpp_arena *a, const struct qpp_measurement *x);

/* The score that counts, in words; `why`: why there is none. */
struct qpp_answer;
struct qpp_scored;
const struct qpp_scored *making_counts(const struct qpp_answer *x);
struct qpp_score_view making_score(struct qpp_portal *p, struct qpp_arena *a, qpp_py py, const struct qpp_answer *answer, struct qpp_str why);

/* ---- drafts (draft.c): one JSON text of a submission, {"TOPIC": {"saved": us, "form": {...}, "sets": [...], "file": name}} ---- */

struct making_field {
	struct qpp_str name, value;
};
struct making_draft {
	bool there;
	struct qpp_str topic, file;          /* "upload", "ia", "pi", "quality-001" */
	qpp_time saved;
	QPP_LIST(struct making_field) form;
	QPP_LIST(struct qpp_str) sets;       /* texts of measurement sets */
};
struct making_drafts {
	struct making_draft *v;
	size_t n;
};
void making_drafts_read(struct qpp_arena *a, struct qpp_str text, struct making_drafts *out);
/* Of a submission that is the caller's. */
QPP_MUST_USE enum qpp_code making_drafts_of(const struct qpp_call *call, struct qpp_str submission_id, struct making_drafts *out,
                                            struct qpp_err *err);
const struct making_draft *making_draft_of(const struct making_drafts *d, struct qpp_str topic);
/* Keeps, or with `there` false forgets, one of them. */
QPP_MUST_USE enum qpp_code making_draft_keep(const struct qpp_call *call, struct qpp_str submission_id, const struct making_draft *d,
                                             struct qpp_err *err);
struct qpp_str making_value(const struct making_draft *d, struct qpp_str name);

/* ---- entry (making_entry.c): forms out of the catalog, sets out of forms ---- */

QPP_MUST_USE enum qpp_code making_search(struct qpp_portal *p, const struct qpp_call *call, struct qpp_search_view *m, struct qpp_err *err);
/* `d`: what was typed or drafted; NULL: what is filed. QPP_NOT_FOUND: no such measure that year. */
QPP_MUST_USE enum qpp_code making_measure(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str measure_id,
                                          const struct making_draft *d, struct qpp_measure_form *m, struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_activities(struct qpp_portal *p, const struct qpp_call *call, const struct making_draft *d,
                                             struct qpp_activities_form *m, struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_pi(struct qpp_portal *p, const struct qpp_call *call, const struct making_draft *d,
                                     struct qpp_pi_form *m, struct qpp_err *err);

/* Faults of a draft, added to `errors` at the fields they came from. */
QPP_MUST_USE enum qpp_code making_faults(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, const struct making_draft *d,
                                         struct portal_errors *errors, struct qpp_err *err);
/* The same, and without faults what filing it would change. */
QPP_MUST_USE enum qpp_code making_show_review(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id,
                                              const struct making_draft *d, struct portal_errors *errors, struct qpp_filing_review *m,
                                              struct qpp_err *err);
/* Files it, unless there are faults, or it would undo an exception and that is not confirmed; `*last` is the number of the last record. */
QPP_MUST_USE enum qpp_code making_file(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, const struct making_draft *d,
                                       struct qpp_str key, qpp_time at, bool confirmed, struct portal_errors *errors, int64_t *last,
                                       bool *unconfirmed, struct qpp_err *err);

/* An uploaded file: whose it is (a submission made for it where `id` is empty), its sets as a draft, or its faults. */
QPP_MUST_USE enum qpp_code making_upload(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_str file,
                                         struct qpp_str bytes, struct making_draft *d, struct qpp_str *submission_id,
                                         struct qpp_upload *m, struct qpp_err *err);

QPP_MUST_USE enum qpp_code making_receipt(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, int64_t sequence,
                                          struct qpp_receipt_view *m, struct qpp_str *text, struct qpp_str *body, struct qpp_err *err);

#endif
