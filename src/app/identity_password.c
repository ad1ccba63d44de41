/*
 * What a password must be (portal.md 3.1, 3.6; reliability.md 2, IA-5): at least
 * 12 characters, 15 on the agency's side, of four kinds, and none that everybody
 * would try first. And changing one.
 */
#include <sodium.h>
#include <string.h>

#include "app/identity_int.h"
#include "app/notices.h"

enum { LEAST = 12, LEAST_PRIVILEGED = 15, MOST = 128, WORD = 64, ADDED_MOST = 6 };

static const char *const common[] = {
#define COMMON(word) #word,
#include "app/common_passwords.def"
};

/* Lengths, kinds and forbidden characters. */
static unsigned shape_faults(struct qpp_str password, size_t least)
{
	unsigned faults = QPP_PASSWORD_NO_LOWER | QPP_PASSWORD_NO_UPPER | QPP_PASSWORD_NO_DIGIT | QPP_PASSWORD_NO_SYMBOL;
	size_t characters = 0;
	for (size_t i = 0; i < password.n;) {
		unsigned char c = (unsigned char)password.p[i];
		size_t length = qpp_str_character((struct qpp_str){ password.p + i, password.n - i });
		if (length == 0 || c < 0x20 || c == 0x7f)
			return faults | QPP_PASSWORD_CHARACTERS;
		if (c >= 'a' && c <= 'z')
			faults &= ~(unsigned)QPP_PASSWORD_NO_LOWER;
		else if (c >= 'A' && c <= 'Z')
			faults &= ~(unsigned)QPP_PASSWORD_NO_UPPER;
		else if (c >= '0' && c <= '9')
			faults &= ~(unsigned)QPP_PASSWORD_NO_DIGIT;
		else
			faults &= ~(unsigned)QPP_PASSWORD_NO_SYMBOL;
		characters++;
		i += length;
	}
	if (characters < least)
		faults |= QPP_PASSWORD_SHORT;
	if (characters > MOST)
		faults |= QPP_PASSWORD_LONG;
	return faults;
}

/* Small letters; signs and digits as the letters they look like where `read`; everything else is left out. */
static size_t letters(struct qpp_str s, bool read, char out[], size_t most)
{
	static const char from[] = "0134578@$!+", to[] = "oieastbasit";
	size_t n = 0;
	for (size_t i = 0; i < s.n && n < most; i++) {
		char c = s.p[i];
		const char *at = read && c != '\0' ? strchr(from, c) : NULL;
		if (at != NULL)
			c = to[at - from];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 0x20);
		if (c >= 'a' && c <= 'z')
			out[n++] = c;
	}
	return n;
}

/* The letters are the word, once or several times. */
static bool repeats(const char *p, size_t n, const char *word)
{
	size_t length = strlen(word);
	if (length == 0 || n == 0 || n % length != 0)
		return false;
	for (size_t i = 0; i < n; i += length)
		if (memcmp(p + i, word, length) != 0)
			return false;
	return true;
}

/* The word with little around it: what is left when it is taken away is at most a few letters. */
static bool holds(const char *p, size_t n, const char *word, size_t length)
{
	if (length < 5 || length > n || n - length > ADDED_MOST)
		return false;
	for (size_t i = 0; i + length <= n; i++)
		if (memcmp(p + i, word, length) == 0)
			return true;
	return false;
}

static bool is_common(struct qpp_str password)
{
	char word[WORD];
	for (int read = 0; read < 2; read++) {
		/* Without what stands around the letters: Summer2024!! is summer. */
		size_t n = letters(password, read != 0, word, sizeof word);
		for (size_t i = 0; i < sizeof common / sizeof *common; i++)
			if (repeats(word, n, common[i]) || holds(word, n, common[i], strlen(common[i])))
				return true;
		if (n <= 1 && read == 0)
			return true;
	}
	return false;
}

unsigned qpp_password_faults(struct qpp_str password, struct qpp_str name, bool privileged)
{
	unsigned faults = shape_faults(password, privileged ? LEAST_PRIVILEGED : LEAST);
	char p[WORD], n[WORD];
	if ((faults & QPP_PASSWORD_CHARACTERS) != 0)
		return faults;
	if (is_common(password))
		faults |= QPP_PASSWORD_COMMON;
	size_t length = letters(name, false, n, sizeof n), all = letters(password, false, p, sizeof p);
	for (size_t i = 0; length >= 4 && i + length <= all; i++)
		if (memcmp(p + i, n, length) == 0)
			faults |= QPP_PASSWORD_NAME;
	return faults;
}

const char *qpp_password_fault_text(unsigned fault, bool privileged)
{
	switch (fault) {
	case QPP_PASSWORD_SHORT:
		return privileged ? "It has fewer than 15 characters." : "It has fewer than 12 characters.";
	case QPP_PASSWORD_LONG: return "It has more than 128 characters.";
	case QPP_PASSWORD_NO_LOWER: return "It has no small letter.";
	case QPP_PASSWORD_NO_UPPER: return "It has no capital letter.";
	case QPP_PASSWORD_NO_DIGIT: return "It has no digit.";
	case QPP_PASSWORD_NO_SYMBOL: return "It has no sign such as . ! @ # $ % ^ & or *.";
	case QPP_PASSWORD_COMMON: return "It is built on a word that is tried first by those who guess.";
	case QPP_PASSWORD_NAME: return "It has the user name in it.";
	case QPP_PASSWORD_CHARACTERS: return "It has control characters, or bytes that are no text.";
	default: return "";
	}
}

enum qpp_code qpp_password_check(struct qpp_str password, struct qpp_str name, bool privileged, struct qpp_err *err)
{
	unsigned faults = qpp_password_faults(password, name, privileged);
	if (faults == 0)
		return QPP_OK;
	qpp_fail(err, QPP_DATA, "the password will not do", (char *)NULL);
	struct qpp_arena arena = QPP_ARENA_INIT;
	struct qpp_buf all;
	qpp_buf_init(&all, &arena, sizeof err->detail);
	for (unsigned fault = 1; fault <= QPP_PASSWORD_CHARACTERS; fault *= 2)
		if ((faults & fault) != 0)
			qpp_buf_cat(&all, all.n > 0 ? " " : "", qpp_password_fault_text(fault, privileged), (char *)NULL);
	qpp_err_detail(err, qpp_buf_done(&all).p, (char *)NULL);
	qpp_arena_close(&arena);
	return QPP_DATA;
}

/* --- changing it --- */

struct changing {
	struct qpp_asking q;
	struct qpp_str verified;
	bool right;
	char hash[QPP_HASH_TEXT];
	enum qpp_code outcome;
};

static enum qpp_code change_password(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct changing *c = request;
	struct qpp_account a;
	qpp_time now = qpp_tx_now(tx);
	c->outcome = QPP_SIGNED_OUT;
	enum qpp_code code = qpp_store_account_get(tx, c->q.who->account_id, &a, err);
	if (code != QPP_OK)
		return code;
	if (now.us < a.locked_until.us || !qpp_str_eq(a.password, c->verified)) {
		/* Locked, or changed meanwhile: the one answer. */
	} else if (!c->right) {
		bool locked = qpp_account_failed(qpp_tx_arena(tx), &a, now, c->q.identity->c.account_failures);
		code = qpp_store_account_put(tx, &a, err);
		if (code == QPP_OK && locked)
			code = qpp_store_session_delete_of(tx, a.id, err);
	} else {
		c->outcome = QPP_OK;
		a.password = qpp_str_of(c->hash);
		code = qpp_store_account_put(tx, &a, err);
		if (code == QPP_OK)
			code = qpp_session_keep_only(tx, c->q.who, err);
		if (code == QPP_OK)
			code = qpp_notify(tx, qpp_notice_password(qpp_tx_arena(tx), a.name, qpp_identity_time(c->q.identity, qpp_tx_arena(tx), now)), a.email, err);
	}
	if (code == QPP_OK)
		code = qpp_note_act(tx, &c->q, "account.password", a.id, QPP_LIT(""), a.id, c->outcome, err);
	return code;
}

static enum qpp_code read_password(struct changing *c, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_account a;
	enum qpp_code code = qpp_store_begin(c->q.identity->c.store, c->q.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_account_get(tx, c->q.who->account_id, &a, err);
	if (code == QPP_OK)
		c->verified = qpp_str_dup(c->q.arena, a.password);
	qpp_store_end(tx);
	return code;
}

enum qpp_code qpp_password_change(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                  const struct qpp_person *who, struct qpp_str old_password, struct qpp_str new_password,
                                  struct qpp_err *err)
{
	struct changing c = { .q = { identity, arena, from, who } };
	enum qpp_code code = qpp_person_may_write(identity, arena, from, who, "account.password", err);
	if (code == QPP_OK && !qpp_str_is(who->provider, "local"))
		code = qpp_fail(err, QPP_USAGE, "the password of this account is kept by its identity provider", (char *)NULL);
	const uint32_t agency = QPP_BY(REVIEWER) | QPP_BY(SECOND_REVIEWER) | QPP_BY(OPERATOR) | QPP_BY(AGENT) | QPP_BY(AUDITOR);
	if (code == QPP_OK)
		code = qpp_password_check(new_password, who->subject, (who->roles & agency) != 0, err);
	if (code == QPP_OK)
		code = read_password(&c, err);
	if (code != QPP_OK)
		return code;
	if (old_password.n > QPP_PASSWORD_BYTES)
		old_password.n = 0;
	code = qpp_hasher_verify(identity->hasher, c.verified.n > 0 ? c.verified.p : identity->nobody, old_password, &c.right,
	                         err);
	if (code == QPP_OK)
		code = qpp_hasher_make(identity->hasher, new_password, c.hash, err);
	if (code == QPP_OK)
		code = qpp_store_write(identity->c.store, arena, change_password, &c, err);
	if (code == QPP_OK && c.outcome != QPP_OK) {
		qpp_address_failed(identity, from->peer, qpp_now(identity->c.clock));
		return qpp_sign_in_refused(err);
	}
	return code;
}
