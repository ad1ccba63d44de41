/* /targeted-review/new and the steps of a draft: the request, its evidence, review and certification, the receipt. */
#include "adapt/portal/parts_review.h"
#include "adapt/portal/views_review.h"

enum { STEP_REQUEST, STEP_EVIDENCE, STEP_CERTIFY, STEPS };

/* The steps; those of a draft can be gone to. */
static void steps(struct qpp_html *h, struct qpp_str id, int at)
{
	static const char *const words[STEPS] = { "Who and why", "Evidence", "Review and certify" };
	static const char *const pages[STEPS] = { "edit", "evidence", "review" };
	put(h, "<nav aria-label=\"Steps\"><ol class=\"q-steps\">\n");
	for (int i = 0; i < STEPS; i++)
		if (i == at)
			say(h, "<li aria-current=\"step\"><strong>{}</strong></li>\n", W(words[i]));
		else if (id.n)
			say(h, "<li><a href=\"/targeted-review/{}/{}\">{}</a></li>\n", U(id), W(pages[i]), W(words[i]));
		else
			say(h, "<li>{}</li>\n", W(words[i]));
	put(h, "</ol></nav>\n");
}

/* ---- who and why ---- */

static void select_of(struct qpp_html *h, struct qpp_arena *a, const struct qpp_form_errors *e, const struct qpp_field *f,
                      const qpp_tr_options *v)
{
	form_select(h, e, f, tr_options(a, v), v->n);
}

static void year_of(struct qpp_html *h, struct qpp_arena *a, const struct qpp_tr_form *m)
{
	if (m->id.n)
		return;
	form_ask(h, QPP_LIT("/targeted-review/new"));
	put(h, "<div class=\"q-row\">\n");
	select_of(h, a, NULL, &(struct qpp_field){ .name = "py", .label = QPP_LIT("Performance year"), .value = qpp_i64_text(a, m->year),
		.hint = QPP_LIT("Reasons and levels are those of the year. Choose it first.") }, &m->years);
	put(h, "</div>\n");
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Show this year"), NULL, QPP_LIT(""));
	form_end(h);
}

static void about(struct qpp_html *h, struct qpp_arena *a, const struct qpp_tr_form *m, const struct qpp_form_errors *e)
{
	put(h, "<h2>About whom</h2>\n");
	select_of(h, a, e, &(struct qpp_field){ .name = "level", .label = QPP_LIT("Level"), .value = m->level }, &m->levels);
	select_of(h, a, e, &(struct qpp_field){ .name = "org", .label = QPP_LIT("Organization"), .value = m->org,
		.hint = QPP_LIT("One of yours; or none of these, and its number below.") }, &m->orgs);
	form_field(h, e, &(struct qpp_field){ .name = "number", .label = QPP_LIT("Its number"), .value = m->number,
		.hint = QPP_LIT("TIN of the practice, or number of the virtual group, subgroup or APM entity. Only if it is not in the list."),
		.flags = QPP_FIELD_OPTIONAL | QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "npi", .label = QPP_LIT("NPI of the clinician"), .value = m->npi,
		.hint = QPP_LIT("Ten digits; only at the level of an individual."), .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_NUMBER | QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "legalName", .label = QPP_LIT("Legal name of the practice or entity"), .value = m->legal_name });
}

static void submitter(struct qpp_html *h, struct qpp_arena *a, const struct qpp_tr_form *m, const struct qpp_form_errors *e)
{
	put(h, "<h2>Who files</h2>\n");
	form_radio(h, e, &(struct qpp_field){ .name = "as", .label = QPP_LIT("You file as"), .value = m->as }, tr_options(a, &m->ases), m->ases.n);
	if (m->third_party) {
		put(h, "<fieldset class=\"ds-c-fieldset\">\n<legend class=\"ds-c-label\">Attestation of a third party intermediary</legend>\n");
		form_check(h, "authority", QPP_LIT("yes"), QPP_LIT("I attest that I may act for whom this request is about"), m->authority);
		put(h, "</fieldset>\n");
	}
	form_field(h, e, &(struct qpp_field){ .name = "name", .label = QPP_LIT("Your name"), .value = m->name, .autocomplete = "name" });
	form_field(h, e, &(struct qpp_field){ .name = "email", .label = QPP_LIT("E-mail address"), .value = m->email, .autocomplete = "email",
		.hint = QPP_LIT("Receipt, questions and decision are told to the account that files; this is for questions by people.") });
	form_field(h, e, &(struct qpp_field){ .name = "phone", .label = QPP_LIT("Telephone"), .value = m->phone, .autocomplete = "tel",
		.flags = QPP_FIELD_SHORT });
}

static bool has_word(struct qpp_str list, const char *word)
{
	struct qpp_str one;
	while (qpp_str_word(&list, &one))
		if (qpp_str_is(one, word))
			return true;
	return false;
}

static void why(struct qpp_html *h, struct qpp_arena *a, const struct qpp_tr_form *m, const struct qpp_form_errors *e)
{
	static const struct {
		const char *value;
		struct qpp_str words;
	} categories[] = {
		{ "quality", QPP_LIT_INIT("Quality") }, { "cost", QPP_LIT_INIT("Cost") }, { "ia", QPP_LIT_INIT("Improvement activities") },
		{ "pi", QPP_LIT_INIT("Promoting interoperability") },
	};
	put(h, "<h2>Why</h2>\n");
	select_of(h, a, e, &(struct qpp_field){ .name = "reason", .label = QPP_LIT("Reason"), .value = m->reason }, &m->reasons);
	put(h, "<fieldset class=\"ds-c-fieldset\">\n<legend class=\"ds-c-label\">Categories it touches <span class=\"q-optional\">(optional)</span>"
	       "</legend>\n");
	for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
		form_check(h, "categories", qpp_str_of(categories[i].value), categories[i].words, has_word(m->categories, categories[i].value));
	put(h, "</fieldset>\n");
	form_field(h, e, &(struct qpp_field){ .name = "measures", .label = QPP_LIT("Measures or activities"), .value = m->measures,
		.hint = QPP_LIT("Their ids with blanks between: 001 236 IA_EPA_1"), .flags = QPP_FIELD_OPTIONAL });
	form_field(h, e, &(struct qpp_field){ .name = "explanation", .label = QPP_LIT("Explanation"), .value = m->explanation,
		.hint = QPP_LIT("What is wrong, and what would be right. No TIN and nothing about a patient: the text goes out by mail."),
		.flags = QPP_FIELD_LONG });
}

QPP_VIEW(tr_form, qpp_tr_form)
{
	struct qpp_html page, *h = &page;
	struct qpp_str title = m->id.n ? QPP_LIT("Request for review") : QPP_LIT("New request for review");
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, title, e);
	tr_crumbs(h, QPP_LIT(""), QPP_LIT(""), title);
	say(h, "<h1>{}</h1>\n", T(title));
	steps(h, m->id, STEP_REQUEST);
	tr_window(h, &m->window);
	if (!m->window.open)
		put(h, "<p>A draft can be kept now; it can be filed when the window is open.</p>\n");
	part_draft(h, m->saved);
	year_of(h, a, m);
	form_begin(h, s, m->action, false);
	form_hidden(h, "py", qpp_i64_text(a, m->year));
	form_hidden(h, "version", m->version);
	about(h, a, m, e);
	submitter(h, a, m, e);
	why(h, a, m, e);
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Save and go on"), "do", QPP_LIT("next"));
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Save as a draft"), "do", QPP_LIT("draft"));
	put(h, "</div>\n<p class=\"q-muted\">Nothing is filed before you have certified it. A draft waits here for everybody of your side.</p>\n");
	form_end(h);
	return qpp_shell_end(h, s);
}

/* ---- evidence ---- */

QPP_VIEW(tr_evidence, qpp_tr_evidence)
{
	struct qpp_html page, *h = &page;
	struct qpp_str back = qpp_str_cat(a, "/targeted-review/", qpp_str_dup(a, m->id).p, (char *)NULL);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Evidence"), e);
	tr_crumbs(h, back, m->number, QPP_LIT("Evidence"));
	put(h, "<h1>Evidence</h1>\n");
	if (m->draft)
		steps(h, m->id, STEP_EVIDENCE);
	part_subject(h, &m->subject);
	if (m->request.evidence.n) {
		say(h, "<h2>What is normally asked for</h2>\n<p>{}</p>\n", T(m->request.reason));
		part_texts(h, &m->request.evidence);
	}
	put(h, "<h2>Documents</h2>\n");
	tr_documents(h, s, &m->documents);
	say(h, "<p class=\"q-muted\">At most {} documents, {} megabytes in all. Documents help, they are not a must: what is missing is asked "
	       "for.</p>\n", N(m->most_files), N(m->most_all));
	tr_upload(h, s, e, qpp_str_cat(a, back.p, "/documents", (char *)NULL), m->most_megabytes);
	if (m->draft)
		say(h, "<p><a class=\"ds-c-button ds-c-button--solid\" href=\"{}/review\">Go on to review and certify</a></p>\n", T(back));
	else
		say(h, "<p><a href=\"{}\">Back to the request</a></p>\n", T(back));
	return qpp_shell_end(h, s);
}

/* ---- review and certify ---- */

static void missing(struct qpp_html *h, const struct qpp_tr_certify *m)
{
	qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("Before it can be filed"));
	put(h, "<ul>\n");
	for (size_t i = 0; i < m->missing.n; i++)
		say(h, "<li><a href=\"/targeted-review/{}/edit#{}\">{}</a></li>\n", U(m->id), W(m->missing.v[i].field), T(m->missing.v[i].says));
	put(h, "</ul>\n");
	qpp_alert_end(h);
}

QPP_VIEW(tr_certify, qpp_tr_certify)
{
	struct qpp_html page, *h = &page;
	struct qpp_str back = qpp_str_cat(a, "/targeted-review/", qpp_str_dup(a, m->id).p, (char *)NULL);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Review and certify"), e);
	tr_crumbs(h, back, QPP_LIT("Draft"), QPP_LIT("Review and certify"));
	put(h, "<h1>Review and certify</h1>\n");
	steps(h, m->id, STEP_CERTIFY);
	tr_window(h, &m->window);
	if (m->missing.n)
		missing(h, m);
	put(h, "<h2>Your request</h2>\n");
	tr_request(h, &m->request);
	put(h, "<h3>Documents</h3>\n");
	tr_documents(h, s, &m->documents);
	if (m->duplicates.n) {
		qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("There is a request on the same matter already"));
		put(h, "<p class=\"ds-c-alert__text\">A second one can be denied as a duplicate. More documents can be added to the first.</p>\n");
		qpp_alert_end(h);
		tr_lines(h, &m->duplicates);
	}
	if (!m->window.open) {
		qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("The window is not open"));
		put(h, "<p class=\"ds-c-alert__text\">The draft is kept. It cannot be filed now.</p>\n");
		qpp_alert_end(h);
		return qpp_shell_end(h, s);
	}
	put(h, "<h2>Certify and file</h2>\n<p>Filing is a formal act: the request goes to the agency as it is, with the time at which its last byte "
	       "arrived, and you get a signed receipt. A decision is final: there is no further review.</p>\n");
	form_begin(h, s, qpp_str_cat(a, back.p, "/review", (char *)NULL), false);
	form_hidden(h, "key", m->key);
	form_hidden(h, "version", m->version);
	put(h, "<fieldset class=\"ds-c-fieldset\">\n<legend class=\"ds-c-label\">Certification</legend>\n");
	form_check(h, "certified", QPP_LIT("yes"), QPP_LIT("What I say here is true, accurate and complete to the best of my knowledge"), false);
	put(h, "</fieldset>\n<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("File the request"), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"{}/edit\">Back without filing</a>\n</div>\n", T(back));
	form_end(h);
	return qpp_shell_end(h, s);
}

QPP_VIEW(tr_receipt, qpp_tr_receipt)
{
	struct qpp_html page, *h = &page;
	struct qpp_str back = qpp_str_cat(a, "/targeted-review/", qpp_str_dup(a, m->id).p, (char *)NULL);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Receipt"), e);
	tr_crumbs(h, back, m->number, QPP_LIT("Receipt"));
	say(h, "<h1>Received</h1>\n<p class=\"q-receipt\">Request <strong>{}</strong></p>\n", T(m->number));
	part_subject(h, &m->request.subject);
	say(h, "<dl class=\"q-facts\"><dt>Reason</dt><dd>{}</dd><dt>Received</dt><dd>{}</dd>", T(m->request.reason), T(m->at));
	if (m->deadline.n)
		say(h, "<dt>Deadline</dt><dd>{}</dd>", T(m->deadline));
	if (m->margin.n)
		say(h, "<dt>Margin</dt><dd>{} before the deadline</dd>", T(m->margin));
	say(h, "<dt>SHA-256 of what was filed</dt><dd><code>{}</code></dd><dt>Signed with the key</dt><dd><code>{}</code></dd></dl>\n",
	    T(m->sha256), T(m->key));
	if (m->duplicate.n)
		say(h, "<p>There is <a href=\"/targeted-review/{}\">an earlier request on the same matter</a>; both are linked.</p>\n", U(m->duplicate));
	put(h, "<p>The time is that of the last byte that arrived. Print this page, or keep the signed receipt: it proves, without this "
	       "installation, what was filed and when.</p>\n");
	say(h, "<p><a href=\"{}/receipt.json\">Download the signed receipt</a></p>\n", T(back));
	put(h, "<h2>What is next</h2>\n<ul>\n<li>You are told by e-mail when something is asked, and of the decision.</li>\n"
	       "<li>What is asked for must arrive within the days that are named; look here now and then.</li>\n"
	       "<li>Until it is decided you can add documents or withdraw the request.</li>\n</ul>\n");
	say(h, "<p><a class=\"ds-c-button ds-c-button--solid\" href=\"{}\">To the request</a></p>\n", T(back));
	return qpp_shell_end(h, s);
}
