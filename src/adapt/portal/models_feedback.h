/* What the views of performance feedback show; models.h says how it is to be read. */
#ifndef QPP_PORTAL_MODELS_FEEDBACK_H
#define QPP_PORTAL_MODELS_FEEDBACK_H

#include "adapt/portal/models.h"
#include "app/agency.h"

/* ---- /feedback ---- */

struct qpp_feedback_open {
	struct qpp_str href, name, number, kind, says;       /* says: "Final score 71.20", "Nothing released yet" */
};
struct qpp_feedback_home {
	int64_t year;
	QPP_LIST(int64_t) years;
	struct qpp_str released, factors;    /* when, in words; empty: not yet */
	QPP_LIST(struct qpp_feedback_open) orgs;
	struct qpp_str npi;                  /* that was asked for */
	QPP_LIST(struct qpp_feedback_open) found;
	bool only_registry;                  /* has roles of registries alone: sees no feedback */
};

/* ---- one report ---- */

struct qpp_decile_line {
	int64_t decile;
	struct qpp_str begins;               /* rate at which it begins */
};
struct qpp_feedback_measure {
	struct qpp_str id, title, method, rate, cases, points, benchmark, says, why;    /* why: a part of HTML */
	struct qpp_str decile;               /* "Decile 7 of 10"; empty: no benchmark was applied */
	int64_t reached;                     /* 0..10 */
	bool inverse;
	QPP_LIST(struct qpp_decile_line) deciles;
};
struct qpp_feedback_category {
	const char *key, *title;
	struct qpp_str percent, weight, contribution, note, why;
	int64_t weight_hundredths, contribution_hundredths;  /* points of the final score */
	QPP_LIST(struct qpp_feedback_measure) measures;
};
struct qpp_feedback_bonus {
	const char *what;
	struct qpp_str points, why;
};
struct qpp_feedback_version_line {
	struct qpp_str id, number, phase, released, reason, score, factor;
	bool current, shown;
};
struct qpp_feedback_other_line {
	struct qpp_str level, org, score, why, rule;         /* rule: a part of HTML */
};
struct qpp_feedback_person {
	struct qpp_str href, name, npi, score, factor, level, phase;
};

struct qpp_feedback_report {
	struct qpp_str href;                 /* "/feedback/2023/ORG", with "/NPI" of a clinician */
	struct qpp_str org_href;             /* of a clinician: of the organization; empty otherwise */
	struct qpp_subject subject;
	struct qpp_str query;                /* "py=2023&level=...": for a request about it */
	bool nothing;                        /* no version was released */
	int64_t payment_year;
	struct qpp_score_view score;
	struct qpp_str no_factor;            /* why there is none; empty: there is one */
	bool additional_year;                /* an additional factor for exceptional performance is possible */
	struct qpp_str additional;
	struct qpp_feedback_version_line shown;
	bool pair, pays;
	struct qpp_str counts, counts_why;   /* "the group Maple Family Medicine" */
	QPP_LIST(struct qpp_feedback_other_line) others;
	struct qpp_str no_detail;
	QPP_LIST(struct qpp_feedback_category) categories;
	QPP_LIST(struct qpp_feedback_bonus) bonuses;
	struct qpp_str why_final, why_factor;
	QPP_LIST(struct qpp_feedback_version_line) versions;
	bool has_people;
	QPP_LIST(struct qpp_feedback_person) levels, people;     /* levels: subgroups */
	int64_t total, start, page;
	bool may_download, may_ask;
};

/* ---- two versions side by side ---- */

struct qpp_change_fact {
	struct qpp_str says, subject, old, now, note, rule;  /* rule: a part of HTML */
};
struct qpp_feedback_changes_view {
	struct qpp_str href;
	struct qpp_subject subject;
	struct qpp_feedback_version_line old, now;
	struct qpp_str no_detail;            /* why the facts cannot be held against each other */
	QPP_LIST(struct qpp_change_fact) causes, follows;
};

/* ---- what the adjustment does to claims ---- */

struct qpp_claim_line_view {
	struct qpp_str paid, adjustment, after, sequestration, net;
};
struct qpp_feedback_claims_view {
	struct qpp_str href;
	struct qpp_subject subject;
	struct qpp_str factor, no_factor;
	int64_t payment_year;
	struct qpp_claim_line_view hundred;
	struct qpp_str typed;                /* as it was pasted */
	int64_t lines;                       /* amounts that were read; 0: none yet */
	struct qpp_claim_line_view total;
	qpp_texts wrong;                     /* "Line 3: \"abc\" is no amount" */
};

/* ---- check the agency ---- */

struct qpp_check_line {
	struct qpp_agency_line is;
	struct qpp_str rule;                 /* a part of HTML */
};
struct qpp_feedback_check {
	bool has;                            /* whose feedback it is compared with is known */
	struct qpp_str href;
	struct qpp_subject subject;
	struct qpp_str py, level, org, npi;
	struct qpp_str typed;
	struct qpp_str format, note;         /* what it was read as; which row; empty: nothing was compared yet */
	struct qpp_str no_detail;
	QPP_LIST(struct qpp_upload_error) faults;
	QPP_LIST(struct qpp_check_line) lines;
	int64_t different;
	bool may_ask;
};

#endif
