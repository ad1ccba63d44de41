/*
 * The lines of the catalog's text form (catalog/README.md), as tables that the
 * reader and the writer share, so that neither can know a line that the other
 * does not. For the catalog_*.c files only.
 */
#ifndef QPP_CATALOG_FORMAT_H
#define QPP_CATALOG_FORMAT_H

#include "qpp/catalog.h"

#define QPP_CATALOG_MAGIC "openqpp-catalog"
#define QPP_CATALOG_VERSION "1"

/* A number that is not known. */
#define QPP_CATALOG_ABSENT "-"

/* A table has at most as many lines, or flags, as a mask has bits. */
enum { QPP_MOST_LINES = 32 };

/* What follows the keyword of a line below a record, and the type of the member it fills. */
enum qpp_line_shape {
	QPP_LINE_TEXT,         /* one text: struct qpp_str */
	QPP_LINE_TEXTS,        /* one or more: struct qpp_strs */
	QPP_LINE_METHODS,      /* one or more collection types: uint32_t of bits */
	QPP_LINE_FLAGS,        /* one or more of qpp_measure_flags, each a bool */
	QPP_LINE_ALGORITHM,    /* enum qpp_algorithm */
	QPP_LINE_WEIGHT        /* enum qpp_ia_weight */
};

struct qpp_line {
	const char *keyword;
	enum qpp_line_shape shape;
	size_t offset;         /* of the member in its structure; unused by FLAGS */
};

struct qpp_flag {
	const char *name;
	size_t offset;         /* of the bool in its structure */
};

struct qpp_lines {
	const struct qpp_line *v;
	size_t n;
};

struct qpp_flags {
	const struct qpp_flag *v;
	size_t n;
};

extern const struct qpp_lines qpp_measure_lines, qpp_stratum_lines, qpp_mvp_lines;
extern const struct qpp_flags qpp_measure_flags, qpp_benchmark_flags;

/* Names by value of the enumeration. */
extern const char *const qpp_category_names[QPP_CATEGORIES];
extern const char *const qpp_method_names[QPP_METHODS];
extern const char *const qpp_metric_names[QPP_METRICS];
extern const char *const qpp_algorithm_names[QPP_ALGORITHMS];
extern const char *const qpp_ia_weight_names[QPP_IA_HIGH + 1];

#endif
