/* What the parts of `qpp catalog` share. */
#ifndef QPP_CMD_CATALOG_CLI_H
#define QPP_CMD_CATALOG_CLI_H

#include "cmd/cli.h"

/*
 * The list of counties of a year, from --euc or the folder euc of `dir`: PY.csv, or as it is published
 * data/PY/euc_county_zipcode_crosswalk.csv. NULL with a remark where there is none. A list with faults leaves errors
 * among the findings.
 */
enum qpp_code qpp_catalog_read_counties(struct qpp_cli *cli, const char *dir, qpp_py py, struct qpp_findings *findings,
                                        const struct qpp_euc_list **out);

/* qpp catalog counties PY [--state ST] */
enum qpp_code qpp_catalog_counties(struct qpp_cli *cli);

#endif
