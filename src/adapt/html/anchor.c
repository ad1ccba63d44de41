/* Places on the rule pages: looked up in the rule set each time, which is small. */
#include "adapt/html/anchor.h"

#include <string.h>

struct qpp_str qpp_page_of(const struct qpp_section *s)
{
	struct qpp_str rest = s->file, part, name = s->file;
	while (qpp_str_cut(&rest, '/', &part))
		name = part;
	if (name.n > 3 && memcmp(name.p + name.n - 3, ".md", 3) == 0)
		name.n -= 3;
	return name;
}

/* `inner` is `outer` or a paragraph inside it: 414.1380(b)(1) is inside 414.1380(b), 414.13801 is not inside 414.1380. */
static bool inside(struct qpp_str inner, struct qpp_str outer)
{
	return inner.n >= outer.n && outer.n && memcmp(inner.p, outer.p, outer.n) == 0 &&
	       (inner.n == outer.n || inner.p[outer.n] == '(');
}

static const struct qpp_section *section_of(const struct qpp_ruleset *rs, struct qpp_str cite)
{
	for (size_t i = 0; i < rs->n_sections; i++)
		if (qpp_str_eq(rs->sections[i].cite, cite))
			return &rs->sections[i];
	return NULL;
}

/* A whole CFR section is around everything in it, and says nothing about a paragraph: its page does as well. */
static bool is_paragraph(struct qpp_str cite)
{
	return cite.n && memchr(cite.p, '(', cite.n);
}

static const struct qpp_section *around(const struct qpp_ruleset *rs, struct qpp_str cite)
{
	const struct qpp_section *best = NULL;
	for (size_t i = 0; i < rs->n_sections; i++) {
		const struct qpp_section *s = &rs->sections[i];
		if (is_paragraph(s->cite) && inside(cite, s->cite) && (!best || s->cite.n > best->cite.n))
			best = s;
	}
	for (size_t i = 0; !best && i < rs->n_sections; i++)
		if (inside(rs->sections[i].cite, cite))
			best = &rs->sections[i];
	return best;
}

static bool to_section(const struct qpp_section *s, struct qpp_anchor *out)
{
	if (s)
		*out = (struct qpp_anchor){ qpp_page_of(s), "", s->cite, NULL };
	return s != NULL;
}

/* The first row whose `column` is the word. */
static const struct qpp_table_row *row_with(const struct qpp_table *t, const char *column, struct qpp_str word)
{
	int at = qpp_table_column(t, qpp_str_of(column));
	for (size_t i = 0; at >= 0 && i < t->n_rows; i++)
		if (qpp_str_eq(t->rows[i].cells[at].text, word))
			return &t->rows[i];
	return NULL;
}

/* Something under a heading: on the page of the section that it stands in. */
static bool on_page_of(const struct qpp_ruleset *rs, struct qpp_str cite, const char *kind, struct qpp_str name,
                       const struct qpp_table_row *row, struct qpp_anchor *out)
{
	const struct qpp_section *s = section_of(rs, cite);
	if (s)
		*out = (struct qpp_anchor){ qpp_page_of(s), kind, name, row };
	return s != NULL;
}

/* The page of the whole CFR section: every page begins with <main id="main">. */
static bool to_page(const struct qpp_ruleset *rs, struct qpp_str cite, struct qpp_anchor *out)
{
	for (size_t i = 0; i < rs->n_sections; i++) {
		struct qpp_str page = qpp_page_of(&rs->sections[i]);
		if (!inside(cite, page))
			continue;
		*out = (struct qpp_anchor){ page, "", QPP_LIT("main"), NULL };
		return true;
	}
	return false;
}

bool qpp_anchor_of_cite(const struct qpp_ruleset *rs, struct qpp_str cite, struct qpp_anchor *out)
{
	struct qpp_str word, rest = cite;
	/* The title of a publication has blanks, a paragraph has none; `-` says that there is no paragraph. */
	if (!qpp_str_word(&rest, &word) || word.n != cite.n || qpp_str_is(cite, "-"))
		return false;
	if (to_section(section_of(rs, cite), out))
		return true;
	for (size_t i = 0; i < rs->n_tables; i++) {
		const struct qpp_table *t = &rs->tables[i];
		const struct qpp_table_row *row = row_with(t, "cite", cite);
		/* The codes of findings name paragraphs, but decide nothing. */
		if (row && !qpp_str_is(t->name, "findings") && on_page_of(rs, t->cite, "", cite, row, out))
			return true;
	}
	return to_section(around(rs, cite), out) || to_page(rs, cite, out);
}

bool qpp_anchor_of_reading(const struct qpp_ruleset *rs, struct qpp_str name, struct qpp_anchor *out)
{
	const struct qpp_reading *r = qpp_ruleset_reading(rs, name);
	return r && on_page_of(rs, r->cite, "reading-", r->name, NULL, out);
}

bool qpp_anchor_of_figure(const struct qpp_ruleset *rs, struct qpp_str label, struct qpp_anchor *out)
{
	struct qpp_str rest = label, name;
	(void)qpp_str_cut(&rest, '.', &name);
	const struct qpp_param *p = qpp_ruleset_param(rs, label);
	const struct qpp_table *t = qpp_ruleset_table(rs, name);
	if (p)
		return on_page_of(rs, p->cite, "param-", p->name, NULL, out);
	return t && on_page_of(rs, t->cite, "table-", t->name, NULL, out);
}

bool qpp_anchor_of_finding(const struct qpp_ruleset *rs, struct qpp_str code, struct qpp_anchor *out)
{
	const struct qpp_table *t = qpp_ruleset_table(rs, QPP_LIT("findings"));
	const struct qpp_table_row *row = t ? row_with(t, "code", code) : NULL;
	return row && on_page_of(rs, t->cite, "finding-", code, row, out);
}

void qpp_html_begin_link(struct qpp_html *h, const char *folder, const struct qpp_anchor *to)
{
	qpp_html_lit(h, "<a href=\"");
	qpp_html_word(h, folder);
	qpp_html_url(h, to->page);
	qpp_html_lit(h, ".html#");
	qpp_html_url(h, qpp_str_of(to->kind));
	qpp_html_url(h, to->name);
	qpp_html_lit(h, "\">");
}

void qpp_html_cite(struct qpp_html *h, const struct qpp_ruleset *rs, const char *folder, struct qpp_str cite)
{
	struct qpp_anchor to;
	bool linked = qpp_anchor_of_cite(rs, cite, &to);
	if (linked)
		qpp_html_begin_link(h, folder, &to);
	if (cite.n && cite.p[0] >= '0' && cite.p[0] <= '9')
		qpp_html_lit(h, "42 CFR ");
	qpp_html_text(h, cite);
	if (linked)
		qpp_html_lit(h, "</a>");
}
