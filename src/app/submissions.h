/*
 * What was filed, as somebody may see it: a registry what it filed itself, a
 * practice and its clinicians all that was filed for them.
 */
#ifndef QPP_APP_SUBMISSIONS_H
#define QPP_APP_SUBMISSIONS_H

#include "app/filing.h"

struct qpp_seen_submission {
	struct qpp_submission_row row;
	struct qpp_org org;
	struct qpp_str tin;              /* in the clear for those of the organization, else masked; empty without one */
	struct qpp_filed_set *sets;
	size_t n_sets;
};

struct qpp_submission_ask {
	struct qpp_str tin;              /* nine digits; empty: any */
	struct qpp_str entity_id, npi;
	enum qpp_entity entity;          /* 0: any */
	qpp_py py;                       /* 0: any */
};

struct qpp_seen_submissions {
	struct qpp_seen_submission *v;
	size_t n;
	int64_t total;
};

/*
 * Submissions that the caller has a part in. Where a registry asks by TIN for a practice that lets it in, a submission
 * without a set of its own comes too, with no sets: new ones can be filed into it. QPP_USAGE when it is not clear for
 * which organization the caller asks.
 */
QPP_MUST_USE enum qpp_code qpp_submissions_list(const struct qpp_call *call, const struct qpp_submission_ask *ask,
                                                struct qpp_slice slice, struct qpp_seen_submissions *out,
                                                struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_submission_see(const struct qpp_call *call, struct qpp_str id, struct qpp_seen_submission *out,
                                              struct qpp_err *err);

/* One set; `reach`, which may be NULL, says what the caller may do with it. */
QPP_MUST_USE enum qpp_code qpp_set_see(const struct qpp_call *call, struct qpp_str id, struct qpp_filed_set *out,
                                       enum qpp_reach *reach, struct qpp_err *err);

/* The caller's own sets; of one year, submission; 0 and empty: any. */
struct qpp_seen_sets {
	struct qpp_filed_set *v;
	size_t n;
	int64_t total;
};
QPP_MUST_USE enum qpp_code qpp_sets_list(const struct qpp_call *call, struct qpp_str submission_id, qpp_py py,
                                         struct qpp_slice slice, struct qpp_seen_sets *out, struct qpp_err *err);

/*
 * The score of a submission as its asker may see it: a registry of its own sets, others of all; with the facts that the
 * store has for scoring. `program` empty: every program.
 */
struct qpp_answer;
QPP_MUST_USE enum qpp_code qpp_submission_score(const struct qpp_call *call, struct qpp_str id, struct qpp_str program,
                                                const struct qpp_answer **out, struct qpp_err *err);

/* The score that a checked document would get, without what is known of its filer; nothing is kept. */
QPP_MUST_USE enum qpp_code qpp_score_preview(const struct qpp_call *call, struct qpp_submission *s, struct qpp_str program,
                                             const struct qpp_answer **out, struct qpp_err *err);

/* Facts for scoring out of their text (docs/cli.md), a port by link: src/adapt/json. NULL: it is no such text. */
struct qpp_facts;
struct qpp_facts *qpp_facts_doc_read(struct qpp_arena *a, struct qpp_str text, struct qpp_findings *f);

#endif
