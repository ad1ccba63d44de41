/* Token buckets by address. */
#include "adapt/http/rate.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
	SLOTS = 1 << 15, PROBES = 8, LOCKS = 64,
	LONG_SECONDS = 120, SHORT_SECONDS = 5,
	MICROS = 1000000
};

/* Tokens are counted in millionths, so that a microsecond brings a whole number of them. */
struct slot {
	unsigned char address[16];
	bool used;
	int64_t last_us, blocked_us;
	int64_t of_long, of_short;
};

struct qpp_rate {
	struct qpp_rate_limits limits;
	unsigned char key[crypto_shorthash_KEYBYTES];
	pthread_mutex_t lock[LOCKS];
	struct slot slots[SLOTS + PROBES];
};

struct qpp_rate *qpp_rate_open(const struct qpp_rate_limits *limits)
{
	struct qpp_rate *r = calloc(1, sizeof *r);
	if (!r)
		return NULL;
	r->limits = *limits;
	randombytes_buf(r->key, sizeof r->key);
	for (int i = 0; i < LOCKS; i++)
		(void)pthread_mutex_init(&r->lock[i], NULL);
	return r;
}

void qpp_rate_close(struct qpp_rate *r)
{
	free(r);
}

static void address_of(struct qpp_str peer, unsigned char to[16])
{
	char text[64] = { 0 };
	memset(to, 0, 16);
	memcpy(text, peer.p, peer.n < sizeof text ? peer.n : sizeof text - 1);
	if (inet_pton(AF_INET, text, to + 12) == 1)
		return;
	if (inet_pton(AF_INET6, text, to) == 1)
		memset(to + 8, 0, 8);
}

/* The slot of the address: its own, a free one, or that of the one quiet for longest among its neighbors. */
static struct slot *slot_of(struct qpp_rate *r, size_t at, const unsigned char address[16], int64_t now_us)
{
	struct slot *oldest = &r->slots[at];
	for (size_t i = at; i < at + PROBES; i++) {
		struct slot *s = &r->slots[i];
		if (s->used && memcmp(s->address, address, 16) == 0)
			return s;
		if (!s->used || (oldest->used && s->last_us < oldest->last_us))
			oldest = s;
	}
	*oldest = (struct slot){ .used = true, .last_us = now_us };
	memcpy(oldest->address, address, 16);
	oldest->of_long = (int64_t)r->limits.average * LONG_SECONDS * MICROS;
	oldest->of_short = (int64_t)r->limits.burst * SHORT_SECONDS * MICROS;
	return oldest;
}

static int64_t fill(int64_t tokens, int64_t elapsed_us, unsigned a_second, int seconds)
{
	int64_t most = (int64_t)a_second * seconds * MICROS;
	if (elapsed_us > (int64_t)seconds * MICROS)
		return most;
	tokens += elapsed_us * a_second;
	return tokens < most ? tokens : most;
}

static unsigned whole_seconds(int64_t micros)
{
	return (unsigned)((micros + MICROS - 1) / MICROS);
}

static unsigned ask(struct qpp_rate *r, struct slot *s, int64_t now_us)
{
	const struct qpp_rate_limits *l = &r->limits;
	int64_t elapsed = now_us > s->last_us ? now_us - s->last_us : 0;
	s->last_us = now_us;
	s->of_long = fill(s->of_long, elapsed, l->average, LONG_SECONDS);
	s->of_short = fill(s->of_short, elapsed, l->burst, SHORT_SECONDS);
	bool over = s->of_long < MICROS || s->of_short < MICROS;
	if (l->block_seconds && (over || s->blocked_us > now_us)) {
		s->blocked_us = now_us + (int64_t)l->block_seconds * MICROS;
		return l->block_seconds;
	}
	if (!over) {
		s->of_long -= MICROS;
		s->of_short -= MICROS;
		return 0;
	}
	int64_t lack_long = (MICROS - s->of_long) / l->average, lack_short = (MICROS - s->of_short) / l->burst;
	unsigned wait = whole_seconds(lack_long > lack_short ? lack_long : lack_short);
	return wait ? wait : 1;
}

unsigned qpp_rate_ask(struct qpp_rate *r, struct qpp_str peer, int64_t now_us)
{
	unsigned char address[16], hash[crypto_shorthash_BYTES];
	uint64_t h;
	if (!r->limits.average || !r->limits.burst)
		return 0;
	address_of(peer, address);
	crypto_shorthash(hash, address, sizeof address, r->key);
	memcpy(&h, hash, sizeof h);
	/* Neighbors within one stretch share a lock, so that a probe needs no other. */
	size_t stretch = SLOTS / LOCKS, at = h % SLOTS, lock = at / stretch;
	if (at % stretch > stretch - PROBES)
		at = lock * stretch + stretch - PROBES;
	pthread_mutex_lock(&r->lock[lock]);
	unsigned wait = ask(r, slot_of(r, at, address, now_us), now_us);
	pthread_mutex_unlock(&r->lock[lock]);
	return wait;
}
