/* /help, the glossary among it; the list of the rules; errors as pages. */
#include "adapt/portal/view.h"
#include "adapt/portal/views.h"

static const struct {
	const char *id, *words, *meaning;
} entries[] = {
#define ENTRY(id, words, meaning) { id, words, meaning },
#include "adapt/portal/glossary.def"
#undef ENTRY
};

QPP_VIEW(help, qpp_rules_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Help and glossary"), e);
	put(h, "<h1>Help and glossary</h1>\n<h2>How do I ...</h2>\n<dl class=\"q-glossary\">\n"
	       "<dt>... see whether a clinician takes part?</dt><dd><a href=\"/eligibility\">Look up the NPI</a>. No account is needed.</dd>\n"
	       "<dt>... get access to my practice?</dt><dd><a href=\"/account/connect\">Connect to the organization</a>. Its Security "
	       "Official approves. The first Security Official of an organization is checked against its enrollment.</dd>\n"
	       "<dt>... submit data?</dt><dd>Under <a href=\"/submissions\">Submissions</a>: upload a file, or enter them by category. "
	       "Before anything is filed you see what it would change.</dd>\n"
	       "<dt>... prove that I filed in time?</dt><dd>By the signed receipt of the filing. It can be checked off line with "
	       "<code>qpp receipt verify</code>.</dd>\n"
	       "<dt>... understand a score?</dt><dd>On the page of the submission follow \"Why this score\": every figure opens to its "
	       "reasons, down to the counts and the paragraph.</dd>\n</dl>\n"
	       "<h2 id=\"contact\">Contact</h2>\n<p>About this installation: those who run it. About the program itself: the Quality Payment Program "
	       "Service Center, Monday to Friday, 8 a.m. to 8 p.m. ET, 1-866-288-8292 (TRS: 711), "
	       "<a href=\"mailto:QPP@cms.hhs.gov\">QPP@cms.hhs.gov</a>.</p>\n"
	       "<h2 id=\"glossary\">Glossary</h2>\n<dl class=\"q-glossary\">\n");
	(void)m;
	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
		say(h, "<dt id=\"{}\">{}</dt><dd>{}</dd>\n", W(entries[i].id), W(entries[i].words), W(entries[i].meaning));
	put(h, "</dl>\n");
	return qpp_shell_end(h, s);
}

QPP_VIEW(rules, qpp_rules_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Rules"), e);
	put(h, "<h1>The rules behind the scores</h1>\n<p class=\"q-lead\">One page for each section: our paraphrase, the figures of every "
	       "year with their source, the readings that had to be chosen, and worked cases. The program computes with these and with "
	       "nothing else.</p>\n<ul class=\"q-list\">\n");
	for (size_t i = 0; i < m->v.n; i++)
		say(h, "<li><a href=\"{}\">{}</a></li>\n", T(m->v.v[i].href), T(m->v.v[i].title));
	put(h, "</ul>\n");
	say(h, "<p class=\"q-muted\">Rule set <code>{}</code></p>\n", T(m->hash));
	return qpp_shell_end(h, s);
}

QPP_VIEW(error, qpp_error_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, m->title, e);
	say(h, "<h1>{}</h1>\n<p class=\"q-lead\">{}</p>\n", T(m->title), T(m->says));
	if (m->detail.n)
		say(h, "<p>{}</p>\n", T(m->detail));
	if (m->hint.n)
		say(h, "<p>{}</p>\n", T(m->hint));
	put(h, "<p><a class=\"ds-c-button\" href=\"/\">To the home page</a></p>\n");
	say(h, "<p class=\"q-muted\">Status {}", N(m->status));
	if (m->request.n)
		say(h, ", request <code>{}</code>. Tell these to those who help you.", T(m->request));
	put(h, "</p>\n");
	return qpp_shell_end(h, s);
}
