/* /registrations: what is registered, the form, the review before it is sent, one registration and its cancellation. */
#include "adapt/portal/parts_exceptions.h"
#include "adapt/portal/views.h"

static void begin(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, struct qpp_str title, const struct qpp_form_errors *e)
{
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, title, e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/registrations"), QPP_LIT("Registrations") }, { QPP_LIT(""), title } }, 2);
	say(h, "<h1>{}</h1>\n", T(title));
}

static struct qpp_str path(struct qpp_arena *a, struct qpp_str id, const char *behind)
{
	return qpp_str_cat(a, "/registrations/", qpp_str_dup(a, id).p, behind, (char *)NULL);
}

/* ---- the list ---- */

QPP_VIEW(registrations, qpp_registrations_page)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Registrations"), e);
	put(h, "<h1>Registrations</h1>\n<p class=\"q-lead\">Whoever reports a MIPS Value Pathway (MVP) registers it in the year, and so does whoever has the "
	       "CAHPS for MIPS survey taken.</p>\n");
	part_year_nav(h, "/registrations", m->year, m->years.v, m->years.n);
	if (m->warnings.n) {
		qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("A survey is not registered yet"));
		part_texts(h, &m->warnings);
		qpp_alert_end(h);
	}
	part_texts(h, &m->windows);
	say(h, "<h2>Registered for {}</h2>\n", N(m->year));
	if (m->items.n) {
		TABLE(h, "Your registrations");
		qpp_stack_column(h, "Who"), qpp_stack_column(h, "What"), qpp_stack_column(h, "Survey"), qpp_stack_column(h, "State");
		qpp_stack_body(h);
	} else {
		put(h, "<p>There is none.</p>\n");
	}
	for (size_t i = 0; i < m->items.n; i++) {
		const struct qpp_registration_item *x = &m->items.v[i];
		qpp_stack_row(h);
		say(h, "<a href=\"{}\">{}</a></th>", T(x->href), T(x->who));
		qpp_stack_cell(h, "What");
		say(h, "{}</td>", T(x->what));
		qpp_stack_cell(h, "Survey");
		say(h, "{}</td>", T(x->survey));
		qpp_stack_cell(h, "State");
		qpp_badge(h, x->stands ? QPP_TONE_GOOD : QPP_TONE_PLAIN, x->stands ? QPP_LIT("Registered") : QPP_LIT("Cancelled"));
		say(h, "<span class=\"q-note\">{}</span></td></tr>\n", T(x->at));
	}
	if (m->items.n)
		qpp_stack_end(h);
	if (m->may_register)
		say(h, "<p><a class=\"ds-c-button ds-c-button--solid\" href=\"/registrations/new?year={}\">Register</a></p>\n", N(m->year));
	else
		put(h, "<p>A Security Official of the organization registers, changes and cancels.</p>\n");
	return qpp_shell_end(h, s);
}

/* ---- for whom, and what ---- */

static void select(struct qpp_html *h, struct qpp_arena *a, const struct qpp_form_errors *e, const struct qpp_field *f, const struct qpp_pick *v, size_t n,
                   const char *none)
{
	struct qpp_option *o = QPP_NEW_ARRAY(a, n + 1, struct qpp_option);
	struct qpp_field field = *f;
	size_t k = 0;
	field.value = QPP_LIT("");
	if (none)
		o[k++] = (struct qpp_option){ QPP_LIT(""), qpp_str_of(none), QPP_LIT("") };
	for (size_t i = 0; i < n; i++) {
		o[k++] = (struct qpp_option){ v[i].value, v[i].words, QPP_LIT("") };
		if (v[i].on)
			field.value = v[i].value;
	}
	form_select(h, e, &field, o, k);
}

QPP_VIEW(registration_start, qpp_registration_start)
{
	struct qpp_html page, *h = &page;
	begin(h, a, s, QPP_LIT("Register"), e);
	say(h, "<p>For performance year {}.</p>\n", N(m->year));
	part_texts(h, &m->windows);
	if (!m->subjects.n) {
		put(h, "<p>You have no role in which you could register. Security Officials do, of a practice for the group, a clinician or a subgroup, of a "
		       "virtual group for its survey, and of an APM entity.</p>\n");
		return qpp_shell_end(h, s);
	}
	form_ask(h, QPP_LIT("/registrations/new"));
	form_hidden(h, "year", qpp_i64_text(a, m->year));
	part_radios(h, a, e, &(struct qpp_field){ .name = "subject", .label = QPP_LIT("For whom?") }, m->subjects.v, m->subjects.n);
	form_field(h, e, &(struct qpp_field){ .name = "npi", .label = QPP_LIT("NPI"), .hint = QPP_LIT("Only where you register for one clinician of a practice"),
		.value = m->npi, .flags = QPP_FIELD_CODE | QPP_FIELD_SHORT | QPP_FIELD_OPTIONAL });
	select(h, a, e, &(struct qpp_field){ .name = "pathway", .label = QPP_LIT("What is registered?") }, m->pathways.v, m->pathways.n, "Choose");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Go on"), NULL, QPP_LIT(""));
	form_end(h);
	return qpp_shell_end(h, s);
}

/* ---- the form ---- */

static void hidden(struct qpp_html *h, struct qpp_arena *a, const struct qpp_registration_edit *m)
{
	form_hidden(h, "year", qpp_i64_text(a, m->year));
	form_hidden(h, "subject", m->subject);
	form_hidden(h, "npi", m->npi);
	form_hidden(h, "pathway", m->pathway);
	form_hidden(h, "id", m->id);
	form_hidden(h, "version", qpp_i64_text(a, m->version));
}

static void survey(struct qpp_html *h, const struct qpp_registration_edit *m, const struct qpp_form_errors *e)
{
	part_group_begin(h, e, "cahps", "The CAHPS for MIPS survey");
	form_check(h, "cahps", QPP_LIT("yes"), QPP_LIT("With the CAHPS for MIPS survey as a measure of the MVP"), m->cahps);
	say(h, "<p>{}</p>\n</fieldset>\n", T(m->survey_by));
}

static void of_subgroup(struct qpp_html *h, const struct qpp_registration_edit *m, const struct qpp_form_errors *e)
{
	put(h, "<h2>The subgroup</h2>\n");
	form_field(h, e, &(struct qpp_field){ .name = "name", .label = QPP_LIT("Name"), .value = m->name });
	form_field(h, e, &(struct qpp_field){ .name = "description", .label = QPP_LIT("Description"), .hint = QPP_LIT("Who is in it, in a sentence or two. Write no TIN."),
		.value = m->description, .flags = QPP_FIELD_LONG });
	form_field(h, e, &(struct qpp_field){ .name = "npis", .label = QPP_LIT("NPIs of its clinicians"),
		.hint = QPP_LIT("One to a line. A clinician is in one subgroup of a practice."), .value = m->npis, .flags = QPP_FIELD_LONG });
}

/* A line under the form for a change to another pathway: its measures are others. */
static void other_pathway(struct qpp_html *h, struct qpp_arena *a, const struct qpp_registration_edit *m)
{
	if (!m->pathways.n)
		return;
	put(h, "<h2>Another MVP</h2>\n");
	form_ask(h, path(a, m->id, "/edit"));
	select(h, a, NULL, &(struct qpp_field){ .name = "mvp", .label = QPP_LIT("Change to") }, m->pathways.v, m->pathways.n, NULL);
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Choose this MVP"), NULL, QPP_LIT(""));
	form_end(h);
}

QPP_VIEW(registration_edit, qpp_registration_edit)
{
	struct qpp_html page, *h = &page;
	begin(h, a, s, m->id.n ? QPP_LIT("Change a registration") : QPP_LIT("Register"), e);
	say(h, "<p class=\"q-subject\"><strong>{}</strong></p>\n<p>{}, performance year {}</p>\n<p>{}</p>\n", T(m->who), T(m->what), N(m->year), T(m->window));
	form_begin(h, s, QPP_LIT("/registrations/review"), false);
	hidden(h, a, m);
	if (m->populations.n)
		part_radios(h, a, e, &(struct qpp_field){ .name = "population", .label = QPP_LIT("Which population health measure counts?") }, m->populations.v, m->populations.n);
	if (m->outcomes.n)
		select(h, a, e, &(struct qpp_field){ .name = "outcome", .label = QPP_LIT("Outcome measure from claims"), .flags = QPP_FIELD_OPTIONAL }, m->outcomes.v,
		       m->outcomes.n, "None");
	if (m->survey || m->cahps)
		survey(h, m, e);
	if (m->subgroup)
		of_subgroup(h, m, e);
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Review"), NULL, QPP_LIT(""));
	form_end(h);
	other_pathway(h, a, m);
	return qpp_shell_end(h, s);
}

QPP_VIEW(registration_review, qpp_registration_edit)
{
	struct qpp_html page, *h = &page;
	begin(h, a, s, QPP_LIT("Review the registration"), e);
	say(h, "<p class=\"q-subject\"><strong>{}</strong></p>\n<p>Performance year {}. {}</p>\n", T(m->who), N(m->year), T(m->window));
	part_told(h, m->facts.v, m->facts.n);
	if (m->cahps) {
		qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("The survey is registered by itself"));
		say(h, "<p>{}</p>\n", T(m->survey_by));
		qpp_alert_end(h);
	}
	form_begin(h, s, QPP_LIT("/registrations"), false);
	hidden(h, a, m);
	form_hidden(h, "population", m->population);
	form_hidden(h, "outcome", m->outcome);
	form_hidden(h, "cahps", m->cahps ? QPP_LIT("yes") : QPP_LIT(""));
	form_hidden(h, "name", m->name);
	form_hidden(h, "description", m->description);
	form_hidden(h, "npis", m->npis);
	form_hidden(h, "key", m->key);
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_GOOD, m->id.n ? QPP_LIT("Change the registration") : QPP_LIT("Confirm the registration"), "do", QPP_LIT("file"));
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Back to the form"), "do", QPP_LIT("back"));
	put(h, "</div>\n");
	form_end(h);
	return qpp_shell_end(h, s);
}

/* ---- one registration ---- */

QPP_VIEW(registration, qpp_registration_show)
{
	struct qpp_html page, *h = &page;
	begin(h, a, s, QPP_LIT("Registration"), e);
	put(h, "<p>");
	qpp_badge(h, m->stands ? QPP_TONE_GOOD : QPP_TONE_PLAIN, m->stands ? QPP_LIT("Registered") : QPP_LIT("Cancelled"));
	put(h, "</p>\n");
	say(h, "<p class=\"q-subject\"><strong>{}</strong></p>\n", T(m->who));
	if (m->survey.n) {
		qpp_alert_begin(h, (enum qpp_tone)m->tone, QPP_LIT("The CAHPS for MIPS survey"));
		say(h, "<p>{}.</p>\n", T(m->survey));
		qpp_alert_end(h);
	}
	part_told(h, m->facts.v, m->facts.n);
	say(h, "<p>{}</p>\n", T(m->window));
	if (m->href_receipt.n)
		say(h, "<p><a href=\"{}\">Receipt</a></p>\n", T(m->href_receipt));
	if (m->may_change)
		say(h, "<p class=\"q-buttons\"><a class=\"ds-c-button\" href=\"{}\">Change it</a> <a class=\"ds-c-button ds-c-button--ghost\" href=\"{}\">Cancel it</a></p>\n",
		    T(path(a, m->id, "/edit")), T(path(a, m->id, "/cancel")));
	return qpp_shell_end(h, s);
}

QPP_VIEW(registration_cancel, qpp_registration_show)
{
	struct qpp_html page, *h = &page;
	begin(h, a, s, QPP_LIT("Cancel a registration"), e);
	say(h, "<p class=\"q-subject\"><strong>{}</strong></p>\n<p>{}</p>\n", T(m->who), T(m->what));
	say(h, "<p>Nothing of it stands then. While the window is open you can register again. {}</p>\n", T(m->window));
	form_begin(h, s, path(a, m->id, "/cancel"), false);
	form_hidden(h, "version", qpp_i64_text(a, m->version));
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_BAD, QPP_LIT("Cancel the registration"), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"{}\">Keep it</a>\n</div>\n", T(path(a, m->id, "")));
	form_end(h);
	return qpp_shell_end(h, s);
}
