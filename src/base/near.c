/*
 * "Did you mean": edit distance with case ignored, one row of the matrix at a
 * time. Names longer than the row are not compared: nobody mistypes those.
 */
#include "qpp/str.h"

enum { LONGEST = 64 };

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static unsigned distance(struct qpp_str a, struct qpp_str b)
{
	unsigned row[LONGEST + 1];
	for (unsigned j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		unsigned corner = row[0];
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= b.n; j++) {
			unsigned up = row[j];
			unsigned change = corner + (lower(a.p[i - 1]) != lower(b.p[j - 1]));
			row[j] = least(change, least(up, row[j - 1]) + 1);
			corner = up;
		}
	}
	return row[b.n];
}

/* One is the beginning of the other, as "cehrt" of "cehrtId". */
static bool begins(struct qpp_str a, struct qpp_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	if (n < 4)
		return false;
	for (size_t i = 0; i < n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int qpp_str_near(struct qpp_str s, const struct qpp_str *candidates, size_t n)
{
	int best = -1;
	unsigned best_distance = 0;
	if (!s.n || s.n > LONGEST)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct qpp_str c = candidates[i];
		if (!c.n || c.n > LONGEST)
			continue;
		unsigned d = distance(s, c);
		size_t longer = s.n > c.n ? s.n : c.n;
		/* Of three letters none may differ: "npi" does not mean "pi". */
		bool near = d * 3 < longer || begins(s, c);
		if (near && (best < 0 || d < best_distance)) {
			best = (int)i;
			best_distance = d;
		}
	}
	return best;
}
