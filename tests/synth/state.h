/*
 * A synthetic state, made in memory, written as JSON Lines and read again line by line by the readers that everybody's
 * files go through; each filing scored, and for each clinician the score that pays.
 */
#ifndef TESTS_SYNTH_STATE_H
#define TESTS_SYNTH_STATE_H

#include "app/synth.h"
#include "qpp/payment.h"

/* One TIN and NPI of the year. */
struct state_relation {
	struct qpp_str tin, npi, virtual_group, apm_entity, subgroup;
	bool has_status[QPP_ENTITIES];
	enum qpp_eligibility_status status[QPP_ENTITIES];
	uint32_t specials;
	size_t of_tin;                   /* relations under the same TIN */
	bool pays;
	struct qpp_payment_score score;  /* that pays */
	enum qpp_band band;
};

/* Who filed (or filed nothing), with the best score of it. */
struct state_filing {
	struct qpp_str key;
	enum qpp_entity entity;
	qpp_dec final_score;
	bool silent;
};

struct state {
	struct qpp_arena *arena;
	const struct qpp_catalog *catalog;
	struct qpp_synth_counts counts;
	uint64_t hash;                   /* of all bytes */
	size_t errors;                   /* findings of severity error, in whatever was read */
	struct qpp_str first_error;
	size_t elections, rejected;      /* of virtual groups */
	size_t methods[QPP_METHODS];     /* quality sets by collection type */
	size_t attested;                 /* sets of activities and interoperability on the web */
	size_t qcdr, reweighted, located, facility;
	QPP_VEC(struct state_relation) relations;
	QPP_VEC(struct state_filing) filings;
	uint32_t *table;                 /* places in filings, by key */
	size_t table_size;
};

/* `keep` false: the hash and the counts alone. Ends the program when the state cannot be made. */
void state_make(struct state *s, int py, uint64_t practices, uint64_t seed, bool keep);
/* Which score pays whom. */
void state_pay(struct state *s);

#endif
