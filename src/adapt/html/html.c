/* The page emitter: escaping for each place in HTML. */
#include "adapt/html/html.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PAGE = 512 << 20 };

void qpp_html_init(struct qpp_html *h, struct qpp_arena *a)
{
	qpp_buf_init(&h->b, a, MOST_PAGE);
}

/* Bytes of the character at the front of `s`; 0 when it is none, or a control character that HTML has no place for. */
static size_t character(struct qpp_str s)
{
	size_t n = qpp_str_character(s);
	unsigned char first = (unsigned char)s.p[0];
	bool c0 = n == 1 && (first < ' ' ? first != '\t' && first != '\n' : first == 0x7F);
	bool c1 = n == 2 && first == 0xC2 && (unsigned char)s.p[1] < 0xA0;
	return c0 || c1 ? 0 : n;
}

static void put_character(struct qpp_buf *b, struct qpp_str c)
{
	switch (c.p[0]) {
	case '&':
		qpp_buf_str(b, QPP_LIT("&amp;"));
		return;
	case '<':
		qpp_buf_str(b, QPP_LIT("&lt;"));
		return;
	case '>':
		qpp_buf_str(b, QPP_LIT("&gt;"));
		return;
	case '"':
		qpp_buf_str(b, QPP_LIT("&quot;"));
		return;
	case '\'':
		qpp_buf_str(b, QPP_LIT("&#39;"));
		return;
	default:
		qpp_buf_str(b, c);
	}
}

/* One escaping serves both places: a quote is also right between tags. */
static void escape(struct qpp_buf *b, struct qpp_str s)
{
	while (s.n) {
		size_t n = character(s);
		if (n)
			put_character(b, (struct qpp_str){ s.p, n });
		else
			qpp_buf_str(b, QPP_LIT("\xEF\xBF\xBD"));
		s.p += n ? n : 1;
		s.n -= n ? n : 1;
	}
}

void qpp_html_text(struct qpp_html *h, struct qpp_str s)
{
	escape(&h->b, s);
}

void qpp_html_attr(struct qpp_html *h, struct qpp_str s)
{
	escape(&h->b, s);
}

void qpp_html_word(struct qpp_html *h, const char *word)
{
	escape(&h->b, qpp_str_of(word));
}

/*
 * Percent-encoding of RFC 3986, all but the unreserved characters and the round brackets that paragraphs are
 * full of. No slash, colon or question mark comes through: data can neither leave the folder nor name a scheme.
 */
void qpp_html_url(struct qpp_html *h, struct qpp_str s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~()";
	static const char digits[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (memchr(plain, c, sizeof plain - 1)) {
			qpp_buf_char(&h->b, (char)c);
		} else {
			qpp_buf_char(&h->b, '%');
			qpp_buf_char(&h->b, digits[c >> 4]);
			qpp_buf_char(&h->b, digits[c & 15]);
		}
	}
}

void qpp_html_i64(struct qpp_html *h, int64_t v)
{
	qpp_buf_i64(&h->b, v);
}

/* Sections have headings of level 2, so one in prose is at least of level 3. */
static void lower_headings(cmark_node *document)
{
	cmark_iter *i = cmark_iter_new(document);
	while (cmark_iter_next(i) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(i);
		if (cmark_node_get_type(node) == CMARK_NODE_HEADING && cmark_node_get_heading_level(node) < 3)
			(void)cmark_node_set_heading_level(node, 3);
	}
	cmark_iter_free(i);
}

/* cmark's default is its safe mode: no HTML of the prose comes through, and no address that could run a script. */
void qpp_html_markdown(struct qpp_html *h, struct qpp_str prose)
{
	cmark_node *document = cmark_parse_document(prose.p ? prose.p : "", prose.n, CMARK_OPT_VALIDATE_UTF8);
	lower_headings(document);
	char *html = cmark_render_html(document, CMARK_OPT_DEFAULT);
	qpp_html_part(h, qpp_str_of(html));
	free(html);
	cmark_node_free(document);
}

void qpp_html_part(struct qpp_html *h, struct qpp_str part)
{
	qpp_buf_str(&h->b, part);
}

struct qpp_str qpp_html_done(struct qpp_html *h)
{
	return qpp_buf_done(&h->b);
}
