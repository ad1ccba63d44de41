/*
 * Targeted review (42 CFR 414.1385, 414.1455(b)): when a year's window is open,
 * who may ask for what, until when information that was asked for must arrive,
 * and which step a request may take next. Everything is read from
 * rules/414.1385.md and rules/calendar.md.
 *
 * Pure: instants are given. What has not happened, or is not known, is absent.
 * A second that is named as the end belongs to the window: "until 8 p.m." holds
 * 20:00:00 and nothing behind it.
 *
 * Questions go to the rules and the arena of a request; they fail with
 * QPP_NO_RULE for a year without rules.
 */
#ifndef QPP_REVIEW_H
#define QPP_REVIEW_H

#include "qpp/err.h"
#include "qpp/rules.h"
#include "qpp/score.h"
#include "qpp/submission.h"
#include "qpp/window.h"
#include "qpp/zone.h"

struct qpp_moment {
	bool has;
	qpp_instant at;
};

/* --- when --- */

/* What happened in the year: first release of the final scores, of the adjustment factors; the operator's last extension. */
struct qpp_review_known {
	struct qpp_moment scores, factors, extended;
};

struct qpp_review_window {
	enum qpp_window state;           /* never UNKNOWN */
	struct qpp_moment opens, closes; /* closes absent: a day that has not come decides it */
	int64_t margin;                  /* seconds from the instant that was asked about to `closes`; negative: behind it */
	bool by_release;                 /* opened by a release of the service, not by the published calendar */
	bool extended;                   /* `closes` is the operator's */
	struct qpp_str opens_with;       /* "scores" or "factors": whose release opens the window */
	int days;                        /* it ends so many days behind the release of the factors */
	struct qpp_str cite;
};

/*
 * R-414.1385(a)(2): the window of the year as it stands at `at`. `zone` is Eastern time. A filing at `at` is timely
 * exactly when the state is QPP_WINDOW_OPEN.
 */
QPP_MUST_USE enum qpp_code qpp_review_window(const struct qpp_request *q, const struct qpp_zone *zone,
                                             const struct qpp_review_known *known, qpp_instant at,
                                             struct qpp_review_window *out, struct qpp_err *err);

/* A special campaign: a reason of its own in a window of its own, for levels of its own. */
struct qpp_review_campaign {
	struct qpp_str name, says, levels;       /* levels: individual+group+... */
	struct qpp_moment opens, closes;
	struct qpp_str cite;
};
/* Those of the rules for the year; none is no error. */
QPP_MUST_USE enum qpp_code qpp_review_campaigns(const struct qpp_request *q,
                                                const struct qpp_review_campaign **out, size_t *n, struct qpp_err *err);
/* The campaign's window at `at`; `extended` as in struct qpp_review_known, of the campaign. */
struct qpp_review_window qpp_review_campaign_window(const struct qpp_review_campaign *c, struct qpp_moment extended,
                                                    qpp_instant at);
bool qpp_review_campaign_takes(const struct qpp_review_campaign *c, enum qpp_entity level);

/* --- who, what --- */

/* R-414.1385(a): may this level ask for itself in the year. */
QPP_MUST_USE enum qpp_code qpp_review_may_ask(const struct qpp_request *q, enum qpp_entity level, bool *out,
                                              struct qpp_err *err);

/* ADJUSTMENT: 414.1385. LIST: 414.1455(b), left off a Participation List. NONE: reviewed by nobody. */
enum qpp_review_scope { QPP_REVIEW_OF_NOTHING, QPP_REVIEW_OF_ADJUSTMENT, QPP_REVIEW_OF_LIST, QPP_REVIEW_SCOPES };
const char *qpp_review_scope_name(enum qpp_review_scope s);      /* none adjustment list */

struct qpp_review_reason {
	struct qpp_str name, category;   /* exceptionNotApplied, reweighting */
	enum qpp_review_scope scope;
	struct qpp_str touches;          /* categories between +, or "all" */
	struct qpp_str fact;             /* member of the scorer's facts (docs/cli.md) that a correction would set, or "none" */
	struct qpp_str says;             /* a sentence for the filer */
	struct qpp_str evidence;         /* what is normally wanted, between semicolons */
	struct qpp_str cite;
};
/* All of the year in the order of the rules, those of a category together. */
QPP_MUST_USE enum qpp_code qpp_review_reasons(const struct qpp_request *q,
                                              const struct qpp_review_reason **out, size_t *n, struct qpp_err *err);
/* One by name; QPP_NOT_FOUND: the year has no such reason. */
QPP_MUST_USE enum qpp_code qpp_review_reason_find(const struct qpp_request *q, struct qpp_str name,
                                                  struct qpp_review_reason *out, struct qpp_err *err);

/* R-414.1385(a)(3)-(4): is this a ground to deny a request of the year: duplicate untimely outOfScope notWarranted. */
QPP_MUST_USE enum qpp_code qpp_review_may_deny(const struct qpp_request *q, struct qpp_str ground, bool *out,
                                               struct qpp_err *err);

/* --- information that was asked for --- */

struct qpp_review_due {
	qpp_instant due;                 /* the last second that is in time */
	int days;
	bool may_close;                  /* silence may close the request; otherwise it is decided on what there is */
};
/* R-414.1385(a)(5). */
QPP_MUST_USE enum qpp_code qpp_review_due(const struct qpp_request *q, const struct qpp_zone *zone, qpp_instant asked,
                                          struct qpp_review_due *out, struct qpp_err *err);

/* R-414.1385(a)(8): the last day documents are kept. QPP_NO_RULE for years whose text names no time. */
QPP_MUST_USE enum qpp_code qpp_review_keep_until(const struct qpp_request *q, qpp_day *out, struct qpp_err *err);

/* --- the way of a request --- */

enum qpp_review_state {
	QPP_REVIEW_NONE, QPP_REVIEW_DRAFT, QPP_REVIEW_SUBMITTED, QPP_REVIEW_IN_REVIEW, QPP_REVIEW_ASKED, QPP_REVIEW_ANSWERED,
	QPP_REVIEW_RECOMMENDED, QPP_REVIEW_APPROVED, QPP_REVIEW_DENIED, QPP_REVIEW_WITHDRAWN, QPP_REVIEW_CLOSED,
	QPP_REVIEW_STATES
};
/* draft submitted inReview informationRequested informationReceived recommended approved denied withdrawn closed */
const char *qpp_review_state_name(enum qpp_review_state s);
enum qpp_review_state qpp_review_state_of(struct qpp_str name);          /* NONE when unknown */
/* "In review", "Information requested": as people read it. */
const char *qpp_review_state_title(enum qpp_review_state s);

enum qpp_review_act {
	QPP_REVIEW_NO_ACT, QPP_REVIEW_EDIT, QPP_REVIEW_FILE, QPP_REVIEW_ATTACH, QPP_REVIEW_WITHDRAW, QPP_REVIEW_ANSWER,
	QPP_REVIEW_ASSIGN, QPP_REVIEW_ASK, QPP_REVIEW_RECOMMEND, QPP_REVIEW_RETURN, QPP_REVIEW_APPROVE, QPP_REVIEW_DENY,
	QPP_REVIEW_LAPSE, QPP_REVIEW_CLOSE, QPP_REVIEW_ACTS
};
/* edit file attach withdraw answer assign ask recommend return approve deny lapse close */
const char *qpp_review_act_name(enum qpp_review_act x);
enum qpp_review_act qpp_review_act_of(struct qpp_str name);

/* Where an act leads; NONE: it cannot be done there. Closing is of the years whose silence may close (`q`: of the year). */
QPP_MUST_USE enum qpp_code qpp_review_step(const struct qpp_request *q, enum qpp_review_state from,
                                           enum qpp_review_act act, enum qpp_review_state *to, struct qpp_err *err);

/* Nothing follows: approved, denied, withdrawn, closed. Decided: approved or denied, which is final for ever. */
bool qpp_review_ended(enum qpp_review_state s);
bool qpp_review_decided(enum qpp_review_state s);

#endif
