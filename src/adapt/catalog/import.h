/*
 * Import of CMS's published measures, benchmarks, MVPs, clinical clusters and
 * cost averages of one year into the catalog's text form (catalog/README.md).
 *
 * `dir` is laid out as the published repository is
 *   measures/PY/measures-data.json              benchmarks/PY.json
 *   benchmarks/PY/benchmark-exclusion-reasons.json
 *   benchmarks/PY/cost-national-averages.json   mvp/PY/mvp.json
 *   clinical-clusters/PY/clinical-clusters.json
 * or flat: measures/PY.json, benchmarks/PY-benchmark-exclusion-reasons.json,
 * benchmarks/PY-cost-national-averages.json, mvp/PY.json, clinical-clusters/PY.json.
 *
 * What is odd about the data becomes findings, each with
 * file, line, column and JSON pointer. A record with an error is left out of
 * the text: whoever keeps the text refuses it when there are errors. A file
 * that is absent, other than the measures, is a remark.
 *
 * The list of counties under the automatic policy for extreme circumstances is
 * another publication, in CSV: who calls has it read (src/adapt/csv) and hands it over.
 */
#ifndef QPP_CATALOG_IMPORT_H
#define QPP_CATALOG_IMPORT_H

#include "qpp/catalog.h"
#include "qpp/finding.h"

/* The publication this importer was written for and checked against. */
#define QPP_CATALOG_SOURCE "CMS's public repository qpp-measures-data v11.1.0"

/*
 * Makes the text of year `py` in `a`; `source` is named in its first line. `counties` NULL: no list of that year.
 * Fails with QPP_NO_RULE when there are no measures of that year, QPP_IO when a
 * file cannot be read, and QPP_DATA when the measures file is not a JSON list.
 */
QPP_MUST_USE enum qpp_code qpp_catalog_import(struct qpp_arena *a, struct qpp_str dir, qpp_py py, struct qpp_str source,
                                              const struct qpp_euc_list *counties, struct qpp_findings *findings, struct qpp_str *out, struct qpp_err *err);

#endif
