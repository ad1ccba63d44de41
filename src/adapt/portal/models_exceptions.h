/* Models of the pages on exceptions, on registrations and on opting in. As models.h. */
#ifndef QPP_PORTAL_MODELS_EXCEPTIONS_H
#define QPP_PORTAL_MODELS_EXCEPTIONS_H

#include "adapt/portal/models.h"

struct qpp_pick {
	struct qpp_str value, words, hint;
	bool on;
};
struct qpp_told {
	struct qpp_str what, says;
};

/* ---- /exceptions ---- */

struct qpp_exception_item {
	struct qpp_str href, who, number, kind, says, categories, state, filed;
	int tone;                            /* enum qpp_tone */
};
struct qpp_automatic_item {
	struct qpp_str name, npi, practice, says;
	bool possible;                       /* only the county is not known */
};
struct qpp_exceptions_page {
	int64_t year;
	QPP_LIST(int64_t) years;
	bool open;
	struct qpp_str window;               /* a sentence: until when, or why not now */
	QPP_LIST(struct qpp_exception_item) items;
	QPP_LIST(struct qpp_automatic_item) automatic;
	int64_t automatic_total;
	bool may_apply;
};
struct qpp_exception_start {
	int64_t year;
	QPP_LIST(struct qpp_pick) subjects, kinds;
	struct qpp_str npi, window;
};
struct qpp_exception_edit {
	struct qpp_str id, who, kind, window;
	int64_t version;
	QPP_LIST(struct qpp_pick) events, categories;
	struct qpp_str begins, ends, explanation, members, excused;
	bool entity;                         /* of an APM entity: all categories, and its share */
	bool knows_members;
	bool open;
};
/* What would be filed, what was, and what became of it. */
struct qpp_exception_show {
	struct qpp_str id, who, kind, state, explanation, window;
	int tone;
	int64_t version;
	QPP_LIST(struct qpp_told) facts;
	qpp_texts faults, effect;
	struct qpp_str key;
	struct qpp_str decision, decided_by;
	struct qpp_str href_receipt;
	bool open;                           /* can be filed now */
	bool may_file, may_withdraw, may_decide;
	bool agency;
	struct qpp_str reason, act;          /* what a reviewer typed and chose */
};
struct qpp_exceptions_queue {
	int64_t year;
	QPP_LIST(int64_t) years;
	struct qpp_str state;
	QPP_LIST(struct qpp_exception_item) items;
	int64_t total;
};

/* The receipt of an application or an election. */
struct qpp_kept_view {
	struct qpp_str title, what, who, number, at, sha256, key, deadline, margin;
	struct qpp_str href_text, href_back, back, crumb, crumb_href;
	qpp_texts next;
};

/* ---- /registrations ---- */

struct qpp_registration_item {
	struct qpp_str href, who, what, at, survey;      /* survey: where that of the MVP stands; empty: it has none */
	int tone;                            /* of the survey */
	bool stands;
};
struct qpp_registrations_page {
	int64_t year;
	QPP_LIST(int64_t) years;
	qpp_texts windows;                   /* sentences: until when what is registered */
	qpp_texts warnings;                  /* surveys that are due */
	QPP_LIST(struct qpp_registration_item) items;
	bool may_register;
};
struct qpp_registration_start {
	int64_t year;
	QPP_LIST(struct qpp_pick) subjects, pathways;
	struct qpp_str npi;
	qpp_texts windows;
};
/* The form, and what is read again before it is sent. */
struct qpp_registration_edit {
	struct qpp_str id;                   /* empty: a new one */
	int64_t version, year;
	struct qpp_str subject, npi, pathway, key;       /* as the form sends them */
	struct qpp_str who, what, window;
	QPP_LIST(struct qpp_pick) pathways;  /* of a change: those it may go to */
	QPP_LIST(struct qpp_pick) populations, outcomes;
	struct qpp_str population, outcome, name, description, npis;
	bool survey, cahps;                  /* the MVP has the survey; it is chosen */
	bool subgroup;
	struct qpp_str survey_by;            /* what the survey needs, a sentence */
	QPP_LIST(struct qpp_told) facts;
};
struct qpp_registration_show {
	struct qpp_str id, who, what, window, survey, href_receipt;
	int64_t version;
	int tone;
	QPP_LIST(struct qpp_told) facts;
	bool stands, may_change;
};

/* ---- /eligibility/opt-in ---- */

struct qpp_choosing_item {
	struct qpp_str who, status, says, chosen, href, query, href_receipt;     /* query: "?npi=..." or empty */
	bool may;                            /* and can choose now, here */
};
struct qpp_opt_in_page {
	int64_t year;
	QPP_LIST(int64_t) years;
	QPP_LIST(struct qpp_choosing_item) items;
	int64_t total;
};
struct qpp_opt_in_confirm {
	struct qpp_str who, title, typed, action, back;
	bool opts_in;
	int64_t year;
	QPP_LIST(struct qpp_reason_line) reasons;
};

#endif
