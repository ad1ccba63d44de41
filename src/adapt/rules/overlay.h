/*
 * Overlays: a file in the grammar of rules/ that changes the rules for a
 * what-if run.
 *
 *   param    its rows replace the figure for the years they name; other years
 *            keep theirs. Its unit is that of the rules.
 *   table    its rows replace every row of the years they name; other years
 *            keep theirs. Its columns are those of the rules.
 *   reading  is new: a row of the overlay may rest on it.
 *   case     is passed over.
 *
 * A param or table that the rules do not have, or a reading that they have, is
 * an error. Rows may be `proposed`: they score in the merged rules, and only
 * there. A `check` or `range` holds for the overlay's own rows: it is not kept
 * in an image, so an overlay repeats it.
 */
#ifndef QPP_ADAPT_RULES_OVERLAY_H
#define QPP_ADAPT_RULES_OVERLAY_H

#include "compile.h"
#include "qpp/ruleset.h"

/*
 * The rules as `overlay` changes them. `*merged` is provisional, names the
 * overlay and its hash, and has the hash of both: `hash` over the hexadecimal
 * hashes of the base and of the overlay, one behind the other. Changed figures
 * say the overlay's file behind their source. The base must outlive the result.
 *
 * QPP_DATA  the overlay has errors; `errors` names them, as for qpp_rules_compile()
 * QPP_LIMIT it is larger than any rules
 */
QPP_MUST_USE enum qpp_code qpp_rules_overlay(struct qpp_arena *a, const struct qpp_ruleset *base,
                                             const struct qpp_rules_source *overlay,
                                             void (*hash)(const void *p, size_t n, unsigned char out[32]),
                                             struct qpp_findings *errors, const struct qpp_ruleset **merged,
                                             struct qpp_err *err);

#endif
