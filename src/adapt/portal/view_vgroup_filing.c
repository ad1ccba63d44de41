/* The agreement of a virtual group, clause by clause and as it is printed; filing, withdrawing, and the receipt. */
#include "adapt/portal/parts_vgroup.h"
#include "adapt/portal/views_vgroup.h"

/* ---- the agreement ---- */

static void parties(struct qpp_html *h, const struct qpp_vgroup_agreement_view *m)
{
	put(h, "<h2>Parties</h2>\n<ol>\n");
	for (size_t i = 0; i < m->parties.n; i++) {
		const struct qpp_vgroup_member_line *p = &m->parties.v[i];
		size_t n = 0;
		say(h, "<li><strong>{}</strong>{}{}\n", T(p->name), W(p->number.n ? ", " : ""), T(p->number));
		for (size_t k = 0; k < m->people.n; k++) {
			if (!qpp_str_eq(m->people.v[k].type, p->org_id))
				continue;
			if (!n++)
				put(h, "<ul>\n");
			say(h, "<li>NPI {} {}</li>\n", T(m->people.v[k].npi), T(m->people.v[k].name));
		}
		if (n)
			put(h, "</ul>\n");
		put(h, "</li>\n");
	}
	put(h, "</ol>\n");
}

static void clauses_read(struct qpp_html *h, const struct qpp_vgroup_agreement_view *m)
{
	for (size_t i = 0; i < m->clauses.n; i++) {
		const struct qpp_vgroup_clause_line *c = &m->clauses.v[i];
		say(h, "<h3>({}) {}</h3>\n<p class=\"q-clause\">{}</p>\n", T(c->letter), T(c->title), T(c->body));
	}
}

static void clauses_edit(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_vgroup_agreement_view *m,
                         const struct qpp_form_errors *e)
{
	form_begin(h, s, vg_path(a, m->head.id, "/agreement"), false);
	for (size_t i = 0; i < m->clauses.n; i++) {
		const struct qpp_vgroup_clause_line *c = &m->clauses.v[i];
		form_field(h, e, &(struct qpp_field){ .name = c->field, .value = c->body, .flags = QPP_FIELD_LONG,
			.label = qpp_str_cat(a, "(", qpp_str_dup(a, c->letter).p, ") ", qpp_str_dup(a, c->title).p, (char *)NULL),
			.hint = qpp_str_cat(a, "The rules want that the agreement ", qpp_str_dup(a, c->says).p, ".", c->changed ? " Changed by the parties." : "",
			                    (char *)NULL) });
	}
	put(h, "<p>Signatures are on the text as it is. When it changes, everybody signs anew.</p>\n<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Save the clauses"), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"{}\">Back without saving</a>\n</div>\n", T(vg_path(a, m->head.id, "/agreement")));
	form_end(h);
}

static void signatures(struct qpp_html *h, const struct qpp_vgroup_agreement_view *m)
{
	put(h, "<h2>Signatures</h2>\n");
	TABLE(h, "Signatures of the parties");
	qpp_stack_column(h, "Practice"), qpp_stack_column(h, "Signed by"), qpp_stack_column(h, "When");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->signatures.n; i++) {
		const struct qpp_vgroup_signature_line *x = &m->signatures.v[i];
		qpp_stack_row(h);
		say(h, "{}</th>", T(x->practice));
		qpp_stack_cell(h, "Signed by");
		if (x->name.n && !x->earlier)
			say(h, "{}", T(x->name));
		else if (x->earlier)
			say(h, "An earlier text was signed by {}; this one is not.", T(x->name));
		else
			put(h, "Not signed yet");
		put(h, "</td>");
		qpp_stack_cell(h, "When");
		say(h, "{}</td></tr>\n", T(x->at));
	}
	qpp_stack_end(h);
	say(h, "<p class=\"q-muted\">SHA-256 of this text: <code>{}</code></p>\n", T(m->hash));
}

static void sign_form(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_vgroup_agreement_view *m,
                      const struct qpp_form_errors *e)
{
	struct qpp_option *v = QPP_NEW_ARRAY(a, m->to_sign.n + 1, struct qpp_option);
	for (size_t i = 0; i < m->to_sign.n; i++)
		v[i] = (struct qpp_option){ m->to_sign.v[i].value, m->to_sign.v[i].words, QPP_LIT("") };
	put(h, "<h2>Sign for your practice</h2>\n<p>You sign for a practice that you are authorized to bind. Your name, the time and your account are "
	       "kept with the text.</p>\n");
	form_begin(h, s, vg_path(a, m->head.id, "/signatures"), false);
	form_hidden(h, "hash", m->hash);
	if (m->to_sign.n > 1)
		form_select(h, e, &(struct qpp_field){ .name = "org", .label = QPP_LIT("Practice"), .value = m->to_sign.v[0].value }, v, m->to_sign.n);
	else
		form_hidden(h, "org", m->to_sign.v[0].value);
	form_field(h, e, &(struct qpp_field){ .name = "signer", .label = QPP_LIT("Your full name"), .value = m->signer, .autocomplete = "name" });
	form_field(h, e, &(struct qpp_field){ .name = "signer-title", .label = QPP_LIT("Title"), .value = m->signer_title, .flags = QPP_FIELD_OPTIONAL });
	form_check(h, "bind", QPP_LIT("yes"), QPP_LIT("I am authorized to bind this practice, and sign this agreement for it"), false);
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Sign the agreement"), NULL, QPP_LIT(""));
	form_end(h);
}

QPP_VIEW(vgroup_agreement, qpp_vgroup_agreement_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Agreement"), e);
	vg_head(h, a, &m->head, QPP_LIT("Agreement"));
	if (!m->agreed) {
		put(h, "<p>The agreement names all practices. It is shown when every practice that was asked has accepted or declined.</p>\n");
		say(h, "<p><a href=\"{}\">Back to the group</a></p>\n", T(vg_path(a, m->head.id, "")));
		return qpp_shell_end(h, s);
	}
	if (m->editing) {
		clauses_edit(h, a, s, m, e);
		return qpp_shell_end(h, s);
	}
	put(h, "<p>A template of this installation, with every provision that 42 CFR 414.1315(c)(3) asks for. It is no legal advice: change what "
	       "your practices want otherwise.</p>\n<p>");
	say(h, "<a href=\"{}\">Page to print</a> <a href=\"{}\">PDF</a>", T(vg_path(a, m->head.id, "/agreement/print")),
	    T(vg_path(a, m->head.id, "/agreement/agreement.pdf")));
	if (m->may_edit)
		say(h, " <a href=\"{}\">Change the clauses</a>", T(vg_path(a, m->head.id, "/agreement?edit=1")));
	put(h, "</p>\n");
	if (m->may_edit && m->to_sign.n)
		put(h, "<p><a href=\"#signer\">Go to signing</a></p>\n");
	parties(h, m);
	put(h, "<h2>Clauses</h2>\n");
	clauses_read(h, m);
	signatures(h, m);
	if (m->may_edit && m->to_sign.n)
		sign_form(h, a, s, m, e);
	say(h, "<p><a href=\"{}\">Back to the group</a></p>\n", T(vg_path(a, m->head.id, "")));
	return qpp_shell_end(h, s);
}

/* The same with TINs in full, without anything to press. */
QPP_VIEW(vgroup_print, qpp_vgroup_agreement_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Virtual group agreement"), e);
	say(h, "<article class=\"q-print\">\n<h1>Virtual group agreement</h1>\n<p>{}, performance year {}</p>\n", T(m->head.name), N(m->head.year));
	parties(h, m);
	put(h, "<h2>Clauses</h2>\n");
	clauses_read(h, m);
	signatures(h, m);
	put(h, "</article>\n");
	say(h, "<p class=\"q-noprint\"><a href=\"{}\">Back to the agreement</a></p>\n", T(vg_path(a, m->head.id, "/agreement")));
	return qpp_shell_end(h, s);
}

/* ---- filing and withdrawing ---- */

static void withdrawal(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_vgroup_filing *m)
{
	put(h, "<h2>What will happen</h2>\n<ul>\n<li>Nothing stands filed for this group any more.</li>\n<li>Every practice of it is free, and told by "
	       "e-mail.</li>\n<li>A group can be filed anew only while the time to elect lasts.</li>\n</ul>\n");
	form_begin(h, s, vg_path(a, m->head.id, "/withdrawal"), false);
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_BAD, QPP_LIT("Withdraw the group"), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"{}\">Back without withdrawing</a>\n</div>\n", T(vg_path(a, m->head.id, "")));
	form_end(h);
}

QPP_VIEW(vgroup_filing, qpp_vgroup_filing)
{
	struct qpp_html page, *h = &page;
	struct qpp_str title = m->withdraw ? QPP_LIT("Withdraw this group?") : QPP_LIT("Review and file");
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, title, e);
	vg_head(h, a, &m->head, title);
	if (m->withdraw) {
		withdrawal(h, a, s, m);
		return qpp_shell_end(h, s);
	}
	vg_members(h, s, m->head.id, m->members.v, m->members.n, false);
	say(h, "<dl class=\"q-facts\"><dt>Representative</dt><dd>{}</dd></dl>\n", T(m->representative));
	part_texts(h, &m->becomes);
	if (m->checks.n)
		vg_checks(h, m->checks.v, m->checks.n);
	if (!m->ready || !m->open) {
		qpp_alert_begin(h, QPP_TONE_WARN, m->ready ? QPP_LIT("The time to elect is not now") : QPP_LIT("Something is still missing"));
		put(h, "<p class=\"ds-c-alert__text\">It cannot be filed yet. What you entered is kept.</p>\n");
		qpp_alert_end(h);
		say(h, "<p><a href=\"{}\">Back to the group</a></p>\n", T(vg_path(a, m->head.id, "")));
		return qpp_shell_end(h, s);
	}
	put(h, "<h2>File it</h2>\n<p>Filing is a formal act: you say for all practices that a formal written agreement exists among them. It is kept as it "
	       "is, with the time it arrived, and you get a signed receipt. Until the time to elect is over you can change or withdraw it; after "
	       "that nobody can.</p>\n");
	form_begin(h, s, vg_path(a, m->head.id, "/filing"), false);
	form_hidden(h, "key", m->key);
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("File the election"), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"{}\">Back without filing</a>\n</div>\n", T(vg_path(a, m->head.id, "")));
	form_end(h);
	return qpp_shell_end(h, s);
}

QPP_VIEW(vgroup_receipt, qpp_vgroup_receipt_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Receipt"), e);
	vg_head(h, a, &m->head, QPP_LIT("Receipt"));
	say(h, "<p class=\"q-receipt\">Receipt <strong>{}</strong></p>\n<dl class=\"q-facts\"><dt>What</dt><dd>{}</dd><dt>Received</dt><dd>{}</dd>",
	    T(m->number), T(m->what), T(m->at));
	if (m->margin.n)
		say(h, "<dt>Margin</dt><dd>{}</dd>", T(m->margin));
	say(h, "<dt>SHA-256 of what was filed</dt><dd><code>{}</code></dd><dt>Signed with the key</dt><dd><code>{}</code></dd></dl>\n", T(m->sha256),
	    T(m->key));
	put(h, "<p>The time is that of the last byte that arrived. Keep the receipt: it proves, without this installation, what was filed and when.</p>\n");
	say(h, "<p><a href=\"{}\">Signed receipt</a>", T(m->href_text));
	if (m->href_body.n)
		say(h, " <a href=\"{}\">What was filed</a>", T(m->href_body));
	say(h, "</p>\n<p><a class=\"ds-c-button ds-c-button--solid\" href=\"{}\">Back to the group</a></p>\n", T(vg_path(a, m->head.id, "")));
	return qpp_shell_end(h, s);
}
