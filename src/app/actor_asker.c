/* From whoever identity found at the door to what decides over data. */
#include "app/identity.h"
#include "app/service.h"

struct qpp_actor qpp_actor_of_asker(struct qpp_arena *a, const struct qpp_asker *asker)
{
	const struct qpp_person *p = &asker->person;
	if (asker->program)
		return qpp_actor_of_token(a, &asker->api, &asker->org);
	struct qpp_actor_role *roles = QPP_NEW_ARRAY(a, p->n_held + 1, struct qpp_actor_role);
	struct qpp_actor actor = { .account_id = p->account_id, .view_only = p->viewing != QPP_VIEW_NONE, .roles = roles };
	/* Half signed in is not signed in. */
	for (size_t i = 0; p->stage == QPP_STAGE_FULL && i < p->n_held; i++) {
		const struct qpp_role_held *held = &p->held[i];
		if (held->state == QPP_POST_ACTIVE)
			roles[actor.n++] = (struct qpp_actor_role){ held->org_id, held->kind, held->org_number, held->post };
	}
	return actor;
}
