/*
 * The rules compiler: the Markdown of rules/ to a rule image.
 *
 * rules/README.md gives the grammar. The compiler is pure: texts in, image and
 * findings out. mkrules runs it when the program is built; the program runs it
 * on an overlay for a what-if run. qpp_ruleset_load() (qpp/ruleset.h) reads
 * the image.
 *
 * It never stops at the first error. Each is a finding of code "rules" whose
 * `where` has file and line, whose message is a sentence without them, and
 * whose hint, when there is one, is a sentence part such as "did you mean
 * `small`?". They come in the order of files and lines. A finding's texts live
 * in the arena of the findings; its file borrows from its source.
 */
#ifndef QPP_ADAPT_RULES_COMPILE_H
#define QPP_ADAPT_RULES_COMPILE_H

#include "qpp/finding.h"

struct qpp_rules_source {
	struct qpp_str file;          /* as it stands in messages and in the image */
	struct qpp_str text;
};

struct qpp_rules_compile_options {
	/*
	 * What a case may give and expect besides params, tables and table columns: facts and the
	 * words of submissions. A case may put a subject before a name, as in `047/measure.points`.
	 */
	const struct qpp_str *known_names;
	size_t n_known_names;
	/* SHA-256; a parameter because this module knows no cryptographic library. */
	void (*hash)(const void *p, size_t n, unsigned char out[32]);
};

/*
 * Compiles the sources, in the order of their file names, whatever their order
 * here. The hash in the image covers the machine blocks only: prose, comments
 * and the place of a block in its file's prose do not change it.
 *
 * QPP_DATA  the sources have errors; `errors` names them, `err` counts them
 * QPP_LIMIT the sources are larger than any rules
 *
 * `*image` is in the arena and is set only on success.
 */
QPP_MUST_USE enum qpp_code qpp_rules_compile(struct qpp_arena *a, const struct qpp_rules_source *sources, size_t n,
                                             const struct qpp_rules_compile_options *options,
                                             struct qpp_findings *errors, struct qpp_str *image,
                                             struct qpp_err *err);

#endif
