/* The strict reader of html_check.h. The first fault is kept, with what stands there. */
#include "html_check.h"

#include <stdio.h>
#include <string.h>

enum { DEEPEST = 200 };

struct reader {
	struct qpp_arena *arena;
	struct html_page *page;
	const char *p, *end;
	struct qpp_str open[DEEPEST];
	size_t depth;
	int heading;
	bool table_begins;        /* the next tag must be <caption> */
};

static void fault(struct reader *r, const char *what)
{
	int n = (int)(r->end - r->p < 60 ? r->end - r->p : 60);
	if (!r->page->fault[0])
		snprintf(r->page->fault, sizeof r->page->fault, "%s at: %.*s", what, n, r->p);
	r->p = r->end;
}

static bool among(const char *const *words, struct qpp_str s)
{
	for (; *words; words++)
		if (qpp_str_is(s, *words))
			return true;
	return false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':';
}

static struct qpp_str word(struct reader *r)
{
	const char *from = r->p;
	while (r->p < r->end && is_letter(*r->p))
		r->p++;
	return (struct qpp_str){ from, (size_t)(r->p - from) };
}

/* Text up to `stop`; an `&` begins an entity, a `<` never stands in it. */
static struct qpp_str text(struct reader *r, char stop)
{
	const char *from = r->p;
	while (r->p < r->end && *r->p != stop) {
		const char *semicolon = memchr(r->p, ';', (size_t)(r->end - r->p));
		if (*r->p == '&' && (!semicolon || semicolon - r->p > 8))
			fault(r, "an ampersand is not an entity");
		else if (*r->p == '<' || *r->p == '>')
			fault(r, "a bracket stands in text");
		else
			r->p++;
	}
	return (struct qpp_str){ from, (size_t)(r->p - from) };
}

static void attribute(struct reader *r, struct qpp_str tag, struct qpp_str name, bool *scope)
{
	struct qpp_str value = { NULL, 0 };
	if (r->p + 1 < r->end && r->p[0] == '=' && r->p[1] == '"') {
		r->p += 2;
		value = text(r, '"');
		if (r->p < r->end)
			r->p++;
	} else if (!qpp_str_is(name, "open")) {
		fault(r, "an attribute is not quoted");
	}
	*scope |= qpp_str_is(name, "scope");
	if (qpp_str_starts(name, "on") || qpp_str_is(name, "src") || qpp_str_is(name, "style"))
		fault(r, "an attribute that loads, runs or styles");
	if (qpp_str_is(name, "href"))
		*QPP_PUSH(r->arena, &r->page->links) = value;
	if (qpp_str_is(name, "href") && !qpp_str_is(tag, "a"))
		fault(r, "something other than a link has an address");
	if (!qpp_str_is(name, "id"))
		return;
	for (size_t i = 0; i < r->page->ids.n; i++)
		if (qpp_str_eq(r->page->ids.v[i], value))
			fault(r, "an id stands twice");
	*QPP_PUSH(r->arena, &r->page->ids) = value;
}

static void check_tag(struct reader *r, struct qpp_str tag, bool scope)
{
	static const char *const never[] = { "script", "link", "img", "iframe", "object", "embed", "form", NULL };
	if (among(never, tag))
		fault(r, "an element that loads or runs");
	if (r->table_begins && !qpp_str_is(tag, "caption"))
		fault(r, "a table without caption");
	r->table_begins = qpp_str_is(tag, "table");
	if (qpp_str_is(tag, "th") && !scope)
		fault(r, "a header cell without scope");
	if (tag.n == 2 && tag.p[0] == 'h' && tag.p[1] >= '1' && tag.p[1] <= '6') {
		int level = tag.p[1] - '0';
		if (level > r->heading + 1)
			fault(r, "a heading skips a level");
		r->heading = level;
	}
}

static void open_tag(struct reader *r)
{
	static const char *const empty[] = { "meta", "br", "hr", "input", NULL };
	struct qpp_str tag = word(r);
	bool scope = false, closed = false;
	while (r->p < r->end && *r->p != '>') {
		if (*r->p == ' ' || *r->p == '\n') {
			r->p++;
		} else if (*r->p == '/') {
			closed = true;
			r->p++;
		} else {
			struct qpp_str name = word(r);
			if (!name.n)
				fault(r, "a tag is not closed");
			else
				attribute(r, tag, name, &scope);
		}
	}
	if (r->p >= r->end)
		return;
	r->p++;
	check_tag(r, tag, scope);
	if (closed || among(empty, tag))
		return;
	if (r->depth == DEEPEST)
		fault(r, "elements are nested too deep");
	else
		r->open[r->depth++] = tag;
	if (qpp_str_is(tag, "style")) {
		const char *stop = memmem(r->p, (size_t)(r->end - r->p), "</style>", 8);
		r->p = stop ? stop : r->end;
	}
}

static void close_tag(struct reader *r)
{
	struct qpp_str tag = word(r);
	if (!r->depth || !qpp_str_eq(r->open[r->depth - 1], tag) || r->p >= r->end || *r->p != '>') {
		fault(r, "an end tag does not fit");
		return;
	}
	r->depth--;
	r->p++;
}

void html_check(struct qpp_arena *a, struct qpp_str name, struct qpp_str html, struct html_page *out)
{
	static const char doctype[] = "<!DOCTYPE html>\n<html lang=\"en\">";
	struct reader r = { .arena = a, .page = out, .p = html.p, .end = html.p + html.n };
	*out = (struct html_page){ .name = name };
	if (!qpp_str_starts(html, doctype))
		fault(&r, "the page does not begin as HTML in English");
	else
		r.p += sizeof "<!DOCTYPE html>\n" - 1;
	while (r.p < r.end) {
		(void)text(&r, '<');
		if (r.p >= r.end)
			break;
		r.p++;
		if (r.p < r.end && *r.p == '/') {
			r.p++;
			close_tag(&r);
		} else {
			open_tag(&r);
		}
	}
	if (r.depth && !out->fault[0])
		snprintf(out->fault, sizeof out->fault, "an element is not closed: %.*s", QPP_ARG(r.open[r.depth - 1]));
}

static int hexadecimal(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static struct qpp_str unescaped(struct qpp_arena *a, struct qpp_str s)
{
	char *p = qpp_arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool escape = s.p[i] == '%' && i + 2 < s.n && hexadecimal(s.p[i + 1]) >= 0 && hexadecimal(s.p[i + 2]) >= 0;
		p[n++] = escape ? (char)(hexadecimal(s.p[i + 1]) * 16 + hexadecimal(s.p[i + 2])) : s.p[i];
		i += escape ? 2 : 0;
	}
	return (struct qpp_str){ p, n };
}

/* The folder of a page, with its slash. */
static struct qpp_str folder(struct qpp_str name)
{
	while (name.n && name.p[name.n - 1] != '/')
		name.n--;
	return name;
}

bool html_leads(struct qpp_arena *a, const struct html_page *from, struct qpp_str link, const struct html_page *pages,
                size_t n)
{
	struct qpp_str id = link, path;
	if (qpp_str_starts(link, "https://www.ecfr.gov/"))
		return true;
	if (!qpp_str_cut(&id, '#', &path))
		return false;
	struct qpp_str name = from->name;
	if (path.n)
		name = qpp_str_cat(a, qpp_str_dup(a, folder(from->name)).p, qpp_str_dup(a, unescaped(a, path)).p, (char *)NULL);
	for (size_t i = 0; i < n; i++) {
		if (!qpp_str_eq(pages[i].name, name))
			continue;
		struct qpp_str wanted = unescaped(a, id);
		for (size_t k = 0; id.p && k < pages[i].ids.n; k++)
			if (qpp_str_eq(pages[i].ids.v[k], wanted))
				return true;
		return !id.p;
	}
	return false;
}
