/*
 * The permission matrix, asked of the service itself: every page of the shipped
 * tables, every role, and what the role has to do with the thing: its own,
 * another's, its own until the role was removed, of another year, of nobody.
 * Over HTTP, against the parts that qppd is made of.
 *
 * world.c arranges organizations, data and callers; named.c says how a thing of
 * each page is named; client.c asks; test_matrix.c expects.
 */
#ifndef ACCESS_MATRIX_H
#define ACCESS_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "app/identity.h"
#include "app/service.h"
#include "cmd/service.h"

/* ---- the world ---- */

/* Whose data something is. The data of a clinician and of a registry are of a practice; `filer` is who files them. */
enum kind { OF_PRACTICE, OF_CLINICIAN, OF_GROUP, OF_ENTITY, OF_REGISTRY, KINDS };

/* 2023, and the year before, for which the token of a registry is not. */
enum { YEARS = 2, THIS_YEAR = 0, OTHER_YEAR = 1 };

enum { ID = 40, TOKEN = 80 };

struct filed {
	char submission[ID], set[ID], receipt[ID], review[ID];
	char application[ID], unfiled[ID];       /* for an exception: filed, and a draft */
	char registration[ID];                   /* of 2023, by both years */
	char vgroup[ID], vgroup_receipt[ID];     /* a virtual group of the practice, filed and being changed; its record */
};

struct party {
	enum kind kind;
	char org[ID], practice[ID];      /* who has the role; whose data they are */
	char governed[ID];               /* the organization whose officials manage access: `org`, or for a clinician the practice */
	char tin[10], npi[11], number[16];
	char role[ID], email[64];        /* a request for a role that waits, and who asks */
	char open_role[ID];              /* one in an organization without an official */
	char token[ID];                  /* of a registry: id of a token to be revoked */
	char registry[ID];               /* one that may be let in */
	char account[ID];                /* one that is disabled */
	struct filed filed[YEARS];
};

/* One who asks. */
struct caller {
	char name[32];                   /* of the account */
	uint32_t roles;                  /* that the matrix is asked with */
	bool program, unknown, viewing, half;
	char token[TOKEN];               /* empty: nobody */
	char form_token[TOKEN], visitor[TOKEN];
};

/* Which of a role's callers. */
enum which { CALLER_OWN, CALLER_OTHER, CALLER_REVOKED, CALLER_YEAR, CALLER_UNKNOWN, CALLERS };

/* Beside the roles of access.def: an agent who looks on as the first practice; somebody whose second factor is outstanding. */
enum { VIEWER = QPP_ROLES, HALF, ASKERS };
const char *asker_name(int role);
enum kind kind_of_role(int role);

struct world {
	struct qpp_arena arena;
	char folder[64];
	struct qpp_running *running;
	struct qpp_server *server;
	struct qpp_service *service;
	struct qpp_identity *identity;
	const struct qpp_router *router;
	unsigned port;
	struct party party[KINDS][2];
	char open[ID], open_role[ID], third_registry[ID], shut[ID];
	struct party nobody;                             /* as parties are named, and not there */
	struct caller official[KINDS][2];                /* files for the party */
	struct caller asker[ASKERS][CALLERS];
};

void world_open(struct world *w);
void world_close(struct world *w);

/* A new session of the caller: for pages that end theirs. */
void world_sign_in_anew(struct world *w, struct caller *c);
/* Files what is missing of a party's data. */
void world_file(struct world *w, struct party *p, int year);
/* Takes its data of a year back. */
void world_take_away(struct world *w, struct party *p, int year);
/* A draft of its improvement activities waits. */
void world_draft(struct world *w, struct party *p, int year);
/* What was decided is open again: requests for roles, a token, a consent, an account, an application. */
void world_undecide(struct world *w, struct party *p);
/* The party applies for exceptions anew, and registers anew, by its official (an account). */
void world_apply(struct world *w, struct party *p, const char *account);
/* Its virtual groups are there, filed and being changed, begun by its official (an account). */
void world_elect(struct world *w, struct party *p, const char *account);
const struct caller *world_filer(const struct world *w, const struct party *p);

/* Of everything that is kept, except sessions, the record of requests and what the ledger's chores do. */
uint64_t world_fingerprint(const struct world *w);
/* The newest record of a request: "ACTION STATUS", and " viewing" behind it while somebody looks on. In the arena. */
const char *world_record(struct world *w, struct qpp_arena *a);

void must(bool good, const char *what, const struct qpp_err *err);

/* What the five relations do not say: a practice and what a registry filed for it, consent, roles that end; see more.c. */
void more_than_the_matrix(struct world *w, void (*tell)(bool good, const char *what));
/* Consent of the practice to the registry of a party, or its end. */
void world_consent(struct world *w, const struct party *p, int year, bool holds);
/* A caller with a role of an organization; or without it any more. */
void world_person(struct world *w, struct caller *c, const char *name, const char *org, enum qpp_post post);
void world_remove(struct world *w, const struct caller *c, const char *org);

/* ---- asking ---- */

struct asked {
	int status;
	struct qpp_str head, body;
};

enum forging { HONEST, NO_TOKEN, BROKEN_TOKEN, TOKEN_OF_ANOTHER, FOREIGN_ORIGIN, FOREIGN_SITE, FORGINGS };

struct ask {
	const struct qpp_page *page;     /* NULL: an API page, by bearer */
	const char *method, *target, *headers, *type;
	struct qpp_str body;
	enum forging forging;
	const char *token_of_another;
	bool by_cookie;                  /* also where a bearer token would do */
};

struct asked client_ask(struct world *w, struct qpp_arena *a, const struct caller *c, const struct ask *x);
struct qpp_str client_header(const struct asked *x, const char *name);
void client_close(void);
/* What two answers are compared by: without date, number of the request, form tokens and lengths, and without `names`. */
struct qpp_str client_bare(struct qpp_arena *a, const struct asked *x, const char *const *names, size_t n);

/* ---- how things are named ---- */

enum {
	ABOUT_CALLER = 1,            /* nothing is named: the relation is the caller's */
	ENDS_SESSION = 2,            /* each request has a session of its own */
	WHILE_VIEWING = 4,           /* an agent who looks on may */
	NEEDS_DRAFT = 8,
	TAKES_AWAY = 16,             /* what it took away is filed again */
	DECIDES = 32,                /* what it decided is put back */
	NEEDS_BEGUN = 64,            /* for a sign-in that was begun: 401 for nobody */
	NEEDS_ROOM = 256,            /* what is filed is taken away before it is filed again */
	ABOUT_CONTENT = 512,         /* who is let in is told what is wrong with what was sent */
	NOT_WHILE_VIEWING = 2048,    /* the person's alone: not shown to who looks on */
	NOT_FOR_REGISTRIES = 1024,   /* a practice's alone, whatever a registry filed for it */
	REFUSED_TO_REGISTRIES = 4096,    /* told so, whatever it is */
	NOT_FOR_CLINICIANS = 8192,   /* a practice's: its clinicians see their own */
	OF_PEOPLE = 16384,           /* of a clinician at a practice: other organizations have none */
	REFUSED_TO_AGENCY = 32768,   /* the members' alone: the agency, which sees the thing, is told so */
	NOT_FOR_AGENCY = 65536,      /* the members' alone: not there for the agency */
	ANY_REFUSAL = 128            /* what is not there is refused by 401, 403 or 404, as long as it is the same for what is another's */
};

struct named {
	const char *page;            /* "GET /submissions/{id}" */
	const char *target;          /* with $WORDS for what is named */
	unsigned flags;
	int missing;                 /* status when it is not there; 0: 404 */
	int always;                  /* status for all who are let in, where it is not one of success */
	const char *shows;           /* what one's own has in it */
	const char *type, *body, *headers;
};
extern const struct named named_pages[];
extern const size_t named_pages_n;

/* $REVIEW $SUBMISSION $SET $MEASUREMENT $RECEIPT $APPLICATION $UNFILED $VGROUP $VGROUP_RECEIPT $ORG $PRACTICE $ROLE $OPEN_ROLE $TOKEN $REGISTRY $ACCOUNT $TIN $NPI $NUMBER $YEAR $WHO (members of JSON) */
const char *named_text(struct qpp_arena *a, const char *text, const struct party *p, int year);

#endif
