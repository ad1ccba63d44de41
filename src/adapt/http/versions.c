/*
 * Versions of the API by the Accept header, exactly as the agency's middleware
 * reads it: white space is dropped, the vendor's type is looked for anywhere in
 * the rest, and what is not found or not offered means the standard version.
 */
#include "adapt/http/envelope.h"
#include "adapt/http/http_int.h"

unsigned qpp_accept_version(struct qpp_arena *a, struct qpp_str accept, struct qpp_versions offered)
{
	static const char vendor[] = "application/vnd.qpp.cms.gov.v";
	char *bare = qpp_arena_alloc(a, accept.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < accept.n; i++)
		if (accept.p[i] != ' ' && (accept.p[i] < '\t' || accept.p[i] > '\r'))
			bare[n++] = accept.p[i];
	for (size_t i = 0; i + sizeof vendor - 1 < n; i++) {
		struct qpp_str digits = { bare + i, 0 };
		if (!qpp_str_starts((struct qpp_str){ bare + i, n - i }, vendor))
			continue;
		digits.p += sizeof vendor - 1;
		while (digits.p + digits.n < bare + n && digits.p[digits.n] >= '0' && digits.p[digits.n] <= '9')
			digits.n++;
		uint64_t v;
		if (!digits.n)
			continue;
		/* The first one found decides, also when it is not offered. */
		return qpp_str_u64(digits, 255, &v) && v >= offered.least && v <= offered.most ? (unsigned)v : offered.standard;
	}
	return offered.standard;
}
