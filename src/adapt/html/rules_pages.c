/* The rule pages: an index of all sections and readings, and a page for each file of rules/. */
#include "adapt/html/rules_pages.h"

#include "adapt/html/frame.h"
#include "adapt/html/rules_int.h"
#include "adapt/html/stack.h"

/* A page or paragraph of the regulation, not something of our own such as the findings. */
static bool of_cfr(struct qpp_str page)
{
	return page.n && page.p[0] >= '0' && page.p[0] <= '9';
}

static void put_page_name(struct qpp_html *h, const struct qpp_section *first)
{
	struct qpp_str page = qpp_page_of(first);
	if (of_cfr(page)) {
		qpp_html_lit(h, "42 CFR ");
		qpp_html_text(h, page);
	} else {
		qpp_html_text(h, first->title);
	}
}

static bool same_page(const struct qpp_section *a, const struct qpp_section *b)
{
	return qpp_str_eq(a->file, b->file);
}

static bool first_of_page(const struct qpp_ruleset *rs, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same_page(&rs->sections[k], &rs->sections[i]))
			return false;
	return true;
}

static size_t sections_of(const struct qpp_ruleset *rs, const struct qpp_section *first)
{
	size_t n = 0;
	for (size_t i = 0; i < rs->n_sections; i++)
		n += same_page(&rs->sections[i], first);
	return n;
}

static void put_cite(struct qpp_html *h, struct qpp_str cite)
{
	if (!of_cfr(cite))
		return;
	qpp_html_lit(h, " <span class=\"cite\">");
	qpp_html_text(h, cite);
	qpp_html_lit(h, "</span> ");
}

/* The sections of a page as links; with the page in front of "#" when they are elsewhere. */
static void put_sections(struct qpp_html *h, const struct qpp_ruleset *rs, const struct qpp_section *first, bool elsewhere)
{
	qpp_html_lit(h, "<ul class=\"sections\">\n");
	for (size_t i = 0; i < rs->n_sections; i++) {
		const struct qpp_section *s = &rs->sections[i];
		if (!same_page(s, first))
			continue;
		qpp_html_lit(h, "<li><a href=\"");
		if (elsewhere) {
			qpp_html_url(h, qpp_page_of(s));
			qpp_html_lit(h, ".html");
		}
		qpp_html_lit(h, "#");
		qpp_html_url(h, s->cite);
		qpp_html_lit(h, "\">");
		qpp_html_text(h, s->title);
		qpp_html_lit(h, "</a>");
		put_cite(h, s->cite);
		qpp_html_lit(h, "</li>\n");
	}
	qpp_html_lit(h, "</ul>\n");
}

static void put_section(struct qpp_html *h, const struct qpp_ruleset *rs, const struct qpp_section *s)
{
	qpp_html_lit(h, "<h2 id=\"");
	qpp_html_attr(h, s->cite);
	qpp_html_lit(h, "\">");
	put_cite(h, s->cite);
	qpp_html_text(h, s->title);
	qpp_html_lit(h, "</h2>\n<div class=\"prose\">\n");
	qpp_html_markdown(h, s->prose);
	qpp_html_lit(h, "</div>\n");
	rules_blocks(h, rs, s);
}

static struct qpp_str title_of(struct qpp_arena *a, const struct qpp_section *first)
{
	struct qpp_str page = qpp_str_dup(a, qpp_page_of(first)), title = qpp_str_dup(a, first->title);
	return of_cfr(page) ? qpp_str_cat(a, "42 CFR ", page.p, " as OpenQPP computes it", (char *)NULL)
	                    : qpp_str_cat(a, title.p, " - OpenQPP", (char *)NULL);
}

static struct qpp_str make_page(struct qpp_arena *a, const struct qpp_ruleset *rs, const struct qpp_section *first)
{
	struct qpp_str page = qpp_page_of(first);
	struct qpp_html h;
	qpp_html_init(&h, a);
	qpp_html_begin_page(&h, rs, title_of(a, first), QPP_LIT("Rules"));
	qpp_html_lit(&h, "<nav aria-label=\"Rules\"><a href=\"index.html\">All rules</a></nav>\n<h1>");
	put_page_name(&h, first);
	qpp_html_lit(&h, "</h1>\n");
	if (of_cfr(page)) {
		qpp_html_lit(&h, "<p class=\"lead\">In our own words, with the figures and readings that the program computes "
		                 "with. What binds is <a href=\"https://www.ecfr.gov/current/title-42/section-");
		qpp_html_url(&h, page);
		qpp_html_lit(&h, "\">the text of the regulation</a>.</p>\n");
	}
	if (sections_of(rs, first) > 1) {
		qpp_html_lit(&h, "<nav aria-label=\"On this page\">\n");
		put_sections(&h, rs, first, false);
		qpp_html_lit(&h, "</nav>\n");
	}
	for (size_t i = 0; i < rs->n_sections; i++)
		if (same_page(&rs->sections[i], first))
			put_section(&h, rs, &rs->sections[i]);
	return qpp_html_end_page(&h, rs);
}

static void put_reading_row(struct qpp_html *h, const struct qpp_ruleset *rs, const struct qpp_reading *r)
{
	struct qpp_anchor to;
	bool linked = qpp_anchor_of_reading(rs, r->name, &to);
	qpp_stack_row(h);
	if (linked)
		qpp_html_begin_link(h, "", &to);
	qpp_html_text(h, qpp_plain_words(h->b.arena, r->name));
	if (linked)
		qpp_html_lit(h, "</a>");
	qpp_html_lit(h, "</th>");
	qpp_stack_cell(h, "We read");
	qpp_html_sentence(h, r->says);
	qpp_html_lit(h, "</td>");
	qpp_stack_cell(h, "Confidence");
	qpp_html_text(h, r->confidence);
	qpp_html_lit(h, "</td></tr>\n");
}

static void put_readings(struct qpp_html *h, const struct qpp_ruleset *rs)
{
	qpp_html_lit(h, "<h2 id=\"readings\">Readings</h2>\n<p>Where the regulation leaves room, or its text was not at hand, "
	                "a reading was chosen. A score says which of them it rests on.</p>\n");
	qpp_stack_begin(h, "readings", "All readings");
	qpp_stack_column(h, "Reading");
	qpp_stack_column(h, "We read");
	qpp_stack_column(h, "Confidence");
	qpp_stack_body(h);
	for (size_t i = 0; i < rs->n_readings; i++)
		put_reading_row(h, rs, &rs->readings[i]);
	qpp_stack_end(h);
}

static struct qpp_str make_index(struct qpp_arena *a, const struct qpp_ruleset *rs)
{
	struct qpp_html h;
	qpp_html_init(&h, a);
	qpp_html_begin_page(&h, rs, QPP_LIT("The rules that OpenQPP computes with"), QPP_LIT("Rules"));
	qpp_html_lit(&h, "<h1>The rules that OpenQPP computes with</h1>\n<p class=\"lead\">");
	qpp_html_i64(&h, (int64_t)rs->n_params);
	qpp_html_lit(&h, " figures and ");
	qpp_html_i64(&h, (int64_t)rs->n_tables);
	qpp_html_lit(&h, " tables by performance year, ");
	qpp_html_i64(&h, (int64_t)rs->n_readings);
	qpp_html_lit(&h, " readings, and ");
	qpp_html_i64(&h, (int64_t)rs->n_cases);
	qpp_html_lit(&h, " worked cases that run as tests.</p>\n");
	for (size_t i = 0; i < rs->n_sections; i++) {
		if (!first_of_page(rs, i))
			continue;
		qpp_html_lit(&h, "<h2><a href=\"");
		qpp_html_url(&h, qpp_page_of(&rs->sections[i]));
		qpp_html_lit(&h, ".html\">");
		put_page_name(&h, &rs->sections[i]);
		qpp_html_lit(&h, "</a></h2>\n");
		/* A page that is named by its only section needs no list of it. */
		if (of_cfr(qpp_page_of(&rs->sections[i])) || sections_of(rs, &rs->sections[i]) > 1)
			put_sections(&h, rs, &rs->sections[i], true);
	}
	put_readings(&h, rs);
	return qpp_html_end_page(&h, rs);
}

const struct qpp_rules_page *qpp_html_rules_pages(struct qpp_arena *a, const struct qpp_ruleset *rs, size_t *n)
{
	struct qpp_rules_page *pages = QPP_NEW_ARRAY(a, rs->n_sections + 1, struct qpp_rules_page);
	pages[0] = (struct qpp_rules_page){ QPP_LIT("index.html"), make_index(a, rs) };
	*n = 1;
	for (size_t i = 0; i < rs->n_sections; i++) {
		if (!first_of_page(rs, i))
			continue;
		struct qpp_str name = qpp_str_dup(a, qpp_page_of(&rs->sections[i]));
		pages[(*n)++] = (struct qpp_rules_page){ qpp_str_cat(a, name.p, ".html", (char *)NULL),
			                                     make_page(a, rs, &rs->sections[i]) };
	}
	return pages;
}
