/*
 * Score runs and their release. A run goes over everybody in a performance year
 * and writes one version for each practice, virtual group, subgroup, APM entity
 * and clinician that has anything (kind "level"), and one for each TIN/NPI that
 * says which of its scores counts and what it pays (kind "pair"). Versions are
 * never changed or deleted. Nobody but the agency sees any of it until it is
 * released; from the instant of the release on its people do.
 *
 *   phase        made of                                        factor
 *   submission   what was filed                                 none
 *   preview      everything                                     none: there is none in the data, so none can leak
 *   final        everything                                     seen once a release with `factors` has come
 *   corrected    everything, under a correction; only what moved is written
 *
 * A run is a chain of bounded transactions. One that was killed is taken up where it was, and comes out the same: its
 * `digest` is over what it wrote, and is the same for the same inputs and rules.
 */
#ifndef QPP_APP_RUNS_H
#define QPP_APP_RUNS_H

#include "app/service.h"
#include "qpp/score.h"

enum qpp_phase { QPP_PHASE_SUBMISSION = 1, QPP_PHASE_PREVIEW, QPP_PHASE_FINAL, QPP_PHASE_CORRECTED, QPP_PHASES };
const char *qpp_phase_name(enum qpp_phase p);                /* submission preview final corrected */
enum qpp_phase qpp_phase_of(struct qpp_str name);            /* 0 when unknown */

/*
 * The scaling factor of the year, an operator's choice that stays with the run: as the rules have it (fitted to what is
 * public), computed so that gains equal losses over the people of this store, or that of an earlier run. Dollars for it
 * are the allowed charges of the eligibility facts; who has none does not weigh.
 */
enum qpp_scaling_by { QPP_SCALING_BY_RULES = 1, QPP_SCALING_BY_NEUTRALITY, QPP_SCALING_FROZEN, QPP_SCALING_BYS };
const char *qpp_scaling_by_name(enum qpp_scaling_by s);      /* rules neutral frozen */
enum qpp_scaling_by qpp_scaling_by_of(struct qpp_str name);

struct qpp_run_order {
	qpp_py py;
	enum qpp_phase phase;
	enum qpp_scaling_by scaling;
	struct qpp_str base_id;          /* needed for FROZEN and for the phase corrected; empty: the newest that was released */
	struct qpp_str name, reason;     /* reason must be given */
	struct qpp_str account_id;       /* who */
	struct qpp_str overlay;          /* text of a rules overlay (docs/cli.md); empty: none */
	bool prepares;                   /* state "preparing": nobody goes on with it before it is set to "running" */
};

/* QPP_USAGE: no reason, FROZEN without a base; QPP_CONFLICT: another run of the year is not done; QPP_NO_RULE; QPP_DATA: the overlay. */
QPP_MUST_USE enum qpp_code qpp_run_begin(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_run_order *o,
                                         struct qpp_scoring *out, struct qpp_err *err);

/*
 * Goes on with a run until it is done, or for `most` transactions (0: no bound). `progress` may be NULL; when it returns
 * false the run stops where it is, QPP_OK, and can be taken up again. `*out` is where it stands; done when state is "done".
 * QPP_STALE: another process works on it.
 */
struct qpp_run_work {
	int64_t most;
	bool (*progress)(void *host, const struct qpp_scoring *at);
	void *host;
};
QPP_MUST_USE enum qpp_code qpp_run_go(const struct qpp_service *service, struct qpp_str id, const struct qpp_run_work *work,
                                      struct qpp_arena *a, struct qpp_scoring *out, struct qpp_err *err);

/* Gives up a run that was not released: its rows stay, and count for nothing. QPP_CONFLICT: it was released. */
QPP_MUST_USE enum qpp_code qpp_run_drop(const struct qpp_service *service, struct qpp_arena *a, struct qpp_str id, struct qpp_err *err);

/* --- release --- */

struct qpp_release_order {
	struct qpp_str scoring_id;
	qpp_time at;                     /* us 0: now; not in the past */
	bool factors;                    /* QPP_USAGE for a run without factors */
	struct qpp_str reason, account_id;
};
/* QPP_CONFLICT: the run is not done, was dropped, or is released so already. A record of the ledger. */
QPP_MUST_USE enum qpp_code qpp_release(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_release_order *o,
                                       struct qpp_release *out, struct qpp_err *err);

/* When scores and factors of a year were first released to everybody: what windows open and close by. us 0: not (yet planned). */
struct qpp_released {
	qpp_time scores, factors;
};
QPP_MUST_USE enum qpp_code qpp_released_of(struct qpp_tx *tx, qpp_py py, struct qpp_released *out, struct qpp_err *err);

/* --- a decision about somebody --- */

/*
 * Puts facts over those of the store for `who` and scores again whoever it touches: the subject, and every TIN/NPI whose
 * counting score can be its. New versions only where something moved, released at once; one transaction (at most 5,000
 * pairs: QPP_LIMIT). With no facts nothing is written but the overrides' absence: QPP_USAGE. The scaling is that of the run
 * that is current. `moved` 0: the facts changed nothing. The same decision once more puts its facts there once.
 */
struct qpp_decided {
	struct qpp_who who;
	struct qpp_str topic, facts;     /* "scoring" (or empty) with members of the facts text; "eligibility" */
	struct qpp_str decision_id, number, account_id;      /* number: of the request, the reason of the version */
};
/* Whether it could be: QPP_USAGE, QPP_DATA. */
QPP_MUST_USE enum qpp_code qpp_decided_check(struct qpp_arena *a, const struct qpp_decided *d, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_decided_apply(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_decided *d,
                                             struct qpp_scoring *out, struct qpp_err *err);

/* A rules overlay out of its text, a port by link: src/adapt/rules. QPP_DATA names the first error. */
QPP_MUST_USE enum qpp_code qpp_overlay_doc_read(struct qpp_arena *a, const struct qpp_ruleset *base, struct qpp_str text,
                                                const struct qpp_ruleset **out, struct qpp_err *err);

#endif
