/* Facts out of the texts in which the store keeps them: the ports of app/submissions.h and app/provider.h. */
#include "adapt/json/read_eligibility.h"
#include "adapt/json/read_facts.h"
#include "app/provider.h"
#include "app/submissions.h"

struct qpp_facts *qpp_facts_doc_read(struct qpp_arena *a, struct qpp_str text, struct qpp_findings *f)
{
	return qpp_json_read_facts(a, QPP_LIT(""), text, 0, f);
}

const struct qpp_eligibility_facts *qpp_eligibility_doc_read(struct qpp_arena *a, struct qpp_str text, struct qpp_findings *f)
{
	return qpp_json_read_eligibility(a, QPP_LIT(""), text, 0, f);
}
