/* What the files of the election room share: a group that is loaded in a transaction, and a change of one. */
#ifndef QPP_APP_VGROUP_INT_H
#define QPP_APP_VGROUP_INT_H

#include "app/vgroup.h"

enum { VGROUP_TIN = 9, VGROUP_NAME_MOST = 120, VGROUP_TEXT_MOST = 4000, VGROUP_LIST_MOST = 200, VGROUP_DOC_MOST = 1 << 22 };

/* Somebody at work on one group. */
struct vgroup_work {
	struct qpp_tx *tx;
	const struct qpp_call *call;     /* actor and service */
	struct qpp_arena *arena;
	qpp_time at;                     /* the moment that counts for the window */
	bool as_filed;                   /* members and NPIs of what stands filed, not of what is being changed */
};

/* The group with all that the rules say of it. QPP_NOT_FOUND also for one that is not the caller's to see. */
enum qpp_code vgroup_load(struct vgroup_work *w, struct qpp_str id, struct qpp_vgroup *g, struct qpp_err *err);

/* In vgroup_judge.c: NPIs, facts and holder of a member; the election of those who are in; what the rules say of it. */
enum qpp_code vgroup_people(struct vgroup_work *w, const struct qpp_vgroup *g, const struct qpp_vgroup_npi_rows *list,
                            struct qpp_vgroup_member *m, struct qpp_err *err);
enum qpp_code vgroup_judge(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_err *err);
/* The rules of a year, bound; of any year that has some. */
enum qpp_code vgroup_rules(struct qpp_arena *a, const struct qpp_service *service, qpp_py py, const struct qpp_rules **out,
                           struct qpp_err *err);

/* In vgroup_agreement.c: clauses, text and hash. */
enum qpp_code vgroup_agreement(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_err *err);

/* In vgroup_year.c: alarms of a group that stands. */
enum qpp_code vgroup_alarms(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_err *err);

/* In vgroup_doc.c: the election as its file (docs/cli.md). */
struct qpp_str vgroup_doc(struct qpp_arena *a, const struct qpp_election *e);

/* In or named: a party of the election. */
bool vgroup_is_in(const struct qpp_vgroup_member *m);
struct qpp_vgroup_member *vgroup_member(const struct qpp_vgroup *g, struct qpp_str org_id);
/* The caller is Security Official of an organization; of the agency's side, with that post. */
bool vgroup_official(const struct qpp_actor *actor, struct qpp_str org_id);
bool vgroup_agency(const struct qpp_actor *actor, enum qpp_post post);
struct qpp_str vgroup_masked(struct qpp_arena *a, struct qpp_str tin);
/* Every run of nine digits in a text by its last four only. */
struct qpp_str vgroup_mask_tins(struct qpp_arena *a, struct qpp_str s);
/* A run of exactly nine digits: people must not write TINs where they would be kept in the clear. */
bool vgroup_has_tin(struct qpp_str s);
/* "the performance year 2025" and the like. */
const char *vgroup_c(struct qpp_arena *a, struct qpp_str s);

/* In vgroup_pool.c: what a practice has filed as a group in a year, for traditional MIPS; NULL: nothing. */
enum qpp_code vgroup_filed(struct vgroup_work *w, qpp_py py, const struct qpp_vgroup_member *m, struct qpp_submission **out, struct qpp_err *err);

/* --- changes --- */

struct vgroup_change {
	struct vgroup_work w;
	struct qpp_vgroup g;
	enum qpp_code (*run)(struct vgroup_change *c, struct qpp_err *err);
	struct qpp_str id;
	void *with;
};
/* Loads the group in a write and runs the change. QPP_FORBIDDEN for whoever looks as somebody else. */
enum qpp_code vgroup_change(const struct qpp_call *call, struct qpp_str id, qpp_time at,
                            enum qpp_code (*run)(struct vgroup_change *c, struct qpp_err *err), void *with, struct qpp_err *err);
/* The group can be changed now, and by the caller: `in`: a Security Official of a party that is in. */
enum qpp_code vgroup_may_edit(const struct vgroup_change *c, struct qpp_err *err);
/* Keeps the row and tells what happened; `org_id` may be empty. */
enum qpp_code vgroup_put(struct vgroup_change *c, struct qpp_err *err);
enum qpp_code vgroup_event(struct qpp_tx *tx, const struct qpp_call *call, struct qpp_str group_id, struct qpp_str org_id, const char *kind,
                           struct qpp_str note, struct qpp_err *err);
/* A notice to every Security Official of a practice; to the representative. */
enum qpp_code vgroup_tell_org(struct qpp_tx *tx, struct qpp_str org_id, const char *subject, const struct qpp_str *v, size_t n,
                              struct qpp_err *err);
enum qpp_code vgroup_tell_all(struct qpp_tx *tx, const struct qpp_vgroup *g, const char *subject, const struct qpp_str *v, size_t n,
                              struct qpp_err *err);
enum qpp_code vgroup_tell_rep(struct qpp_tx *tx, const struct qpp_vgroup_row *row, const char *subject, const struct qpp_str *v, size_t n,
                              struct qpp_err *err);

#endif
