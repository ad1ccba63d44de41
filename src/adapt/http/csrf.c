/*
 * CSRF tokens: base64url(nonce || BLAKE2b-256(key; nonce || what it is bound to)).
 * The nonce makes each different, so that nothing is learned from compressed
 * pages; nothing is stored.
 */
#include "adapt/http/csrf.h"

#include <sodium.h>
#include <string.h>

#include "adapt/http/http_int.h"

enum {
	NONCE = 16, MAC = 32, RAW = NONCE + MAC, VISITOR_BYTES = 16,
	TEXT = sodium_base64_ENCODED_LEN(RAW, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
};

static const char visitor_cookie[] = "visitor";

static struct qpp_str binding(const struct qpp_http_request *r)
{
	return r->caller.binding.n ? r->caller.binding : qpp_cookie(r, visitor_cookie);
}

static void mac(unsigned char out[MAC], const unsigned char *key, const unsigned char *nonce, struct qpp_str bound, bool session)
{
	crypto_generichash_state state;
	/* A visitor's cookie must not pass for a session's id of the same text. */
	unsigned char kind = session;
	(void)crypto_generichash_init(&state, key, QPP_CSRF_KEY_BYTES, MAC);
	(void)crypto_generichash_update(&state, nonce, NONCE);
	(void)crypto_generichash_update(&state, &kind, 1);
	(void)crypto_generichash_update(&state, (const unsigned char *)bound.p, bound.n);
	(void)crypto_generichash_final(&state, out, MAC);
}

struct qpp_str qpp_csrf_token(const struct qpp_http_request *r, struct qpp_http_response *s)
{
	struct qpp_str bound = binding(r);
	unsigned char raw[RAW];
	if (!bound.n) {
		unsigned char random[VISITOR_BYTES];
		char *text = qpp_arena_alloc(r->arena, 2 * VISITOR_BYTES + 1);
		randombytes_buf(random, sizeof random);
		(void)sodium_bin2hex(text, 2 * VISITOR_BYTES + 1, random, sizeof random);
		bound = qpp_str_of(text);
		qpp_respond_cookie(s, visitor_cookie, bound, 0);
	}
	randombytes_buf(raw, NONCE);
	mac(raw + NONCE, r->csrf_key, raw, bound, r->caller.binding.n > 0);
	char *text = qpp_arena_alloc(r->arena, TEXT);
	(void)sodium_bin2base64(text, TEXT, raw, RAW, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return qpp_str_of(text);
}

static enum qpp_code refuse(struct qpp_err *err, const char *why)
{
	(void)qpp_fail(err, QPP_FORBIDDEN, "this form was not sent from a page of this server that is yours", (char *)NULL);
	qpp_err_detail(err, why, (char *)NULL);
	qpp_err_hint(err, "open the page again and send the form from there; what you typed is not saved", (char *)NULL);
	return QPP_FORBIDDEN;
}

/* What browsers of today say by themselves about where a request comes from; others say nothing. */
static bool from_elsewhere(const struct qpp_http_request *r)
{
	struct qpp_str site = qpp_header(r, "sec-fetch-site"), origin = qpp_header(r, "origin"), host = qpp_header(r, "host");
	if (site.n && !qpp_str_is(site, "same-origin") && !qpp_str_is(site, "none"))
		return true;
	if (!origin.n)
		return false;
	const char *at = memmem(origin.p, origin.n, "://", 3);
	struct qpp_str from = at ? (struct qpp_str){ at + 3, origin.n - (size_t)(at + 3 - origin.p) } : origin;
	return !qpp_str_eq_nocase(from, host);
}

static struct qpp_str token_of(const struct qpp_http_request *r)
{
	struct qpp_str token = qpp_header(r, "x-csrf-token");
	struct qpp_form form;
	struct qpp_err ignored;
	if (!token.p && qpp_request_form(r, &form, &ignored) == QPP_OK)
		token = qpp_form_field(&form, "csrf");
	return token;
}

enum qpp_code qpp_csrf_check(const struct qpp_http_request *r, struct qpp_err *err)
{
	struct qpp_str token, bound = binding(r);
	unsigned char raw[RAW], want[MAC];
	size_t n;
	if (from_elsewhere(r))
		return refuse(err, "the browser says that it came from another site");
	token = token_of(r);
	if (!token.n || !bound.n)
		return refuse(err, "its token is missing");
	if (sodium_base642bin(raw, sizeof raw, token.p, token.n, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    n != sizeof raw)
		return refuse(err, "its token is broken");
	mac(want, r->csrf_key, raw, bound, r->caller.binding.n > 0);
	if (sodium_memcmp(want, raw + NONCE, MAC) != 0)
		return refuse(err, "its token is of another session");
	return QPP_OK;
}
