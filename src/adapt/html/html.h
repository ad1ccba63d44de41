/*
 * HTML under construction. A page is no buffer: what goes into it goes through
 * these few functions, each of which escapes for its place, so that text out of
 * somebody's file can never become markup.
 *
 *   qpp_html_lit(h, "<p>");              only a literal of the program compiles
 *   qpp_html_text(h, title);             between tags
 *   qpp_html_attr(h, name);              inside an attribute in double quotes
 *   qpp_html_url(h, cite);               one segment or fragment of an address, inside such an attribute
 *   qpp_html_markdown(h, prose);         Markdown; HTML written inside it is left out
 *
 * Bytes that are not UTF-8 and characters that HTML has no place for become U+FFFD.
 */
#ifndef QPP_HTML_H
#define QPP_HTML_H

#include "qpp/buf.h"

struct qpp_html {
	struct qpp_buf b;
};

void qpp_html_init(struct qpp_html *h, struct qpp_arena *a);

#define qpp_html_lit(h, s) qpp_buf_add(&(h)->b, "" s "", sizeof(s) - 1)
void qpp_html_text(struct qpp_html *h, struct qpp_str s);
void qpp_html_attr(struct qpp_html *h, struct qpp_str s);
void qpp_html_url(struct qpp_html *h, struct qpp_str s);
void qpp_html_i64(struct qpp_html *h, int64_t v);
void qpp_html_markdown(struct qpp_html *h, struct qpp_str prose);

/* The same for words of the program that are chosen at run time. */
void qpp_html_word(struct qpp_html *h, const char *word);

/* HTML as it is: a part that was made with these functions, or a text of the program. Never data. */
void qpp_html_part(struct qpp_html *h, struct qpp_str part);

struct qpp_str qpp_html_done(struct qpp_html *h);

#endif
