/*
 * The columns of the public QPP Experience file that are understood. Names are
 * compared without regard to capitals. N is 1, 2, 3, ...
 *
 *   what                         since 2022                                        through 2021
 *   final score                  final score                                       the same
 *   adjustment in percent        payment adjustment percentage                     the same
 *   complex patient bonus        complex patient bonus                             the same
 *   quality, percent             quality category score                            the same
 *   its improvement              quality improvement score                         quality improvement bonus
 *   its bonus points             small practice bonus                              quality bonus (yes or no)
 *   its measures                 quality measure id N, quality measure score N,    the same
 *                                quality measure collection type N (2022)
 *   cost, percent                cost category score                               cost score
 *   its improvement              cost improvement score (from 2023)
 *   its measures                 cost measure id N,                                cost measure id N,
 *                                cost measure achievement points N                 cost measure score N
 *   activities, points of 40     improvement activities (ia) category score        ia score
 *   its activities               ia measure id N, ia measure score N               the same
 *   credit without activities    ia credit                                         ia study
 *   promoting interoperability   promoting interoperability (pi) category score    the same
 *   its measures                 pi measure id N, pi measure score N
 *   weights, fractions of 1      quality|cost|improvement activities (ia)|promoting
 *                                interoperability (pi) category weight (from 2023)
 *   reweighting granted          quality|cost|ia|pi reweighting (euc),             extreme hardship quality|cost|ia|pi,
 *                                pi reweighting (hardship exception), pi           pi hardship, pi reweighting
 *                                reweighting (special status or clinician type)
 *   small practice               small practice status                             small practitioner
 *   nothing was submitted        non-reporting
 *   scored by its facility       received facility score
 *   reporting option             reporting option (from 2023)
 *   year of a row, its name      _py, _row: not in the published file; who collects rows of several years adds them
 *
 * The columns about who somebody is (specialty, place, counts, statuses) are
 * known and not used.
 */
#include "row_columns.h"

static const struct qpp_column columns[] = {
	{ "_py", QPP_COLUMN_YEAR, 0 },
	{ "_row", QPP_COLUMN_LABEL, 0 },
	{ "reporting option", QPP_COLUMN_OPTION, 0 },
	{ "final score", QPP_COLUMN_FIGURE, QPP_FIGURE_FINAL },
	{ "payment adjustment percentage", QPP_COLUMN_FIGURE, QPP_FIGURE_ADJUSTMENT },
	{ "complex patient bonus", QPP_COLUMN_FIGURE, QPP_FIGURE_COMPLEX },
	{ "quality category score", QPP_COLUMN_FIGURE, QPP_FIGURE_QUALITY },
	{ "quality improvement score", QPP_COLUMN_FIGURE, QPP_FIGURE_QUALITY_IMPROVEMENT },
	{ "quality improvement bonus", QPP_COLUMN_FIGURE, QPP_FIGURE_QUALITY_IMPROVEMENT },
	{ "small practice bonus", QPP_COLUMN_FIGURE, QPP_FIGURE_SMALL_BONUS },
	{ "cost category score", QPP_COLUMN_FIGURE, QPP_FIGURE_COST },
	{ "cost score", QPP_COLUMN_FIGURE, QPP_FIGURE_COST },
	{ "cost improvement score", QPP_COLUMN_FIGURE, QPP_FIGURE_COST_IMPROVEMENT },
	{ "improvement activities (ia) category score", QPP_COLUMN_FIGURE, QPP_FIGURE_IA },
	{ "ia score", QPP_COLUMN_FIGURE, QPP_FIGURE_IA },
	{ "promoting interoperability (pi) category score", QPP_COLUMN_FIGURE, QPP_FIGURE_PI },
	{ "quality category weight", QPP_COLUMN_FIGURE, QPP_FIGURE_WEIGHT + QPP_QUALITY },
	{ "cost category weight", QPP_COLUMN_FIGURE, QPP_FIGURE_WEIGHT + QPP_COST },
	{ "improvement activities (ia) category weight", QPP_COLUMN_FIGURE, QPP_FIGURE_WEIGHT + QPP_IA },
	{ "promoting interoperability (pi) category weight", QPP_COLUMN_FIGURE, QPP_FIGURE_WEIGHT + QPP_PI },
	{ "quality reweighting (euc)", QPP_COLUMN_REWEIGHTED, QPP_QUALITY },
	{ "extreme hardship quality", QPP_COLUMN_REWEIGHTED, QPP_QUALITY },
	{ "cost reweighting (euc)", QPP_COLUMN_REWEIGHTED, QPP_COST },
	{ "extreme hardship cost", QPP_COLUMN_REWEIGHTED, QPP_COST },
	{ "ia reweighting (euc)", QPP_COLUMN_REWEIGHTED, QPP_IA },
	{ "extreme hardship ia", QPP_COLUMN_REWEIGHTED, QPP_IA },
	{ "pi reweighting (euc)", QPP_COLUMN_REWEIGHTED, QPP_PI },
	{ "pi reweighting (hardship exception)", QPP_COLUMN_REWEIGHTED, QPP_PI },
	{ "pi reweighting (special status or clinician type)", QPP_COLUMN_REWEIGHTED, QPP_PI },
	{ "extreme hardship pi", QPP_COLUMN_REWEIGHTED, QPP_PI },
	{ "pi hardship", QPP_COLUMN_REWEIGHTED, QPP_PI },
	{ "pi reweighting", QPP_COLUMN_REWEIGHTED, QPP_PI },
	{ "small practice status", QPP_COLUMN_SMALL, 0 },
	{ "small practitioner", QPP_COLUMN_SMALL, 0 },
	{ "non-reporting", QPP_COLUMN_NOT_REPORTED, 0 },
	{ "received facility score", QPP_COLUMN_FACILITY, 0 },
	{ "quality bonus", QPP_COLUMN_BONUS, 0 },
	{ "ia credit", QPP_COLUMN_CREDIT, 0 },
	{ "ia study", QPP_COLUMN_CREDIT, 0 },
	{ "quality measure id", QPP_COLUMN_ID, QPP_QUALITY },
	{ "quality measure score", QPP_COLUMN_POINTS, QPP_QUALITY },
	{ "quality measure collection type", QPP_COLUMN_TYPE, QPP_QUALITY },
	{ "cost measure id", QPP_COLUMN_ID, QPP_COST },
	{ "cost measure achievement points", QPP_COLUMN_POINTS, QPP_COST },
	{ "cost measure score", QPP_COLUMN_POINTS, QPP_COST },
	{ "ia measure id", QPP_COLUMN_ID, QPP_IA },
	{ "ia measure score", QPP_COLUMN_POINTS, QPP_IA },
	{ "pi measure id", QPP_COLUMN_ID, QPP_PI },
	{ "pi measure score", QPP_COLUMN_POINTS, QPP_PI },
	{ "pi measure type", QPP_COLUMN_TYPE, QPP_PI },
	{ "npi", QPP_COLUMN_UNUSED, 0 },
	{ "allowed charges", QPP_COLUMN_UNUSED, 0 },
	{ "ambulatory surgical center", QPP_COLUMN_UNUSED, 0 },
	{ "ambulatory surgical center-based status", QPP_COLUMN_UNUSED, 0 },
	{ "cehrt id", QPP_COLUMN_UNUSED, 0 },
	{ "clinician specialty", QPP_COLUMN_UNUSED, 0 },
	{ "clinician type", QPP_COLUMN_UNUSED, 0 },
	{ "dual eligibility ratio", QPP_COLUMN_UNUSED, 0 },
	{ "engaged", QPP_COLUMN_UNUSED, 0 },
	{ "extreme hardship", QPP_COLUMN_UNUSED, 0 },
	{ "extreme uncontrollable circumstance (euc)", QPP_COLUMN_UNUSED, 0 },
	{ "facility-based", QPP_COLUMN_UNUSED, 0 },
	{ "facility-based status", QPP_COLUMN_UNUSED, 0 },
	{ "health professional shortage area status", QPP_COLUMN_UNUSED, 0 },
	{ "hospital-based clinician", QPP_COLUMN_UNUSED, 0 },
	{ "hospital-based status", QPP_COLUMN_UNUSED, 0 },
	{ "hpsa clinician", QPP_COLUMN_UNUSED, 0 },
	{ "medicare patients", QPP_COLUMN_UNUSED, 0 },
	{ "non-patient facing", QPP_COLUMN_UNUSED, 0 },
	{ "non-patient facing status", QPP_COLUMN_UNUSED, 0 },
	{ "opted into mips", QPP_COLUMN_UNUSED, 0 },
	{ "participation option", QPP_COLUMN_UNUSED, 0 },
	{ "participation type", QPP_COLUMN_UNUSED, 0 },
	{ "pi bonus", QPP_COLUMN_UNUSED, 0 },
	{ "practice size", QPP_COLUMN_UNUSED, 0 },
	{ "practice state or us territory", QPP_COLUMN_UNUSED, 0 },
	{ "rural clinician", QPP_COLUMN_UNUSED, 0 },
	{ "rural status", QPP_COLUMN_UNUSED, 0 },
	{ "safety-net status", QPP_COLUMN_UNUSED, 0 },
	{ "services", QPP_COLUMN_UNUSED, 0 },
	{ "years in medicare", QPP_COLUMN_UNUSED, 0 },
};

const struct qpp_column qpp_wanted_columns[QPP_WANTED_COLUMNS] = {
	{ "final score", QPP_COLUMN_FIGURE, QPP_FIGURE_FINAL },
	{ "payment adjustment percentage", QPP_COLUMN_FIGURE, QPP_FIGURE_ADJUSTMENT },
	{ "complex patient bonus", QPP_COLUMN_FIGURE, QPP_FIGURE_COMPLEX },
	{ "quality category score", QPP_COLUMN_FIGURE, QPP_FIGURE_QUALITY },
	{ "quality improvement score", QPP_COLUMN_FIGURE, QPP_FIGURE_QUALITY_IMPROVEMENT },
	{ "small practice bonus", QPP_COLUMN_FIGURE, QPP_FIGURE_SMALL_BONUS },
	{ "quality measure id and score", QPP_COLUMN_POINTS, QPP_QUALITY },
	{ "quality measure collection type", QPP_COLUMN_TYPE, QPP_QUALITY },
	{ "cost category score", QPP_COLUMN_FIGURE, QPP_FIGURE_COST },
	{ "cost improvement score", QPP_COLUMN_FIGURE, QPP_FIGURE_COST_IMPROVEMENT },
	{ "cost measure id and points", QPP_COLUMN_POINTS, QPP_COST },
	{ "improvement activities (ia) category score", QPP_COLUMN_FIGURE, QPP_FIGURE_IA },
	{ "ia measure id and score", QPP_COLUMN_POINTS, QPP_IA },
	{ "promoting interoperability (pi) category score", QPP_COLUMN_FIGURE, QPP_FIGURE_PI },
	{ "category weights", QPP_COLUMN_FIGURE, QPP_FIGURE_WEIGHT },
	{ "small practice status", QPP_COLUMN_SMALL, 0 },
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool qpp_column_text_is(struct qpp_str key, const char *name)
{
	size_t i = 0;
	while (i < key.n && name[i] && lower(key.p[i]) == name[i])
		i++;
	return i == key.n && !name[i];
}

size_t qpp_column_number(struct qpp_str *key)
{
	struct qpp_str digits = *key;
	uint64_t n;
	while (digits.n && digits.p[digits.n - 1] != ' ')
		digits.n--;
	struct qpp_str name = { key->p, digits.n ? digits.n - 1 : 0 };
	digits = (struct qpp_str){ key->p + digits.n, key->n - digits.n };
	if (!name.n || !qpp_str_u64(digits, QPP_MOST_COLUMN_NUMBER, &n) || !n)
		return 0;
	*key = name;
	return (size_t)n;
}

static bool is_numbered(const struct qpp_column *c)
{
	return c->kind >= QPP_COLUMN_ID;
}

const struct qpp_column *qpp_column_of(struct qpp_str key, size_t *number)
{
	struct qpp_str base = key;
	*number = qpp_column_number(&base);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		if (qpp_column_text_is(is_numbered(&columns[i]) && *number ? base : key, columns[i].name))
			return &columns[i];
	return NULL;
}
