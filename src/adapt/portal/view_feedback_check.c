/* /feedback/check: the agency's published feedback against ours, and what can be asked about a difference. */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

#define DASH "\xE2\x80\x94"

static void form(struct qpp_html *h, const struct qpp_shell *s, const struct qpp_feedback_check *m, const struct qpp_form_errors *e)
{
	put(h, "<h2 id=\"theirs\">The feedback of the agency</h2>\n<p>Paste or upload one of these:</p>\n<ul>\n"
	       "<li>lines of the public Experience file: the names of the columns, and the line of this clinician, as CSV, copied from a "
	       "spreadsheet, or as JSON;</li>\n<li>the JSON of a score, as the agency's API gives it.</li>\n</ul>\n");
	if (s->view_as.n) {
		put(h, "<p>In view mode nothing can be sent: the organization's own people compare.</p>\n");
		return;
	}
	form_begin(h, s, QPP_LIT("/feedback/check"), true);
	form_hidden(h, "py", m->py);
	form_hidden(h, "org", m->org);
	form_hidden(h, "npi", m->npi);
	form_field(h, e, &(struct qpp_field){ .name = "theirs-text", .label = QPP_LIT("Paste it"), .value = m->typed,
		.flags = QPP_FIELD_LONG | QPP_FIELD_OPTIONAL });
	put(h, "<div class=\"q-field\">\n<label class=\"ds-c-label\" for=\"file\">Or choose a file <span class=\"q-optional\">(optional)</span>"
	       "</label>\n<input type=\"file\" id=\"file\" name=\"file\" accept=\".csv,.json,.tsv,.txt\">\n</div>\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Compare"), NULL, QPP_LIT(""));
	form_end(h);
	put(h, "<p class=\"q-muted\">It is compared and not kept.</p>\n");
}

static void request(struct qpp_html *h, const struct qpp_feedback_check *m, const struct qpp_check_line *x)
{
	say(h, " <a class=\"q-block\" href=\"/targeted-review/new?py={}&amp;level={}&amp;org={}&amp;npi={}&amp;reason={}&amp;categories={}&amp;"
	       "measures={}&amp;explanation={}\">Ask for a review<span class=\"ds-u-visibility--screen-reader\"> of: {}</span></a>",
	    U(m->py), U(m->level), U(m->org), U(m->npi), U(x->is.reason), U(x->is.category), U(x->is.measure), U(x->is.explanation), T(x->is.what));
}

static void line(struct qpp_html *h, const struct qpp_feedback_check *m, const struct qpp_check_line *x)
{
	qpp_stack_row(h);
	say(h, "{}</th>", T(x->is.what));
	qpp_stack_figure(h, "Theirs");
	say(h, "{}</td>", T(x->is.theirs.n ? x->is.theirs : QPP_LIT(DASH)));
	qpp_stack_figure(h, "Ours");
	say(h, "{}</td>", T(x->is.ours.n ? x->is.ours : QPP_LIT(DASH)));
	qpp_stack_cell(h, "Result");
	if (x->is.same) {
		put(h, "<span class=\"q-same\">The same</span></td>");
	} else {
		put(h, "<span><strong class=\"q-different\">Different</strong>");
		if (m->may_ask)
			request(h, m, x);
		put(h, "</span></td>");
	}
	qpp_stack_cell(h, "Why ours");
	say(h, "<span>{} ", T(x->is.why.n ? x->is.why : QPP_LIT(DASH)));
	qpp_html_part(h, x->rule);
	put(h, "</span></td></tr>\n");
}

static void result(struct qpp_html *h, const struct qpp_feedback_check *m)
{
	put(h, "<h2 id=\"result\">Line by line</h2>\n<div role=\"status\">\n");
	qpp_alert_begin(h, m->different ? QPP_TONE_WARN : QPP_TONE_GOOD, m->different ? QPP_LIT("There are differences") : QPP_LIT("No difference"));
	put(h, "<p class=\"ds-c-alert__text\">");
	qpp_count_words(h, (int64_t)m->lines.n, "figure was", "figures were");
	say(h, " compared, read as {}. {} different. {}</p>\n", T(m->format), N(m->different), T(m->note));
	qpp_alert_end(h);
	put(h, "</div>\n");
	if (m->no_detail.n)
		say(h, "<p>Categories and measures cannot be compared: {}.</p>\n", T(m->no_detail));
	TABLE(h, "Figures of the agency and ours, as far as the agency printed decimals");
	qpp_stack_column(h, "What"), qpp_stack_number(h, "Theirs"), qpp_stack_number(h, "Ours"), qpp_stack_column(h, "Result");
	qpp_stack_column(h, "Why ours is so");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->lines.n; i++)
		line(h, m, &m->lines.v[i]);
	qpp_stack_end(h);
}

QPP_VIEW(feedback_check, qpp_feedback_check)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Check the agency"), e);
	struct qpp_crumb crumbs[3] = { { QPP_LIT("/feedback"), QPP_LIT("Performance feedback") } };
	size_t n = 1;
	if (m->has)
		crumbs[n++] = (struct qpp_crumb){ m->href, m->subject.clinician.n ? m->subject.clinician : m->subject.name };
	crumbs[n++] = (struct qpp_crumb){ QPP_LIT(""), QPP_LIT("Check the agency") };
	qpp_crumbs(h, crumbs, n);
	put(h, "<h1>Check the agency</h1>\n<p class=\"q-lead\">Compare what the agency published about somebody with what the published rules "
	       "give.</p>\n");
	if (!m->has) {
		put(h, "<p>Open the <a href=\"/feedback\">performance feedback</a> of the practice or clinician first, and follow \"Check the "
		       "agency\" there.</p>\n");
		return qpp_shell_end(h, s);
	}
	part_subject(h, &m->subject);
	if (m->faults.n) {
		put(h, "<h2 id=\"faults\">It cannot be read</h2>\n");
		part_findings(h, m->faults.v, m->faults.n);
	}
	if (m->lines.n)
		result(h, m);
	form(h, s, m, e);
	return qpp_shell_end(h, s);
}
