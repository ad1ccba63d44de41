/*
 * "Did you mean": edit distance with case ignored, three rows of the matrix at a
 * time. Names longer than a row are not compared: nobody mistypes those.
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

/* Insertions, deletions, changes, and two neighbors that changed places: each one step. */
static unsigned distance(struct qpp_str a, struct qpp_str b)
{
	unsigned rows[3][LONGEST + 1], *before = rows[0], *above = rows[1], *row = rows[2];
	for (unsigned j = 0; j <= b.n; j++)
		above[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= b.n; j++) {
			char x = lower(a.p[i - 1]), y = lower(b.p[j - 1]);
			row[j] = least(above[j - 1] + (x != y), least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && x == lower(b.p[j - 2]) && y == lower(a.p[i - 2]))
				row[j] = least(row[j], before[j - 2] + 1);
		}
		unsigned *free_row = before;
		before = above;
		above = row;
		row = free_row;
	}
	return above[b.n];
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
