/*
 * Borrowed text: a pointer and a length, never owned, not necessarily
 * NUL-terminated. The bytes live as long as the arena or literal they are in.
 */
#ifndef QPP_STR_H
#define QPP_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "qpp/arena.h"

struct qpp_str {
	const char *p;
	size_t n;
};

/* A literal as text; anything that is not a literal does not compile. */
#define QPP_LIT(s) ((struct qpp_str){ "" s "", sizeof(s) - 1 })
/* The same for static initializers. */
#define QPP_LIT_INIT(s) { "" s "", sizeof(s) - 1 }
/* For "%.*s". */
#define QPP_ARG(s) (int)(s).n, ((s).p ? (s).p : "")

struct qpp_str qpp_str_of(const char *cstr);                 /* NULL gives the empty text */
bool qpp_str_eq(struct qpp_str a, struct qpp_str b);
bool qpp_str_is(struct qpp_str a, const char *cstr);         /* equal to a C string */
bool qpp_str_starts(struct qpp_str s, const char *prefix);
int qpp_str_cmp(struct qpp_str a, struct qpp_str b);         /* bytewise, as strcmp */
struct qpp_str qpp_str_trim(struct qpp_str s);               /* without ASCII white space at both ends */
struct qpp_str qpp_str_dup(struct qpp_arena *a, struct qpp_str s);   /* also NUL-terminated */

/*
 * Takes the part before the first `sep` off the front of `*rest` (all of it
 * when there is none) and moves `*rest` behind it. False when `*rest` was at
 * its end (p == NULL); an empty last part is still a part.
 */
bool qpp_str_cut(struct qpp_str *rest, char sep, struct qpp_str *part);

/* The next word (run of non-white-space) off the front of `*rest`; false when none is left. */
bool qpp_str_word(struct qpp_str *rest, struct qpp_str *word);

/* Whether a word of `list`, words between white space, is `word`. */
bool qpp_str_lists(struct qpp_str list, const char *word);

/*
 * Bytes of the character of UTF-8 at the front of `s`, NUL and other controls among them; 0 when it is none (overlong
 * forms, surrogates and what lies beyond Unicode neither) and at the end.
 */
size_t qpp_str_character(struct qpp_str s);

/* Concatenation into the arena; the list ends with (char *)NULL; the result is NUL-terminated. */
struct qpp_str qpp_str_cat(struct qpp_arena *a, const char *first, ...) __attribute__((sentinel));

/* Whole decimal number without sign; false on anything else or above `max`. */
bool qpp_str_u64(struct qpp_str s, uint64_t max, uint64_t *out);

/*
 * The candidate nearest to `s` by edit distance (case ignored), when it is
 * near enough to be offered as "did you mean"; -1 when none is.
 */
int qpp_str_near(struct qpp_str s, const struct qpp_str *candidates, size_t n);

#endif
