/*
 * What every page is made with: text with holes, the shell around a page, and
 * forms. A view is a pure function from a model (models.h) to HTML.
 *
 *   put(h, "<p>");                                          only literals compile
 *   say(h, "<td>{}</td>", T(name));                         a hole for each {}; escaped for text and attributes
 *   say(h, "<a href=\"/eligibility/{}\">{}</a>", U(npi), T(npi));    U: one segment of an address
 *
 * A form with another number of holes than values is a fault of the program and
 * ends it, in the first test that renders the page.
 */
#ifndef QPP_PORTAL_VIEW_H
#define QPP_PORTAL_VIEW_H

#include "adapt/html/html.h"
#include "adapt/portal/models.h"

struct qpp_hole {
	char kind;
	struct qpp_str s;
	int64_t n;
};
#define T(text) ((struct qpp_hole){ 't', (text), 0 })
#define W(word) ((struct qpp_hole){ 't', qpp_str_of(word), 0 })
#define U(text) ((struct qpp_hole){ 'u', (text), 0 })
#define N(number) ((struct qpp_hole){ 'n', { NULL, 0 }, (number) })

#define put(h, s) qpp_html_lit(h, s)
#define say(h, form, ...)                                                             \
	qpp_fill(h, "" form "", (const struct qpp_hole[]){ __VA_ARGS__ },             \
	         sizeof((const struct qpp_hole[]){ __VA_ARGS__ }) / sizeof(struct qpp_hole))
void qpp_fill(struct qpp_html *h, const char *form, const struct qpp_hole *v, size_t n);

/* A word of the program with its explanation: a link into the glossary. `term` and `words` are literals. */
#define term(h, id, words) put(h, "<a class=\"q-term\" href=\"/help#" id "\">" words "</a>")

/* ---- the shell ---- */

/* Head, header and the beginning of <main>; with errors, the title says so and the summary comes first. */
void qpp_shell_begin(struct qpp_html *h, const struct qpp_shell *s, struct qpp_str title, const struct qpp_form_errors *errors);
struct qpp_str qpp_shell_end(struct qpp_html *h, const struct qpp_shell *s);

/* Where this page stands: pairs of address and words, the last without address. */
struct qpp_crumb {
	struct qpp_str href, words;
};
void qpp_crumbs(struct qpp_html *h, const struct qpp_crumb *v, size_t n);

enum qpp_tone { QPP_TONE_PLAIN, QPP_TONE_GOOD, QPP_TONE_WARN, QPP_TONE_BAD };
/* A box that is noticed; what comes between is its text. `heading` may be empty. */
void qpp_alert_begin(struct qpp_html *h, enum qpp_tone tone, struct qpp_str heading);
void qpp_alert_end(struct qpp_html *h);
void qpp_badge(struct qpp_html *h, enum qpp_tone tone, struct qpp_str words);

/* "1 measure", "2 measures". */
void qpp_count_words(struct qpp_html *h, int64_t n, const char *one, const char *many);

/* ---- forms ---- */

/* <form method="post"> to a path, with the CSRF token; `files`: it carries a file. */
void form_begin(struct qpp_html *h, const struct qpp_shell *s, struct qpp_str action, bool files);
/* The same asking only (method get, no token). */
void form_ask(struct qpp_html *h, struct qpp_str action);
void form_end(struct qpp_html *h);

enum { QPP_FIELD_OPTIONAL = 1, QPP_FIELD_NUMBER = 2, QPP_FIELD_SHORT = 4, QPP_FIELD_LONG = 8, QPP_FIELD_SECRET = 16,
       QPP_FIELD_CODE = 32 };
struct qpp_field {
	const char *name;                    /* also its id */
	struct qpp_str label, hint, value;
	unsigned flags;
	const char *autocomplete;            /* NULL: off */
};
void form_field(struct qpp_html *h, const struct qpp_form_errors *errors, const struct qpp_field *f);

struct qpp_option {
	struct qpp_str value, words, hint;
};
void form_select(struct qpp_html *h, const struct qpp_form_errors *errors, const struct qpp_field *f,
                     const struct qpp_option *v, size_t n);
void form_radio(struct qpp_html *h, const struct qpp_form_errors *errors, const struct qpp_field *f,
                    const struct qpp_option *v, size_t n);
void form_check(struct qpp_html *h, const char *name, struct qpp_str value, struct qpp_str words, bool checked);
void form_hidden(struct qpp_html *h, const char *name, struct qpp_str value);
/* A button; `name` and `value` may be empty; never disabled. */
void form_button(struct qpp_html *h, enum qpp_tone tone, struct qpp_str words, const char *name, struct qpp_str value);

#endif
