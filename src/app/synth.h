/*
 * A synthetic program year, for trying the service out, for tests of volume and for budget runs: organizations,
 * clinicians, who bills where, what everybody filed, elections, accounts and consents. Nobody in it exists: TINs
 * begin with 000, NPIs with 9.
 *
 * Everything follows from the seed, the number of practices, the rules and the catalog: the same call gives the
 * same items in the same order. Practices are made in blocks and forgotten once they were handed out, so memory
 * does not grow with their number.
 *
 * Nothing is a score: a practice has a standing, drawn so that a nation of them looks like the published one, and
 * from the standing follow what it reports and how well. The scorer is asked how a filing comes out, and the
 * standing is corrected by what it missed; what is handed out are counts and rates like anybody's.
 */
#ifndef QPP_APP_SYNTH_H
#define QPP_APP_SYNTH_H

#include "qpp/election.h"
#include "qpp/eligibility.h"
#include "qpp/money.h"

/* The files of a state, by what stands in them. */
enum qpp_synth_file {
	QPP_SYNTH_ORGANIZATIONS, QPP_SYNTH_CLINICIANS, QPP_SYNTH_RELATIONS, QPP_SYNTH_SUBMISSIONS, QPP_SYNTH_SILENT,
	QPP_SYNTH_ELECTIONS, QPP_SYNTH_ACCOUNTS, QPP_SYNTH_CONSENTS, QPP_SYNTH_STORIES, QPP_SYNTH_FILES
};

enum qpp_synth_kind {
	QPP_SYNTH_PRACTICE, QPP_SYNTH_VIRTUAL_GROUP, QPP_SYNTH_APM_ENTITY, QPP_SYNTH_REGISTRY, QPP_SYNTH_AGENCY,
	QPP_SYNTH_KINDS
};

struct qpp_synth_place {
	struct qpp_str street, city, state, county, zip;
};

struct qpp_synth_organization {
	enum qpp_synth_kind kind;
	struct qpp_str id, name;
	struct qpp_str tin, specialty;                 /* of a practice */
	struct qpp_synth_place place;                  /* without a street: none */
	const struct qpp_eligibility_facts *facts;     /* as a group or virtual group; NULL: not asked */
	const struct qpp_eligibility *eligibility;
	enum qpp_entity level;                         /* of the two above */
	struct qpp_str virtual_group, apm_entity;      /* ids that the practice is in; empty: none */
	const struct qpp_str *members;                 /* ids of the practices in it */
	size_t n_members;
	bool advanced;                                 /* an Advanced APM */
};

struct qpp_synth_clinician {
	struct qpp_str npi, first, last;
	enum qpp_clinician_type type;
	qpp_day enrolled;
};

/* One clinician under one TIN in one year. */
struct qpp_synth_relation {
	qpp_py py;
	struct qpp_str tin, npi;
	const struct qpp_eligibility_facts *facts;     /* of the individual; NULL where nothing is known yet */
	const struct qpp_eligibility *individual, *group, *virtual_group_status;   /* NULL: not asked */
	struct qpp_str virtual_group, apm_entity, subgroup;
	qpp_cents allowed, paid;                       /* covered professional services of the payment year */
};

/* What an entity filed; silent: nothing, but there are facts about it. */
struct qpp_synth_filing {
	struct qpp_submission *submission;
	const struct qpp_facts *facts;
	struct qpp_str submitter;                      /* id of the organization that filed; empty when silent */
};

enum qpp_synth_choice {
	QPP_SYNTH_ELECTS_VIRTUAL_GROUP, QPP_SYNTH_OPTS_IN, QPP_SYNTH_VOLUNTARY, QPP_SYNTH_REGISTERS_MVP,
	QPP_SYNTH_REGISTERS_SUBGROUP, QPP_SYNTH_PARTIAL_QP, QPP_SYNTH_CHOICES
};

struct qpp_synth_election {
	enum qpp_synth_choice choice;
	qpp_py py;
	struct qpp_str organization;                   /* whose it is */
	struct qpp_str npi, subgroup, program;         /* as they apply */
	const struct qpp_election *virtual_group;      /* of a virtual group's */
	const struct qpp_str *npis;                    /* of a subgroup */
	size_t n_npis;
};

enum qpp_synth_role {
	QPP_SYNTH_SECURITY_OFFICIAL, QPP_SYNTH_STAFF, QPP_SYNTH_CLINICIAN_ROLE, QPP_SYNTH_REVIEWER,
	QPP_SYNTH_SECOND_REVIEWER, QPP_SYNTH_OPERATOR, QPP_SYNTH_SERVICE_CENTER, QPP_SYNTH_AUDITOR, QPP_SYNTH_ROLES
};

struct qpp_synth_account {
	struct qpp_str id, name, email, organization, npi;
	enum qpp_synth_role role;
};

struct qpp_synth_consent {
	qpp_py py;
	struct qpp_str practice, registry;
};

/* Something that happened to somebody, to begin work with. */
struct qpp_synth_story {
	struct qpp_str name, says, organization, npi, other;
};

struct qpp_synth_item {
	enum qpp_synth_file file;
	union {
		const struct qpp_synth_organization *organization;
		const struct qpp_synth_clinician *clinician;
		const struct qpp_synth_relation *relation;
		const struct qpp_synth_filing *filing;         /* QPP_SYNTH_SUBMISSIONS and QPP_SYNTH_SILENT */
		const struct qpp_synth_election *election;
		const struct qpp_synth_account *account;
		const struct qpp_synth_consent *consent;
		const struct qpp_synth_story *story;
	};
};

struct qpp_synth_call {
	const struct qpp_ruleset *rules;
	const struct qpp_catalog *catalog;             /* of the performance year */
	uint64_t seed;
	uint64_t practices;
	uint32_t files;                                /* bits 1u << enum qpp_synth_file; what is not wanted is not made */
	bool struck;                                   /* the first practice is one that a disaster struck (synth_practice.c) */
	/* Takes an item, which is forgotten afterwards; another code than QPP_OK stops. */
	enum qpp_code (*take)(void *host, const struct qpp_synth_item *item, struct qpp_err *err);
	/* Told now and then how many practices are done; may be NULL. */
	void (*progress)(void *host, uint64_t practices);
	void *host;
};

enum { QPP_SYNTH_MOST_PRACTICES = 999999 };

struct qpp_synth_counts {
	uint64_t items[QPP_SYNTH_FILES], organizations[QPP_SYNTH_KINDS];
	uint64_t status[QPP_ELIGIBILITY_STATUSES], special[QPP_SPECIALS];   /* of relations of the year, as individuals */
	uint64_t level[QPP_ENTITIES], program[QPP_PROGRAM_KINDS];           /* of submissions */
};

/*
 * Makes the state. QPP_NO_RULE for a year whose rules lack something that is needed, QPP_USAGE for no or too many
 * practices, and whatever `take` answers.
 */
QPP_MUST_USE enum qpp_code qpp_synth_run(const struct qpp_synth_call *call, struct qpp_synth_counts *counts,
                                         struct qpp_err *err);

/* As the files are named ("relations"), and the words inside them; NULL for a number that is none. */
const char *qpp_synth_file_name(enum qpp_synth_file f);
const char *qpp_synth_kind_name(enum qpp_synth_kind k);
const char *qpp_synth_choice_name(enum qpp_synth_choice c);
const char *qpp_synth_role_name(enum qpp_synth_role r);

#endif
