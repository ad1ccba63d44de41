/*
 * Sign-in by identity providers, which oidc.sh starts: the whole flow with a
 * person at two real ones, and every way in which a third one lies.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapt/oidc/relying.h"
#include "world.h"

static const char *issuers[3], *redirect_uri, *person;
static struct qpp_oidc *oidc;

static int setup(void **state)
{
	int failed = world_setup(state);
	/* Providers live in our time. */
	world.clock.now.us = (int64_t)time(NULL) * QPP_MICROS_A_SECOND;
	struct qpp_relying_provider providers[] = {
		{ .id = "harp", .title = "HARP", .issuer = issuers[0], .client_id = "openqpp", .client_secret = "a secret & more" },
		{ .id = "acoms", .title = "ACO-MS", .issuer = issuers[1], .client_id = "openqpp", .client_secret = "a secret & more" },
		{ .id = "hostile", .issuer = issuers[2], .client_id = "openqpp" },
	};
	struct qpp_relying_config c = { providers, 3, redirect_uri, &world.clock.clock };
	expect_ok(qpp_relying_open(&c, &oidc, &world.err));
	return failed;
}

static int teardown(void **state)
{
	qpp_relying_close(oidc);
	return world_teardown(state);
}

static struct qpp_oidc_begun begin(const char *provider)
{
	struct qpp_oidc_begun b;
	expect_ok(oidc->begin(oidc, &world.arena, qpp_str_of(provider), QPP_LIT("/account?x=1"), &b, &world.err));
	return b;
}

/* A parameter of an address, as it stands there; the ones here need no decoding. */
static struct qpp_str parameter(struct qpp_str url, const char *name)
{
	struct qpp_str rest = url, part, key;
	qpp_str_cut(&rest, '?', &part);
	while (qpp_str_cut(&rest, '&', &part))
		if (qpp_str_cut(&part, '=', &key) && qpp_str_is(key, name))
			return part.p != NULL ? part : QPP_LIT("");
	return QPP_LIT("");
}

/* The person signs in; the address that the provider sends the browser back to. */
static struct qpp_str sign_in_there(struct qpp_str url, const char *name)
{
	char command[4096], line[4096] = "";
	snprintf(command, sizeof command, "%s '%.*s' '%s' '%s'", person, (int)url.n, url.p, name, redirect_uri);
	FILE *f = popen(command, "r");
	assert_non_null(f);
	if (fgets(line, sizeof line, f) == NULL)
		line[0] = '\0';
	assert_int_equal(pclose(f), 0);
	return qpp_str_dup(&world.arena, qpp_str_trim(qpp_str_of(line)));
}

static struct qpp_oidc_back back_of(struct qpp_str url, struct qpp_str cookie)
{
	return (struct qpp_oidc_back){ .state = parameter(url, "state"), .code = parameter(url, "code"),
		                           .error = parameter(url, "error"), .iss = QPP_LIT(""), .cookie = cookie };
}

static enum qpp_code finish(struct qpp_oidc_back back, struct qpp_vouched *who)
{
	struct qpp_str then;
	*who = (struct qpp_vouched){ 0 };
	enum qpp_code code = oidc->finish(oidc, &world.arena, &back, who, &then, &world.err);
	if (code == QPP_OK)
		expect_str(then, "/account?x=1");
	return code;
}

static void flow__signs_in_at_two_real_providers(void **unused)
{
	(void)unused;
	static const char *const providers[] = { "harp", "acoms" };
	struct qpp_vouched who;
	struct qpp_signed_in in[2];
	struct qpp_from from = world_from();
	assert_int_equal(oidc->n_providers, 3);
	expect_str(oidc->providers[1].title, "ACO-MS");
	for (int i = 0; i < 2; i++) {
		struct qpp_oidc_begun b = begin(providers[i]);
		expect_str(parameter(b.url, "code_challenge_method"), "S256");
		assert_int_equal(parameter(b.url, "code_challenge").n, 43);
		struct qpp_str back = sign_in_there(b.url, "alice");
		expect_ok(finish(back_of(back, b.cookie), &who));
		expect_str(who.provider, providers[i]);
		expect_str(who.subject, "alice");
		expect_str(who.name, "Person alice");
		expect_str(who.email, "alice@example.org");
		expect_ok(qpp_sign_in_vouched(world.identity, &world.arena, &from, &who, &in[i], &world.err));
		/* The state is good once. */
		expect_code(finish(back_of(back, b.cookie), &who), QPP_SIGNED_OUT);
	}
	assert_false(qpp_str_eq(in[0].account_id, in[1].account_id));
}

static void flow__an_unverified_address_is_nobodys(void **unused)
{
	(void)unused;
	struct qpp_vouched who;
	struct qpp_oidc_begun b = begin("harp");
	expect_ok(finish(back_of(sign_in_there(b.url, "unverified-bob"), b.cookie), &who));
	expect_str(who.subject, "unverified-bob");
	expect_str(who.email, "");
}

static void flow__of_another_browser_is_refused(void **unused)
{
	(void)unused;
	struct qpp_vouched who;
	struct qpp_oidc_begun mine = begin("harp"), theirs = begin("harp");
	struct qpp_str back = sign_in_there(mine.url, "alice");
	/* A stranger's link, opened in this browser: the cookie is of another sign-in, or there is none. */
	expect_code(finish(back_of(back, theirs.cookie), &who), QPP_SIGNED_OUT);
	expect_code(finish(back_of(back, QPP_LIT("")), &who), QPP_SIGNED_OUT);
	struct qpp_oidc_back other_state = back_of(back, mine.cookie);
	other_state.state = parameter(theirs.url, "state");
	expect_code(finish(other_state, &who), QPP_SIGNED_OUT);
	/* That did not end it for the one who began. */
	expect_ok(finish(back_of(back, mine.cookie), &who));
}

static void flow__a_code_is_of_its_own_verifier(void **unused)
{
	(void)unused;
	struct qpp_vouched who;
	struct qpp_oidc_begun first = begin("harp"), second = begin("harp");
	struct qpp_oidc_back back = back_of(sign_in_there(first.url, "alice"), second.cookie);
	back.state = parameter(second.url, "state");
	expect_code(finish(back, &who), QPP_SIGNED_OUT);
}

static void flow__a_code_of_another_provider_is_refused(void **unused)
{
	(void)unused;
	struct qpp_vouched who;
	struct qpp_oidc_begun harp = begin("harp"), acoms = begin("acoms");
	struct qpp_oidc_back back = back_of(sign_in_there(harp.url, "alice"), acoms.cookie);
	back.state = parameter(acoms.url, "state");
	expect_code(finish(back, &who), QPP_SIGNED_OUT);
	harp = begin("harp");
	back = back_of(sign_in_there(harp.url, "alice"), harp.cookie);
	back.iss = qpp_str_of(issuers[1]);
	expect_code(finish(back, &who), QPP_SIGNED_OUT);
}

static void flow__ends_after_ten_minutes_and_by_refusal(void **unused)
{
	(void)unused;
	struct qpp_vouched who;
	struct qpp_oidc_begun b = begin("harp");
	struct qpp_oidc_back back = { .state = parameter(b.url, "state"), .code = QPP_LIT(""), .error = QPP_LIT("access_denied"),
		                          .iss = QPP_LIT(""), .cookie = b.cookie };
	expect_code(finish(back, &who), QPP_SIGNED_OUT);
	b = begin("harp");
	struct qpp_str url = sign_in_there(b.url, "alice");
	world_move(600);
	expect_code(finish(back_of(url, b.cookie), &who), QPP_SIGNED_OUT);
	struct qpp_oidc_begun none;
	expect_code(oidc->begin(oidc, &world.arena, QPP_LIT("nobody"), QPP_LIT("/"), &none, &world.err), QPP_NOT_FOUND);
}

/* What the lying provider says when it is asked for a token of that kind. */
static enum qpp_code lie(const char *kind, struct qpp_vouched *who)
{
	struct qpp_oidc_begun b = begin("hostile");
	struct qpp_oidc_back back = back_of(b.url, b.cookie);
	struct qpp_str nonce = parameter(b.url, "nonce"), challenge = parameter(b.url, "code_challenge");
	back.code = qpp_str_cat(&world.arena, kind, ".", qpp_str_dup(&world.arena, nonce).p, ".",
	                        qpp_str_dup(&world.arena, challenge).p, (char *)NULL);
	return finish(back, who);
}

static void token__that_lies_lets_nobody_in(void **unused)
{
	(void)unused;
	static const char *const kinds[] = { "issuer", "audience", "audiences", "party", "expired", "future", "old", "forever",
		                                 "nonce", "noNonce", "nobody", "key", "secret", "none", "changed", "garbage", "missing" };
	struct qpp_vouched who;
	/* The same provider telling the truth: it is the lie that is refused below. */
	expect_ok(lie("good", &who));
	expect_str(who.subject, "mallory");
	expect_str(who.email, "");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		enum qpp_code code = lie(kinds[i], &who);
		if (code != QPP_SIGNED_OUT)
			print_error("%s is let in\n", kinds[i]);
		assert_int_equal(code, QPP_SIGNED_OUT);
		assert_int_equal(who.subject.n, 0);
	}
	expect_code(lie("huge", &who), QPP_IO);
}

static void provider__must_be_configured_right(void **unused)
{
	(void)unused;
	static const struct qpp_relying_provider bad[] = {
		{ .id = "local", .issuer = "https://a.example", .client_id = "x" },
		{ .id = "a", .issuer = "http://a.example", .client_id = "x" },
		{ .id = "a", .issuer = "http://127.0.0.1.evil.example", .client_id = "x" },
		{ .id = "a", .issuer = "http://localhost@evil.example", .client_id = "x" },
		{ .id = "", .issuer = "https://a.example", .client_id = "x" },
		{ .id = "a", .issuer = "https://a.example" },
	};
	struct qpp_oidc *o;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct qpp_relying_config c = { &bad[i], 1, redirect_uri, &world.clock.clock };
		expect_code(qpp_relying_open(&c, &o, &world.err), QPP_USAGE);
	}
	/* One that does not answer, or answers for another issuer. */
	char other[128];
	snprintf(other, sizeof other, "http://localhost%s", strrchr(issuers[2], ':'));
	struct qpp_relying_provider off[] = { { .id = "off", .issuer = "http://127.0.0.1:1", .client_id = "x" },
		                                  { .id = "other", .issuer = other, .client_id = "x" } };
	struct qpp_relying_config c = { off, 2, redirect_uri, &world.clock.clock };
	struct qpp_oidc_begun b;
	expect_ok(qpp_relying_open(&c, &o, &world.err));
	expect_code(o->begin(o, &world.arena, QPP_LIT("off"), QPP_LIT("/"), &b, &world.err), QPP_IO);
	expect_code(o->begin(o, &world.arena, QPP_LIT("other"), QPP_LIT("/"), &b, &world.err), QPP_IO);
	qpp_relying_close(o);
}

#define FLOW_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		FLOW_TEST(flow__signs_in_at_two_real_providers),
		FLOW_TEST(flow__an_unverified_address_is_nobodys),
		FLOW_TEST(flow__of_another_browser_is_refused),
		FLOW_TEST(flow__a_code_is_of_its_own_verifier),
		FLOW_TEST(flow__a_code_of_another_provider_is_refused),
		FLOW_TEST(flow__ends_after_ten_minutes_and_by_refusal),
		FLOW_TEST(token__that_lies_lets_nobody_in),
		FLOW_TEST(provider__must_be_configured_right),
	};
	if (argc != 6) {
		puts("usage: test_oidc ISSUER ISSUER HOSTILE REDIRECT PERSON (run by oidc.sh)");
		return 2;
	}
	for (int i = 0; i < 3; i++)
		issuers[i] = argv[1 + i];
	redirect_uri = argv[4];
	person = argv[5];
	return RUN_AS_TAP(tests);
}
