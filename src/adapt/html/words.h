/* Names of the program in the words that a reader expects, and numbers with the signs of print. */
#ifndef QPP_HTML_WORDS_H
#define QPP_HTML_WORDS_H

#include "adapt/html/html.h"
#include "app/titles.h"
#include "qpp/score.h"

const char *qpp_entity_title(enum qpp_entity e);
struct qpp_str qpp_program_title(struct qpp_arena *a, struct qpp_str program);

/* A band in words: "Positive: above the performance threshold". */
const char *qpp_band_title(enum qpp_band band);

/* "apmParticipant", "measure_floor_points" as "APM participant", "Measure floor points". */
struct qpp_str qpp_plain_words(struct qpp_arena *a, struct qpp_str name);

/* The first letter made a capital. */
void qpp_html_sentence(struct qpp_html *h, struct qpp_str s);

/* The number as JSON has it, and the sign of its unit; a dash when there is none. */
void qpp_html_value(struct qpp_html *h, struct qpp_value v, enum qpp_unit unit);
/* The same with its sign, also plus. */
void qpp_html_signed(struct qpp_html *h, qpp_dec v, enum qpp_unit unit);

/* An equation (app/equation.h) with the operators of print: × − ÷. */
void qpp_html_equation(struct qpp_html *h, struct qpp_str equation);

#endif
