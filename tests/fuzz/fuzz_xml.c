/*
 * Fuzzing the reader of XML and the check behind it: every text must be read without harm, and what is refused must
 * be said.
 */
#include <stdlib.h>

#include "../unit/small_catalog.h"
#include "adapt/xml/read_xml.h"
#include "qpp/check.h"

enum { MOST_BYTES = 1 << 20, MOST_FINDINGS = 50 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_findings f;
	qpp_findings_init(&f, &a, MOST_FINDINGS);
	struct qpp_submission *s = qpp_xml_read_submission(&a, QPP_LIT("fuzz.xml"), (struct qpp_str){ (const char *)p, n }, MOST_BYTES, &f);
	if (s)
		qpp_check_submission(s, &small_catalog, &f);
	if (!s && !f.errors)
		abort();
	for (size_t i = 0; i < f.list.n; i++)
		if (!f.list.v[i].code.n || !f.list.v[i].message.n)
			abort();
	qpp_arena_close(&a);
	return 0;
}
