/* Rules overlays out of the texts in which the store keeps them: the port of app/runs.h. */
#include <sodium.h>

#include "app/runs.h"
#include "overlay.h"

enum { MOST_ERRORS = 20 };

static void sha256(const void *p, size_t n, unsigned char out[32])
{
	(void)crypto_hash_sha256(out, p, n);
}

enum qpp_code qpp_overlay_doc_read(struct qpp_arena *a, const struct qpp_ruleset *base, struct qpp_str text,
                                   const struct qpp_ruleset **out, struct qpp_err *err)
{
	const struct qpp_rules_source source = { QPP_LIT("correction"), text };
	struct qpp_findings errors;
	qpp_findings_init(&errors, a, MOST_ERRORS);
	enum qpp_code code = qpp_rules_overlay(a, base, &source, sha256, &errors, out, err);
	if (code == QPP_DATA && errors.list.n) {
		const struct qpp_finding *f = &errors.list.v[0];
		qpp_err_detail(err, qpp_str_dup(a, f->message).p, (char *)NULL);
		qpp_err_at(err, f->where.file, f->where.line, 0);
	}
	return code;
}
