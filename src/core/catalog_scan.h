/*
 * Lines and fields of the catalog's text form, and the errors of reading it:
 * one shape for all, "expected X", with what was found, line and column. For
 * the catalog_*.c files only.
 *
 * Every function that may refuse sets the error and returns false.
 */
#ifndef QPP_CATALOG_SCAN_H
#define QPP_CATALOG_SCAN_H

#include "catalog_format.h"

struct qpp_scan {
	struct qpp_arena *a;
	struct qpp_err *err;
	struct qpp_str file;
	struct qpp_str rest;          /* of the text, behind the current line */
	struct qpp_str fields;        /* of the line, not taken yet; p NULL when none is left */
	const char *line, *line_end;  /* the current line */
	uint32_t number;              /* its number */
};

/* The names of an enumeration from value `first` on, and what to call one of them. */
struct qpp_words {
	const char *const *v;
	size_t first, n;
	const char *what;
};

void qpp_scan_begin(struct qpp_scan *s, struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                    struct qpp_err *err);

/* False at the end of the text. */
bool qpp_scan_line(struct qpp_scan *s);

/* Whether the line is UTF-8 without control characters: asked before anything of it is taken. */
bool qpp_scan_sound(struct qpp_scan *s);

/* Takes the leading tabs off and counts them. */
int qpp_scan_depth(struct qpp_scan *s);

/* The next field, which must be there and not be empty. */
bool qpp_scan_text(struct qpp_scan *s, struct qpp_str *out, const char *expected);

/* The rest of the line, at least one field. */
bool qpp_scan_texts(struct qpp_scan *s, struct qpp_strs *out, const char *expected);

bool qpp_scan_word(struct qpp_scan *s, const struct qpp_words *words, size_t *out);
bool qpp_scan_method(struct qpp_scan *s, enum qpp_method *out);

/* The rest of the line, at least one collection type: bits 1u << method. */
bool qpp_scan_methods(struct qpp_scan *s, uint32_t *out);

/* The rest of the line, which may be nothing; sets the bools of `record`. */
bool qpp_scan_flags(struct qpp_scan *s, struct qpp_flags flags, void *record);

bool qpp_scan_number(struct qpp_scan *s, qpp_dec *out);          /* undefined for "-" */
bool qpp_scan_year(struct qpp_scan *s, int *out);
bool qpp_scan_year_or_none(struct qpp_scan *s, int *out);        /* 0 for "-" */

/* A county of the list, which must come after `last` (NULL for none), with its ZIP codes (catalog_euc.c). */
bool qpp_scan_county(struct qpp_scan *s, const struct qpp_euc_county *last, struct qpp_euc_county *out);

/* Every field of the line was taken. */
bool qpp_scan_line_done(struct qpp_scan *s);

/* Errors at a place of the line, about a field, about a word that is not one of `words`. */
bool qpp_scan_refuse_at(struct qpp_scan *s, const char *at, const char *expected);
bool qpp_scan_refuse(struct qpp_scan *s, struct qpp_str found, const char *expected);
bool qpp_scan_refuse_word(struct qpp_scan *s, struct qpp_str found, const struct qpp_words *words);

#endif
