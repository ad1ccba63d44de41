/* The columns of the experience file: their names in every year, and what they hold. row_columns.c lists them. */
#ifndef QPP_JSON_ROW_COLUMNS_H
#define QPP_JSON_ROW_COLUMNS_H

#include "app/infer.h"

enum qpp_column_kind {
	QPP_COLUMN_UNUSED, QPP_COLUMN_YEAR, QPP_COLUMN_LABEL, QPP_COLUMN_OPTION,
	QPP_COLUMN_FIGURE,                           /* which: enum qpp_figure */
	QPP_COLUMN_REWEIGHTED,                       /* which: category */
	QPP_COLUMN_SMALL, QPP_COLUMN_NOT_REPORTED, QPP_COLUMN_FACILITY, QPP_COLUMN_BONUS, QPP_COLUMN_CREDIT,
	QPP_COLUMN_ID, QPP_COLUMN_POINTS, QPP_COLUMN_TYPE    /* numbered; which: category */
};

struct qpp_column {
	const char *name;            /* of a numbered one without its number */
	enum qpp_column_kind kind;
	int which;
};

/*
 * The column of that name, NULL when no year has it. `*number` is the number at
 * the end of a name such as "quality measure id 12", 0 without one.
 */
const struct qpp_column *qpp_column_of(struct qpp_str name, size_t *number);

/* Takes such a number off the end of a name; 0 when there is none. */
size_t qpp_column_number(struct qpp_str *name);

/* Equal but for capitals; `lower_case` is in small letters. */
bool qpp_column_text_is(struct qpp_str s, const char *lower_case);

/* What infer uses of a year: one entry for a column of any of its names. */
enum { QPP_WANTED_COLUMNS = 16, QPP_MOST_COLUMN_NUMBER = 99 };
extern const struct qpp_column qpp_wanted_columns[QPP_WANTED_COLUMNS];

#endif
