/* From a request to a filing and back. */
#include "adapt/api/filing.h"

/* "v17"; `*` and an absent header are any version. */
static enum qpp_code read_match(const struct qpp_http_request *r, int64_t *version, struct qpp_err *err)
{
	struct qpp_str tag = qpp_str_trim(qpp_header(r, "if-match"));
	uint64_t v;
	*version = 0;
	if (!tag.n || qpp_str_is(tag, "*"))
		return QPP_OK;
	if (tag.n > 3 && tag.p[0] == '"' && tag.p[1] == 'v' && tag.p[tag.n - 1] == '"' &&
	    qpp_str_u64((struct qpp_str){ tag.p + 2, tag.n - 3 }, INT64_MAX, &v) && v > 0) {
		*version = (int64_t)v;
		return QPP_OK;
	}
	(void)qpp_fail(err, QPP_STALE, "If-Match names no version of a measurement set", (char *)NULL);
	qpp_err_hint(err, "send the ETag of the answer that was read, one and strong", (char *)NULL);
	return QPP_STALE;
}

enum qpp_code qpp_api_filing(void *host, const struct qpp_http_request *r, qpp_filing_show *show, struct qpp_filing *out,
                             struct qpp_err *err)
{
	*out = (struct qpp_filing){ .at = { r->received_us }, .bytes = r->body, .findings = qpp_api_findings(r), .show = show };
	out->route = qpp_str_cat(r->arena, qpp_http_method_name(r->method), " ", qpp_str_dup(r->arena, r->path).p, (char *)NULL);
	enum qpp_code code = qpp_api_call(host, r, &out->call, err);
	if (code == QPP_OK)
		code = qpp_idempotency_key(r, &out->key, err);
	if (code == QPP_OK)
		code = read_match(r, &out->version, err);
	return code;
}

enum qpp_code qpp_api_filed(const struct qpp_filing *f, struct qpp_http_response *s, int status, struct qpp_err *err)
{
	enum { NO_CONTENT = 204 };
	qpp_respond_header(s, "OpenQPP-Receipt", f->receipt);
	if (f->replayed)
		qpp_respond_header(s, "Idempotency-Replayed", QPP_LIT("true"));
	if (f->new_version)
		qpp_respond_etag(s, qpp_etag_version(s->arena, f->new_version));
	if (status == NO_CONTENT) {
		qpp_respond(s, status, "application/json; charset=utf-8", QPP_LIT(""));
		return QPP_OK;
	}
	return qpp_api_send(s, status, f->answer, err);
}
