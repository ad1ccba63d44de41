/*
 * Filing: the upload with its errors at their lines, what it would change before
 * anything is saved, and the receipt afterwards.
 */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

QPP_VIEW(upload, qpp_upload)
{
	struct qpp_html page, *h = &page;
	bool tried = m->file.n > 0;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Upload a file"), e);
	part_crumbs(h, a, QPP_LIT(""), &m->subject, QPP_LIT("Upload a file"));
	put(h, "<h1>Upload a file</h1>\n");
	if (m->subject.name.n)
		part_subject(h, &m->subject);
	if (part_window(h, &m->window))
		return qpp_shell_end(h, s);
	if (tried && m->errors.n) {
		qpp_alert_begin(h, QPP_TONE_BAD, QPP_LIT("Nothing of this file was saved"));
		put(h, "<p class=\"ds-c-alert__text\">");
		qpp_count_words(h, (int64_t)m->errors.n + m->left_out, "fault", "faults");
		say(h, " in {}. Mend them and upload the file again.</p>\n", T(m->file));
		qpp_alert_end(h);
		put(h, "<h2>Faults</h2>\n");
		part_findings(h, m->errors.v, m->errors.n);
		if (m->left_out)
			say(h, "<p>And {} more, not shown.</p>\n", N(m->left_out));
	}
	if (m->remarks.n) {
		put(h, "<h2>Remarks</h2>\n<p>These do not prevent filing.</p>\n");
		part_findings(h, m->remarks.v, m->remarks.n);
	}
	form_begin(h, s, m->action, true);
	put(h, "<div class=\"q-field\">\n<label class=\"ds-c-label\" for=\"file\">Submission in QPP JSON</label>\n");
	say(h, "<p class=\"ds-c-hint\" id=\"file-hint\">One file, at most {} megabytes. It is checked and scored first; you see what it "
	       "would change before anything is saved.</p>\n", N(m->most_megabytes));
	if (e && e->n)
		say(h, "<p class=\"ds-c-inline-error\" id=\"file-error\">{}</p>\n", T(e->v[0].says));
	say(h, "<input type=\"file\" id=\"file\" name=\"file\" accept=\".json,application/json\" aria-describedby=\"file-hint{}\">\n</div>\n",
	    W(e && e->n ? " file-error" : ""));
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Check the file"), NULL, QPP_LIT(""));
	form_end(h);
	return qpp_shell_end(h, s);
}

static void comparison(struct qpp_html *h, const struct qpp_filing_review *m)
{
	put(h, "<div class=\"q-compare\">\n<section aria-labelledby=\"before\">\n<h2 id=\"before\">Now</h2>\n");
	part_ring(h, &m->before);
	put(h, "</section>\n<section aria-labelledby=\"after\">\n<h2 id=\"after\">After filing</h2>\n");
	part_ring(h, &m->after);
	put(h, "</section>\n</div>\n");
}

static void changes(struct qpp_html *h, const struct qpp_filing_review *m)
{
	if (!m->changes.n)
		return;
	TABLE(h, "What changes");
	qpp_stack_column(h, "What"), qpp_stack_number(h, "Now"), qpp_stack_number(h, "After filing");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->changes.n; i++) {
		const struct qpp_change_line *x = &m->changes.v[i];
		qpp_stack_row(h);
		say(h, "{}</th>", T(x->what));
		qpp_stack_figure(h, "Now");
		say(h, "{}</td>", T(x->before));
		qpp_stack_figure(h, "After filing");
		say(h, "{}</td></tr>\n", T(x->after));
	}
	qpp_stack_end(h);
}

static void verdict(struct qpp_html *h, const struct qpp_filing_review *m)
{
	if (m->before.has && m->after.has && m->difference.n)
		say(h, "<p class=\"q-verdict\">This would change your score from <strong>{}</strong> to <strong>{}</strong> ({}).</p>\n",
		    T(m->before.score), T(m->after.score), T(m->difference));
	else if (m->after.has && !m->before.has)
		say(h, "<p class=\"q-verdict\">With this your score would be <strong>{}</strong>.</p>\n", T(m->after.score));
	else if (m->after.has)
		say(h, "<p class=\"q-verdict\">This would not change your score of <strong>{}</strong>.</p>\n", T(m->after.score));
	else
		put(h, "<p class=\"q-verdict\">There would be no score yet.</p>\n");
	if (m->worse) {
		qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("The score would be lower than now"));
		put(h, "<p class=\"ds-c-alert__text\">You can file it nevertheless. What is replaced stays in the record of filings.</p>\n");
		qpp_alert_end(h);
	}
	if (m->undoes.n) {
		qpp_alert_begin(h, QPP_TONE_BAD, QPP_LIT("This would undo your exception"));
		part_texts(h, &m->undoes);
		qpp_alert_end(h);
	}
	if (m->regains.n) {
		qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("A category would count again"));
		part_texts(h, &m->regains);
		qpp_alert_end(h);
	}
}

QPP_VIEW(review, qpp_filing_review)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Review before filing"), e);
	part_crumbs(h, a, QPP_LIT(""), &m->subject, QPP_LIT("Review before filing"));
	put(h, "<h1>Review before filing</h1>\n");
	part_subject(h, &m->subject);
	say(h, "<p>{}</p>\n", T(m->what));
	verdict(h, m);
	comparison(h, m);
	changes(h, m);
	if (m->replaces.n) {
		put(h, "<h2>What is replaced</h2>\n");
		part_texts(h, &m->replaces);
	}
	if (m->remarks.n) {
		put(h, "<h2>Remarks on the data</h2>\n<p>These do not prevent filing.</p>\n");
		part_findings(h, m->remarks.v, m->remarks.n);
	}
	if (part_window(h, &m->window))
		return qpp_shell_end(h, s);
	put(h, "<h2>File it</h2>\n<p>Filing is a formal act: what is filed is kept as it is, with the time it arrived, and you get a "
	       "signed receipt. Until the window closes you can file again; the last filing counts.</p>\n");
	form_begin(h, s, m->action, false);
	form_hidden(h, "draft", m->draft);
	form_hidden(h, "key", m->key);
	if (m->undoes.n)
		form_check(h, "undo", QPP_LIT("yes"), QPP_LIT("I want to file these data although they undo the exception."), false);
	if (m->undoes.n && e && e->n)
		say(h, "<p class=\"ds-c-inline-error\">{}</p>\n", T(e->v[0].says));
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("File it"), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"{}\">Back without filing</a>\n</div>\n", T(m->back));
	form_end(h);
	return qpp_shell_end(h, s);
}

QPP_VIEW(receipt, qpp_receipt_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Receipt"), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/submissions"), QPP_LIT("Submissions") },
		{ m->href_back, m->subject.name }, { QPP_LIT(""), QPP_LIT("Receipt") } }, 3);
	say(h, "<h1>Received</h1>\n<p class=\"q-receipt\">Receipt <strong>{}</strong></p>\n", T(m->number));
	part_subject(h, &m->subject);
	say(h, "<dl class=\"q-facts\"><dt>What</dt><dd>{}</dd><dt>Received</dt><dd>{}</dd>", T(m->what), T(m->at));
	if (m->deadline.n)
		say(h, "<dt>Deadline</dt><dd>{}</dd><dt>Margin</dt><dd>{} {} the deadline</dd>", T(m->deadline), T(m->margin),
		    W(m->late ? "after" : "before"));
	say(h, "<dt>SHA-256 of what was filed</dt><dd><code>{}</code></dd><dt>Signed with the key</dt><dd><code>{}</code></dd></dl>\n",
	    T(m->sha256), T(m->key));
	put(h, "<p>The time is that of the last byte that arrived. Keep the receipt: it proves, without this installation, what was "
	       "filed and when.</p>\n");
	if (m->href_text.n || m->href_body.n)
		put(h, "<ul>\n");
	if (m->href_text.n)
		say(h, "<li><a href=\"{}\">Download the signed receipt</a></li>\n", T(m->href_text));
	if (m->href_body.n)
		say(h, "<li><a href=\"{}\">Download what was filed</a></li>\n", T(m->href_body));
	if (m->href_text.n || m->href_body.n)
		put(h, "</ul>\n");
	if (m->next.n) {
		put(h, "<h2>What is next</h2>\n");
		part_texts(h, &m->next);
	}
	say(h, "<p><a class=\"ds-c-button ds-c-button--solid\" href=\"{}\">Back to the submission</a></p>\n", T(m->href_back));
	return qpp_shell_end(h, s);
}
