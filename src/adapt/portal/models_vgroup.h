/* What the views of virtual groups show; models.h says what holds for all models. */
#ifndef QPP_PORTAL_MODELS_VGROUP_H
#define QPP_PORTAL_MODELS_VGROUP_H

#include "adapt/portal/models.h"

/* How something stands: words and a tone of view.h (plain, good, warn, bad). */
struct qpp_mark_words {
	struct qpp_str words;
	int tone;
};

/* ---- /virtual-groups ---- */

struct qpp_vgroup_item {
	struct qpp_str href, name, practice, by;     /* by: who asks, of an invitation */
	int64_t year;
	struct qpp_mark_words state;
	bool invitation;
};
struct qpp_vgroup_choice {
	struct qpp_str value, words;
};
struct qpp_vgroup_home {
	QPP_LIST(struct qpp_deadline) open;          /* windows */
	struct qpp_str next;                         /* when the next one begins, as a sentence; empty: not known */
	QPP_LIST(struct qpp_vgroup_item) mine;
	QPP_LIST(struct qpp_vgroup_choice) years, orgs, pasts;
	struct qpp_str name, year, org, renews;      /* as typed */
	bool may_start;                              /* is a Security Official of a practice */
};

/* ---- one group ---- */

struct qpp_vgroup_head {
	struct qpp_str id, name;
	int64_t year;
	struct qpp_mark_words state;
	struct qpp_str deadline, left;               /* "December 31, 2024, at 11:59 p.m. ET"; "in 3 days"; empty: over or not known */
	struct qpp_str note;                         /* the reasons of the last decision */
};
struct qpp_vgroup_member_line {
	struct qpp_str org_id, name, number, size;   /* "9 clinicians, 9 eligible" */
	struct qpp_mark_words state, signed_words;
	bool own, can_answer, can_leave, can_uninvite, can_list;
};
struct qpp_vgroup_check_line {
	struct qpp_str whose, says, expected, cite;
	int tone;
};
struct qpp_vgroup_step_line {
	struct qpp_str words, href;
	bool done, now;
};
struct qpp_vgroup_alarm_line {
	struct qpp_str says, consequence, by, cite;
};
struct qpp_vgroup_event_line {
	struct qpp_str at, says;
};
struct qpp_vgroup_room {
	struct qpp_vgroup_head head;
	struct qpp_str next, next_href, next_words;  /* the one next thing to do */
	QPP_LIST(struct qpp_vgroup_step_line) steps;
	QPP_LIST(struct qpp_vgroup_member_line) members;
	QPP_LIST(struct qpp_vgroup_check_line) checks;
	QPP_LIST(struct qpp_vgroup_alarm_line) alarms;
	QPP_LIST(struct qpp_vgroup_event_line) events;
	qpp_texts changes, becomes;                  /* against last year; what the group is and may do */
	struct qpp_str last_year;
	struct qpp_str tins;                         /* typed */
	bool may_invite, may_withdraw, may_revise, may_keep, hidden;
	struct qpp_str receipt_href, receipt_words;
};

struct qpp_vgroup_person_line {
	struct qpp_str npi, name, type;
	struct qpp_mark_words state;
};
struct qpp_vgroup_roster {
	struct qpp_vgroup_head head;
	struct qpp_str org_id, practice, number, typed, known;   /* known: "7 NPIs bill under this TIN in 2025" */
	QPP_LIST(struct qpp_vgroup_person_line) people;
	QPP_LIST(struct qpp_vgroup_check_line) checks;
	bool may_edit, by_hand;
};

struct qpp_vgroup_rep_form {
	struct qpp_vgroup_head head;
	struct qpp_str name, title, email, phone, address;
	bool self, may_edit;
};

struct qpp_vgroup_clause_line {
	struct qpp_str provision, letter, title, body, says;
	const char *field;
	bool changed;
};
struct qpp_vgroup_signature_line {
	struct qpp_str org_id, practice, name, at;
	bool own, earlier;
};
struct qpp_vgroup_agreement_view {
	struct qpp_vgroup_head head;
	QPP_LIST(struct qpp_vgroup_clause_line) clauses;
	QPP_LIST(struct qpp_vgroup_signature_line) signatures;
	QPP_LIST(struct qpp_vgroup_member_line) parties;
	QPP_LIST(struct qpp_vgroup_person_line) people;      /* of all parties, name: the practice */
	struct qpp_str hash, text;
	QPP_LIST(struct qpp_vgroup_choice) to_sign;          /* own practices that have not signed this text */
	struct qpp_str signer, signer_title;
	bool may_edit, agreed, editing;
};

struct qpp_vgroup_filing {
	struct qpp_vgroup_head head;
	struct qpp_str key, representative;
	QPP_LIST(struct qpp_vgroup_member_line) members;
	QPP_LIST(struct qpp_vgroup_check_line) checks;
	qpp_texts becomes;
	bool ready, open, withdraw;                  /* withdraw: the page that asks whether to withdraw */
};

struct qpp_vgroup_receipt_view {
	struct qpp_vgroup_head head;
	struct qpp_str number, at, margin, sha256, key, what, href_text, href_body;
};

/* ---- does it pay ---- */

struct qpp_vgroup_pool_line {
	struct qpp_str practice, clinicians, score, factor, dollars, alone, together, note;
	bool own;
};
struct qpp_vgroup_pool_view {
	struct qpp_vgroup_head head;
	QPP_LIST(struct qpp_vgroup_pool_line) lines;
	struct qpp_str score, factor, how, why_not, small;
	qpp_texts reached;
	bool shown;
	QPP_LIST(struct qpp_vgroup_choice) own;      /* one's practices that are in */
	struct qpp_str org, typed_score, typed_dollars;
	bool shows;
};

/* ---- the data of the year ---- */

struct qpp_vgroup_data_view {
	struct qpp_vgroup_head head;
	qpp_texts reporting, missing;
	QPP_LIST(struct qpp_vgroup_check_line) checks;
	struct qpp_str href;                         /* of the added-up submission; empty: there is none */
};

/* ---- /reviewer/virtual-groups ---- */

struct qpp_vgroup_count {
	struct qpp_str words, href;
	int64_t n;
	bool now;
};
struct qpp_vgroup_review_line {
	struct qpp_str href, name, filed, representative, origin, conflict;
	int64_t year, practices, clinicians, errors, warnings;
	struct qpp_mark_words state;
};
struct qpp_vgroup_review_list {
	QPP_LIST(struct qpp_vgroup_count) counts;
	QPP_LIST(struct qpp_vgroup_review_line) lines;
	QPP_LIST(struct qpp_vgroup_choice) years;
	struct qpp_str year, state, origin, name;
	int64_t total, start, page;
};

/* ---- /reviewer/election-letters ---- */

struct qpp_letter_line {
	struct qpp_str received, sender, year;       /* year: empty where the message does not say */
	struct qpp_mark_words became;
	qpp_texts wrong;                             /* what was missing or wrong, a sentence each */
	bool answered;
};
struct qpp_election_letters {
	struct qpp_str outcome;
	QPP_LIST(struct qpp_vgroup_count) counts;
	QPP_LIST(struct qpp_letter_line) lines;
	int64_t start, total, page;
};
struct qpp_vgroup_review_view {
	struct qpp_vgroup_head head;
	struct qpp_str filed, origin, representative, contact, executed, identifier, version, reasons, hash;
	QPP_LIST(struct qpp_vgroup_member_line) members;
	QPP_LIST(struct qpp_vgroup_person_line) people;
	QPP_LIST(struct qpp_vgroup_check_line) checks;
	QPP_LIST(struct qpp_vgroup_alarm_line) alarms;
	QPP_LIST(struct qpp_vgroup_event_line) events;
	qpp_texts becomes;
	bool may_decide, waits;
};

#endif
