/*
 * What the use cases of the service are given, and who is asking.
 *
 * An actor is whoever a request comes from, reduced to what decides: the
 * organizations it acts for, and as what. It is made of a session
 * (app/identity.h) or of the token of an organization; nobody is an actor
 * without roles.
 */
#ifndef QPP_APP_SERVICE_H
#define QPP_APP_SERVICE_H

#include "app/store.h"
#include "app/years.h"

struct qpp_service {
	struct qpp_store *store;
	struct qpp_clock *clock;
	const struct qpp_years *years;
	const char *version;             /* of the program */
	bool consent_off;                /* registries may file for any practice, as at the agency; unknown practices are made */
	bool window_open;                /* filings are taken whatever the calendar of the rules says */
};

struct qpp_actor_role {
	struct qpp_str org_id;
	enum qpp_org_kind kind;
	struct qpp_str number;           /* of the organization: an NPI for a clinician's own page */
	enum qpp_post post;              /* QPP_POST_NONE: a token */
};

struct qpp_actor {
	struct qpp_str account_id;       /* empty: a token */
	struct qpp_str token_id;
	qpp_py token_py;                 /* the one year that the token is for */
	bool view_only;
	const struct qpp_actor_role *roles;
	size_t n;
};

/* One request to a use case. */
struct qpp_call {
	const struct qpp_service *service;
	struct qpp_arena *arena;
	const struct qpp_actor *actor;   /* never NULL */
	struct qpp_str acting;           /* id of the organization that the caller says to act for; empty: not said */
	/*
	 * Who asks for what, from where: a filing keeps it in its own transaction, and a `sequence` in it says that it did.
	 * NULL: the caller keeps a record of its own, or none.
	 */
	struct qpp_audit *record;
};

/* The actor of an API token that was found; roles in the arena. */
struct qpp_actor qpp_actor_of_token(struct qpp_arena *a, const struct qpp_api_token *t, const struct qpp_org *org);

/* The actor behind a request that app/identity.h knows; what it points to is that of the asker. */
struct qpp_asker;
struct qpp_actor qpp_actor_of_asker(struct qpp_arena *a, const struct qpp_asker *asker);

/* What somebody may do with the data of `who` that `submitter_id` filed (empty: the practice's own people). */
enum qpp_reach { QPP_REACH_NONE, QPP_REACH_SEE, QPP_REACH_CHANGE };
enum qpp_reach qpp_actor_reach(const struct qpp_actor *actor, const struct qpp_who *who, struct qpp_str submitter_id);

/* The actor acts for this organization itself: its TIN may be shown. */
bool qpp_actor_is_of(const struct qpp_actor *actor, struct qpp_str org_id);

/* The registry the actor files as; NULL when it is none. Of several the one that `acting` names. */
const struct qpp_actor_role *qpp_actor_registry(const struct qpp_call *call);

/*
 * A thing of somebody else and a thing that does not exist are told by the same bytes.
 * Answers QPP_NOT_FOUND.
 */
enum qpp_code qpp_not_found(struct qpp_err *err, const char *what);

/* The filing window of a year at an instant: QPP_OK, or QPP_SIGNED_OUT as the agency answers it. */
QPP_MUST_USE enum qpp_code qpp_window_check(const struct qpp_service *service, qpp_py py, qpp_time at, struct qpp_err *err);

#endif
