/*
 * A synthetic program year into an empty store: what qpp_synth_run() makes, as
 * rows. For trying the service out; nobody in it exists.
 */
#ifndef QPP_CMD_SEED_H
#define QPP_CMD_SEED_H

#include "app/store.h"
#include "app/synth.h"

struct qpp_seed {
	struct qpp_store *store;
	const struct qpp_ruleset *rules;
	const struct qpp_catalog *catalog;               /* of the performance year */
	qpp_py py;
	uint64_t seed, practices;
	bool struck;                                     /* as in struct qpp_synth_call */
	uint32_t without;                                /* bits 1u << enum qpp_synth_file: what is left away */
	size_t batch;                                    /* rows to a commit; 0: a few hundred */
	void (*progress)(void *host, uint64_t practices);
	void *host;
};

/* QPP_CONFLICT when there are organizations in the store already; what qpp_synth_run() and the store answer. */
QPP_MUST_USE enum qpp_code qpp_seed_run(const struct qpp_seed *s, struct qpp_synth_counts *counts, struct qpp_err *err);

/* The id that an organization of the synthetic state has in the store: the same for the same id there. */
struct qpp_str qpp_seed_org_id(struct qpp_arena *a, struct qpp_str synth_id);

#endif
