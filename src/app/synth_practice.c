/*
 * A practice from its number: how large, of which specialty, where, how good it is at the program and as whom it
 * reports. The shares of sizes, courses and standings are set so that a few thousand practices look like the
 * published figures of PY2023 (mean and median of final scores, shares of the adjustments, losses of solo, small and
 * rural practices); nothing else in here knows a score.
 */
#include "app/synth_int.h"

enum { STRUCK_CLINICIANS = 7, STRUCK_STANDING = 6210, STRUCK_REGISTRY = 3 };
enum { SOLO_PER_MILLE = 360, SMALL_PER_MILLE = 500, MILLE = 1000, LISTED_OF_EXCUSED = 600 };

/* Clinicians at equal steps of the practices of the size; large ones of rural places are smaller. */
static const int sizes[QPP_SIZES][2][11] = {
	[QPP_SOLO] = { { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 } },
	[QPP_SMALL] = { { 2, 2, 2, 3, 3, 3, 4, 5, 7, 10, 15 }, { 2, 2, 2, 3, 3, 3, 4, 5, 6, 8, 12 } },
	[QPP_LARGE] = { { 16, 20, 25, 31, 40, 52, 66, 85, 110, 150, 220 }, { 16, 18, 20, 23, 26, 29, 33, 38, 44, 52, 64 } },
};

/* Per mille of the practices of the size: file nothing, do badly, are excused from everything, of rural places. */
static const struct {
	int silent, low, excused, rural;
} shares[QPP_SIZES] = {
	[QPP_SOLO] = { 275, 195, 75, 330 },
	[QPP_SMALL] = { 92, 182, 60, 330 },
	[QPP_LARGE] = { 4, 104, 42, 250 },
};

/* Standings at equal steps of those that do badly, and of those that do well. */
static const int low_standings[] = { 2600, 4400, 5400, 6000, 6420, 6740, 6990, 7170, 7290, 7370, 7430 };
static const int good_standings[] = { 7600, 7870, 8150, 8400, 8620, 8860, 9090, 9340, 9600, 9820, 9980 };

static bool below(uint32_t at, int per_mille)
{
	return (uint64_t)at * MILLE >> 32 < (uint64_t)per_mille;
}

/* Where in the part of a scale from one per mille to another, as a place of its own scale. */
static uint32_t within(uint32_t at, int from, int to)
{
	uint64_t first = ((uint64_t)from << 32) / MILLE, width = ((uint64_t)(to - from) << 32) / MILLE;
	uint64_t share = at <= first ? 0 : ((at - first) << 32) / (width + 1);
	return share > UINT32_MAX ? UINT32_MAX : (uint32_t)share;
}

static enum qpp_synth_size draw_size(const struct qpp_synth *s, uint64_t number)
{
	uint32_t at = qpp_chance_even(s->call->seed, 0, number);
	return below(at, SOLO_PER_MILLE) ? QPP_SOLO : below(at, SOLO_PER_MILLE + SMALL_PER_MILLE) ? QPP_SMALL : QPP_LARGE;
}

static void draw_standing(struct qpp_synth_practice *p, uint32_t at)
{
	int silent = shares[p->size].silent, low = silent + shares[p->size].low, excused = low + shares[p->size].excused;
	if (below(at, silent)) {
		p->course = QPP_SILENT;
		p->standing = 0;
	} else if (below(at, low)) {
		p->course = QPP_LOW;
		p->standing = qpp_chance_quantile(low_standings, sizeof low_standings / sizeof *low_standings, within(at, silent, low));
	} else if (below(at, excused)) {
		p->course = QPP_EXCUSED;
		p->standing = 0;
	} else {
		p->course = QPP_GOOD;
		p->standing = qpp_chance_quantile(good_standings, sizeof good_standings / sizeof *good_standings,
		                                  within(at, excused, MILLE));
	}
}

static int draw_specialty(const struct qpp_synth *s, struct qpp_chance *c)
{
	int at = qpp_chance_below(c, s->weights), i = 0;
	for (; i + 1 < s->n_specialties && at >= qpp_synth_specialties[i].weight; i++)
		at -= qpp_synth_specialties[i].weight;
	return i;
}

/* The next place that is as rural, and as much under the automatic policy, as is asked for; any when there is none. */
static void draw_spot(const struct qpp_synth *s, struct qpp_synth_practice *p, struct qpp_chance *c)
{
	bool excused = p->course == QPP_EXCUSED && qpp_chance_share(c, LISTED_OF_EXCUSED);
	int from = qpp_chance_below(c, s->n_spots), found = from;
	for (int strict = 1; strict >= 0; strict--) {
		for (int i = 0; i < s->n_spots; i++) {
			int k = (from + i) % s->n_spots;
			bool as_rural = qpp_synth_spots[k].rural == p->rural;
			bool fits = p->course == QPP_GOOD || s->listed[k] == excused;
			if (fits && (as_rural || !strict)) {
				found = k;
				strict = 0;
				break;
			}
		}
	}
	p->spot = &qpp_synth_spots[found];
	p->listed = s->listed[found];
}

/* Small practices may report by claims; everybody by a registry, or from their records. */
static enum qpp_method draw_method(const struct qpp_synth *s, const struct qpp_synth_practice *p, struct qpp_chance *c)
{
	int at = qpp_chance_below(c, MILLE);
	enum qpp_method m = at < 330 ? QPP_EHR : at < 430 && p->size != QPP_LARGE ? QPP_CLAIMS : QPP_REGISTRY;
	return s->lists[p->specialty][m].n >= QPP_SYNTH_MEASURES ? m : QPP_REGISTRY;
}

static enum qpp_synth_route draw_route(const struct qpp_synth *s, const struct qpp_synth_practice *p, struct qpp_chance *c)
{
	int at = qpp_chance_below(c, MILLE);
	if (p->size == QPP_SOLO)
		return QPP_ROUTE_INDIVIDUALS;
	if (p->size == QPP_LARGE && p->course == QPP_GOOD && s->mvps[p->specialty] && at < 80)
		return QPP_ROUTE_SUBGROUPS;
	return at >= (p->size == QPP_SMALL ? 450 : 950) ? QPP_ROUTE_INDIVIDUALS : QPP_ROUTE_GROUP;
}

/* The first rural place in Florida that is under the automatic policy of the year; the one it has when there is none. */
static void move_to_struck(const struct qpp_synth *s, struct qpp_synth_practice *p)
{
	for (int i = 0; i < s->n_spots; i++) {
		if (s->listed[i] && qpp_synth_spots[i].rural && qpp_str_is(qpp_str_of(qpp_synth_spots[i].state), "FL")) {
			p->spot = &qpp_synth_spots[i];
			p->rural = p->listed = true;
			return;
		}
	}
}

/*
 * A small practice in a county that a hurricane struck. Its clinicians are below the low-volume threshold by themselves,
 * so it reports as a group, which the automatic policy does not reach: a group applies for an exception
 * (414.1380(c)(2)(i)(A)(8)). What it reports is decent, and what its patients cost is not.
 */
static void strike(const struct qpp_synth *s, struct qpp_synth_practice *p)
{
	p->struck = true;
	p->size = QPP_SMALL;
	p->course = QPP_LOW;
	p->standing = STRUCK_STANDING;
	p->n = STRUCK_CLINICIANS;
	p->specialty = 0;
	p->route = QPP_ROUTE_GROUP;
	p->method = QPP_REGISTRY;
	p->registry = STRUCK_REGISTRY;
	p->mvp = NULL;
	move_to_struck(s, p);
}

void qpp_synth_make_practice(struct qpp_synth *s, struct qpp_synth_practice *p, uint64_t number)
{
	struct qpp_chance c = qpp_chance_stream(s->call->seed, QPP_DRAW_PRACTICE, number);
	*p = (struct qpp_synth_practice){ .number = number, .size = draw_size(s, number) };
	uint64_t seed = s->call->seed + 2 * (uint64_t)p->size + 1;
	p->rural = below(qpp_chance_even(seed, 3, s->made[p->size]++), shares[p->size].rural);
	/* Rural practices are a sequence of their own: of large ones there are few, and they count for much. */
	uint64_t k = s->made_of[p->size][p->rural]++;
	seed += p->rural;
	draw_standing(p, qpp_chance_even(seed, 1, k));
	int clinicians = qpp_chance_quantile(sizes[p->size][p->rural], sizeof sizes[0][0] / sizeof *sizes[0][0], qpp_chance_even(seed, 2, k));
	p->shortage = qpp_chance_share(&c, p->rural ? 400 : 60);
	p->specialty = draw_specialty(s, &c);
	draw_spot(s, p, &c);
	p->method = draw_method(s, p, &c);
	p->route = draw_route(s, p, &c);
	if (s->mvps[p->specialty] && (p->route == QPP_ROUTE_SUBGROUPS || (p->course == QPP_GOOD && qpp_chance_share(&c, 90)))) {
		p->mvp = s->mvps[p->specialty];
		p->beside_mvp = p->route != QPP_ROUTE_SUBGROUPS && qpp_chance_share(&c, 600);
		p->method = QPP_REGISTRY;
	}
	p->registry = p->specialty % QPP_SYNTH_REGISTRIES;
	p->n = (size_t)clinicians;
	if (s->call->struck && number == 0)
		strike(s, p);
	p->id = qpp_synth_numbered(s->block, "P", number + 1, 6);
	p->tin = qpp_synth_numbered(s->block, "000", number + 1, 6);
	qpp_synth_make_people(s, p);
	p->name = qpp_synth_practice_name(s->block, &c, &qpp_synth_specialties[p->specialty], p->n == 1, p->people[0].is.last);
}
