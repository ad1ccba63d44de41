/* The text of an HTML part, for messages that have no plain one. Nothing of it is followed or shown. */
#include <string.h>
#include <strings.h>

#include "adapt/mail/mime_read.h"

static bool tag_is(struct qpp_str tag, const char *name)
{
	size_t n = strlen(name);
	return tag.n >= n && strncasecmp(tag.p, name, n) == 0 && (tag.n == n || strchr(" \t\r\n/>", tag.p[n]));
}

/* Where a script or style ends. */
static size_t behind(struct qpp_str html, size_t i, const char *end)
{
	size_t n = strlen(end);
	while (i + n <= html.n && strncasecmp(html.p + i, end, n) != 0)
		i++;
	return i + n <= html.n ? i + n : html.n;
}

static bool breaks(struct qpp_str tag)
{
	static const char *const lines[] = { "br", "p", "/p", "div", "/div", "tr", "/tr", "li", "h1", "h2", "h3", "h4", "/h1", "/h2", "/h3",
	                                     "/h4", "table", "/table" };
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (tag_is(tag, lines[i]))
			return true;
	return false;
}

/* A reference to a character; how many bytes it took, 0: it is none. */
static size_t reference(struct qpp_buf *b, struct qpp_str s)
{
	static const struct {
		const char *name, *is;
	} names[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&nbsp;", " " }, { "&ndash;", "-" },
		          { "&mdash;", "-" }, { "&#39;", "'" }, { "&#160;", " " }, { "&apos;", "'" }, { "&#8211;", "-" }, { "&#45;", "-" } };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t n = strlen(names[i].name);
		if (s.n >= n && strncasecmp(s.p, names[i].name, n) == 0) {
			qpp_buf_cat(b, names[i].is, (char *)NULL);
			return n;
		}
	}
	return 0;
}

struct qpp_str qpp_mime_plain(struct qpp_arena *a, struct qpp_str html)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, html.n * 2 + 1);
	for (size_t i = 0; i < html.n;) {
		char c = html.p[i];
		if (c == '<') {
			const char *end = memchr(html.p + i, '>', html.n - i);
			struct qpp_str tag = { html.p + i + 1, end ? (size_t)(end - (html.p + i)) - 1 : html.n - i - 1 };
			if (tag_is(tag, "td") || tag_is(tag, "th"))
				qpp_buf_char(&b, '\t');
			else if (breaks(tag))
				qpp_buf_char(&b, '\n');
			if (tag_is(tag, "script"))
				i = behind(html, i, "</script>");
			else if (tag_is(tag, "style"))
				i = behind(html, i, "</style>");
			else if (tag.n >= 3 && memcmp(tag.p, "!--", 3) == 0)
				i = behind(html, i, "-->");
			else
				i = end ? (size_t)(end - html.p) + 1 : html.n;
			continue;
		}
		size_t n = c == '&' ? reference(&b, (struct qpp_str){ html.p + i, html.n - i }) : 0;
		if (!n)
			qpp_buf_char(&b, c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
		i += n ? n : 1;
	}
	return qpp_buf_done(&b);
}
