/*
 * Fuzzing the readers of JSON and the check behind them. The first byte says
 * whether the rest is a submission or a facts file; quality of the findings is
 * the unit tests' business, here every text must be read without harm, and
 * what is refused must be said.
 */
#include <stdlib.h>

#include "../unit/small_catalog.h"
#include "adapt/json/read_facts.h"
#include "adapt/json/read_submission.h"
#include "qpp/check.h"

enum { SUBMISSION, FACTS, MODES, MOST_BYTES = 1 << 20, MOST_FINDINGS = 50 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_findings f;
	if (!n)
		return 0;
	struct qpp_str file = QPP_LIT("fuzz.json"), text = { (const char *)p + 1, n - 1 };
	qpp_findings_init(&f, &a, MOST_FINDINGS);
	if (p[0] % MODES == FACTS) {
		if (!qpp_json_read_facts(&a, file, text, MOST_BYTES, &f) && !f.errors)
			abort();
	} else {
		struct qpp_submission *s = qpp_json_read_submission(&a, file, text, MOST_BYTES, &f);
		if (!s && !f.errors)
			abort();
		if (s)
			qpp_check_submission(s, &small_catalog, &f);
	}
	for (size_t i = 0; i < f.list.n; i++)
		if (!f.list.v[i].code.n || !f.list.v[i].message.n)
			abort();
	qpp_arena_close(&a);
	return 0;
}
