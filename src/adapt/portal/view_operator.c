/* Of operators: /operator/runs and /operator/corrections. */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

/* ---- shared ---- */

static void years_of(struct qpp_html *h, struct qpp_arena *a, const char *path, const int64_t *v, size_t n, int64_t year)
{
	struct qpp_option *options = QPP_NEW_ARRAY(a, n + 1, struct qpp_option);
	for (size_t i = 0; i < n; i++)
		options[i].value = options[i].words = qpp_i64_text(a, v[i]);
	form_ask(h, qpp_str_of(path));
	form_select(h, NULL, &(struct qpp_field){ .name = "year", .label = QPP_LIT("Performance year"), .value = qpp_i64_text(a, year) }, options, n);
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Show"), NULL, QPP_LIT(""));
	form_end(h);
}

static void scaling_of(struct qpp_html *h, const struct qpp_form_errors *e, struct qpp_str value)
{
	static const struct qpp_option v[] = {
		{ QPP_LIT_INIT("rules"), QPP_LIT_INIT("As the rules have it"), QPP_LIT_INIT("The year's published or fitted figure") },
		{ QPP_LIT_INIT("neutral"), QPP_LIT_INIT("Computed anew"), QPP_LIT_INIT("Gains equal losses over everybody here: everybody's positive factor may move") },
		{ QPP_LIT_INIT("frozen"), QPP_LIT_INIT("Frozen"), QPP_LIT_INIT("The figure that was released; only those move who are corrected") },
	};
	form_radio(h, e, &(struct qpp_field){ .name = "scaling", .label = QPP_LIT("Scaling factor"), .value = value }, v, sizeof v / sizeof *v);
}

static void run_row(struct qpp_html *h, const struct qpp_run_line *x)
{
	qpp_stack_row(h);
	say(h, "<a href=\"/operator/runs/{}\">{}</a> <span class=\"q-muted\">{}</span></th>", U(x->id), T(x->name.n ? x->name : x->phase), T(x->reason));
	qpp_stack_cell(h, "Phase");
	say(h, "{}</td>", T(x->phase));
	qpp_stack_cell(h, "Begun");
	say(h, "{}</td>", T(x->begun));
	qpp_stack_cell(h, "How far");
	say(h, "{}</td>", T(x->progress));
	qpp_stack_cell(h, "Released");
	say(h, "{}</td></tr>\n", T(x->released.n ? x->released : QPP_LIT("No")));
}

static void runs_table(struct qpp_html *h, const qpp_run_lines *v)
{
	TABLE(h, "Runs of the year, the newest first");
	qpp_stack_column(h, "Run"), qpp_stack_column(h, "Phase"), qpp_stack_column(h, "Begun"), qpp_stack_column(h, "How far");
	qpp_stack_column(h, "Released");
	qpp_stack_body(h);
	for (size_t i = 0; i < v->n; i++)
		run_row(h, &v->v[i]);
	qpp_stack_end(h);
}

static void busy_note(struct qpp_html *h, const char *path, int64_t year)
{
	qpp_alert_begin(h, QPP_TONE_PLAIN, QPP_LIT("A run is under way"));
	say(h, "<p>It goes on by itself, also after a restart of the service. Another can begin when it is done or given up. "
	       "<a href=\"{}?year={}\">See how far it is now</a></p>\n", W(path), N(year));
	qpp_alert_end(h);
}

/* ---- /operator/runs ---- */

static void begin_form(struct qpp_html *h, const struct qpp_shell *s, const struct qpp_operator_runs *m, const struct qpp_form_errors *e)
{
	static const struct qpp_option phases[] = {
		{ QPP_LIT_INIT("submission"), QPP_LIT_INIT("Submission-time"), QPP_LIT_INIT("What was filed, without what the agency computes") },
		{ QPP_LIT_INIT("preview"), QPP_LIT_INIT("Preview"), QPP_LIT_INIT("Final scores; there is no payment adjustment in it") },
		{ QPP_LIT_INIT("final"), QPP_LIT_INIT("Final"), QPP_LIT_INIT("Final scores and payment adjustments") },
	};
	put(h, "<h2>Begin a run</h2>\n<p>Everybody of the year is scored anew. Nobody sees any of it before it is released.</p>\n");
	form_begin(h, s, QPP_LIT("/operator/runs"), false);
	form_hidden(h, "year", qpp_i64_text(h->b.arena, m->year));
	form_radio(h, e, &(struct qpp_field){ .name = "phase", .label = QPP_LIT("Phase"), .value = m->phase }, phases, sizeof phases / sizeof *phases);
	scaling_of(h, e, m->scaling);
	form_field(h, e, &(struct qpp_field){ .name = "reason", .label = QPP_LIT("Reason"), .hint = QPP_LIT("Kept with the run and in the ledger."), .value = m->reason });
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Begin the run"), NULL, QPP_LIT(""));
	form_end(h);
}

QPP_VIEW(operator_runs, qpp_operator_runs)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Score runs"), e);
	put(h, "<h1>Score runs</h1>\n");
	years_of(h, a, "/operator/runs", m->years.v, m->years.n, m->year);
	if (m->v.n)
		runs_table(h, &m->v);
	else
		say(h, "<p>There is no score run for {} yet.</p>\n", N(m->year));
	if (m->busy)
		busy_note(h, "/operator/runs", m->year);
	else
		begin_form(h, s, m, e);
	return qpp_shell_end(h, s);
}

/* ---- /operator/runs/{run} ---- */

static void effect(struct qpp_html *h, const struct qpp_operator_run *m)
{
	static const char *const of[] = { "Least", "A quarter", "Half", "Three quarters", "Most" };
	put(h, "<h2>Who goes up and who goes down</h2>\n");
	say(h, "<p><strong>{}</strong> clinicians move: <strong>{}</strong> up, <strong>{}</strong> down. The score of {} moves, the factor of {}; of {} the factor "
	       "alone. {} have a score that they had not, {} have none any more. Scaling factor {} before, {} after.</p>\n",
	    N(m->moved), N(m->up), N(m->down), N(m->score_moved), N(m->factor_moved), N(m->only_factor), N(m->gained), N(m->lost),
	    T(m->scaling_before.n ? m->scaling_before : QPP_LIT("of the rules")), T(m->scaling_after.n ? m->scaling_after : QPP_LIT("of the rules")));
	if (!m->moved)
		return;
	TABLE(h, "How far they move");
	qpp_stack_column(h, "Of those who move"), qpp_stack_number(h, "Score, points"), qpp_stack_number(h, "Factor, percent");
	qpp_stack_body(h);
	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		qpp_stack_row(h);
		say(h, "{}</th>", W(of[i]));
		qpp_stack_figure(h, "Score, points");
		say(h, "{}</td>", T(m->score_quantile[i]));
		qpp_stack_figure(h, "Factor, percent");
		say(h, "{}</td></tr>\n", T(m->factor_quantile[i]));
	}
	qpp_stack_end(h);
}

static void moved_row(struct qpp_html *h, const struct qpp_moved_line *x)
{
	qpp_stack_row(h);
	say(h, "{} <span class=\"q-muted\">NPI {}</span></th>", T(x->org), T(x->npi));
	qpp_stack_cell(h, "Way");
	say(h, "{}</td>", W(x->up ? "Up" : "Down"));
	qpp_stack_figure(h, "Score");
	say(h, "{} to {}</td>", T(x->old_score.n ? x->old_score : QPP_LIT("none")), T(x->score.n ? x->score : QPP_LIT("none")));
	qpp_stack_figure(h, "Factor, percent");
	say(h, "{} to {}</td></tr>\n", T(x->old_factor.n ? x->old_factor : QPP_LIT("none")), T(x->factor.n ? x->factor : QPP_LIT("none")));
}

static void moved_list(struct qpp_html *h, const struct qpp_operator_run *m)
{
	say(h, "<h2>One by one</h2>\n<p><a href=\"/operator/runs/{}\">Everybody who moves</a> <a href=\"/operator/runs/{}?way=up\">Up only</a> "
	       "<a href=\"/operator/runs/{}?way=down\">Down only</a></p>\n", U(m->x.id), U(m->x.id), U(m->x.id));
	if (!m->list.n) {
		put(h, "<p>Nobody.</p>\n");
		return;
	}
	TABLE(h, "Clinicians who move");
	qpp_stack_column(h, "Practice and clinician"), qpp_stack_column(h, "Way"), qpp_stack_number(h, "Score"), qpp_stack_number(h, "Factor, percent");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->list.n; i++)
		moved_row(h, &m->list.v[i]);
	qpp_stack_end(h);
	if (m->next.n)
		say(h, "<p><a href=\"/operator/runs/{}?way={}&amp;after={}\">More of them</a></p>\n", U(m->x.id), U(m->way), U(m->next));
}

static void facts_of(struct qpp_html *h, const struct qpp_run_line *x)
{
	say(h, "<dl class=\"q-facts\"><dt>Performance year</dt><dd>{}</dd><dt>Phase</dt><dd>{}</dd><dt>Reason</dt><dd>{}</dd><dt>Begun</dt><dd>{}</dd>"
	       "<dt>How far</dt><dd>{}</dd><dt>Released</dt><dd>{}</dd></dl>\n",
	    N(x->year), T(x->phase), T(x->reason), T(x->begun), T(x->progress), T(x->released.n ? x->released : QPP_LIT("No")));
}

static void what_next(struct qpp_html *h, const struct qpp_operator_run *m)
{
	const struct qpp_run_line *x = &m->x;
	if (x->working)
		say(h, "<p><a href=\"/operator/runs/{}\">See how far it is now</a></p>\n", U(x->id));
	if (x->done && m->findings > 0)
		say(h, "<p>The radar found {} in it: <a href=\"/operator/radar?year={}\">look before the release</a>.</p>\n", N(m->findings), N(x->year));
	if (x->done && !m->findings)
		put(h, "<p>The radar found nothing in it.</p>\n");
	if (x->done && m->findings < 0)
		put(h, "<p>The radar has not looked at it yet.</p>\n");
	if (x->corrected && x->released.n)
		say(h, "<p>{} accounts were written to.</p>\n", N(x->told));
	if (x->done && !x->released.n)
		say(h, "<p><a href=\"/operator/runs/{}/release\">Release it</a></p>\n", U(x->id));
	if (!x->dropped && !x->released.n)
		say(h, "<p><a href=\"/operator/runs/{}/drop\">Give it up</a></p>\n", U(x->id));
}

QPP_VIEW(operator_run, qpp_operator_run)
{
	struct qpp_html page, *h = &page;
	struct qpp_str title = m->x.name.n ? m->x.name : m->x.phase;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, title, e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { m->x.corrected ? QPP_LIT("/operator/corrections") : QPP_LIT("/operator/runs"),
	                                            m->x.corrected ? QPP_LIT("Corrections") : QPP_LIT("Score runs") }, { QPP_LIT(""), title } }, 2);
	say(h, "<h1>{}</h1>\n", T(title));
	facts_of(h, &m->x);
	what_next(h, m);
	if (m->has_effect) {
		effect(h, m);
		moved_list(h, m);
	}
	return qpp_shell_end(h, s);
}

/* ---- release, and giving up ---- */

static void consequences(struct qpp_html *h, const struct qpp_run_line *x)
{
	put(h, "<h2>What will happen</h2>\n<ul>\n");
	put(h, "<li>From that instant on the people of each practice, virtual group, subgroup and APM entity see its score, and each clinician the own.</li>\n"
	       "<li>Registries and other third parties see no final feedback, before or after.</li>\n");
	if (x->factors)
		put(h, "<li>With payment adjustments, the factors show too, and the window for targeted review follows from this release.</li>\n");
	else
		put(h, "<li>There is no payment adjustment in this run, so none can show.</li>\n");
	if (x->corrected)
		say(h, "<li>{} clinicians get a corrected version with the name and the reason of this correction: {} go up, {} go down. The versions before stay readable.</li>\n"
		       "<li>Everyone of them is written to: the Security Officials of the practice, and the clinician's own account, once each.</li>\n",
		    N(x->up + x->down), N(x->up), N(x->down));
	put(h, "<li>It cannot be taken back: what people have seen stays. It is a record of the ledger, with your name.</li>\n</ul>\n");
}

static void release_form(struct qpp_html *h, const struct qpp_shell *s, const struct qpp_run_act *m, const struct qpp_form_errors *e)
{
	struct qpp_arena *a = h->b.arena;
	form_begin(h, s, qpp_str_cat(a, "/operator/runs/", qpp_str_dup(a, m->x.id).p, "/release", (char *)NULL), false);
	form_field(h, e, &(struct qpp_field){ .name = "at", .label = QPP_LIT("From when on"), .value = m->at, .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_SHORT,
		.hint = QPP_LIT("Empty: at once. Otherwise like 2024-08-12T10:00:00-04:00.") });
	if (m->x.factors)
		form_check(h, "factors", QPP_LIT("yes"), QPP_LIT("With payment adjustments"), m->factors);
	form_field(h, e, &(struct qpp_field){ .name = "reason", .label = QPP_LIT("Reason"), .hint = QPP_LIT("Shown beside the release."), .value = m->reason });
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Release"), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"/operator/runs/{}\">Cancel</a>\n</div>\n", U(m->x.id));
	form_end(h);
}

static void drop_form(struct qpp_html *h, const struct qpp_shell *s, const struct qpp_run_act *m)
{
	struct qpp_arena *a = h->b.arena;
	put(h, "<h2>What will happen</h2>\n<ul>\n<li>Nobody ever sees what it made.</li>\n<li>Another run of the year can begin.</li>\n</ul>\n");
	form_begin(h, s, qpp_str_cat(a, "/operator/runs/", qpp_str_dup(a, m->x.id).p, "/drop", (char *)NULL), false);
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_BAD, QPP_LIT("Give it up"), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"/operator/runs/{}\">Cancel</a>\n</div>\n", U(m->x.id));
	form_end(h);
}

QPP_VIEW(run_act, qpp_run_act)
{
	struct qpp_html page, *h = &page;
	const char *title = m->drop ? "Give this run up?" : "Release this run?";
	struct qpp_str address = qpp_str_cat(a, "/operator/runs/", qpp_str_dup(a, m->x.id).p, (char *)NULL);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, qpp_str_of(title), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/operator/runs"), QPP_LIT("Score runs") }, { address, m->x.name.n ? m->x.name : m->x.phase },
	                                          { QPP_LIT(""), m->drop ? QPP_LIT("Give up") : QPP_LIT("Release") } }, 3);
	say(h, "<h1>{}</h1>\n", W(title));
	facts_of(h, &m->x);
	if (m->drop) {
		drop_form(h, s, m);
	} else {
		consequences(h, &m->x);
		release_form(h, s, m, e);
	}
	return qpp_shell_end(h, s);
}

/* ---- /operator/corrections ---- */

static void cohort(struct qpp_html *h, const struct qpp_operator_corrections *m, const struct qpp_form_errors *e)
{
	static const struct qpp_option levels[] = {
		{ QPP_LIT_INIT(""), QPP_LIT_INIT("Nobody: only rules are corrected"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("individual"), QPP_LIT_INIT("Clinicians"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("group"), QPP_LIT_INIT("Practices as groups"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("virtualGroup"), QPP_LIT_INIT("Virtual groups"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("subgroup"), QPP_LIT_INIT("Subgroups"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("apmEntity"), QPP_LIT_INIT("APM entities"), QPP_LIT_INIT("") },
	};
	struct qpp_option *specials = QPP_NEW_ARRAY(h->b.arena, m->specials.n + 1, struct qpp_option);
	specials[0] = (struct qpp_option){ QPP_LIT(""), QPP_LIT("Any"), QPP_LIT("") };
	for (size_t i = 0; i < m->specials.n; i++)
		specials[i + 1] = (struct qpp_option){ m->specials.v[i], m->specials.v[i], QPP_LIT("") };
	put(h, "<h3>Facts of a cohort</h3>\n");
	form_field(h, e, &(struct qpp_field){ .name = "facts", .label = QPP_LIT("Facts"), .value = m->facts, .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_LONG,
		.hint = QPP_LIT("JSON that goes over the facts of each of them, like {\"smallPractice\": true}.") });
	form_select(h, e, &(struct qpp_field){ .name = "level", .label = QPP_LIT("Whose facts"), .value = m->level }, levels, sizeof levels / sizeof *levels);
	form_field(h, e, &(struct qpp_field){ .name = "state", .label = QPP_LIT("State"), .hint = QPP_LIT("Two letters; empty: any."), .value = m->state,
		.flags = QPP_FIELD_OPTIONAL | QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "county", .label = QPP_LIT("County"), .hint = QPP_LIT("As it is written on record; empty: any."), .value = m->county,
		.flags = QPP_FIELD_OPTIONAL | QPP_FIELD_SHORT });
	form_select(h, e, &(struct qpp_field){ .name = "special", .label = QPP_LIT("Special status of clinicians"), .value = m->special }, specials, m->specials.n + 1);
}

static void correction_form(struct qpp_html *h, const struct qpp_shell *s, const struct qpp_operator_corrections *m, const struct qpp_form_errors *e)
{
	put(h, "<h2>Begin a correction</h2>\n<p>Everybody is scored again with what is corrected, and compared with what is released. Nobody sees any of it before "
	       "it is released.</p>\n");
	form_begin(h, s, QPP_LIT("/operator/corrections"), false);
	form_hidden(h, "year", qpp_i64_text(h->b.arena, m->year));
	form_field(h, e, &(struct qpp_field){ .name = "name", .label = QPP_LIT("Name"), .hint = QPP_LIT("Shown to everyone whose score moves."), .value = m->name });
	form_field(h, e, &(struct qpp_field){ .name = "reason", .label = QPP_LIT("Reason"), .hint = QPP_LIT("What was wrong, in words for those people."), .value = m->reason,
		.flags = QPP_FIELD_LONG });
	form_field(h, e, &(struct qpp_field){ .name = "overlay", .label = QPP_LIT("Changed rules"), .value = m->overlay, .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_LONG,
		.hint = QPP_LIT("A file in the grammar of the rules that has only what it changes.") });
	cohort(h, m, e);
	scaling_of(h, e, m->scaling);
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Score everybody again"), NULL, QPP_LIT(""));
	form_end(h);
}

QPP_VIEW(operator_corrections, qpp_operator_corrections)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Corrections"), e);
	put(h, "<h1>Corrections</h1>\n<p class=\"q-lead\">Something was wrong for many: it is put right for everyone it touches, and each of them is told.</p>\n");
	years_of(h, a, "/operator/corrections", m->years.v, m->years.n, m->year);
	if (m->v.n)
		runs_table(h, &m->v);
	else
		say(h, "<p>Nothing was corrected for {} yet.</p>\n", N(m->year));
	if (m->busy)
		busy_note(h, "/operator/corrections", m->year);
	else
		correction_form(h, s, m, e);
	return qpp_shell_end(h, s);
}
