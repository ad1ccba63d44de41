/*
 * Fuzzing the readers of JSON and the check behind them: every text is read as
 * a submission, as a facts file and as a file of scores, so that any file of these kinds is a seed.
 * What the findings should say is the unit tests' business; here every text
 * must be read without harm, and what is refused must be said.
 */
#include <stdlib.h>

#include "../unit/small_catalog.h"
#include "adapt/json/read_facts.h"
#include "adapt/json/read_payment.h"
#include "adapt/json/read_submission.h"
#include "qpp/check.h"

enum { MOST_BYTES = 1 << 20, MOST_FINDINGS = 50 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void must_say(bool was_read, const struct qpp_findings *f)
{
	if (!was_read && !f->errors)
		abort();
	for (size_t i = 0; i < f->list.n; i++)
		if (!f->list.v[i].code.n || !f->list.v[i].message.n)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_findings f;
	struct qpp_str file = QPP_LIT("fuzz.json"), text = { (const char *)p, n };
	qpp_findings_init(&f, &a, MOST_FINDINGS);
	must_say(qpp_json_read_facts(&a, file, text, MOST_BYTES, &f) != NULL, &f);
	qpp_findings_init(&f, &a, MOST_FINDINGS);
	must_say(qpp_json_read_payment(&a, file, text, MOST_BYTES, &f) != NULL, &f);
	qpp_findings_init(&f, &a, MOST_FINDINGS);
	struct qpp_submission *s = qpp_json_read_submission(&a, file, text, MOST_BYTES, &f);
	if (s)
		qpp_check_submission(s, &small_catalog, &f);
	must_say(s != NULL, &f);
	qpp_arena_close(&a);
	return 0;
}
