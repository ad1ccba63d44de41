/*
 * A table in parts, each under its own lock. A key has four places; a new text takes the
 * place of its own key, of a free one, or of the one that was asked for least lately. Past its
 * bytes a part lets go of what its hand comes to, but for what was asked for since the last round.
 */
#include "adapt/api/kept.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS = 64, WAYS = 4, USUAL_BYTES = 2048, LEAST_SETS = 4 };

struct place {
	uint64_t key, stamp;         /* key 0: free */
	char *text;
	size_t n;
	uint32_t asked;              /* at which look; 0: not since the hand came by */
};

struct part {
	pthread_mutex_t lock;
	struct place *places;
	size_t bytes, hand;
	uint32_t looks;
};

struct qpp_kept {
	size_t sets, most;           /* of each part: sets of places, bytes */
	struct part parts[PARTS];
};

struct qpp_kept *qpp_kept_open(size_t bytes)
{
	struct qpp_kept *k = calloc(1, sizeof *k);
	if (!k)
		return NULL;
	k->most = bytes / PARTS;
	/* Twice as many places as texts of the usual length. */
	k->sets = k->most * 2 / USUAL_BYTES / WAYS + LEAST_SETS;
	for (int i = 0; i < PARTS; i++) {
		(void)pthread_mutex_init(&k->parts[i].lock, NULL);
		k->parts[i].places = calloc(k->sets * WAYS, sizeof *k->parts[i].places);
		if (!k->parts[i].places) {
			qpp_kept_close(k);
			return NULL;
		}
	}
	return k;
}

void qpp_kept_close(struct qpp_kept *k)
{
	if (!k)
		return;
	for (int i = 0; i < PARTS; i++) {
		for (size_t p = 0; k->parts[i].places && p < k->sets * WAYS; p++)
			free(k->parts[i].places[p].text);
		free(k->parts[i].places);
		(void)pthread_mutex_destroy(&k->parts[i].lock);
	}
	free(k);
}

/* Neighbouring keys far apart (the finalizer of MurmurHash3). */
static uint64_t spread(uint64_t x)
{
	x ^= x >> 33;
	x *= UINT64_C(0xff51afd7ed558ccd);
	x ^= x >> 33;
	x *= UINT64_C(0xc4ceb9fe1a85ec53);
	return x ^ x >> 33;
}

static struct part *part_of(struct qpp_kept *k, uint64_t key, struct place **set)
{
	uint64_t h = spread(key);
	struct part *p = &k->parts[h % PARTS];
	*set = p->places + h / PARTS % k->sets * WAYS;
	return p;
}

static uint32_t look(struct part *p)
{
	if (!++p->looks)
		p->looks = 1;
	return p->looks;
}

bool qpp_kept_get(struct qpp_kept *k, uint64_t key, uint64_t stamp, struct qpp_arena *a, struct qpp_str *out)
{
	struct place *set;
	bool found = false;
	if (!k || !key)
		return false;
	struct part *p = part_of(k, key, &set);
	pthread_mutex_lock(&p->lock);
	for (int i = 0; i < WAYS && !found; i++)
		if (set[i].key == key && set[i].stamp == stamp) {
			*out = qpp_str_dup(a, (struct qpp_str){ set[i].text, set[i].n });
			set[i].asked = look(p);
			found = true;
		}
	pthread_mutex_unlock(&p->lock);
	return found;
}

static void let_go(struct part *p, struct place *x)
{
	p->bytes -= x->n;
	free(x->text);
	*x = (struct place){ 0 };
}

static void make_room(struct qpp_kept *k, struct part *p, size_t n)
{
	while (p->bytes + n > k->most) {
		struct place *x = &p->places[p->hand++ % (k->sets * WAYS)];
		if (x->asked)
			x->asked = 0;
		else if (x->key)
			let_go(p, x);
	}
}

static struct place *place_for(struct place *set, uint64_t key)
{
	struct place *best = set;
	for (int i = 0; i < WAYS; i++) {
		if (set[i].key == key)
			return &set[i];
		if (best->key && (!set[i].key || set[i].asked < best->asked))
			best = &set[i];
	}
	return best;
}

void qpp_kept_put(struct qpp_kept *k, uint64_t key, uint64_t stamp, struct qpp_str text)
{
	struct place *set;
	if (!k || !key || text.n > k->most)
		return;
	char *own = malloc(text.n + 1);
	if (!own)
		return;
	memcpy(own, text.p, text.n);
	struct part *p = part_of(k, key, &set);
	pthread_mutex_lock(&p->lock);
	struct place *x = place_for(set, key);
	if (x->key)
		let_go(p, x);
	make_room(k, p, text.n);
	*x = (struct place){ key, stamp, own, text.n, look(p) };
	p->bytes += text.n;
	pthread_mutex_unlock(&p->lock);
}
