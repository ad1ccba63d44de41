/*
 * Reads a compiled zone file (RFC 8536): the second part, whose times have 64
 * bits. Its changes are listed to 2037 in the files of Debian; what a short file
 * leaves to the rule in its footer is not read, so such a file is refused.
 */
#include "adapt/sys/zone.h"

#include <stdio.h>
#include <string.h>

enum { HEAD = 44, MOST = 1 << 16, TYPE = 6, WIDE = 8, NARROW = 4, LATEST = 2030 };

struct counts {
	size_t is_ut, is_std, leap, changes, types, letters;
};

static int64_t big(const char *p, int n)
{
	uint64_t v = 0;
	for (int i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[i];
	return n == NARROW ? (int32_t)v : (int64_t)v;
}

/* The counts of a header, and how long its data are when a time has `wide` bytes. False when it is none. */
static bool read_counts(struct qpp_str s, struct counts *c, int wide, size_t *length)
{
	size_t *const into[] = { &c->is_ut, &c->is_std, &c->leap, &c->changes, &c->types, &c->letters };
	if (s.n < HEAD || memcmp(s.p, "TZif", NARROW) != 0 || s.p[NARROW] < '2')
		return false;
	for (int i = 0; i < 6; i++) {
		int64_t v = big(s.p + 20 + NARROW * i, NARROW);
		if (v < 0 || v > MOST)
			return false;
		*into[i] = (size_t)v;
	}
	*length = c->changes * ((size_t)wide + 1) + c->types * TYPE + c->letters + c->leap * ((size_t)wide + NARROW) +
	          c->is_std + c->is_ut;
	return c->types > 0 && s.n - HEAD >= *length;
}

enum qpp_code qpp_zone_read(struct qpp_arena *a, struct qpp_str bytes, struct qpp_zone *out, struct qpp_err *err)
{
	struct counts c;
	size_t skip, length;
	if (!read_counts(bytes, &c, NARROW, &skip))
		return qpp_fail(err, QPP_DATA, "this is no zone file", (char *)NULL);
	struct qpp_str rest = { bytes.p + HEAD + skip, bytes.n - HEAD - skip };
	if (!read_counts(rest, &c, WIDE, &length) || !c.changes)
		return qpp_fail(err, QPP_DATA, "this zone file has no list of changes", (char *)NULL);
	const char *times = rest.p + HEAD, *kinds = times + c.changes * WIDE, *types = kinds + c.changes;
	int64_t *at = QPP_NEW_ARRAY(a, c.changes, int64_t);
	int32_t *offset = QPP_NEW_ARRAY(a, c.changes, int32_t);
	for (size_t i = 0; i < c.changes; i++) {
		size_t kind = (unsigned char)kinds[i];
		if (kind >= c.types)
			return qpp_fail(err, QPP_DATA, "this zone file contradicts itself", (char *)NULL);
		at[i] = big(times + i * WIDE, WIDE);
		offset[i] = (int32_t)big(types + kind * TYPE, NARROW);
	}
	*out = (struct qpp_zone){ at, offset, c.changes, (int32_t)big(types, NARROW) };
	qpp_day latest;
	if (!qpp_day_of(LATEST, 1, 1, &latest) || at[c.changes - 1] < (int64_t)latest.v * QPP_SECONDS_A_DAY)
		return qpp_fail(err, QPP_DATA, "the changes listed in this zone file end too early", (char *)NULL);
	return QPP_OK;
}

enum qpp_code qpp_zone_load(struct qpp_arena *a, const char *name, struct qpp_zone *out, struct qpp_err *err)
{
	struct qpp_str path = qpp_str_cat(a, "/usr/share/zoneinfo/", name, (char *)NULL);
	FILE *f = fopen(path.p, "rb");
	if (!f) {
		enum qpp_code code = qpp_fail(err, QPP_IO, "the zone file ", name, " cannot be read", (char *)NULL);
		qpp_err_hint(err, "Install the package tzdata.", (char *)NULL);
		return code;
	}
	char *bytes = qpp_arena_alloc(a, MOST);
	size_t n = fread(bytes, 1, MOST, f);
	fclose(f);
	return qpp_zone_read(a, (struct qpp_str){ bytes, n }, out, err);
}
