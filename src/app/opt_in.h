/*
 * Opting in, and reporting voluntarily (414.1310(b)(1)(iii), (b)(2)): who exceeds
 * some figures of the low-volume threshold but not all chooses. The choice is for
 * the year and cannot be taken back; nothing is filed before it (opt_in_check.c).
 * Who may is decided by the core over what the store knows (include/qpp/eligibility.h).
 *
 * Security Officials of a practice elect, for the group or for a clinician of it. QPP_FORBIDDEN: nobody else.
 * QPP_CONFLICT: the subject has no choice, has chosen otherwise, or the period is over or not begun; the detail says
 * which. The same choice again is the one that was made: the receipt of the first time (`replayed`).
 */
#ifndef QPP_APP_OPT_IN_H
#define QPP_APP_OPT_IN_H

#include "app/exceptions.h"
#include "qpp/eligibility.h"

enum qpp_opt_choice { QPP_CHOICE_NONE, QPP_CHOICE_OPT_IN, QPP_CHOICE_VOLUNTARY, QPP_CHOICES };
const char *qpp_choice_name(enum qpp_opt_choice c);              /* optIn voluntary */
const char *qpp_choice_title(enum qpp_opt_choice c);             /* "Opt in", "Report voluntarily" */
enum qpp_opt_choice qpp_choice_of(struct qpp_str name);

/* What has to be typed to confirm: "opt in", "report voluntarily"; letters of either case. */
const char *qpp_choice_typed(enum qpp_opt_choice c);
bool qpp_choice_confirmed(enum qpp_opt_choice c, struct qpp_str typed);

struct qpp_choosing {
	struct qpp_who who;                      /* individual or group */
	struct qpp_org org;
	struct qpp_clinician clinician;          /* of an individual */
	enum qpp_eligibility_status status;
	struct qpp_reasons why;
	bool may;                                /* has the choice, and has not made it */
	bool open;                               /* and it is taken now */
	bool official;                           /* by the one who asks */
	struct qpp_str says;                     /* why not, a sentence; empty: may, now */
	enum qpp_opt_choice chosen;
	qpp_time at;                             /* when */
	struct qpp_str by;                       /* name of who chose */
	bool has_receipt;
	struct qpp_receipt receipt;
};

/* How it stands for one subject. QPP_NOT_FOUND: not of the actor's organizations. */
QPP_MUST_USE enum qpp_code qpp_opt_in_get(struct qpp_excepting *x, const struct qpp_who *who, struct qpp_choosing *out, struct qpp_err *err);

/* The practices of the actor and their clinicians in a year that have the choice, or have made it; practices first. */
enum { QPP_CHOOSING_MOST = 200 };
QPP_MUST_USE enum qpp_code qpp_opt_in_list(struct qpp_excepting *x, qpp_py py, struct qpp_choosing **out, size_t *n, int64_t *total,
                                           struct qpp_err *err);

struct qpp_choice_made {
	struct qpp_who who;
	enum qpp_opt_choice choice;
	struct qpp_str typed;                    /* QPP_DATA with a finding at "typed" when it is not what has to be typed */
	/* What comes of it. */
	struct qpp_str id, number, receipt;
	bool replayed;
};
QPP_MUST_USE enum qpp_code qpp_opt_in_elect(struct qpp_excepting *x, struct qpp_choice_made *c, struct qpp_err *err);

#endif
