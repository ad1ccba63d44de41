/* Shared by the files of the synthetic state: what a practice is while its block is being made. */
#ifndef QPP_APP_SYNTH_INT_H
#define QPP_APP_SYNTH_INT_H

#include "app/synth.h"
#include "app/synth_chance.h"

/* What the streams of chance are for. */
enum { QPP_DRAW_PRACTICE = 1, QPP_DRAW_PERSON, QPP_DRAW_VOLUME, QPP_DRAW_FILING, QPP_DRAW_CLAIMS, QPP_DRAW_BLOCK };

enum { QPP_SYNTH_BLOCK = 40, QPP_SYNTH_MOST_EPISODES = 2, QPP_SYNTH_MEASURES = 6 };

enum qpp_synth_size { QPP_SOLO, QPP_SMALL, QPP_LARGE, QPP_SIZES };

/* What a practice does with its year. */
enum qpp_synth_course { QPP_SILENT, QPP_LOW, QPP_EXCUSED, QPP_GOOD };

/* As whom it reports. */
enum qpp_synth_route {
	QPP_ROUTE_INDIVIDUALS, QPP_ROUTE_GROUP, QPP_ROUTE_VIRTUAL_GROUP, QPP_ROUTE_APM_ENTITY, QPP_ROUTE_SUBGROUPS
};

/* A quality measure that can be reported with one rate, by one collection type, against a benchmark. */
struct qpp_synth_measure {
	const struct qpp_measure *measure;
	const struct qpp_benchmark *benchmark;
	bool outcome, high_priority;
	bool regular;              /* every decile can be reached: not capped, entries apart from each other */
};

struct qpp_synth_list {
	const struct qpp_synth_measure *v;
	size_t n;
};

struct qpp_specialty {
	const char *set, *name;
	int weight;
	enum qpp_clinician_type type, other;           /* most of its clinicians, some of them */
	int other_per_mille;
	bool total_cost, hospital_cost;                /* of its cost measures: those that are not of episodes */
	const char *episodes[QPP_SYNTH_MOST_EPISODES];
	int hospital, surgical_center, facility, no_patients;      /* per mille of its clinicians who are so */
	const char *qcdr;                              /* how the ids of the measures of its QCDR begin */
};
extern const struct qpp_specialty qpp_synth_specialties[];
/* The last place among the lists is of measures for everybody. */
enum { QPP_SYNTH_MOST_SPECIALTIES = 40, QPP_SYNTH_GENERAL = QPP_SYNTH_MOST_SPECIALTIES - 1 };

struct qpp_synth_spot {
	const char *state, *county, *city, *zip;
	bool rural;
};
extern const struct qpp_synth_spot qpp_synth_spots[];
enum { QPP_SYNTH_MOST_SPOTS = 100 };

struct qpp_synth_person {
	struct qpp_synth_clinician is;
	struct qpp_eligibility_facts facts;
	struct qpp_eligibility individual, group, virtual_group;
	bool in_group, in_virtual_group;               /* the two levels were asked */
	int subgroup;                                  /* 0: none */
	bool guest;                                    /* of another practice: handed out there */
	int64_t charges_cents;
};

struct qpp_synth_team;

struct qpp_synth_practice {
	uint64_t number;
	struct qpp_str id, tin, name;
	enum qpp_synth_size size;
	enum qpp_synth_course course;
	enum qpp_synth_route route;
	int specialty;
	const struct qpp_synth_spot *spot;
	bool rural, shortage, listed;                  /* listed: in a county under the automatic policy */
	bool struck;                                   /* the one that a disaster struck, where a state is to have it */
	int standing;                                  /* hundredths of points: how good it is at the program */
	enum qpp_method method;
	const struct qpp_mvp *mvp;
	bool beside_mvp;                               /* traditional MIPS as well */
	int registry;
	struct qpp_synth_person *people;
	size_t n;
	struct qpp_eligibility_facts facts;
	struct qpp_eligibility eligibility;
	struct qpp_synth_team *team;                   /* NULL: neither in a virtual group nor in an APM entity */
	struct qpp_str wrong_npi;                      /* its registry filed the first clinician's data under this one */
};

/* A virtual group or an APM entity. */
struct qpp_synth_team {
	enum qpp_synth_kind kind;
	struct qpp_str id, name;
	struct qpp_synth_practice **practices;
	size_t n;
	bool advanced;
	struct qpp_eligibility_facts facts;
	struct qpp_eligibility eligibility;
};

struct qpp_synth {
	const struct qpp_synth_call *call;
	struct qpp_synth_counts *counts;
	struct qpp_err *err;
	enum qpp_code code;
	struct qpp_arena *keep, *block, *attempt;      /* of the run; of a block; of one try at a filing */
	const struct qpp_rules *rules, *earlier;       /* of the year; of two years before */
	const struct qpp_plan *plan;
	qpp_py py;
	int n_specialties, weights, n_spots;
	size_t virtual_group_most;                     /* clinicians of a practice in a virtual group */
	bool listed[QPP_SYNTH_MOST_SPOTS];
	struct qpp_synth_list lists[QPP_SYNTH_MOST_SPECIALTIES][QPP_METHODS];
	const struct qpp_mvp *mvps[QPP_SYNTH_MOST_SPECIALTIES];
	struct qpp_weights weights_of[QPP_PROGRAM_KINDS][2][1 << QPP_CATEGORIES];
	uint32_t weights_known[QPP_PROGRAM_KINDS][2];
	uint64_t people, made[QPP_SIZES], made_of[QPP_SIZES][2], told;
	struct qpp_synth_practice *practices;          /* of the block */
	size_t n;
	struct qpp_synth_team *teams;
	size_t n_teams;
};

static inline bool qpp_synth_wants(const struct qpp_synth *s, enum qpp_synth_file f)
{
	return s->call->files >> f & 1;
}

/* Hands an item out, unless its file is not wanted or something failed. */
void qpp_synth_give(struct qpp_synth *s, const struct qpp_synth_item *item);

/* synth_lists.c: what can be reported, once for the run. */
void qpp_synth_make_lists(struct qpp_synth *s);
struct qpp_synth_list qpp_synth_list_of_ids(struct qpp_synth *s, struct qpp_arena *a, struct qpp_strs ids,
                                            struct qpp_str program, enum qpp_method method);

/* synth_names.c: invented and real words. */
struct qpp_str qpp_synth_first_name(struct qpp_chance *c);
struct qpp_str qpp_synth_last_name(struct qpp_chance *c);
struct qpp_str qpp_synth_practice_name(struct qpp_arena *a, struct qpp_chance *c, const struct qpp_specialty *specialty, bool one,
                                       struct qpp_str last);
struct qpp_str qpp_synth_street(struct qpp_arena *a, struct qpp_chance *c);
struct qpp_str qpp_synth_numbered(struct qpp_arena *a, const char *before, uint64_t number, int digits);
struct qpp_str qpp_synth_npi(struct qpp_arena *a, uint64_t number);
struct qpp_str qpp_synth_registry_id(int registry);
struct qpp_str qpp_synth_registry_name(int registry);
enum { QPP_SYNTH_REGISTRIES = 12 };

/* synth_practice.c, synth_person.c: a practice with its clinicians, from its number. */
void qpp_synth_make_practice(struct qpp_synth *s, struct qpp_synth_practice *p, uint64_t number);
void qpp_synth_make_people(struct qpp_synth *s, struct qpp_synth_practice *p);

/* synth_volume.c: what is known of practices and teams, and who takes part. */
void qpp_synth_sum_up(struct qpp_synth_practice *const *practices, size_t n, struct qpp_eligibility_facts *out);
void qpp_synth_decide(struct qpp_synth *s, struct qpp_synth_practice *p);
void qpp_synth_decide_team(struct qpp_synth *s, struct qpp_synth_team *t);

/* synth_block.c: who goes together, and what happens to whom. */
void qpp_synth_make_block(struct qpp_synth *s, uint64_t first, size_t n);
void qpp_synth_tell_stories(struct qpp_synth *s);

/* synth_file.c: what they file. */
void qpp_synth_file_practice(struct qpp_synth *s, struct qpp_synth_practice *p);
void qpp_synth_file_team(struct qpp_synth *s, struct qpp_synth_team *t);

/* synth_elect.c: elections, accounts, consents. */
void qpp_synth_elect(struct qpp_synth *s);
void qpp_synth_accounts(struct qpp_synth *s);

/* What one filing is asked to be. */
struct qpp_synth_order {
	enum qpp_entity entity;
	struct qpp_str id, tin, npi, submitter;
	int specialty;
	enum qpp_method method;
	const struct qpp_mvp *mvp;
	bool mips;                                     /* traditional MIPS (beside the MVP, where there is one) */
	struct qpp_str pathway;                        /* an APM performance pathway; empty: none */
	size_t clinicians;
	bool small, apm, virtual_group_member;
	uint32_t statuses, types;
	bool excused;                                  /* an exception for all categories was approved */
	bool hardship;                                 /* for promoting interoperability alone */
	const struct qpp_location *location;           /* of an individual */
	bool listed;
	bool struck;                                   /* its patients cost more that year than it could help */
	bool silent;
	int standing;
	uint64_t stream;
};

/* How well it does in each category, hundredths of a percent; what is not reported has 0. */
struct qpp_synth_aims {
	int percent[QPP_CATEGORIES];
	bool reports[QPP_CATEGORIES];
};

/* synth_order.c: a filing that comes out near the standing; hands it out. */
void qpp_synth_fill(struct qpp_synth *s, const struct qpp_synth_order *o);
/* synth_aim.c */
struct qpp_synth_aims qpp_synth_aim(struct qpp_synth *s, const struct qpp_synth_order *o, struct qpp_str program,
                                    const struct qpp_facts *facts, int standing, struct qpp_chance *c);
/* synth_sets.c */
struct qpp_synth_work {
	struct qpp_synth *s;
	struct qpp_arena *a;
	const struct qpp_synth_order *order;
	struct qpp_str program;
	const struct qpp_mvp *mvp;                     /* of the program, NULL where it is no MVP */
	struct qpp_chance chance;
	struct qpp_submission *submission;
	struct qpp_facts *facts;
};
void qpp_synth_add_sets(struct qpp_synth_work *w, const struct qpp_synth_aims *aims);
struct qpp_measurement_set *qpp_synth_add_set(struct qpp_synth_work *w, enum qpp_category category, enum qpp_method method,
                                              size_t room);
/* synth_quality.c */
void qpp_synth_add_quality(struct qpp_synth_work *w, const struct qpp_synth_aims *aims);
/* The result that earns so many points (hundredths), on a benchmark. */
qpp_dec qpp_synth_rate_at(const struct qpp_benchmark *b, int points);
/* synth_facts.c: before the sets, and what the agency computes after them. */
void qpp_synth_begin_facts(struct qpp_synth *s, const struct qpp_synth_order *o, struct qpp_arena *a, struct qpp_facts *f);
void qpp_synth_add_claims(struct qpp_synth_work *w, const struct qpp_synth_aims *aims);
bool qpp_synth_has_cost(const struct qpp_synth_order *o);

#endif
