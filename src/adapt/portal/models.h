/*
 * What the views show: plain text and numbers, made by the handlers from what
 * the use cases answer. Everything lives as long as the page is made. Absent
 * texts are empty. Moments are words already (app/eastern.h).
 */
#ifndef QPP_PORTAL_MODELS_H
#define QPP_PORTAL_MODELS_H

#include <stdint.h>

#include "qpp/finding.h"
#include "qpp/str.h"

/* An array of a model. */
#define QPP_LIST(type)           \
	struct {                 \
		const type *v;   \
		size_t n;        \
	}

typedef QPP_LIST(struct qpp_str) qpp_texts;

/* ---- shared ---- */

/* Where a page stands in the navigation (shell.c). */
enum qpp_place {
	QPP_AT_NONE, QPP_AT_HOME, QPP_AT_ELIGIBILITY, QPP_AT_RULES, QPP_AT_HELP,
	QPP_AT_ACCOUNT, QPP_AT_SUBMISSIONS, QPP_AT_CONSENTS, QPP_AT_TOKENS, QPP_AT_VIEW_AS, QPP_AT_OPERATOR_ACCESS,
	QPP_AT_PASSWORD, QPP_AT_FACTOR, QPP_AT_SESSIONS,
	QPP_AT_VGROUPS, QPP_AT_VGROUP_REVIEW,
	QPP_AT_EXCEPTIONS, QPP_AT_REGISTRATIONS, QPP_AT_OPT_IN, QPP_AT_EXCEPTION_QUEUE,
	QPP_AT_OPERATOR_RUNS, QPP_AT_OPERATOR_CORRECTIONS, QPP_AT_OPERATOR_RADAR,
	QPP_AT_REVIEWS, QPP_AT_REVIEWER, QPP_AT_REVIEW_WINDOWS,
	QPP_AT_FEEDBACK,
};

struct qpp_shell {
	struct qpp_str assets;               /* folder of style and script: "/static/" */
	struct qpp_str person;               /* who is signed in; empty: nobody */
	struct qpp_str csrf;                 /* token of the session */
	struct qpp_str ends;                 /* when the session ends if nothing is done: "3:05 p.m. ET" */
	int64_t seconds_left;
	uint32_t roles;                      /* set of QPP_BY(...): decides which links are there */
	struct qpp_str view_as;              /* kind and name of the one a service-center agent looks as; empty otherwise */
	enum qpp_place at;
	struct qpp_str done;                 /* what was just done, told once */
	bool what_if;                        /* the rules were changed by an overlay */
};

struct qpp_form_error {
	const char *field;                   /* name of the field; NULL: the form as a whole */
	struct qpp_str says;
};
struct qpp_form_errors {
	const struct qpp_form_error *v;
	size_t n;
};

/* Organization, year and level, as they stand over a page of data. */
struct qpp_subject {
	struct qpp_str name, number;         /* number: masked TIN, virtual group id, ... with its name: "TIN *****1234" */
	struct qpp_str clinician;            /* of an individual submission: name and NPI */
	struct qpp_str level;                /* "Group" */
	int64_t year;
};

/* ---- / ---- */

struct qpp_deadline {
	struct qpp_str title, closes, left;  /* left: "in 3 days and 4 hours" */
	struct qpp_str href;
};
struct qpp_subject_link {
	struct qpp_subject subject;
	struct qpp_str href, state;          /* "No data yet", "Score so far 71.20" */
};
struct qpp_home {
	QPP_LIST(struct qpp_deadline) open;
	struct qpp_str npi;                  /* typed in the look-up */
	int64_t year;
	bool synthetic;                      /* all people here are made up */
	QPP_LIST(struct qpp_subject_link) mine;
	int64_t waiting;                     /* requests for access that wait for this Security Official */
};

/* ---- /sign-in ---- */

struct qpp_provider {
	struct qpp_str id, name, hint;
};
struct qpp_sign_in {
	struct qpp_str user, to;             /* typed user name; the path one came for */
	QPP_LIST(struct qpp_provider) providers;
	bool ended;                          /* came here because a session ended */
	struct qpp_str demo;                 /* how to get in to a synthetic installation; empty otherwise */
};
struct qpp_totp {
	struct qpp_str to;
	struct qpp_str secret;               /* in groups of four, while enrolling; empty: only the code is asked */
	struct qpp_str uri;                  /* otpauth: */
};

/* ---- /account ---- */

struct qpp_membership_line {
	struct qpp_str org_id, org, kind, number, role, state, since;
	bool official;                       /* may manage the access of others there */
	int64_t waiting;                     /* requests that wait for this Security Official */
};
struct qpp_account_view {
	struct qpp_str name, email, by;      /* by: "HARP", "this installation" */
	QPP_LIST(struct qpp_membership_line) mine;
};
struct qpp_person_line {
	struct qpp_str role_id, name, email, role, state, asked, note;
	bool self;
};
struct qpp_access_view {
	struct qpp_str org_id, org, kind, number;
	QPP_LIST(struct qpp_person_line) waiting, active;
	int64_t officials;
};
enum qpp_access_act { QPP_ACT_APPROVE, QPP_ACT_DENY, QPP_ACT_REMOVE };
struct qpp_access_review {
	enum qpp_access_act act;
	struct qpp_person_line person;
	struct qpp_str org, org_id, reason;
	bool last_official;                  /* removal is refused */
};
struct qpp_found_org {
	struct qpp_str id, name, number, place;
};
struct qpp_connect {
	struct qpp_str kind, query, role;
	struct qpp_str proof_tin, proof_npi, note;
	bool missing;                        /* nothing has that number */
	struct qpp_found_org found;          /* id empty: none yet */
	bool has_official;                   /* the one found has a Security Official */
};

/* ---- /eligibility ---- */

struct qpp_volume {
	struct qpp_str what, first, second;          /* figure of each segment */
};
struct qpp_reason_line {
	struct qpp_str text, cite, href;     /* where the rules say it; href empty: no page of the rules has it */
};
struct qpp_turn_line {
	struct qpp_str what, becomes;        /* "allowed charges were at or below the limit", "Not required; may opt in" */
};
struct qpp_known_line {
	const char *what;                    /* a literal */
	struct qpp_str says;
};
typedef QPP_LIST(struct qpp_known_line) qpp_knowns;
struct qpp_eligibility_level {
	const char *level;                   /* "an individual", "part of the group" */
	struct qpp_str title;                /* "MIPS eligible" */
	enum qpp_stands { QPP_STANDS_UNKNOWN, QPP_STANDS_IN, QPP_STANDS_CHOICE, QPP_STANDS_OUT } standing;
	QPP_LIST(struct qpp_reason_line) reasons;
	qpp_texts unknown, statuses;         /* statuses: special ones at this level */
	QPP_LIST(struct qpp_turn_line) turns;
	QPP_LIST(struct qpp_volume) volume;
	qpp_knowns known;                    /* what else is known at this level */
};
struct qpp_eligibility_apm {
	struct qpp_str name, entity, says;
	qpp_knowns known;
};
struct qpp_eligibility_practice {
	struct qpp_str name, number, place;
	struct qpp_eligibility_level individual, group;
	QPP_LIST(struct qpp_eligibility_apm) apms;
	struct qpp_str virtual_group, exception;
};
struct qpp_eligibility_view {
	struct qpp_str npi, name;
	qpp_knowns known;                    /* of the clinician: specialty, enrollment, QP status ... */
	int64_t year;
	QPP_LIST(int64_t) years;
	QPP_LIST(struct qpp_eligibility_practice) practices;
	bool masked;                         /* sees only what is public */
};
struct qpp_lookup {
	struct qpp_str npi;
	int64_t year;
	QPP_LIST(int64_t) years;
	bool missing;                        /* nobody has this NPI in that year */
};

/* ---- /submissions ---- */

struct qpp_submission_line {
	struct qpp_str id;
	struct qpp_subject subject;
	struct qpp_str categories;           /* "Quality, Promoting interoperability" */
	struct qpp_str score, changed;
};
struct qpp_choice_org {
	struct qpp_str id, name, number;
};
struct qpp_submission_list {
	int64_t year;
	QPP_LIST(int64_t) years;
	struct qpp_str org, level;           /* filters; empty: all */
	QPP_LIST(struct qpp_choice_org) orgs;
	QPP_LIST(struct qpp_submission_line) lines;
	int64_t total, start, page;
	bool may_file;
};

struct qpp_measure_line {
	struct qpp_str id, title, set_id, method, data, points, says;
};
struct qpp_category_view {
	const char *key;                     /* "quality" */
	const char *title;
	bool entered;                        /* people enter it; cost comes from claims */
	struct qpp_str percent, weight, contribution, reweighted;
	QPP_LIST(struct qpp_measure_line) measures;
	qpp_texts needed;
};
struct qpp_score_view {
	bool has;
	struct qpp_str score, threshold, factor, band, why_not;
	int64_t hundredths;                  /* for the ring: 0..10000 */
	int64_t threshold_hundredths;
};
struct qpp_window_view {
	bool open;
	struct qpp_str closes, closed;       /* in words; `closed` says when it was or will be open */
};
struct qpp_receipt_line {
	struct qpp_str number, at, what;
};
struct qpp_draft_line {
	struct qpp_str href, what, saved;
};
struct qpp_submission_view {
	struct qpp_str id;
	struct qpp_subject subject;
	struct qpp_window_view window;
	struct qpp_score_view score;
	QPP_LIST(struct qpp_category_view) categories;
	qpp_texts missing;                   /* facts not known, and what they decide */
	QPP_LIST(struct qpp_receipt_line) receipts;
	QPP_LIST(struct qpp_draft_line) drafts;
	bool may_file;
	struct qpp_str registries;           /* whose sets are not shown for editing */
};

/* ---- upload ---- */

struct qpp_upload_error {
	struct qpp_finding finding;
	struct qpp_str excerpt;              /* the line it is in */
};
struct qpp_upload {
	struct qpp_subject subject;          /* of whom; empty name: any of one's own */
	struct qpp_str action;               /* path that takes it */
	struct qpp_str file;                 /* name; empty: nothing was uploaded yet */
	int64_t most_megabytes;
	QPP_LIST(struct qpp_upload_error) errors, remarks;
	int64_t left_out;
	struct qpp_window_view window;
};

/* ---- before saving ---- */

struct qpp_change_line {
	struct qpp_str what, before, after;
};
struct qpp_filing_review {
	struct qpp_subject subject;
	struct qpp_str action, back;         /* paths */
	struct qpp_str what;                 /* "Upload of march.json", "3 improvement activities" */
	struct qpp_str draft;                /* id of what would be filed */
	struct qpp_str key;                  /* idempotency key: a form that is sent twice is one filing */
	struct qpp_score_view before, after;
	struct qpp_str difference;           /* "+3.20 points"; empty when one of them is not known */
	bool worse;
	QPP_LIST(struct qpp_change_line) changes;
	qpp_texts undoes;                    /* exceptions that this would undo, one sentence each, and what it costs: to be confirmed */
	qpp_texts regains;                   /* categories that would count again without having been excepted */
	qpp_texts replaces;                  /* data that are there and would be replaced */
	QPP_LIST(struct qpp_upload_error) remarks;
	struct qpp_window_view window;
};

/* ---- receipt ---- */

struct qpp_receipt_view {
	struct qpp_str number, at, sha256, key, what, margin, deadline;
	bool late;
	struct qpp_subject subject;
	struct qpp_str href_back, href_text, href_body;
	qpp_texts next;
};

/* ---- data entry ---- */

struct qpp_found_measure {
	struct qpp_str id, title, says;      /* says: "Process, high priority" */
	qpp_texts methods;
	struct qpp_str entered;              /* what is there already; empty: nothing */
};
struct qpp_search_view {
	struct qpp_str submission_id;
	struct qpp_subject subject;
	const char *category;                /* key and title */
	const char *title;
	struct qpp_str query, set;
	qpp_texts sets;
	QPP_LIST(struct qpp_found_measure) found;
	int64_t total;
	struct qpp_window_view window;
};

struct qpp_rate_fields {
	struct qpp_str stratum;              /* empty for a single rate */
	struct qpp_str eligible, met, not_met, exclusion, exception;
	const char *prefix;                  /* of the names of its fields: "r0-" */
};
struct qpp_option_text {
	struct qpp_str value, words;
};

/* A form that came when nobody was signed in any more: its fields by name, as they were typed. */
struct qpp_held {
	struct qpp_str action;
	QPP_LIST(struct qpp_option_text) fields;
	bool signed_in;
};
struct qpp_measure_form {
	struct qpp_str submission_id;
	struct qpp_subject subject;
	struct qpp_str id, title, says, action;
	QPP_LIST(struct qpp_option_text) methods, programs;
	struct qpp_str method, program, start, end, cehrt;
	enum qpp_entry_kind { QPP_ENTRY_RATES, QPP_ENTRY_NON_PROPORTION, QPP_ENTRY_NOT } kind;
	QPP_LIST(struct qpp_rate_fields) rates;
	struct qpp_str numerator, denominator, instances;
	bool saved;                          /* shown from a draft */
	struct qpp_str draft_saved;          /* when */
	struct qpp_window_view window;
};

struct qpp_activity_line {
	struct qpp_str id, title, weight;
	bool chosen;
};
struct qpp_activity_group {
	struct qpp_str title;
	QPP_LIST(struct qpp_activity_line) v;
};
struct qpp_activities_form {
	struct qpp_str submission_id;
	struct qpp_subject subject;
	struct qpp_str query, start, end, program;
	QPP_LIST(struct qpp_activity_group) groups;
	int64_t chosen;
	struct qpp_str draft_saved;
	struct qpp_window_view window;
};

struct qpp_pi_line {
	struct qpp_str id, title, field;     /* field: prefix of the names */
	bool counts;                         /* numerator and denominator; else yes or no */
	bool required;
	struct qpp_str numerator, denominator, answer;    /* answer: yes, no or empty */
	QPP_LIST(struct qpp_option_text) exclusions;      /* that may be claimed instead */
	struct qpp_str exclusion;            /* the one claimed */
};
struct qpp_pi_group {
	struct qpp_str title;
	QPP_LIST(struct qpp_pi_line) v;
};
struct qpp_pi_form {
	struct qpp_str submission_id;
	struct qpp_subject subject;
	struct qpp_str start, end, cehrt, program;
	QPP_LIST(struct qpp_pi_group) groups;
	struct qpp_str draft_saved;
	struct qpp_window_view window;
};

/* ---- the rest ---- */

struct qpp_error_view {
	int status;
	struct qpp_str title, says, detail, hint, request;    /* request: its id, for those who help */
};
struct qpp_rule_link {
	struct qpp_str href, title;
};
struct qpp_rules_view {
	QPP_LIST(struct qpp_rule_link) v;
	struct qpp_str hash;
};

#endif
