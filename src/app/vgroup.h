/*
 * The election room: small practices come together as a virtual group for a year
 * (42 CFR 414.1315), and elect to be one before the year begins.
 *
 *   start -> invite by TIN -> every practice accepts through its own Security Official -> rosters, representative,
 *   agreement -> every practice signs -> file -> received -> approved with an identifier, returned, or denied
 *
 *  - Nobody is enrolled by another: only a Security Official of a practice accepts, declines, leaves or signs for it.
 *  - One virtual group for a practice and year: who accepts has it (a unique row of the store). The second is told.
 *  - Whether the election stands is asked of the core (qpp/election.h), never decided here.
 *  - The agreement is a text made of clauses, parties and NPIs. Signatures are on its hash: another text has none.
 *  - Filing, filing anew and withdrawing are possible within the window of the rules (calendar.md), to the second, and
 *    never after. What was filed stands until it is filed anew or withdrawn. Every act is a record of the ledger.
 *  - Members see each other's names when all who are asked have agreed; until then the one who began, and themselves.
 *
 * Everything checks who calls: QPP_NOT_FOUND for a group that is none of theirs, QPP_FORBIDDEN for what takes another role.
 * Functions that change something wait for a commit. `at` is the moment the last byte of the request arrived.
 */
#ifndef QPP_APP_VGROUP_H
#define QPP_APP_VGROUP_H

#include "app/receipt.h"
#include "app/service.h"
#include "app/store_intake.h"
#include "qpp/election.h"

/* --- words --- */

enum qpp_vgroup_state {
	QPP_VGROUP_NONE, QPP_VGROUP_DRAFT, QPP_VGROUP_RECEIVED, QPP_VGROUP_RETURNED, QPP_VGROUP_APPROVED, QPP_VGROUP_DENIED,
	QPP_VGROUP_WITHDRAWN, QPP_VGROUP_STATES
};
const char *qpp_vgroup_state_name(enum qpp_vgroup_state s);      /* draft received returned approved denied withdrawn */
enum qpp_vgroup_state qpp_vgroup_state_of(struct qpp_str name);

enum qpp_party_state {
	QPP_PARTY_NONE, QPP_PARTY_INVITED, QPP_PARTY_ACCEPTED, QPP_PARTY_DECLINED, QPP_PARTY_LEFT, QPP_PARTY_UNINVITED,
	QPP_PARTY_NAMED,                 /* in an election that came by mail: never asked here */
	QPP_PARTY_STATES
};
const char *qpp_party_state_name(enum qpp_party_state s);        /* invited accepted declined left uninvited named */
enum qpp_party_state qpp_party_state_of(struct qpp_str name);

/* --- the window --- */

struct qpp_vgroup_window {
	bool known;                      /* the rules have a window for the year */
	qpp_time opens, closes;          /* closes: the first microsecond that is too late */
	int32_t opens_offset, closes_offset;     /* of Eastern time then, seconds */
	bool open, over;                 /* at the moment asked; what the service has open is open */
};
struct qpp_vgroup_window qpp_vgroup_window_at(const struct qpp_service *service, qpp_py py, qpp_time at);
/* The years whose window is not over, oldest first; of a moment long ago, all that have one. At most `most`. */
size_t qpp_vgroup_years(const struct qpp_service *service, qpp_time at, qpp_py *out, size_t most);

/* --- what the parties look at --- */

struct qpp_vgroup_person {
	struct qpp_str npi, name, type;
	bool in_store;                   /* bills through the practice, as far as the store knows */
	bool check_digit;
	enum qpp_tri eligible, newly_enrolled;
	enum qpp_election_qp qp;
};

struct qpp_vgroup_member {
	struct qpp_vgroup_party row;
	enum qpp_party_state state;
	struct qpp_org org;              /* name empty while it is hidden from the caller */
	struct qpp_str tin;              /* in the clear where the caller may see it; otherwise masked */
	bool own;                        /* the caller acts for it */
	bool own_official;               /* as its Security Official */
	bool hidden;
	struct qpp_vgroup_person *people;
	size_t n_people;
	bool listed_by_hand;             /* the list was changed; otherwise it is the store's */
	int64_t in_store;                /* NPIs that bill under the TIN, as the store knows */
	qpp_py known_py;                 /* the year those are of */
	bool exceeds_known;
	int64_t exceeds;                 /* low-volume criteria that are exceeded */
	const struct qpp_vgroup_signature *signature;    /* on the text as it stands; NULL: none */
	const struct qpp_vgroup_signature *earlier;      /* on an earlier text */
	struct qpp_str holder;           /* another virtual group that has the practice this year; empty: none */
};

struct qpp_vgroup_text {
	struct qpp_provision provision;
	struct qpp_str title, standard, body;    /* body: as it stands; standard: our template's */
	bool changed;
};

enum qpp_vgroup_step {
	QPP_STEP_MEMBERS, QPP_STEP_ROSTERS, QPP_STEP_REPRESENTATIVE, QPP_STEP_AGREEMENT, QPP_STEP_SIGNATURES, QPP_STEP_FILE,
	QPP_STEPS
};

/* What keeps the election from being filed, or is only to be known; `org_id` of whom. */
struct qpp_vgroup_check {
	const struct qpp_finding *finding;       /* of the core, or of this use case; texts hold no TIN */
	struct qpp_str org_id;                   /* empty: the election as a whole */
	bool time_only;                          /* about the window */
};

/* What the year does to a group that stands: a TIN that leaves, an eleventh clinician, one who joined, a subgroup of a TIN. */
enum qpp_alarm_kind { QPP_ALARM_JOINED = 1, QPP_ALARM_LEFT, QPP_ALARM_TOO_MANY, QPP_ALARM_TIN_GONE, QPP_ALARM_TOO_FEW,
	QPP_ALARM_SUBGROUP, QPP_ALARMS };
struct qpp_vgroup_alarm {
	enum qpp_alarm_kind kind;
	struct qpp_str org_id, org, npi;
	int64_t count;                   /* clinicians now; TINs left */
	struct qpp_str consequence, cite;
	qpp_time by;                     /* when it is to be told to the agency: before data are submitted */
};

struct qpp_vgroup {
	struct qpp_vgroup_row row;
	enum qpp_vgroup_state state;
	struct qpp_vgroup_window window;
	struct qpp_vgroup_member *members;       /* all who were ever asked */
	size_t n_members, n_in;                  /* n_in: accepted, or named */
	size_t n_open;                           /* invited and not answered */
	bool agreed;                             /* nobody is open, and at least two are in */
	bool caller_in, caller_official;         /* acts for a party that is in; as a Security Official */
	bool caller_began, caller_represents, caller_reviews;
	bool may_edit;                           /* the group can be changed now, by those who may */
	/* The election as it would be filed now, and what the rules say of it. */
	struct qpp_election *election;
	struct qpp_election_answer answer;
	struct qpp_vgroup_check *checks;
	size_t n_checks, errors;                 /* errors: without those of the window */
	bool ready;                              /* all steps are done: it can be filed when the window is open */
	enum qpp_vgroup_step next;               /* the first step that is not done */
	bool done[QPP_STEPS];
	struct qpp_vgroup_text *clauses;
	size_t n_clauses;
	struct qpp_str agreement, hash;          /* the text as it stands */
	struct qpp_vgroup_event *events;
	size_t n_events;
	struct qpp_vgroup_alarm *alarms;
	size_t n_alarms;
	struct qpp_decision *decisions;
	size_t n_decisions;
};

QPP_MUST_USE enum qpp_code qpp_vgroup_see(const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup *out, struct qpp_err *err);

/* Groups of the caller's practices, invitations among them; newest year first. */
struct qpp_vgroup_mine {
	struct qpp_vgroup_row row;
	enum qpp_vgroup_state state;
	struct qpp_vgroup_party party;
	enum qpp_party_state party_state;
	struct qpp_org org;              /* the caller's practice */
	struct qpp_str began_by;         /* name of the practice that began */
	bool official;
};
struct qpp_vgroups_mine {
	struct qpp_vgroup_mine *v;
	size_t n;
};
QPP_MUST_USE enum qpp_code qpp_vgroups_of(const struct qpp_call *call, struct qpp_vgroups_mine *out, struct qpp_err *err);

/* A virtual group of the year before that a practice of the caller was in: what a renewal begins with. */
struct qpp_vgroup_past {
	struct qpp_org group, org;       /* the virtual group, and the caller's practice in it */
	qpp_py py;                       /* of the group */
	struct qpp_org *members;
	size_t n;
};
struct qpp_vgroup_pasts {
	struct qpp_vgroup_past *v;
	size_t n;
};
QPP_MUST_USE enum qpp_code qpp_vgroup_past_of(const struct qpp_call *call, qpp_py py, struct qpp_vgroup_pasts *out, struct qpp_err *err);

/* Against last year: who was in and is not asked, who is new, who grew too large. Lines for people. */
struct qpp_vgroup_changes {
	struct qpp_str *v;
	size_t n;
	struct qpp_str group;            /* last year's; empty: there was none */
};
QPP_MUST_USE enum qpp_code qpp_vgroup_since(const struct qpp_call *call, const struct qpp_vgroup *g, struct qpp_vgroup_changes *out,
                                            struct qpp_err *err);

/* --- what the parties do --- */

/*
 * Begins a group for a practice of which the caller is a Security Official; that practice is in. With `renews`, the id of a
 * virtual group of the year before that the practice was in, all its other members are invited. QPP_DUPLICATE: the practice is
 * in another virtual group of the year; QPP_NO_RULE: no election that year; QPP_CONFLICT: its window is over.
 */
QPP_MUST_USE enum qpp_code qpp_vgroup_start(const struct qpp_call *call, struct qpp_str org_id, qpp_py py, struct qpp_str name,
                                            struct qpp_str renews, struct qpp_str *id, struct qpp_err *err);

/*
 * Invites practices by TIN, all or none. QPP_DATA: no TIN, asked already, or nobody has it; the detail names it by its place
 * in the list and its last four digits.
 */
QPP_MUST_USE enum qpp_code qpp_vgroup_invite(const struct qpp_call *call, struct qpp_str id, const struct qpp_str *tins, size_t n,
                                             struct qpp_err *err);

enum qpp_vgroup_act { QPP_VGROUP_ACCEPT = 1, QPP_VGROUP_DECLINE, QPP_VGROUP_LEAVE, QPP_VGROUP_UNINVITE };
/*
 * Accept, decline and leave by a Security Official of the practice; uninvite by one of the practice that began. QPP_DUPLICATE:
 * the practice is in another virtual group of the year. QPP_CONFLICT: too late, or not the moment for it.
 */
QPP_MUST_USE enum qpp_code qpp_vgroup_answer(const struct qpp_call *call, struct qpp_str id, struct qpp_str org_id,
                                             enum qpp_vgroup_act act, struct qpp_err *err);

/* The NPIs of a practice, in place of the store's; none: the store's again. Kept as typed; what is wrong is a check. */
QPP_MUST_USE enum qpp_code qpp_vgroup_list_npis(const struct qpp_call *call, struct qpp_str id, struct qpp_str org_id,
                                                const struct qpp_str *npis, size_t n, struct qpp_err *err);

struct qpp_vgroup_rep {
	struct qpp_str name, title, email, phone, address;
};
/* Kept as typed; the caller becomes the representative when `self`. By a Security Official of a party. */
QPP_MUST_USE enum qpp_code qpp_vgroup_represent(const struct qpp_call *call, struct qpp_str id, const struct qpp_vgroup_rep *rep,
                                                bool self, struct qpp_err *err);

/* A clause in other words; empty: the template again. QPP_DATA: text with a TIN in it, or too long. */
QPP_MUST_USE enum qpp_code qpp_vgroup_write_clause(const struct qpp_call *call, struct qpp_str id, struct qpp_str provision,
                                                   struct qpp_str body, struct qpp_err *err);

/* Signs the text whose hash the signer saw; QPP_STALE: it has changed. */
QPP_MUST_USE enum qpp_code qpp_vgroup_sign(const struct qpp_call *call, struct qpp_str id, struct qpp_str org_id, struct qpp_str name,
                                           struct qpp_str title, struct qpp_str hash, struct qpp_err *err);

/*
 * Files the election, by its representative or the one who began. `key`: a form that is sent twice is one filing. QPP_DATA:
 * not ready, qpp_vgroup_see() says why; QPP_CONFLICT: outside of the window.
 */
QPP_MUST_USE enum qpp_code qpp_vgroup_file(const struct qpp_call *call, struct qpp_str id, struct qpp_str key, qpp_time at,
                                           struct qpp_receipt *receipt, struct qpp_err *err);
/* Opens what was filed for changes; takes these back (what was filed stands as it was). */
QPP_MUST_USE enum qpp_code qpp_vgroup_revise(const struct qpp_call *call, struct qpp_str id, bool begin, qpp_time at, struct qpp_err *err);
/* Nothing stands filed any more, and every practice is free. */
QPP_MUST_USE enum qpp_code qpp_vgroup_withdraw(const struct qpp_call *call, struct qpp_str id, qpp_time at, struct qpp_receipt *receipt,
                                               struct qpp_err *err);

/* A receipt of the group, with the bytes that were filed (empty when they were not kept). */
QPP_MUST_USE enum qpp_code qpp_vgroup_receipt(const struct qpp_call *call, struct qpp_str id, int64_t sequence, struct qpp_receipt *out,
                                              struct qpp_str *body, struct qpp_err *err);

/* --- does it pay? --- */

/* One member alone, and what the group's score would mean for it. Figures are undefined where they are not known. */
struct qpp_pool_member {
	struct qpp_str org_id;
	bool own, shows;                         /* shows: it lets the others see its figures */
	bool hidden;                             /* not the caller's to see */
	bool typed;                              /* the score is what the practice typed, not one of its data */
	int64_t clinicians;
	qpp_dec score, factor_pct;               /* alone; the factor of the year of the data */
	qpp_dec dollars;                         /* what it is paid for covered services in a year, as typed */
	qpp_dec alone_dollars, together_dollars; /* the adjustment in dollars, of either */
	struct qpp_str typed_score, typed_dollars;
	bool small_alone;                        /* a small practice on its own */
};
struct qpp_vgroup_pool {
	qpp_py py;                               /* of the data; 0: not all have data of one year */
	bool shown;                              /* all members show their figures: `score` may be seen */
	bool by_data;                            /* score of the added-up data; otherwise the middle of the scores by clinicians */
	bool small;                              /* together still a small practice */
	qpp_dec score, factor_pct;
	struct qpp_pool_member *members;
	size_t n;
	struct qpp_str *reached;                 /* measures that reach the case minimum only together */
	size_t n_reached;
	struct qpp_str why_not;                  /* why there is no score of the data */
};
/* By and for the members that are in. Nothing of it is kept but what they type. */
QPP_MUST_USE enum qpp_code qpp_vgroup_pool_of(const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_pool *out, struct qpp_err *err);
/* QPP_DATA: a score that is not 0 to 100, or dollars that are no amount; empty: not told. By a Security Official of the practice. */
QPP_MUST_USE enum qpp_code qpp_vgroup_pool_say(const struct qpp_call *call, struct qpp_str id, struct qpp_str org_id, struct qpp_str score,
                                               struct qpp_str dollars, bool shows, struct qpp_err *err);

/* --- the data of the year --- */

/* What a group that stands reports: the data of its practices added up, and who has filed nothing. */
struct qpp_vgroup_data {
	struct qpp_submission *submission;       /* NULL: nothing can be added up, the findings say why */
	const struct qpp_vgroup_member **reporting, **missing;
	size_t n_reporting, n_missing;
	struct qpp_findings findings;            /* no TIN in them but by its last four digits */
};
/* For its members, its own people and the agency. QPP_CONFLICT: nothing stands filed. `g` is the group as it stands. */
QPP_MUST_USE enum qpp_code qpp_vgroup_data_of(const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup *g, struct qpp_vgroup_data *out,
                                              struct qpp_err *err);

/* --- the agency's side --- */

struct qpp_vgroup_ask {
	qpp_py py;                       /* 0: any */
	enum qpp_vgroup_state state;     /* NONE: any that was filed */
	struct qpp_str origin, name;
};
struct qpp_vgroup_line {
	struct qpp_vgroup_row row;
	enum qpp_vgroup_state state;
	int64_t practices, clinicians;   /* as they stand filed */
	size_t errors, warnings;         /* what the rules say of it now */
	struct qpp_str conflict;         /* a practice of it that another group has, too; empty: none */
};
struct qpp_vgroup_lines {
	struct qpp_vgroup_line *v;
	size_t n;
	int64_t total, counts[QPP_VGROUP_STATES];        /* counts: of the year and origin asked, by state */
};
QPP_MUST_USE enum qpp_code qpp_vgroup_lines_of(const struct qpp_call *call, const struct qpp_vgroup_ask *ask, struct qpp_slice slice,
                                               struct qpp_vgroup_lines *out, struct qpp_err *err);

/* Elections that came by mail, whatever became of them (app/intake.h): by outcome, empty: any; newest first. For the agency's side. */
QPP_MUST_USE enum qpp_code qpp_vgroup_letters_of(const struct qpp_call *call, struct qpp_str outcome, struct qpp_slice slice,
                                                 struct qpp_intake_row_rows *out, struct qpp_err *err);

enum qpp_vgroup_verdict { QPP_VERDICT_APPROVE = 1, QPP_VERDICT_RETURN, QPP_VERDICT_DENY };
/*
 * Decides a received election, as the reviewer saw it (`version`; QPP_STALE). Approving gives it an identifier, makes the
 * organization and its members; the representative becomes its Security Official. Returning and denying need reasons.
 * QPP_CONFLICT: not one that waits for a decision; QPP_DATA: no reasons, or it cannot be approved as it is.
 */
QPP_MUST_USE enum qpp_code qpp_vgroup_decide(const struct qpp_call *call, struct qpp_str id, int64_t version,
                                             enum qpp_vgroup_verdict verdict, struct qpp_str reasons, struct qpp_str *identifier,
                                             struct qpp_err *err);

/* What the year does to groups that are approved, told once to their representatives by mail; a chore. How many in `*n`. */
QPP_MUST_USE enum qpp_code qpp_vgroup_tell_alarms(const struct qpp_service *service, struct qpp_arena *a, qpp_py py, int64_t *n,
                                                  struct qpp_err *err);

#endif
