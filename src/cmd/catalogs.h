/* The catalogs embedded in the program, one a performance year; the last entry has year 0. */
#ifndef QPP_CMD_CATALOGS_H
#define QPP_CMD_CATALOGS_H

#include "qpp/day.h"

struct qpp_embedded_catalog {
	qpp_py py;
	struct qpp_str text;
};

extern const struct qpp_embedded_catalog qpp_embedded_catalogs[];

#endif
