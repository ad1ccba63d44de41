/*
 * A service without sockets: a store in a temporary folder, the rules and
 * catalogs of the program, a few practices and registries, and requests made by
 * hand. The clock stands on March 1, 2024, in the submission period of PY2023.
 */
#ifndef API_WORLD_H
#define API_WORLD_H

#include "../unit/unit.h"
#include "adapt/api/api.h"

/* Practices, by their TINs, and who asks. */
enum asker {
	NOBODY, REGISTRY, OTHER_REGISTRY, OFFICIAL, OTHER_OFFICIAL, STAFF, CLINICIAN, AGENT, WATCHER, LAST_YEARS_REGISTRY, BOTH, ASKERS
};

#define TIN "000111222"
#define OTHER_TIN "000333444"
#define UNKNOWN_TIN "000999888"
#define NPI "9000010014"

struct api_world {
	struct qpp_arena arena;
	char folder[64];
	struct qpp_keys keys;
	struct qpp_test_clock clock;
	struct qpp_store *store;
	const struct qpp_years *years;
	struct qpp_service service;
	struct qpp_api api;
	const struct qpp_router *router;
	struct qpp_org practice, other, registry, other_registry, entity, agency, clinician;
	struct qpp_actor actors[ASKERS];
};

struct answer {
	int status;
	struct qpp_str body;
	struct qpp_str etag, receipt;
	bool replayed;
};

void api_open(struct api_world *w);
void api_close(struct api_world *w);

/* "POST /api/...?query", with headers "name: value" between line feeds; NULL: none. A body is JSON with ' for ". */
struct answer ask_with(struct api_world *w, enum asker who, const char *line, const char *headers, const char *body);
struct answer ask(struct api_world *w, enum asker who, const char *line, const char *body);
/* With a body as it is. */
struct answer ask_raw(struct api_world *w, enum asker who, const char *line, const char *headers, struct qpp_str body);

/* The value of a path of members and indices, "data.submissions[0].id"; "" when there is none. Numbers and flags as text. */
const char *at(struct api_world *w, const struct answer *a, const char *path);
bool has(struct qpp_str text, const char *part);

void consent(struct api_world *w, int py, const struct qpp_org *practice, const struct qpp_org *registry, bool revoked);
void keep_fact(struct api_world *w, int py, enum qpp_entity entity, const struct qpp_org *org, const char *npi, const char *topic,
               const char *body);

const char *cat(struct api_world *w, const char *first, ...) __attribute__((sentinel));

#define assert_answer(a, wanted)                                                                              \
	do {                                                                                                  \
		struct answer answer_ = (a);                                                                  \
		if (answer_.status != (wanted))                                                               \
			print_message("# %d %.*s\n", answer_.status, (int)(answer_.body.n < 700 ? answer_.body.n : 700), answer_.body.p); \
		assert_int_equal(answer_.status, (wanted));                                                   \
	} while (0)

#define SETS "/api/submissions/measurement-sets"

#define FILER(tin) "'performanceYear': 2023, 'entityType': 'group', 'taxpayerIdentificationNumber': '" tin "'"
#define PERIOD "'performanceStart': '2023-01-01', 'performanceEnd': '2023-12-31'"
#define SINGLE(id, met, not_met)                                                                                          \
	"{'measureId': '" id "', 'value': {'isEndToEndReported': false, 'performanceMet': " #met ", 'performanceNotMet': " #not_met \
	", 'eligiblePopulation': 156}}"
#define QUALITY(measurements) "'category': 'quality', 'submissionMethod': 'registry', " PERIOD ", 'measurements': [" measurements "]"
#define IA "'category': 'ia', 'submissionMethod': 'registry', " PERIOD ", 'measurements': [{'measureId': 'IA_EPA_2', 'value': true}]"
#define INTO(tin) "{'submission': {" FILER(tin) "}, "
#define QUALITY_SET INTO(TIN) QUALITY(SINGLE("047", 120, 36)) "}"
#define IA_SET INTO(TIN) IA "}"

#endif
