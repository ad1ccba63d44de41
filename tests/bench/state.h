/*
 * A store for benchmarks and tests of the whole service: the folder of data of a qppd
 * that is not running is opened, filled with made-up people, given a registry with a
 * token that practices let in, and closed again.
 */
#ifndef BENCH_STATE_H
#define BENCH_STATE_H

#include "app/store.h"

enum { STATE_YEAR = 2023, STATE_TIN = 9, STATE_NPI = 10, STATE_TOKEN = 64 };

struct state {
	struct qpp_arena arena;
	struct qpp_err err;
	struct qpp_store *store;
	char path[300];              /* of the store's file */
	char token[STATE_TOKEN + 1]; /* of the registry: Authorization: Bearer */
};

/* The folder is made when it is not there. Every failure ends the program and says why. */
void state_open(struct state *s, const char *folder);
void state_close(struct state *s);

/* Practices of nobody with their clinicians, into an empty store; nothing that they filed. */
void state_fill(struct state *s, uint64_t practices);

/* A new registry with a new token. */
struct qpp_str state_registry(struct state *s);

/* One practice with one clinician. */
void state_practice(struct state *s, const char *tin, const char *npi);

/* Clinicians of practices that let the registry in, of at most so many practices, without those who must opt in first. */
struct state_filer {
	char tin[STATE_TIN + 1], npi[STATE_NPI + 1];
};
size_t state_let_in(struct state *s, struct qpp_str registry_id, size_t practices, struct state_filer **out);

/* The NPIs of all clinicians, each text of STATE_NPI bytes after the other; how many. */
size_t state_npis(struct state *s, char **out);

/* A POST of a measurement set of about 4 KB for one of them, all of it; how long it is. */
size_t state_filing(const struct state *s, const struct state_filer *f, char *to, size_t room);

#endif
