/*
 * /virtual-groups: one's groups and invitations, and the beginning of a group;
 * one group with what is done, what is missing, and the one next thing to do.
 */
#include "adapt/portal/parts_vgroup.h"
#include "adapt/portal/views_vgroup.h"

static size_t options(const struct qpp_vgroup_choice *v, size_t n, struct qpp_option *out)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (struct qpp_option){ v[i].value, v[i].words, QPP_LIT("") };
	return n;
}

/* ---- the list ---- */

static void item(struct qpp_html *h, const struct qpp_vgroup_item *x)
{
	say(h, "<li><a href=\"{}\">{}</a> <span class=\"q-nowrap\">for {}</span> ", T(x->href), T(x->name), N(x->year));
	vg_badge(h, &x->state);
	if (x->invitation)
		say(h, "<span class=\"q-note\">{} asks {} to join. Nobody can enroll your practice: open it to see what it means, then accept or "
		       "decline.</span>", T(x->by), T(x->practice));
	else
		say(h, "<span class=\"q-note\">{}</span>", T(x->practice));
	put(h, "</li>\n");
}

static void start_form(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_vgroup_home *m,
                       const struct qpp_form_errors *e)
{
	struct qpp_option *v = QPP_NEW_ARRAY(a, m->orgs.n + m->years.n + m->pasts.n + 2, struct qpp_option);
	form_begin(h, s, QPP_LIT("/virtual-groups"), false);
	form_field(h, e, &(struct qpp_field){ .name = "name", .label = QPP_LIT("Name of the virtual group"), .value = m->name });
	form_select(h, e, &(struct qpp_field){ .name = "year", .label = QPP_LIT("Performance year"), .value = m->year }, v,
	            options(m->years.v, m->years.n, v));
	form_select(h, e, &(struct qpp_field){ .name = "org", .label = QPP_LIT("Your practice"), .value = m->org }, v,
	            options(m->orgs.v, m->orgs.n, v));
	if (m->pasts.n) {
		v[0] = (struct qpp_option){ QPP_LIT(""), QPP_LIT("No, a new group"), QPP_LIT("") };
		(void)options(m->pasts.v, m->pasts.n, v + 1);
		form_select(h, e, &(struct qpp_field){ .name = "renews", .label = QPP_LIT("Does it renew a group of the year before?"),
			.hint = QPP_LIT("Its other practices are asked anew. An approval never carries over to another year."), .value = m->renews },
			v, m->pasts.n + 1);
	}
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Begin the group"), NULL, QPP_LIT(""));
	form_end(h);
}

QPP_VIEW(vgroups, qpp_vgroup_home)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Virtual groups"), e);
	put(h, "<h1>Virtual groups</h1>\n<p class=\"q-lead\">Solo practitioners and practices of ten or fewer clinicians may report, and be "
	       "scored, together for a year. Here they come together, agree, and file one election before the year begins.</p>\n");
	for (size_t i = 0; i < m->open.n; i++)
		say(h, "<p>{} closes <strong>{}</strong>, {}.</p>\n", T(m->open.v[i].title), T(m->open.v[i].closes), T(m->open.v[i].left));
	if (!m->open.n)
		say(h, "<p>No window to elect is open now. {}</p>\n", T(m->next));
	if (m->mine.n) {
		put(h, "<h2>Your groups and invitations</h2>\n<ul class=\"q-list\">\n");
		for (size_t i = 0; i < m->mine.n; i++)
			item(h, &m->mine.v[i]);
		put(h, "</ul>\n");
	}
	put(h, "<h2>Begin a group</h2>\n");
	if (m->may_start && m->years.n)
		start_form(h, a, s, m, e);
	else if (m->may_start)
		put(h, "<p>There is no year now that a virtual group could be elected for.</p>\n");
	else
		put(h, "<p>A Security Official of a practice begins a group. <a href=\"/account\">See your roles</a>.</p>\n");
	return qpp_shell_end(h, s);
}

/* ---- one group ---- */

static void steps(struct qpp_html *h, const struct qpp_vgroup_room *m)
{
	put(h, "<ol class=\"q-steps\" aria-label=\"Steps to the election\">\n");
	for (size_t i = 0; i < m->steps.n; i++) {
		const struct qpp_vgroup_step_line *x = &m->steps.v[i];
		put(h, "<li");
		if (x->done)
			put(h, " class=\"q-steps__done\"");
		put(h, ">");
		if (x->now)
			put(h, "<strong aria-current=\"step\">");
		say(h, "<a href=\"{}\">{}</a>", T(x->href), T(x->words));
		if (x->now)
			put(h, "</strong>");
		if (x->done)
			put(h, "<span class=\"ds-u-visibility--screen-reader\"> (done)</span>");
		put(h, "</li>\n");
	}
	put(h, "</ol>\n");
}

static void next(struct qpp_html *h, const struct qpp_vgroup_room *m)
{
	if (!m->next.n)
		return;
	put(h, "<section class=\"q-card\" aria-labelledby=\"next\">\n<h2 id=\"next\">Next</h2>\n");
	say(h, "<p>{}</p>\n", T(m->next));
	if (m->next_href.n)
		say(h, "<p><a class=\"ds-c-button ds-c-button--solid\" href=\"{}\">{}</a></p>\n", T(m->next_href), T(m->next_words));
	put(h, "</section>\n");
}

static void invite(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_vgroup_room *m,
                   const struct qpp_form_errors *e)
{
	put(h, "<h3 id=\"invite\">Invite practices</h3>\n");
	form_begin(h, s, vg_path(a, m->head.id, "/members"), false);
	form_field(h, e, &(struct qpp_field){ .name = "tins", .label = QPP_LIT("TINs"), .value = m->tins, .flags = QPP_FIELD_LONG,
		.hint = QPP_LIT("One a line, nine digits each. Each practice is asked by e-mail and decides for itself.") });
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Invite"), NULL, QPP_LIT(""));
	form_end(h);
}

static void one_button(struct qpp_html *h, const struct qpp_shell *s, struct qpp_str action, const char *name, const char *value, const char *words)
{
	form_begin(h, s, action, false);
	form_button(h, QPP_TONE_PLAIN, qpp_str_of(words), name, qpp_str_of(value));
	form_end(h);
}

static void filed(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_vgroup_room *m)
{
	if (m->receipt_href.n)
		say(h, "<p>{} <a href=\"{}\">Receipt</a></p>\n", T(m->receipt_words), T(m->receipt_href));
	put(h, "<div class=\"q-buttons\">\n");
	if (m->may_revise)
		one_button(h, s, vg_path(a, m->head.id, "/revision"), "do", "begin", "Open it for changes");
	if (m->may_keep)
		one_button(h, s, vg_path(a, m->head.id, "/revision"), "do", "keep", "Keep what is filed");
	if (m->may_withdraw)
		say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"{}\">Withdraw this group</a>\n", T(vg_path(a, m->head.id, "/withdrawal")));
	put(h, "</div>\n");
}

QPP_VIEW(vgroup, qpp_vgroup_room)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, m->head.name, e);
	vg_head(h, a, &m->head, QPP_LIT(""));
	vg_alarms(h, m->alarms.v, m->alarms.n);
	steps(h, m);
	next(h, m);
	put(h, "<h2 id=\"members\">Practices</h2>\n");
	if (m->hidden)
		put(h, "<p>Names are shown to all when every practice that was asked has agreed or declined.</p>\n");
	vg_members(h, s, m->head.id, m->members.v, m->members.n, true);
	if (m->may_invite)
		invite(h, a, s, m, e);
	put(h, "<h2 id=\"checks\">Checks</h2>\n");
	if (m->checks.n)
		vg_checks(h, m->checks.v, m->checks.n);
	else
		put(h, "<p>Nothing is missing and nothing is wrong.</p>\n");
	if (m->last_year.n) {
		say(h, "<h2>Against last year: {}</h2>\n", T(m->last_year));
		part_texts(h, &m->changes);
		if (!m->changes.n)
			put(h, "<p>Nothing has changed.</p>\n");
	}
	if (m->becomes.n) {
		put(h, "<h2>What the group becomes</h2>\n");
		part_texts(h, &m->becomes);
	}
	if (m->members.n > 1)
		say(h, "<p><a href=\"{}\">Does it pay? Scores alone and together</a></p>\n", T(vg_path(a, m->head.id, "/forecast")));
	if (m->receipt_href.n)
		say(h, "<p><a href=\"{}\">Data of the year: who has filed, who is missing</a></p>\n", T(vg_path(a, m->head.id, "/data")));
	filed(h, a, s, m);
	vg_events(h, m->events.v, m->events.n);
	return qpp_shell_end(h, s);
}

/* ---- clinicians of a practice ---- */

static void people(struct qpp_html *h, const struct qpp_vgroup_person_line *v, size_t n)
{
	TABLE(h, "Clinicians of the practice");
	qpp_stack_column(h, "NPI"), qpp_stack_column(h, "Name"), qpp_stack_column(h, "Type"), qpp_stack_column(h, "State");
	qpp_stack_body(h);
	for (size_t i = 0; i < n; i++) {
		qpp_stack_row(h);
		say(h, "{}</th>", T(v[i].npi));
		qpp_stack_cell(h, "Name");
		say(h, "{}</td>", T(v[i].name));
		qpp_stack_cell(h, "Type");
		say(h, "{}</td>", T(v[i].type));
		qpp_stack_cell(h, "State");
		vg_badge(h, &v[i].state);
		put(h, "</td></tr>\n");
	}
	qpp_stack_end(h);
}

QPP_VIEW(vgroup_roster, qpp_vgroup_roster)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Clinicians"), e);
	vg_head(h, a, &m->head, QPP_LIT("Clinicians"));
	say(h, "<h2>{} <span class=\"q-muted\">{}</span></h2>\n<p>{} A practice joins with its whole TIN: everybody who bills under it is listed, "
	       "whether MIPS eligible or not.</p>\n", T(m->practice), T(m->number), T(m->known));
	if (m->checks.n)
		vg_checks(h, m->checks.v, m->checks.n);
	if (m->people.n)
		people(h, m->people.v, m->people.n);
	if (m->may_edit) {
		put(h, "<h3>Change the list</h3>\n");
		form_begin(h, s, vg_path(a, m->head.id, qpp_str_cat(a, "/practices/", qpp_str_dup(a, m->org_id).p, (char *)NULL).p), false);
		form_field(h, e, &(struct qpp_field){ .name = "npis", .label = QPP_LIT("NPIs"), .value = m->typed, .flags = QPP_FIELD_LONG,
			.hint = QPP_LIT("One a line, ten digits each. What you type is kept, and checked when it is saved. Leave it empty to use the "
			                "list of those who bill.") });
		form_button(h, QPP_TONE_GOOD, QPP_LIT("Save the list"), NULL, QPP_LIT(""));
		form_end(h);
	}
	say(h, "<p><a href=\"{}\">Back to the group</a></p>\n", T(vg_path(a, m->head.id, "")));
	return qpp_shell_end(h, s);
}

/* ---- the representative ---- */

QPP_VIEW(vgroup_rep, qpp_vgroup_rep_form)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Representative"), e);
	vg_head(h, a, &m->head, QPP_LIT("Representative"));
	put(h, "<p>One person speaks for the virtual group to the agency: files the election, gets its answer, and tells what changes during the "
	       "year. The name and a way to be reached are part of the election.</p>\n");
	form_begin(h, s, vg_path(a, m->head.id, "/representative"), false);
	form_field(h, e, &(struct qpp_field){ .name = "rep-name", .label = QPP_LIT("Name"), .value = m->name, .autocomplete = "name" });
	form_field(h, e, &(struct qpp_field){ .name = "rep-title", .label = QPP_LIT("Title"), .value = m->title, .flags = QPP_FIELD_OPTIONAL });
	form_field(h, e, &(struct qpp_field){ .name = "rep-email", .label = QPP_LIT("E-mail address"), .value = m->email, .autocomplete = "email" });
	form_field(h, e, &(struct qpp_field){ .name = "rep-phone", .label = QPP_LIT("Telephone"), .value = m->phone, .flags = QPP_FIELD_OPTIONAL,
		.autocomplete = "tel" });
	form_field(h, e, &(struct qpp_field){ .name = "rep-address", .label = QPP_LIT("Postal address"), .value = m->address,
		.flags = QPP_FIELD_OPTIONAL | QPP_FIELD_LONG });
	form_check(h, "self", QPP_LIT("yes"), QPP_LIT("This is me: I file the election"), m->self);
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Save the representative"), NULL, QPP_LIT(""));
	form_end(h);
	return qpp_shell_end(h, s);
}
