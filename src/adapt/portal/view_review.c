/* /targeted-review: windows and own requests; one request; its withdrawal; the letter. */
#include "adapt/portal/parts_review.h"
#include "adapt/portal/views_review.h"

static struct qpp_str path_of(struct qpp_arena *a, struct qpp_str id, const char *rest)
{
	return qpp_str_cat(a, "/targeted-review/", qpp_str_dup(a, id).p, rest, (char *)NULL);
}

static void begin_links(struct qpp_html *h, const struct qpp_tr_landing *m)
{
	bool any = false;
	put(h, "<div class=\"q-buttons\">\n");
	for (size_t i = 0; i < m->windows.n; i++) {
		const struct qpp_tr_window *w = &m->windows.v[i];
		if (!w->open || w->campaign.n)
			continue;
		say(h, "<a class=\"ds-c-button ds-c-button--solid\" href=\"/targeted-review/new?py={}\">Ask for a review for {}</a>\n", N(w->year), N(w->year));
		any = true;
	}
	put(h, "</div>\n");
	if (!any)
		put(h, "<p>No window is open now. <a href=\"/targeted-review/new\">A draft can be written</a>, and filed when its window opens.</p>\n");
}

QPP_VIEW(tr_landing, qpp_tr_landing)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Targeted review"), e);
	put(h, "<h1>Targeted review</h1>\n<p class=\"q-lead\">If you believe that your final score or payment adjustment was computed wrongly, ask for "
	       "a review. Say what is wrong, add what proves it, and follow it here to the decision. A decision is final.</p>\n");
	if (m->may_file)
		begin_links(h, m);
	put(h, "<h2>Your requests</h2>\n");
	if (!m->lines.n)
		put(h, "<p>There are none yet.</p>\n");
	tr_lines(h, &m->lines);
	put(h, "<h2>Windows</h2>\n");
	tr_windows(h, &m->windows);
	return qpp_shell_end(h, s);
}

/* ---- one request ---- */

static void question(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_tr_detail *m,
                     const struct qpp_form_errors *e)
{
	if (!m->question.n)
		return;
	qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("Information is asked for"));
	say(h, "<p class=\"ds-c-alert__text\">Your answer must arrive by <strong>{}</strong>.</p>\n", T(m->due));
	qpp_alert_end(h);
	say(h, "<h2 id=\"question\">Question</h2>\n<p class=\"q-typed\">{}</p>\n", T(m->question));
	if (!m->can_answer)
		return;
	form_begin(h, s, path_of(a, m->id, "/answer"), false);
	form_hidden(h, "version", m->version);
	form_field(h, e, &(struct qpp_field){ .name = "answer", .label = QPP_LIT("Your answer"), .value = m->answer,
		.hint = QPP_LIT("Add documents first if there are any. No TIN and nothing about a patient."), .flags = QPP_FIELD_LONG });
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Send the answer"), NULL, QPP_LIT(""));
	form_end(h);
}

static void drafted(struct qpp_html *h, const struct qpp_tr_detail *m)
{
	qpp_alert_begin(h, QPP_TONE_PLAIN, QPP_LIT("This is a draft"));
	put(h, "<p class=\"ds-c-alert__text\">It is not filed.</p>\n");
	qpp_alert_end(h);
	say(h, "<div class=\"q-buttons\">\n<a class=\"ds-c-button ds-c-button--solid\" href=\"/targeted-review/{}/edit\">Go on with it</a>\n"
	       "<a class=\"ds-c-button\" href=\"/targeted-review/{}/review\">Review and certify</a>\n</div>\n", U(m->id), U(m->id));
}

static void decided(struct qpp_html *h, const struct qpp_tr_detail *m)
{
	if (!m->decision.there)
		return;
	put(h, "<h2>Decision</h2>\n");
	tr_decision(h, &m->decision);
	put(h, "<p><strong>The decision is final: there is no further review.</strong></p>\n");
	say(h, "<p><a href=\"/targeted-review/{}/letter\">The decision as a letter</a></p>\n", U(m->id));
	if (m->sees_score && (m->difference.there || m->difference.none.n)) {
		put(h, "<h3>What it changed</h3>\n");
		tr_difference(h, &m->difference);
	}
}

static void doors(struct qpp_html *h, const struct qpp_tr_detail *m)
{
	put(h, "<ul>\n");
	if (m->has_receipt)
		say(h, "<li><a href=\"/targeted-review/{}/receipt\">Receipt</a></li>\n", U(m->id));
	if (m->can_withdraw)
		say(h, "<li><a href=\"/targeted-review/{}/withdraw\">Withdraw the request</a></li>\n", U(m->id));
	put(h, "<li><a href=\"/targeted-review\">All requests</a></li>\n</ul>\n");
}

QPP_VIEW(tr_detail, qpp_tr_detail)
{
	struct qpp_html page, *h = &page;
	enum { MEGABYTES = 10 };
	struct qpp_str title = m->draft ? QPP_LIT("Draft of a request for review")
	                                : qpp_str_cat(a, "Request ", qpp_str_dup(a, m->request.number).p, (char *)NULL);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, title, e);
	tr_crumbs(h, QPP_LIT(""), QPP_LIT(""), title);
	say(h, "<h1>{}</h1>\n", T(title));
	if (m->draft)
		drafted(h, m);
	else
		say(h, "<p class=\"q-verdict\">{}</p>\n", T(m->request.state));
	decided(h, m);
	question(h, a, s, m, e);
	put(h, "<h2>The request</h2>\n");
	tr_request(h, &m->request);
	tr_window(h, &m->window);
	put(h, "<h2>Documents</h2>\n");
	tr_documents(h, s, &m->documents);
	if (m->can_attach)
		tr_upload(h, s, e, path_of(a, m->id, "/documents"), MEGABYTES);
	if (m->keep_until.n)
		say(h, "<p class=\"q-muted\">Keep your own papers until {}: six years from the end of the performance period.</p>\n", T(m->keep_until));
	if (m->duplicates.n) {
		put(h, "<h2>Other requests on the same matter</h2>\n");
		tr_lines(h, &m->duplicates);
	}
	put(h, "<h2>What happened</h2>\n");
	tr_events(h, &m->events);
	doors(h, m);
	return qpp_shell_end(h, s);
}

QPP_VIEW(tr_withdraw, qpp_tr_withdraw)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Withdraw the request"), e);
	tr_crumbs(h, path_of(a, m->id, ""), m->request.number.n ? m->request.number : QPP_LIT("Draft"), QPP_LIT("Withdraw"));
	put(h, "<h1>Withdraw the request</h1>\n");
	part_subject(h, &m->request.subject);
	say(h, "<p>{}</p>\n", T(m->request.reason));
	qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("This ends the request"));
	say(h, "<p class=\"ds-c-alert__text\">Nobody decides it, and it cannot be opened again. {}</p>\n",
	    W(m->window_open ? "While the window is open you can file another." : "The window is closed: another one cannot be filed."));
	qpp_alert_end(h);
	form_begin(h, s, path_of(a, m->id, "/withdraw"), false);
	form_hidden(h, "version", m->version);
	form_field(h, e, &(struct qpp_field){ .name = "note", .label = QPP_LIT("Why"), .value = m->note, .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_LONG });
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_BAD, QPP_LIT("Withdraw the request"), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"/targeted-review/{}\">Keep it</a>\n</div>\n", U(m->id));
	form_end(h);
	return qpp_shell_end(h, s);
}

/* ---- the letter ---- */

QPP_VIEW(tr_letter, qpp_tr_letter)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Decision on a request for targeted review"), e);
	tr_crumbs(h, m->back, m->request.number, QPP_LIT("Letter"));
	put(h, "<h1>Decision on your request for targeted review</h1>\n");
	say(h, "<p>{}</p>\n<p>Request {}, {}</p>\n", T(m->at), T(m->request.number), T(m->request.reason));
	part_subject(h, &m->request.subject);
	put(h, "<h2>Decision</h2>\n");
	tr_decision(h, &m->decision);
	if (m->sees_score && m->decision.there) {
		put(h, "<h2>Final score and payment adjustment</h2>\n");
		if (m->decision.approved)
			tr_difference(h, &m->difference);
		else
			put(h, "<p>The final score and the payment adjustment stay as they were.</p>\n");
	}
	put(h, "<p>This decision is final. There is no further review (42 CFR 414.1385(a)(7)).</p>\n");
	if (m->pdf.n)
		say(h, "<p><a href=\"{}\">Download as PDF</a></p>\n", T(m->pdf));
	return qpp_shell_end(h, s);
}
