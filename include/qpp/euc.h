/*
 * The automatic policy for extreme and uncontrollable circumstances (42 CFR
 * 414.1380(c)(2)(i)(A)(8)): whether it holds where a clinician practices.
 *
 * CMS lists the counties of a year (catalog.h). State and county decide. A ZIP
 * code is no county: one may belong to several, so alone it can only show that
 * the policy is possible, or that it is not. Without a list for the year the
 * answer is unknown and never no.
 *
 * The policy is for individuals: a group, a virtual group and an APM entity
 * apply for the exception instead.
 */
#ifndef QPP_EUC_H
#define QPP_EUC_H

#include "qpp/qp.h"

enum qpp_euc_answer { QPP_EUC_UNKNOWN, QPP_EUC_NO, QPP_EUC_POSSIBLE, QPP_EUC_YES, QPP_EUC_ANSWERS };

struct qpp_euc {
	enum qpp_euc_answer answer;
	struct qpp_reasons why;                  /* `why.unknown`: what would decide it */
};

/*
 * `q->catalog` may be NULL: then there is no list. What is doubtful about the
 * place (countyNear, locationContradiction) is among the findings where there are any. Fails
 * with QPP_NO_RULE for a year without rules.
 */
QPP_MUST_USE enum qpp_code qpp_euc_at(const struct qpp_request *q, const struct qpp_location *at, enum qpp_entity level,
                                      struct qpp_euc *out, struct qpp_err *err);

/* "unknown", "no", "possible", "yes". */
const char *qpp_euc_answer_name(enum qpp_euc_answer a);

/*
 * A county's name for comparing: small letters without accents, dots and
 * apostrophes; "Saint" as "st"; one blank between words; without a last word
 * that says what it is (County, Parish, Municipio, ...). Empty when nothing is left.
 */
struct qpp_str qpp_county_key(struct qpp_arena *a, struct qpp_str name);

/* The same for people: "los angeles" of "CA" as "Los Angeles, CA". */
struct qpp_str qpp_county_shown(struct qpp_arena *a, struct qpp_str state, struct qpp_str key);

/* Takes the digits of "33901", "33901-1234" or "339011234"; false when it is no ZIP code. */
bool qpp_zip_of(struct qpp_str text, struct qpp_str *five);

/* States, the District of Columbia and territories, by number from 0; NULL behind the last. */
const char *qpp_state_code(int i);
const char *qpp_state_name(int i);
int qpp_state_of(struct qpp_str code);       /* in either case; -1 when there is none */

#endif
