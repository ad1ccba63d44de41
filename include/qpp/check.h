/*
 * What can be said about a submission before it is scored: does each measure
 * exist that year, in that category, by that collection type; has its value
 * the kind and the strata the measure asks for; do the counts agree with each
 * other; can two claims stand together; are the identifiers well-formed.
 *
 * Pure: base and catalog only. Whether the filing is enough to be scored, and
 * for how much, is the scorer's to say.
 */
#ifndef QPP_CHECK_H
#define QPP_CHECK_H

#include "qpp/submission.h"

/*
 * Resolves every measurement to its measure of `catalog` (the catalog of the
 * submission's year; NULL stays where there is none) and every program to its
 * published spelling, and adds its findings. Text of findings lives in the
 * findings' arena. Codes, all in rules/findings.md:
 *
 *   filer      identifierInvalid entityIncomplete
 *   set        programUnknown setDuplicate periodMissing periodReversed periodOutsideYear
 *              cehrtIdMissing cehrtIdFormat
 *   measure    measureUnknown categoryWrong methodNotAllowed measureNotInProgram measureDuplicate
 *   value      valueKindWrong stratumMissing stratumUnknown stratumDuplicate
 *              countsExceedEligible exclusionNotZero numeratorExceedsDenominator noRate
 *              rateMissing rateDiffers valueOutOfRange
 *   PI         piMeasureAndExclusion piSubstituteConflict
 */
void qpp_check_submission(struct qpp_submission *s, const struct qpp_catalog *catalog, struct qpp_findings *f);

/* The performance rate that the counts of a resolved measurement give, not rounded; undefined when they give none. */
qpp_dec qpp_check_rate_of(const struct qpp_measurement *m);

/* True when ten digits end in the check digit of an NPI (ISO 7812 Luhn over 80840 and the number). */
bool qpp_npi_check_digit_ok(struct qpp_str npi);

#endif
