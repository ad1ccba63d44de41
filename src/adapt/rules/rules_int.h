/*
 * The rules compiler inside. A compilation goes through four passes:
 *
 *   scan      Markdown to sections and machine blocks           markdown.c
 *   read      each block to its part of the rule set            param.c table.c reading.c case.c
 *   link      what concerns several blocks or files: names,
 *             readings in use, cases that inherit               names.c inherit.c
 *   emit      the rule set to the image                         emit.c
 *
 * An overlay is besides held against the rules it changes, while it is read
 * and when it is linked (overlay_check.c).
 *
 * Every pass goes on after an error, so that one run shows them all.
 */
#ifndef QPP_ADAPT_RULES_INT_H
#define QPP_ADAPT_RULES_INT_H

#include "compile.h"
#include "qpp/ruleset.h"

enum rules_kind { RULES_PARAM, RULES_TABLE, RULES_CASE, RULES_READING, RULES_KINDS };

/* One line of a block that is neither blank nor a comment. */
struct rules_line {
	struct qpp_str text;         /* trimmed */
	uint32_t number;
	bool indented;               /* began behind the block's own margin */
};

struct rules_lines {
	struct rules_line *v;
	size_t n, cap;
};

struct rules_block {
	enum rules_kind kind;
	struct qpp_str name;         /* what follows the kind on the opening line */
	struct qpp_str file, cite, title;   /* of the section it stands in */
	uint32_t line;               /* its opening line */
	struct rules_lines lines;
};

struct rules_pairs {
	struct qpp_pair *v;
	size_t n, cap;
};

/* A case as written; `like` and what it brings are settled when all files are read. */
struct rules_case {
	struct qpp_case is;          /* its given and expect are filled in from the lists at the end */
	struct rules_pairs given, expect;
	struct qpp_str like;
	uint32_t like_line;
	enum { RULES_FRESH, RULES_OPEN, RULES_SETTLED } state;
	bool broken;                 /* an error about its `like` was reported; say no more of what is missing */
};

/* A mention of something that may stand in a later file. */
struct rules_mention {
	enum { RULES_OF_READING, RULES_OF_NAME } of;
	struct qpp_str name, file;
	uint32_t line;
};

/* What has a name that nothing else may have, by the C name made from it. */
struct rules_entry {
	struct qpp_str id;           /* QPP_P_..., or "case TITLE" */
	const char *what;            /* param, table, column, reading, alternative, case */
	struct qpp_str name, file;
	uint32_t line;
	size_t at;                   /* in the list of its kind; of a column or alternative, its owner's */
};

struct rules {
	struct qpp_arena *arena;
	const struct qpp_rules_compile_options *options;
	const struct qpp_ruleset *base;        /* the sources are an overlay on these; NULL: they are whole rules */
	struct qpp_findings *errors;
	QPP_VEC(struct qpp_section) sections;
	QPP_VEC(struct rules_block) blocks;
	QPP_VEC(struct qpp_param) params;
	QPP_VEC(struct qpp_table) tables;
	QPP_VEC(struct qpp_reading) readings;
	QPP_VEC(struct rules_case) cases;
	QPP_VEC(struct rules_mention) mentions;
	QPP_VEC(struct rules_entry) entries;   /* sorted by id, after rules_check_names() */
};

enum {
	/* Far above any real rules: they keep a hostile text from taking hours or gigabytes. */
	RULES_MOST_BYTES = 16 << 20,
	RULES_MOST_BLOCKS = 20000,
	RULES_MOST_LINES = 5000,         /* of a block */
	RULES_MOST_COLUMNS = 100,
	RULES_MOST_PAIRS = 500,          /* of one case, given or expected */
	RULES_MOST_PAIRS_IN_ALL = 1000000,
};

extern const char *const rules_kind_names[RULES_KINDS];

/* All passes, for `arena`, `options`, `base` and `errors` of `r`. As qpp_rules_compile(). */
enum qpp_code rules_compile(struct rules *r, const struct qpp_rules_source *sources, size_t n, struct qpp_str *image,
                            struct qpp_err *err);

/* Passes. */
void rules_scan(struct rules *r, const struct qpp_rules_source *source);
void rules_read_param(struct rules *r, const struct rules_block *b);
void rules_read_table(struct rules *r, const struct rules_block *b);
void rules_read_case(struct rules *r, const struct rules_block *b);
void rules_read_reading(struct rules *r, const struct rules_block *b);
void rules_check_names(struct rules *r);
void rules_inherit(struct rules *r);
struct rules_case *rules_case_named(struct rules *r, struct qpp_str title);   /* NULL when there is none */
enum qpp_code rules_emit(const struct rules *r, struct qpp_str *image, struct qpp_err *err);

/*
 * An overlay against its base: what its blocks change exists and is of the same unit or columns; a figure and the
 * cells of a row, while they are read, are of the kind that they replace. No remark on whole rules.
 */
void rules_check_overlay(struct rules *r, struct qpp_str file);
void rules_check_figure(struct rules *r, const struct rules_block *b, uint32_t line, const struct qpp_cell *value);
void rules_check_cells(struct rules *r, const struct rules_block *b, uint32_t line, const struct qpp_str *columns,
                       const struct qpp_cell *cells, size_t n);

/* Adds an error. The sentence is concatenated from C strings and ends with (char *)NULL. */
struct qpp_finding *rules_error(struct rules *r, struct qpp_str file, uint32_t line, const char *first, ...)
    __attribute__((sentinel));

/* Parts of a message: `s` in backquotes, cut when long; years as "2022..2026"; a number. Empty when the list is full. */
const char *rules_quote(struct rules *r, struct qpp_str s);
const char *rules_years_text(struct rules *r, int from, int to);
const char *rules_number(struct rules *r, int64_t n);

/* Sets the hint "did you mean `x`?" when one of the candidates is near. */
void rules_did_you_mean(struct rules *r, struct qpp_finding *f, struct qpp_str s,
                        const struct qpp_str *candidates, size_t n);

/* The next group off the front of `*rest`: groups are apart by two or more blanks, or a tab. */
bool rules_group(struct qpp_str *rest, struct qpp_str *group);

/* "2023" or "2022..2026". */
bool rules_years(struct qpp_str s, int *from, int *to);

/*
 * The next value off the front of `*rest`: a word, or text in double quotes.
 * False when there is none; `*fault` then says what is wrong with the quotes, or is NULL.
 */
bool rules_cell(struct qpp_str *rest, struct qpp_cell *cell, const char **fault);

bool rules_is_name(struct qpp_str s, bool dashes);      /* letters, digits and `_`; `-` where allowed */
bool rules_is_digit(char c);
bool rules_is_text(struct qpp_str s);       /* UTF-8 without control characters but the tab */

#endif
