/*
 * Whether an ID token is what it must be (OpenID Connect Core 3.1.3.7). The
 * signature is rhonabwy's to check, by iddawc; the claims are looked at here, each
 * by name, so that no default of a library decides who may come in.
 */
#include <iddawc.h>
#include <sodium.h>
#include <string.h>

#include "adapt/oidc/relying_int.h"

enum { LEEWAY_SECONDS = 60, OLDEST_SECONDS = 600, HEADER_MOST = 4096 };

static bool same(const json_t *value, const char *expected)
{
	const char *s = json_string_value(value);
	return s != NULL && strcmp(s, expected) == 0;
}

/* Only public keys: a provider's keys are no secret one could sign with. */
static bool algorithm_fits(const char *id_token)
{
	static const char *const fit[] = { "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
		                               "ES256", "ES384", "ES512", "EdDSA" };
	unsigned char header[HEADER_MOST];
	size_t n = 0;
	const char *dot = strchr(id_token, '.');
	if (dot == NULL || sodium_base642bin(header, sizeof header, id_token, (size_t)(dot - id_token), NULL, &n, NULL,
	                                     sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return false;
	json_t *j = json_loadb((const char *)header, n, JSON_REJECT_DUPLICATES, NULL);
	bool fits = false;
	for (size_t i = 0; i < sizeof fit / sizeof *fit; i++)
		fits = fits || same(json_object_get(j, "alg"), fit[i]);
	json_decref(j);
	return fits;
}

static bool audience_fits(const json_t *claims, const char *client_id)
{
	const json_t *aud = json_object_get(claims, "aud"), *azp = json_object_get(claims, "azp");
	if (azp != NULL && !same(azp, client_id))
		return false;
	if (json_is_string(aud))
		return same(aud, client_id);
	/* With others beside us, the token must say that it was made for us. */
	if (!json_is_array(aud) || (json_array_size(aud) > 1 && azp == NULL))
		return false;
	for (size_t i = 0; i < json_array_size(aud); i++)
		if (same(json_array_get(aud, i), client_id))
			return true;
	return false;
}

static bool times_fit(const json_t *claims, int64_t now)
{
	const json_t *exp = json_object_get(claims, "exp"), *iat = json_object_get(claims, "iat"),
	             *nbf = json_object_get(claims, "nbf");
	if (!json_is_integer(exp) || !json_is_integer(iat) || (nbf != NULL && !json_is_integer(nbf)))
		return false;
	int64_t made = json_integer_value(iat);
	return now < json_integer_value(exp) + LEEWAY_SECONDS && made <= now + LEEWAY_SECONDS &&
	       made >= now - OLDEST_SECONDS && (nbf == NULL || json_integer_value(nbf) <= now + LEEWAY_SECONDS);
}

static const char *claims_fault(const struct relying *r, const struct flow *f, const json_t *claims)
{
	const char *sub = json_string_value(json_object_get(claims, "sub"));
	if (!same(json_object_get(claims, "iss"), f->provider->c.issuer))
		return "the token is of another issuer";
	if (!audience_fits(claims, f->provider->c.client_id))
		return "the token is for another client";
	if (!times_fit(claims, qpp_now(r->clock).us / QPP_MICROS_A_SECOND))
		return "the token has expired, or is of another time";
	if (!same(json_object_get(claims, "nonce"), f->nonce))
		return "the token is of another sign-in";
	if (sub == NULL || sub[0] == '\0' || strlen(sub) > 255)
		return "the token names nobody";
	return NULL;
}

/* The signature, by the provider's keys. The claims, or NULL. */
static json_t *signed_claims(const struct relying *r, const struct flow *f, const json_t *configuration, json_t *keys,
                             const char *id_token, const char *access_token)
{
	struct _i_session s;
	json_t *claims = NULL;
	if (i_init_session(&s) != I_OK)
		return NULL;
	const char *endpoint = json_string_value(json_object_get(configuration, "authorization_endpoint"));
	int set = i_set_parameter_list(&s, I_OPT_RESPONSE_TYPE, I_RESPONSE_TYPE_CODE, I_OPT_ISSUER, f->provider->c.issuer,
	                               I_OPT_CLIENT_ID, f->provider->c.client_id, I_OPT_REDIRECT_URI, r->redirect_uri,
	                               I_OPT_AUTH_ENDPOINT, endpoint, I_OPT_NONCE, f->nonce, I_OPT_ID_TOKEN, id_token,
	                               I_OPT_NONE);
	if (set == I_OK && access_token != NULL)
		set = i_set_str_parameter(&s, I_OPT_ACCESS_TOKEN, access_token);
	if (set == I_OK && i_set_server_jwks(&s, keys) == I_OK && i_verify_id_token(&s) == I_OK)
		claims = json_incref(s.id_token_payload);
	i_clean_session(&s);
	return claims;
}

json_t *relying_verify(struct relying *r, const struct flow *f, const json_t *configuration, json_t *keys,
                       const char *id_token, const char *access_token, const char **why)
{
	*why = "the token is not signed by a key of the provider";
	if (id_token == NULL || !algorithm_fits(id_token))
		return NULL;
	json_t *claims = signed_claims(r, f, configuration, keys, id_token, access_token);
	if (claims == NULL)
		return NULL;
	*why = claims_fault(r, f, claims);
	if (*why == NULL)
		return claims;
	json_decref(claims);
	return NULL;
}
