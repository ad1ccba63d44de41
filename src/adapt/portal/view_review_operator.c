/* /operator/targeted-review: windows that are moved, campaigns that are made. */
#include "adapt/portal/parts_review.h"
#include "adapt/portal/views_review.h"

static void extend(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_tr_operator *m, const struct qpp_form_errors *e)
{
	put(h, "<h2>Move the end of a window</h2>\n<p>A window is only ever made longer. Drafts that were too late can be filed again.</p>\n");
	form_begin(h, s, QPP_LIT("/operator/targeted-review/extend"), false);
	form_select(h, e, &(struct qpp_field){ .name = "end", .label = QPP_LIT("Window"), .value = m->end }, tr_options(a, &m->ends), m->ends.n);
	form_field(h, e, &(struct qpp_field){ .name = "day", .label = QPP_LIT("New last day"), .value = m->day,
		.hint = QPP_LIT("Year, month, day: 2024-10-31"), .flags = QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "hour", .label = QPP_LIT("Hour, Eastern Time"), .value = m->hour,
		.hint = QPP_LIT("Twenty-four hours: 20:00 is 8 p.m."), .flags = QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "reason", .label = QPP_LIT("Why the window is moved"), .value = m->reason,
		.hint = QPP_LIT("Shown to everybody beside the new end."), .flags = QPP_FIELD_LONG });
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Move the end"), NULL, QPP_LIT(""));
	form_end(h);
}

static void levels(struct qpp_html *h, const struct qpp_tr_operator *m)
{
	static const struct {
		const char *value;
		struct qpp_str words;
	} v[] = { { "individual", QPP_LIT_INIT("Individuals") }, { "group", QPP_LIT_INIT("Groups") }, { "subgroup", QPP_LIT_INIT("Subgroups") },
		      { "virtualGroup", QPP_LIT_INIT("Virtual groups") }, { "apmEntity", QPP_LIT_INIT("APM entities") } };
	put(h, "<fieldset class=\"ds-c-fieldset\">\n<legend class=\"ds-c-label\">Who may ask</legend>\n");
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		form_check(h, "levels", qpp_str_of(v[i].value), v[i].words, qpp_str_lists(m->levels, v[i].value));
	put(h, "</fieldset>\n");
}

static void campaign(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_tr_operator *m,
                     const struct qpp_form_errors *e)
{
	put(h, "<h2>Make a special campaign</h2>\n<p>A reason of its own, with a window of its own and the levels it is for.</p>\n");
	form_begin(h, s, QPP_LIT("/operator/targeted-review/campaign"), false);
	form_select(h, e, &(struct qpp_field){ .name = "year", .label = QPP_LIT("Performance year"), .value = m->year }, tr_options(a, &m->years),
	            m->years.n);
	form_field(h, e, &(struct qpp_field){ .name = "name", .label = QPP_LIT("Name, one word"), .value = m->name, .flags = QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "says", .label = QPP_LIT("The reason, as filers read it"), .value = m->says });
	levels(h, m);
	form_field(h, e, &(struct qpp_field){ .name = "opensDay", .label = QPP_LIT("First day"), .value = m->opens_day,
		.hint = QPP_LIT("Year, month, day: 2024-10-02"), .flags = QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "closesDay", .label = QPP_LIT("Last day"), .value = m->closes_day,
		.hint = QPP_LIT("Year, month, day; it ends at 8 p.m. Eastern Time"), .flags = QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "why", .label = QPP_LIT("Why there is a campaign"), .value = m->campaign_reason,
		.flags = QPP_FIELD_LONG });
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Make the campaign"), NULL, QPP_LIT(""));
	form_end(h);
}

QPP_VIEW(tr_operator, qpp_tr_operator)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Windows of review"), e);
	put(h, "<h1>Windows of review</h1>\n");
	tr_windows(h, &m->windows);
	extend(h, a, s, m, e);
	campaign(h, a, s, m, e);
	return qpp_shell_end(h, s);
}
