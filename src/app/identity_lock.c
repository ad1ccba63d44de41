/*
 * Wrong tries and what they lock (reliability.md 2, AC-7): five within 120
 * minutes lock an account for an hour, and sign-in from an address likewise.
 *
 * An account's failures stand in its row, so that they hold over restarts and
 * for every process. Those of addresses are kept in memory, in a table of fixed
 * size: they are no facts about a person, and a flood must not fill the store.
 */
#include <arpa/inet.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "app/identity_int.h"

struct qpp_address {
	uint64_t key;                /* 0: free */
	int64_t last, locked_until;
	unsigned n;                  /* failures kept, oldest overwritten first */
};

/* --- accounts --- */

/* The failures of the row that still count, oldest first. */
static unsigned failures_within(struct qpp_str body, qpp_time now, int64_t at[], unsigned most)
{
	json_t *j = json_loadb(body.n > 0 ? body.p : "", body.n, 0, NULL), *value;
	unsigned n = 0;
	size_t i;
	json_array_foreach(json_object_get(j, "failures"), i, value)
	{
		int64_t us = json_integer_value(value);
		if (us > now.us - QPP_FAILURE_WINDOW && n < most)
			at[n++] = us;
	}
	json_decref(j);
	return n;
}

static void write_failures(struct qpp_arena *a, struct qpp_account *account, const int64_t at[], unsigned n)
{
	json_t *j = json_loadb(account->body.n > 0 ? account->body.p : "", account->body.n, 0, NULL);
	if (!json_is_object(j)) {
		json_decref(j);
		j = json_object();
	}
	json_t *list = json_array();
	for (unsigned i = 0; i < n; i++)
		json_array_append_new(list, json_integer(at[i]));
	json_object_set_new(j, "failures", list);
	char *text = json_dumps(j, JSON_COMPACT | JSON_SORT_KEYS);
	if (text != NULL)
		account->body = qpp_str_dup(a, qpp_str_of(text));
	free(text);
	json_decref(j);
	account->failed = n;
	account->failed_since = (qpp_time){ n > 0 ? at[0] : 0 };
}

bool qpp_account_failed(struct qpp_arena *a, struct qpp_account *account, qpp_time now, unsigned most)
{
	int64_t *at = QPP_NEW_ARRAY(a, most + 1, int64_t);
	unsigned n = failures_within(account->body, now, at, most);
	at[n++] = now.us;
	bool locked = n >= most;
	write_failures(a, account, at, locked ? 0 : n);
	if (locked) {
		account->locked_until = qpp_later(now, QPP_LOCK_TIME);
		account->failed = most;
	}
	return locked;
}

void qpp_account_forgive(struct qpp_arena *a, struct qpp_account *account)
{
	write_failures(a, account, NULL, 0);
	account->locked_until = (qpp_time){ 0 };
}

bool qpp_account_unused(const struct qpp_account *account, qpp_time now)
{
	int64_t used = account->signed_in.us > account->created.us ? account->signed_in.us : account->created.us;
	return now.us - used >= QPP_UNUSED;
}

enum qpp_code qpp_sign_in_refused(struct qpp_err *err)
{
	qpp_fail(err, QPP_SIGNED_OUT, "the user name or the password is not right, or sign-in is locked", (char *)NULL);
	qpp_err_hint(err, "Check both and try again. After 5 wrong tries within 120 minutes sign-in is locked for one hour.",
	             (char *)NULL);
	return QPP_SIGNED_OUT;
}

/* --- addresses --- */

/* IPv4 as it is, IPv6 by its network of 64 bits, anything else as text; never 0. */
static uint64_t address_key(const struct qpp_identity *identity, struct qpp_str peer)
{
	unsigned char bytes[64] = { 0 };
	char text[INET6_ADDRSTRLEN + 1] = { 0 };
	size_t n = 0;
	if (peer.n > 0 && peer.n < sizeof text) {
		memcpy(text, peer.p, peer.n);
		if (inet_pton(AF_INET, text, bytes) == 1)
			n = 4;
		else if (inet_pton(AF_INET6, text, bytes) == 1)
			n = 8;
	}
	/* ::ffff:a.b.c.d is the IPv4 address. */
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	if (n == 8 && memcmp(bytes, mapped, sizeof mapped) == 0) {
		memmove(bytes, bytes + sizeof mapped, 4);
		n = 4;
	}
	if (n == 0) {
		n = peer.n < sizeof bytes ? peer.n : sizeof bytes;
		memcpy(bytes, n > 0 ? peer.p : "", n);
	}
	uint64_t key;
	_Static_assert(sizeof key == crypto_shorthash_BYTES, "a short hash is the key");
	crypto_shorthash((unsigned char *)&key, bytes, n, identity->key);
	return key != 0 ? key : 1;
}

/* The entry of a key; with `make`, another one gives way to it. NULL: there is none. */
static struct qpp_address *find_address(struct qpp_identity *identity, uint64_t key, bool make)
{
	struct qpp_address *set = &identity->addresses[(key % QPP_ADDRESS_SETS) * QPP_ADDRESS_WAYS], *oldest = set;
	for (int i = 0; i < QPP_ADDRESS_WAYS; i++) {
		if (set[i].key == key)
			return &set[i];
		if (set[i].last < oldest->last)
			oldest = &set[i];
	}
	if (!make)
		return NULL;
	*oldest = (struct qpp_address){ .key = key };
	return oldest;
}

bool qpp_addresses_open(struct qpp_identity *identity)
{
	size_t n = (size_t)QPP_ADDRESS_SETS * QPP_ADDRESS_WAYS;
	identity->addresses = calloc(n, sizeof *identity->addresses);
	identity->address_times = calloc(n * identity->c.address_failures, sizeof *identity->address_times);
	return identity->addresses != NULL && identity->address_times != NULL;
}

bool qpp_address_locked(struct qpp_identity *identity, struct qpp_str peer, qpp_time now)
{
	if (peer.n == 0)
		return false;
	uint64_t key = address_key(identity, peer);
	pthread_mutex_lock(&identity->lock);
	const struct qpp_address *a = find_address(identity, key, false);
	bool locked = a != NULL && now.us < a->locked_until;
	pthread_mutex_unlock(&identity->lock);
	return locked;
}

void qpp_address_failed(struct qpp_identity *identity, struct qpp_str peer, qpp_time now)
{
	if (peer.n == 0)
		return;
	uint64_t key = address_key(identity, peer);
	unsigned most = identity->c.address_failures;
	pthread_mutex_lock(&identity->lock);
	struct qpp_address *a = find_address(identity, key, true);
	int64_t *times = &identity->address_times[(size_t)(a - identity->addresses) * most];
	times[a->n % most] = now.us;
	a->n++;
	a->last = now.us;
	/* The oldest of the last `most` failures lies where the next one goes. */
	if (a->n >= most && times[a->n % most] > now.us - QPP_FAILURE_WINDOW) {
		a->locked_until = now.us + QPP_LOCK_TIME;
		a->n = 0;
	}
	pthread_mutex_unlock(&identity->lock);
}
