/*
 * Registrations of a year: an MVP (414.1365(b)(1)), and the CAHPS for MIPS survey (414.1335(a)(3)). What may be
 * registered when and by which level is the core's (include/qpp/exception.h) over rules/calendar.md.
 *
 * Who may
 *  - register, change and cancel: a Security Official of the practice (individual, group, subgroup), of the virtual group (the
 *    survey), of the APM entity. Everybody else is QPP_FORBIDDEN by the same words, so that nobody finds out who is there.
 *  - see: the organization's people, the clinician of an individual registration, the agency. Otherwise QPP_NOT_FOUND.
 *
 * A registration is filed at once, without a draft, and stands until it is changed or cancelled; all three are taken in the
 * window alone (QPP_CONFLICT with its dates), are records of the ledger and are told to the officials by mail. Faults are QPP_DATA
 * with findings. Each level registers one MVP, and the survey once; a practice has any number of subgroups, and a clinician
 * is in one of them (414.1318).
 *
 * The survey in an MVP is a choice that needs a registration of its own by the end of the survey's window. It is due until then
 * and lapses behind it: no write makes that so, it follows from what stands registered and from the time.
 */
#ifndef QPP_APP_REGISTRATION_H
#define QPP_APP_REGISTRATION_H

#include "app/exceptions.h"
#include "qpp/catalog.h"

struct qpp_registration_form {
	qpp_py py;
	enum qpp_register kind;
	enum qpp_entity level;
	struct qpp_str org_id, npi;              /* npi: of an individual. Of a subgroup the practice registers */
	struct qpp_str of;                       /* the survey of a subgroup: id of the registration of its MVP */
	struct qpp_str mvp, population_health, outcome_claims;   /* outcome_claims may be empty */
	bool cahps;                              /* with the survey of the MVP */
	struct qpp_str name, description, npis;  /* of a subgroup; NPIs between blanks, lines or commas */
};

/* The survey in an MVP. */
enum qpp_cahps { QPP_CAHPS_NONE, QPP_CAHPS_DUE, QPP_CAHPS_REGISTERED, QPP_CAHPS_LAPSED };

struct qpp_registered {
	struct qpp_str id;
	int64_t version;
	bool stands;                             /* it is not cancelled */
	struct qpp_registration_form form;
	struct qpp_org org;                      /* TIN masked */
	struct qpp_str by;                       /* name of who registered or changed it last */
	qpp_time at;
	enum qpp_cahps cahps;
	struct qpp_apply_moment cahps_by;        /* the end of the survey's window, where it is known */
	struct qpp_exception_window window;
	bool may_change;                         /* now, by the one who asks */
	struct qpp_receipt receipt;              /* of the last change; no number: none is kept */
};

/* What a year offers: windows and levels by kind, and the pathways of its catalog. */
struct qpp_registration_year {
	struct qpp_exception_window window[QPP_REGISTERS];
	bool may[QPP_REGISTERS][QPP_ENTITIES];
	const struct qpp_catalog *catalog;       /* NULL: none */
	bool population_health;                  /* one is chosen */
};
QPP_MUST_USE enum qpp_code qpp_registration_year_get(struct qpp_excepting *x, qpp_py py, struct qpp_registration_year *out, struct qpp_err *err);
/* Whether the survey is among the measures of an MVP. */
bool qpp_mvp_has_cahps(const struct qpp_catalog *c, const struct qpp_mvp *mvp);

struct qpp_registering {
	struct qpp_registration_form form;
	struct qpp_str id;                       /* empty: a new one, else one that is changed */
	int64_t version;                         /* as it was seen; 0: whatever it is */
	struct qpp_str key;                      /* idempotency key; empty: none */
	/* What comes of it. */
	bool replayed;
};
/* What qpp_registration_file() would say; nothing is written. */
QPP_MUST_USE enum qpp_code qpp_registration_try(struct qpp_excepting *x, const struct qpp_registering *g, struct qpp_err *err);
/* Sets `id` of a new one. QPP_STALE; QPP_CONFLICT also: the level has registered already. */
QPP_MUST_USE enum qpp_code qpp_registration_file(struct qpp_excepting *x, struct qpp_registering *g, struct qpp_err *err);
/* Of a subgroup's MVP, its survey as well. */
QPP_MUST_USE enum qpp_code qpp_registration_cancel(struct qpp_excepting *x, struct qpp_str id, int64_t version, struct qpp_err *err);

QPP_MUST_USE enum qpp_code qpp_registration_get(struct qpp_excepting *x, struct qpp_str id, struct qpp_registered *out, struct qpp_err *err);
/* Of the actor's organizations in a year, newest first; cancelled ones among them. */
QPP_MUST_USE enum qpp_code qpp_registrations_mine(struct qpp_excepting *x, qpp_py py, struct qpp_registered **out, size_t *n, struct qpp_err *err);

/*
 * A chore: whose survey is due in the days before the end of its window is told so by mail, once. How many in `*n`.
 */
enum { QPP_CAHPS_WARNING_DAYS = 14 };
QPP_MUST_USE enum qpp_code qpp_registration_warn(const struct qpp_service *service, const struct qpp_zone *zone, struct qpp_arena *a, qpp_py py,
                                                 int64_t *n, struct qpp_err *err);

#endif
