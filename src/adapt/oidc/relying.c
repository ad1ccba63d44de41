/* The relying party: beginning and finishing sign-ins. relying.h is the manual. */
#include <curl/curl.h>
#include <iddawc.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/oidc/relying_int.h"

#define MINUTE ((int64_t)60 * QPP_MICROS_A_SECOND)
enum { FLOW_MINUTES = 10, DOCUMENT_MINUTES = 10, RANDOM_BYTES = 32, ADDRESS_MOST = 2048 };

/* --- what providers say of themselves --- */

static bool usable(const json_t *configuration, const char *issuer)
{
	static const char *const endpoints[] = { "authorization_endpoint", "token_endpoint", "jwks_uri" };
	const char *said = json_string_value(json_object_get(configuration, "issuer"));
	if (said == NULL || strcmp(said, issuer) != 0)
		return false;
	for (size_t i = 0; i < sizeof endpoints / sizeof *endpoints; i++) {
		const char *url = json_string_value(json_object_get(configuration, endpoints[i]));
		if (url == NULL || strlen(url) > ADDRESS_MOST || !relying_address(url))
			return false;
	}
	return true;
}

static enum qpp_code read_documents(const struct provider *p, json_t **configuration, json_t **keys, struct qpp_err *err)
{
	struct qpp_arena arena = QPP_ARENA_INIT;
	int status;
	const char *slash = p->c.issuer[strlen(p->c.issuer) - 1] == '/' ? "" : "/";
	const char *url = qpp_str_cat(&arena, p->c.issuer, slash, ".well-known/openid-configuration", (char *)NULL).p;
	*keys = NULL;
	enum qpp_code code = relying_fetch(&(struct ask){ .url = url, .ca_file = p->c.ca_file }, &status, configuration, err);
	qpp_arena_close(&arena);
	if (code == QPP_OK && (status != 200 || !usable(*configuration, p->c.issuer)))
		code = qpp_fail(err, QPP_IO, "the identity provider does not describe itself as it should", (char *)NULL);
	if (code == QPP_OK) {
		const char *jwks = json_string_value(json_object_get(*configuration, "jwks_uri"));
		code = relying_fetch(&(struct ask){ .url = jwks, .ca_file = p->c.ca_file }, &status, keys, err);
	}
	if (code == QPP_OK)
		return QPP_OK;
	json_decref(*configuration);
	*configuration = NULL;
	return code;
}

enum qpp_code relying_documents(struct relying *r, struct provider *p, bool again, json_t **configuration, json_t **keys,
                                struct qpp_err *err)
{
	int64_t now = qpp_now(r->clock).us;
	pthread_mutex_lock(&r->lock);
	bool fresh = p->configuration != NULL && !again && now < p->read_us + DOCUMENT_MINUTES * MINUTE;
	*configuration = fresh ? json_deep_copy(p->configuration) : NULL;
	*keys = fresh ? json_deep_copy(p->keys) : NULL;
	pthread_mutex_unlock(&r->lock);
	if (fresh)
		return QPP_OK;
	/* Without the lock: a provider that hangs holds nobody else. */
	enum qpp_code code = read_documents(p, configuration, keys, err);
	if (code != QPP_OK)
		return code;
	pthread_mutex_lock(&r->lock);
	json_decref(p->configuration);
	json_decref(p->keys);
	p->configuration = json_deep_copy(*configuration);
	p->keys = json_deep_copy(*keys);
	p->read_us = now;
	pthread_mutex_unlock(&r->lock);
	return QPP_OK;
}

/* --- beginning --- */

static void random_text(char out[65])
{
	unsigned char bytes[RANDOM_BYTES];
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(out, 65, bytes, sizeof bytes);
	sodium_memzero(bytes, sizeof bytes);
}

/* The address that the browser is sent to. */
static enum qpp_code authorization_url(const struct relying *r, const struct flow *f, const json_t *configuration,
                                       struct qpp_arena *arena, struct qpp_str *out, struct qpp_err *err)
{
	struct _i_session s;
	const char *endpoint = json_string_value(json_object_get(configuration, "authorization_endpoint"));
	if (i_init_session(&s) != I_OK)
		return qpp_fail(err, QPP_IO, "there is no memory to sign in", (char *)NULL);
	bool made = i_set_parameter_list(&s, I_OPT_RESPONSE_TYPE, I_RESPONSE_TYPE_CODE, I_OPT_AUTH_METHOD, I_AUTH_METHOD_GET,
	                                 I_OPT_CLIENT_ID, f->provider->c.client_id, I_OPT_REDIRECT_URI, r->redirect_uri,
	                                 I_OPT_SCOPE, f->provider->c.scope, I_OPT_STATE, f->state, I_OPT_NONCE, f->nonce,
	                                 I_OPT_AUTH_ENDPOINT, endpoint, I_OPT_PKCE_CODE_VERIFIER, f->verifier,
	                                 I_OPT_PKCE_METHOD, I_PKCE_METHOD_S256, I_OPT_NONE) == I_OK &&
	            i_build_auth_url_get(&s) == I_OK;
	if (made)
		*out = qpp_str_dup(arena, qpp_str_of(i_get_str_parameter(&s, I_OPT_REDIRECT_TO)));
	i_clean_session(&s);
	return made ? QPP_OK : qpp_fail(err, QPP_BUG, "the address of the provider could not be made", (char *)NULL);
}

static struct provider *provider_of(struct relying *r, struct qpp_str id)
{
	for (size_t i = 0; i < r->port.n_providers; i++)
		if (qpp_str_is(id, r->providers[i].c.id))
			return &r->providers[i];
	return NULL;
}

/* Keeps it; when there is no room, the one that began first gives way. */
static void keep_flow(struct relying *r, const struct flow *f)
{
	pthread_mutex_lock(&r->lock);
	struct flow *place = &r->flows[0];
	for (size_t i = 1; i < FLOWS; i++)
		if (r->flows[i].ends_us < place->ends_us)
			place = &r->flows[i];
	*place = *f;
	pthread_mutex_unlock(&r->lock);
}

static enum qpp_code begin(struct qpp_oidc *self, struct qpp_arena *arena, struct qpp_str provider, struct qpp_str then,
                           struct qpp_oidc_begun *out, struct qpp_err *err)
{
	struct relying *r = (struct relying *)self;
	struct flow f = { .provider = provider_of(r, provider) };
	json_t *configuration, *keys;
	if (f.provider == NULL)
		return qpp_fail(err, QPP_NOT_FOUND, "there is no such identity provider", (char *)NULL);
	enum qpp_code code = relying_documents(r, f.provider, false, &configuration, &keys, err);
	if (code != QPP_OK)
		return code;
	random_text(f.state);
	random_text(f.nonce);
	random_text(f.verifier);
	random_text(f.cookie);
	/* A path that is too long to keep leads to the front page. */
	memcpy(f.then, then.n > 0 && then.n < sizeof f.then ? then.p : "/", then.n > 0 && then.n < sizeof f.then ? then.n : 1);
	f.ends_us = qpp_now(r->clock).us + FLOW_MINUTES * MINUTE;
	code = authorization_url(r, &f, configuration, arena, &out->url, err);
	json_decref(configuration);
	json_decref(keys);
	if (code == QPP_OK) {
		keep_flow(r, &f);
		out->cookie = qpp_str_dup(arena, qpp_str_of(f.cookie));
	}
	sodium_memzero(&f, sizeof f);
	return code;
}

/* --- finishing --- */

static enum qpp_code refused(const char *why, struct qpp_err *err)
{
	qpp_fail(err, QPP_SIGNED_OUT, "the identity provider did not sign you in", (char *)NULL);
	qpp_err_detail(err, why, (char *)NULL);
	qpp_err_hint(err, "Begin again.", (char *)NULL);
	return QPP_SIGNED_OUT;
}

static bool equal(const char *kept, struct qpp_str given)
{
	size_t n = strlen(kept);
	return n > 0 && given.n == n && sodium_memcmp(kept, given.p, n) == 0;
}

/* Takes the flow of the state: it is gone, whatever comes of it. False: there is none, or of another browser. */
static bool take_flow(struct relying *r, const struct qpp_oidc_back *back, struct flow *out)
{
	bool found = false;
	int64_t now = qpp_now(r->clock).us;
	pthread_mutex_lock(&r->lock);
	for (size_t i = 0; i < FLOWS && !found; i++) {
		struct flow *f = &r->flows[i];
		/* Of another browser: it stays for the one it is of. */
		if (f->ends_us == 0 || !equal(f->state, back->state) || !equal(f->cookie, back->cookie))
			continue;
		found = now < f->ends_us;
		*out = *f;
		sodium_memzero(f, sizeof *f);
	}
	pthread_mutex_unlock(&r->lock);
	return found;
}

static const char *escaped(struct qpp_arena *a, const char *s, size_t n)
{
	char *e = curl_easy_escape(NULL, n > 0 ? s : "", (int)n);
	struct qpp_str kept = qpp_str_dup(a, qpp_str_of(e));
	curl_free(e);
	return kept.p;
}

/* The code for tokens; a new reference. */
static enum qpp_code redeem(const struct relying *r, const struct flow *f, const json_t *configuration, struct qpp_str grant,
                            struct qpp_arena *arena, json_t **tokens, struct qpp_err *err)
{
	const struct qpp_relying_provider *c = &f->provider->c;
	struct ask ask = { .url = json_string_value(json_object_get(configuration, "token_endpoint")), .ca_file = c->ca_file };
	int status;
	const char *client_id = escaped(arena, c->client_id, strlen(c->client_id));
	ask.form = qpp_str_cat(arena, "grant_type=authorization_code&code=", escaped(arena, grant.p, grant.n),
	                       "&redirect_uri=", escaped(arena, r->redirect_uri, strlen(r->redirect_uri)),
	                       "&code_verifier=", f->verifier, c->client_secret == NULL ? "&client_id=" : "",
	                       c->client_secret == NULL ? client_id : "", (char *)NULL).p;
	if (c->client_secret != NULL) {
		/* RFC 6749, 2.3.1: both are form-encoded first. */
		ask.user = client_id;
		ask.password = escaped(arena, c->client_secret, strlen(c->client_secret));
	}
	enum qpp_code code = relying_fetch(&ask, &status, tokens, err);
	if (code == QPP_OK && status != 200) {
		const char *said = json_string_value(json_object_get(*tokens, "error"));
		refused(said != NULL && strlen(said) < 80 ? said : "the code was not taken", err);
		json_decref(*tokens);
		*tokens = NULL;
		return QPP_SIGNED_OUT;
	}
	return code;
}

/* Name and address, where the token does not have them: only of the same subject. */
static json_t *user_info(const struct flow *f, const json_t *configuration, const json_t *claims, const char *access_token)
{
	struct qpp_err none;
	int status;
	json_t *info = NULL;
	const char *url = json_string_value(json_object_get(configuration, "userinfo_endpoint"));
	if (url == NULL || access_token == NULL || json_object_get(claims, "email") != NULL)
		return NULL;
	struct ask ask = { .url = url, .bearer = access_token, .ca_file = f->provider->c.ca_file };
	if (relying_fetch(&ask, &status, &info, &none) == QPP_OK && status == 200 &&
	    json_equal(json_object_get(info, "sub"), json_object_get(claims, "sub")))
		return info;
	json_decref(info);
	return NULL;
}

static struct qpp_str claim(struct qpp_arena *a, const json_t *claims, const json_t *info, const char *name)
{
	const char *s = json_string_value(json_object_get(claims, name));
	if (s == NULL)
		s = json_string_value(json_object_get(info, name));
	return s != NULL && strlen(s) <= 255 ? qpp_str_dup(a, qpp_str_of(s)) : QPP_LIT("");
}

/* Who the tokens name. */
static enum qpp_code identify(struct relying *r, const struct flow *f, json_t *tokens, json_t **configuration, json_t **keys,
                              struct qpp_arena *arena, struct qpp_vouched *out, struct qpp_err *err)
{
	const char *why, *id_token = json_string_value(json_object_get(tokens, "id_token"));
	const char *access_token = json_string_value(json_object_get(tokens, "access_token"));
	json_t *claims = relying_verify(r, f, *configuration, *keys, id_token, access_token, &why);
	if (claims == NULL) {
		/* The provider may have new keys. */
		json_decref(*configuration);
		json_decref(*keys);
		*configuration = *keys = NULL;
		enum qpp_code code = relying_documents(r, f->provider, true, configuration, keys, err);
		if (code != QPP_OK)
			return code;
		claims = relying_verify(r, f, *configuration, *keys, id_token, access_token, &why);
	}
	if (claims == NULL)
		return refused(why, err);
	json_t *info = user_info(f, *configuration, claims, access_token);
	out->provider = qpp_str_dup(arena, qpp_str_of(f->provider->c.id));
	out->subject = claim(arena, claims, NULL, "sub");
	out->name = claim(arena, claims, info, "name");
	/* An address that the provider has not verified is anybody's. */
	const json_t *verified = json_object_get(claims, "email_verified");
	if (verified == NULL)
		verified = json_object_get(info, "email_verified");
	out->email = json_is_true(verified) ? claim(arena, claims, info, "email") : QPP_LIT("");
	json_decref(info);
	json_decref(claims);
	return QPP_OK;
}

static enum qpp_code finish(struct qpp_oidc *self, struct qpp_arena *arena, const struct qpp_oidc_back *back,
                            struct qpp_vouched *out, struct qpp_str *then, struct qpp_err *err)
{
	struct relying *r = (struct relying *)self;
	struct flow f;
	json_t *configuration = NULL, *keys = NULL, *tokens = NULL;
	if (!take_flow(r, back, &f))
		return refused("the sign-in was not begun in this browser, was used, or is older than ten minutes", err);
	*then = qpp_str_dup(arena, qpp_str_of(f.then));
	if (back->iss.n > 0 && !qpp_str_is(back->iss, f.provider->c.issuer))
		return refused("the answer is of another provider", err);
	if (back->error.n > 0 || back->code.n == 0)
		return refused("the provider says that you did not sign in there", err);
	enum qpp_code code = relying_documents(r, f.provider, false, &configuration, &keys, err);
	if (code == QPP_OK)
		code = redeem(r, &f, configuration, back->code, arena, &tokens, err);
	if (code == QPP_OK)
		code = identify(r, &f, tokens, &configuration, &keys, arena, out, err);
	json_decref(tokens);
	json_decref(configuration);
	json_decref(keys);
	sodium_memzero(&f, sizeof f);
	return code;
}

/* --- the whole --- */

static void start_libraries(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
	i_global_init();
}

static const char *keep(struct qpp_arena *a, const char *s)
{
	return s != NULL ? qpp_str_dup(a, qpp_str_of(s)).p : NULL;
}

static enum qpp_code take_provider(struct relying *r, const struct qpp_relying_provider *p, struct qpp_err *err)
{
	if (p->id == NULL || p->id[0] == '\0' || strcmp(p->id, "local") == 0 || provider_of(r, qpp_str_of(p->id)) != NULL)
		return qpp_fail(err, QPP_USAGE, "an identity provider has a name of its own", (char *)NULL);
	if (p->issuer == NULL || p->client_id == NULL || !relying_address(p->issuer))
		return qpp_fail(err, QPP_USAGE, "an identity provider has an https address and a client id", (char *)NULL);
	struct qpp_relying_provider *c = &r->providers[r->port.n_providers].c;
	c->id = keep(&r->arena, p->id);
	c->title = keep(&r->arena, p->title != NULL ? p->title : p->id);
	c->issuer = keep(&r->arena, p->issuer);
	c->client_id = keep(&r->arena, p->client_id);
	c->client_secret = keep(&r->arena, p->client_secret);
	c->scope = keep(&r->arena, p->scope != NULL ? p->scope : "openid profile email");
	c->ca_file = keep(&r->arena, p->ca_file);
	r->port.n_providers++;
	return QPP_OK;
}

enum qpp_code qpp_relying_open(const struct qpp_relying_config *c, struct qpp_oidc **out, struct qpp_err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	*out = NULL;
	pthread_once(&once, start_libraries);
	struct relying *r = calloc(1, sizeof *r);
	if (r == NULL || sodium_init() < 0) {
		free(r);
		return qpp_fail(err, QPP_IO, "there is no memory for identity providers", (char *)NULL);
	}
	pthread_mutex_init(&r->lock, NULL);
	r->port.begin = begin;
	r->port.finish = finish;
	r->redirect_uri = keep(&r->arena, c->redirect_uri);
	r->clock = c->clock;
	r->providers = QPP_NEW_ARRAY(&r->arena, c->n_providers + 1, struct provider);
	struct qpp_oidc_provider *shown = QPP_NEW_ARRAY(&r->arena, c->n_providers + 1, struct qpp_oidc_provider);
	r->port.providers = shown;
	for (size_t i = 0; i < c->n_providers; i++) {
		enum qpp_code code = take_provider(r, &c->providers[i], err);
		if (code != QPP_OK) {
			qpp_relying_close(&r->port);
			return code;
		}
		shown[i] = (struct qpp_oidc_provider){ qpp_str_of(r->providers[i].c.id), qpp_str_of(r->providers[i].c.title) };
	}
	*out = &r->port;
	return QPP_OK;
}

void qpp_relying_close(struct qpp_oidc *oidc)
{
	struct relying *r = (struct relying *)oidc;
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->port.n_providers; i++) {
		json_decref(r->providers[i].configuration);
		json_decref(r->providers[i].keys);
	}
	pthread_mutex_destroy(&r->lock);
	qpp_arena_close(&r->arena);
	sodium_memzero(r, sizeof *r);
	free(r);
}
