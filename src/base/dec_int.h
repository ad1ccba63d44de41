/* What the two files that know how a number is built share: dec.c and buf.c. */
#ifndef QPP_DEC_INT_H
#define QPP_DEC_INT_H

#include "qpp/dec.h"

enum { QPP_MOST_ROUNDED_PLACES = 9 };

/*
 * |a| rounded to `places` decimals (0..9), half away from zero: the whole part and
 * the decimals as a number below 10^places. Every defined number has such
 * parts; not every rounded number is a ratio that fits.
 */
void qpp_dec_parts(qpp_dec a, int places, unsigned __int128 *whole, uint64_t *part);

#endif
