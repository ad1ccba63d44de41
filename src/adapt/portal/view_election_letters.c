/* /reviewer/election-letters: what came by mail, by what became of it. */
#include "adapt/portal/parts_vgroup.h"
#include "adapt/portal/views_vgroup.h"

static void line(struct qpp_html *h, const struct qpp_letter_line *x)
{
	qpp_stack_row(h);
	say(h, "{}</th>", T(x->received));
	qpp_stack_cell(h, "From");
	say(h, "<span class=\"q-typed\">{}</span>", T(x->sender.n ? x->sender : QPP_LIT("Nobody who can be written to")));
	if (x->year.n)
		say(h, " <span class=\"q-muted\">for {}</span>", T(x->year));
	put(h, "</td>");
	qpp_stack_cell(h, "What became of it");
	vg_badge(h, &x->became);
	if (!x->answered)
		put(h, " <span class=\"q-muted\">not answered</span>");
	put(h, "</td>");
	qpp_stack_cell(h, "What was wrong");
	if (x->wrong.n)
		part_texts(h, &x->wrong);
	else
		put(h, "Nothing");
	put(h, "</td></tr>\n");
}

QPP_VIEW(election_letters, qpp_election_letters)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Elections by e-mail"), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/reviewer/virtual-groups"), QPP_LIT("Virtual group elections") },
		{ QPP_LIT(""), QPP_LIT("Elections by e-mail") } }, 2);
	put(h, "<h1>Elections by e-mail</h1>\n<p>Every message that came for elections. What is not verified or not complete is not filed: its sender "
	       "was told what to do. Whoever calls about one can be helped from here.</p>\n<nav class=\"q-years\" aria-label=\"By what became of it\"><ul>\n");
	for (size_t i = 0; i < m->counts.n; i++) {
		say(h, "<li><a href=\"{}\"", T(m->counts.v[i].href));
		if (m->counts.v[i].now)
			put(h, " aria-current=\"true\"");
		say(h, ">{} ({})</a></li>\n", T(m->counts.v[i].words), N(m->counts.v[i].n));
	}
	put(h, "</ul></nav>\n");
	if (!m->lines.n) {
		put(h, "<p>No message is like that.</p>\n");
		return qpp_shell_end(h, s);
	}
	TABLE(h, "Messages, the last received first");
	qpp_stack_column(h, "Received"), qpp_stack_column(h, "From"), qpp_stack_column(h, "What became of it"), qpp_stack_column(h, "What was wrong");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->lines.n; i++)
		line(h, &m->lines.v[i]);
	qpp_stack_end(h);
	if (m->start + (int64_t)m->lines.n < m->total)
		say(h, "<p><a href=\"/reviewer/election-letters?outcome={}&amp;start={}\">Next page</a></p>\n", U(m->outcome), N(m->start + m->page));
	return qpp_shell_end(h, s);
}
