/*
 * What the tests of the store share: a store in a temporary folder (or in the
 * PostgreSQL database that QPP_STORE_URL names), with keys and a clock of its own, and
 * short ways to write and read.
 */
#ifndef STORE_WORLD_H
#define STORE_WORLD_H

#include "app/receipt.h"
#include "app/store.h"

struct world {
	char folder[64], url[256];
	struct qpp_keys keys;
	struct qpp_test_clock clock;
	struct qpp_arena arena;
	struct qpp_store *store;
	struct qpp_err err;
};

/* An empty store; `clock` NULL: that of the world, which stands at 2024-03-01. Exits when it cannot be made. */
void world_open(struct world *w, struct qpp_clock *clock);
/* The same store closed and opened again. */
void world_reopen(struct world *w);
void world_close(struct world *w);

/* For child processes: opens what another has made. */
enum qpp_code world_attach(struct world *w, const char *url);

/* A practice by its TIN. */
struct qpp_org world_practice(struct world *w, const char *tin, const char *name);

/* One filing, as a use case does it: submission found or made, set put, ledger appended, all in one write. */
struct filing {
	struct qpp_who who;
	const char *category;
	struct qpp_str body;
	struct qpp_submission_row submission;
	struct qpp_set_row set;
	struct qpp_receipt receipt;
	bool created;
};
enum qpp_code file_change(struct qpp_tx *tx, void *request, struct qpp_err *err);

#endif
