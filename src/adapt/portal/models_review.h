/*
 * Models of the pages of targeted review: the filer's, the agency's, the
 * operator's. As models.h; every name begins with tr.
 */
#ifndef QPP_PORTAL_MODELS_REVIEW_H
#define QPP_PORTAL_MODELS_REVIEW_H

#include "adapt/portal/models.h"

/* ---- shared ---- */

typedef QPP_LIST(struct qpp_option_text) qpp_tr_options;

struct qpp_tr_line {
	struct qpp_str href, number;         /* number: "Draft" until it is filed */
	struct qpp_subject subject;
	struct qpp_str reason, state, changed, action;       /* action: what the reader is waited for */
	struct qpp_str assignee, filed, due;                 /* of the agency's queue */
	bool duplicate, overdue;
};
typedef QPP_LIST(struct qpp_tr_line) qpp_tr_lines;

/* A year's window, or a campaign's (`says` is then its reason). */
struct qpp_tr_window {
	int64_t year;
	struct qpp_str campaign, says, levels;
	bool open, over;
	struct qpp_str opens, closes, left;  /* closes also when only a rule says it: "30 days after ... are released" */
	qpp_texts moved;                     /* who moved the end, when, to when, why */
	int64_t reply_days;
	struct qpp_str cite;
};
typedef QPP_LIST(struct qpp_tr_window) qpp_tr_windows;

struct qpp_tr_document {
	struct qpp_str href, name, kind, size, at, sha256;
	struct qpp_str remove;               /* path that removes it; empty: it stays */
};
typedef QPP_LIST(struct qpp_tr_document) qpp_tr_documents;

struct qpp_tr_event {
	struct qpp_str at, actor, what, note;
};
typedef QPP_LIST(struct qpp_tr_event) qpp_tr_events;

struct qpp_tr_override {
	struct qpp_str topic, fact, value, says;             /* says: in words; empty where there are none for it */
};
struct qpp_tr_decision {
	bool there, approved, score_change;
	struct qpp_str says, by, confirmed_by, made, ground, reasons;        /* says: "Approved: the score changes" */
	QPP_LIST(struct qpp_tr_override) overrides;
};

/* A request as it was written, for whoever may see it. */
struct qpp_tr_request {
	struct qpp_str number, state, level, reason, category, categories, measures, explanation, as, name, email, phone, legal_name;
	struct qpp_subject subject;
	bool in_scope;
	struct qpp_str scope_says, cite;
	qpp_texts evidence;                  /* what is normally wanted */
};

/* A score and factor as they were and are, and what made the difference. */
struct qpp_tr_fact_change {
	struct qpp_str says, path, old, now, rule, note;
	bool cause;
};
struct qpp_tr_difference {
	bool there;
	struct qpp_str says;                 /* "62.10 to 75.00, -1.55 % to 0.00 %" */
	struct qpp_str score_before, score_after, factor_before, factor_after, why_before, why_after;
	struct qpp_str none;                 /* why there is nothing to show */
	QPP_LIST(struct qpp_tr_fact_change) changes;
	int64_t left_out;
};

/* ---- /targeted-review ---- */

struct qpp_tr_landing {
	qpp_tr_windows windows;
	qpp_tr_lines lines;
	bool may_file;
};

struct qpp_tr_form {
	struct qpp_str action, id, version;  /* id empty: nothing is saved yet */
	int64_t year;
	qpp_tr_options years, levels, orgs, ases, reasons;
	struct qpp_str level, org, number, npi, legal_name, as, name, email, phone, reason, categories, measures, explanation;
	bool authority, third_party;
	struct qpp_tr_window window;
	struct qpp_str saved;                /* when; empty: never */
};

struct qpp_tr_evidence {
	struct qpp_str id, number;
	struct qpp_subject subject;
	struct qpp_tr_request request;
	qpp_tr_documents documents;
	int64_t most_megabytes, most_all, most_files;
	bool draft;
};

struct qpp_tr_certify {
	struct qpp_str id, version, key;
	struct qpp_tr_request request;
	struct qpp_tr_window window;
	qpp_tr_documents documents;
	QPP_LIST(struct qpp_form_error) missing;
	qpp_tr_lines duplicates;
};

struct qpp_tr_receipt {
	struct qpp_str id, number, at, margin, deadline, sha256, key, duplicate;
	struct qpp_tr_request request;
};

struct qpp_tr_detail {
	struct qpp_str id, version;
	struct qpp_tr_request request;
	struct qpp_tr_window window;
	qpp_tr_documents documents;
	qpp_tr_events events;
	qpp_tr_lines duplicates;
	struct qpp_tr_decision decision;
	struct qpp_tr_difference difference;
	bool draft, can_edit, can_file, can_attach, can_withdraw, can_answer, has_receipt, final, sees_score;
	struct qpp_str question, due, answer, received, keep_until;
};

struct qpp_tr_withdraw {
	struct qpp_str id, version, note;
	struct qpp_tr_request request;
	bool window_open;
};

/* ---- /reviewer/targeted-review ---- */

struct qpp_tr_queue {
	qpp_tr_options years, states, reasons;
	struct qpp_str year, state, reason;
	bool open, mine, unassigned, overdue, duplicates;
	qpp_tr_lines lines;
	int64_t total, start, page;
	struct qpp_str more;                 /* query of the other pages, "&" behind it */
	QPP_LIST(struct qpp_option_text) counts;     /* "Unassigned", "3" */
};

struct qpp_tr_bench {
	struct qpp_str id, version;
	struct qpp_tr_request request;
	qpp_tr_documents documents;
	qpp_tr_events events;
	qpp_tr_lines duplicates, precedents;
	struct qpp_str assignee;
	bool own;                            /* the reader may not handle it */
	bool can_assign, can_ask, can_recommend, can_confirm, can_return, can_close;
	struct qpp_tr_decision recommendation, decision;
	/* Evidence that was gathered by itself. */
	qpp_knowns known;
	qpp_texts filed, overrides;
	struct qpp_str facts;                /* JSON */
	/* The score as it is, and with what was tried. */
	struct qpp_tr_difference now, tried;
	qpp_tr_options reweight_reasons, grounds;
	struct qpp_str reweight, reweight_reason, small, facts_tried, over;  /* what was typed; `over`: all of it as JSON */
	bool tries;                          /* something was tried */
	struct qpp_str topic, question, reasons, ground, note, verdict;      /* typed in other forms */
	int64_t reply_days;
	struct qpp_str asked, due;
};

struct qpp_tr_letter {
	struct qpp_tr_request request;
	struct qpp_tr_decision decision;
	struct qpp_str at, back, pdf;
	struct qpp_tr_difference difference;
	bool sees_score;
};

/* ---- /operator/targeted-review ---- */

struct qpp_tr_operator {
	qpp_tr_windows windows;
	qpp_tr_options years, ends;          /* ends: windows that can be moved, "2023" or "2023 campaign" */
	struct qpp_str end, day, hour, reason;
	struct qpp_str year, name, says, opens_day, opens_hour, closes_day, closes_hour, campaign_reason, levels;
};

#endif
