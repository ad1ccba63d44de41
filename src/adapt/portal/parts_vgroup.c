/* Shared parts of the pages of virtual groups: head, members, checks, what happened. */
#include "adapt/portal/parts_vgroup.h"

struct qpp_str vg_path(struct qpp_arena *a, struct qpp_str id, const char *behind)
{
	return qpp_str_cat(a, "/virtual-groups/", qpp_str_dup(a, id).p, behind, (char *)NULL);
}

void vg_badge(struct qpp_html *h, const struct qpp_mark_words *x)
{
	qpp_badge(h, (enum qpp_tone)x->tone, x->words);
}

void vg_head(struct qpp_html *h, struct qpp_arena *a, const struct qpp_vgroup_head *x, struct qpp_str what)
{
	const struct qpp_crumb crumbs[] = { { QPP_LIT("/virtual-groups"), QPP_LIT("Virtual groups") },
		                                { what.n ? vg_path(a, x->id, "") : QPP_LIT(""), x->name }, { QPP_LIT(""), what } };
	qpp_crumbs(h, crumbs, what.n ? 3 : 2);
	say(h, "<h1>{}</h1>\n<p class=\"q-subject\">", T(what.n ? what : x->name));
	if (what.n)
		say(h, "<strong>{}</strong> ", T(x->name));
	say(h, "<span class=\"q-nowrap\">Virtual group, performance year {}</span> ", N(x->year));
	vg_badge(h, &x->state);
	put(h, "</p>\n");
	if (x->deadline.n)
		say(h, "<p class=\"q-muted\">Elections for {} close {}{}{}.</p>\n", N(x->year), T(x->deadline), W(x->left.n ? ", " : ""), T(x->left));
	if (!x->note.n)
		return;
	qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("What the reviewer wrote"));
	say(h, "<p class=\"ds-c-alert__text\">{}</p>\n", T(x->note));
	qpp_alert_end(h);
}

void vg_checks(struct qpp_html *h, const struct qpp_vgroup_check_line *v, size_t n)
{
	put(h, "<ul class=\"q-findings\">\n");
	for (size_t i = 0; i < n; i++) {
		put(h, "<li>\n<p class=\"q-finding\">");
		qpp_badge(h, (enum qpp_tone)v[i].tone, v[i].tone == QPP_TONE_BAD ? QPP_LIT("To mend") : QPP_LIT("To know"));
		if (v[i].whose.n)
			say(h, " <strong>{}:</strong>", T(v[i].whose));
		say(h, " {}</p>\n", T(v[i].says));
		put(h, "<dl class=\"q-facts\">");
		if (v[i].expected.n)
			say(h, "<dt>Expected</dt><dd>{}</dd>", T(v[i].expected));
		if (v[i].cite.n)
			say(h, "<dt>Rule</dt><dd>{}</dd>", T(v[i].cite));
		put(h, "</dl>\n</li>\n");
	}
	put(h, "</ul>\n");
}

/* ---- members ---- */

static void act(struct qpp_html *h, const struct qpp_shell *s, struct qpp_str id, const struct qpp_vgroup_member_line *x, const char *word,
                const char *words, enum qpp_tone tone)
{
	say(h, "<form class=\"q-inline\" method=\"post\" action=\"/virtual-groups/{}/answers\">\n", U(id));
	form_hidden(h, "csrf", s->csrf);
	form_hidden(h, "org", x->org_id);
	say(h, "<button class=\"ds-c-button ds-c-button--small{}\" type=\"submit\" name=\"act\" value=\"{}\">{}"
	       "<span class=\"ds-u-visibility--screen-reader\"> {}</span></button>\n",
	    W(tone == QPP_TONE_GOOD ? " ds-c-button--solid" : ""), W(word), W(words), T(x->name));
	form_end(h);
}

static void member(struct qpp_html *h, const struct qpp_shell *s, struct qpp_str id, const struct qpp_vgroup_member_line *x, bool acts)
{
	qpp_stack_row(h);
	say(h, "{}{}", T(x->name), W(x->own ? " (yours)" : ""));
	if (x->number.n)
		say(h, " <span class=\"q-muted\">{}</span>", T(x->number));
	put(h, "</th>");
	qpp_stack_cell(h, "Clinicians");
	say(h, "{}", T(x->size));
	if (x->can_list)
		say(h, " <a href=\"/virtual-groups/{}/practices/{}\">See<span class=\"ds-u-visibility--screen-reader\"> the clinicians of {}</span></a>",
		    U(id), U(x->org_id), T(x->name));
	put(h, "</td>");
	qpp_stack_cell(h, "State");
	vg_badge(h, &x->state);
	put(h, "</td>");
	qpp_stack_cell(h, "Agreement");
	if (x->signed_words.words.n)
		vg_badge(h, &x->signed_words);
	put(h, "</td>");
	if (acts) {
		qpp_stack_cell(h, "What to do");
		if (x->can_answer) {
			act(h, s, id, x, "accept", "Accept", QPP_TONE_GOOD);
			act(h, s, id, x, "decline", "Decline", QPP_TONE_PLAIN);
		}
		if (x->can_leave)
			act(h, s, id, x, "leave", "Leave the group", QPP_TONE_PLAIN);
		if (x->can_uninvite)
			act(h, s, id, x, "uninvite", "Take back the invitation", QPP_TONE_PLAIN);
		put(h, "</td>");
	}
	put(h, "</tr>\n");
}

void vg_members(struct qpp_html *h, const struct qpp_shell *s, struct qpp_str id, const struct qpp_vgroup_member_line *v, size_t n, bool acts)
{
	TABLE(h, "Practices of this virtual group");
	qpp_stack_column(h, "Practice"), qpp_stack_column(h, "Clinicians"), qpp_stack_column(h, "State"), qpp_stack_column(h, "Agreement");
	if (acts)
		qpp_stack_column(h, "What to do");
	qpp_stack_body(h);
	for (size_t i = 0; i < n; i++)
		member(h, s, id, &v[i], acts);
	qpp_stack_end(h);
}

void vg_events(struct qpp_html *h, const struct qpp_vgroup_event_line *v, size_t n)
{
	if (!n)
		return;
	put(h, "<h2>What happened</h2>\n<dl class=\"q-facts\">");
	for (size_t i = 0; i < n; i++)
		say(h, "<dt>{}</dt><dd>{}</dd>", T(v[i].at), T(v[i].says));
	put(h, "</dl>\n");
}

void vg_alarms(struct qpp_html *h, const struct qpp_vgroup_alarm_line *v, size_t n)
{
	if (!n)
		return;
	qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("The group has changed since it was elected"));
	put(h, "<ul>\n");
	for (size_t i = 0; i < n; i++) {
		say(h, "<li><strong>{}</strong> {}.", T(v[i].says), T(v[i].consequence));
		if (v[i].by.n)
			say(h, " Tell the agency before {}.", T(v[i].by));
		say(h, " <span class=\"q-muted\">{}</span></li>\n", T(v[i].cite));
	}
	put(h, "</ul>\n");
	qpp_alert_end(h);
}
