/* What was sent when nobody was signed in any more: it is told, and can be sent again. */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

QPP_VIEW(held, qpp_held)
{
	struct qpp_html page, *h = &page;
	struct qpp_str title = m->signed_in ? QPP_LIT("Send it once more") : QPP_LIT("Your session has ended");
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, title, e);
	say(h, "<h1>{}</h1>\n", T(title));
	put(h, "<p>Nothing was saved, and nothing that you typed is lost: it is on this page.</p>\n");
	if (!m->signed_in)
		put(h, "<ol>\n<li><a href=\"/sign-in\" target=\"_blank\" rel=\"noopener\">Sign in in a new window</a>, and leave this one open.</li>\n"
		       "<li>Come back to this page and send it again.</li>\n</ol>\n");
	form_begin(h, s, m->action, false);
	put(h, "<h2>What you typed</h2>\n<dl class=\"q-facts\">");
	for (size_t i = 0; i < m->fields.n; i++)
		say(h, "<dt>{}</dt><dd class=\"q-typed\">{}</dd>", T(m->fields.v[i].value), T(m->fields.v[i].words));
	put(h, "</dl>\n");
	for (size_t i = 0; i < m->fields.n; i++)
		say(h, "<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", T(m->fields.v[i].value), T(m->fields.v[i].words));
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Send it again"), NULL, QPP_LIT(""));
	form_end(h);
	return qpp_shell_end(h, s);
}
