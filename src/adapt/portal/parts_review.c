/* Shared parts of targeted review: windows, a request as it was written, documents, timeline, decision, difference. */
#include "adapt/portal/parts_review.h"

const struct qpp_option *tr_options(struct qpp_arena *a, const qpp_tr_options *v)
{
	struct qpp_option *out = QPP_NEW_ARRAY(a, v->n + 1, struct qpp_option);
	for (size_t i = 0; i < v->n; i++)
		out[i] = (struct qpp_option){ v->v[i].value, v->v[i].words, QPP_LIT("") };
	return out;
}

void tr_crumbs(struct qpp_html *h, struct qpp_str href, struct qpp_str words, struct qpp_str here)
{
	struct qpp_crumb v[3] = { { QPP_LIT("/targeted-review"), QPP_LIT("Targeted review") } };
	size_t n = 1;
	if (href.n)
		v[n++] = (struct qpp_crumb){ href, words };
	v[n++] = (struct qpp_crumb){ QPP_LIT(""), here };
	qpp_crumbs(h, v, n);
}

/* ---- windows ---- */

static void state_of(struct qpp_html *h, const struct qpp_tr_window *w)
{
	qpp_badge(h, w->open ? QPP_TONE_GOOD : w->over ? QPP_TONE_PLAIN : QPP_TONE_WARN,
	          w->open ? QPP_LIT("Open") : w->over ? QPP_LIT("Closed") : QPP_LIT("Not open yet"));
}

void tr_window(struct qpp_html *h, const struct qpp_tr_window *w)
{
	say(h, "<p>Requests for performance year {}: ", N(w->year));
	state_of(h, w);
	if (w->open)
		say(h, " until <strong>{}</strong>{}{}.</p>\n", T(w->closes), W(w->left.n ? ", which is in " : ""), T(w->left));
	else if (w->over)
		say(h, " since {}.</p>\n", T(w->closes));
	else
		say(h, " The window opens {}.</p>\n", T(w->opens));
	part_texts(h, &w->moved);
}

static void window_row(struct qpp_html *h, const struct qpp_tr_window *w)
{
	qpp_stack_row(h);
	say(h, "{}", N(w->year));
	if (w->campaign.n)
		say(h, "<span class=\"q-block\">{}</span><span class=\"q-note\">{}</span>", T(w->says), T(w->levels));
	put(h, "</th>");
	qpp_stack_cell(h, "State");
	state_of(h, w);
	put(h, "</td>");
	qpp_stack_cell(h, "Opens");
	say(h, "{}</td>", T(w->opens));
	qpp_stack_cell(h, "Closes");
	say(h, "{}", T(w->closes));
	if (w->open && w->left.n)
		say(h, "<span class=\"q-block\"><strong>in {}</strong></span>", T(w->left));
	for (size_t i = 0; i < w->moved.n; i++)
		say(h, "<span class=\"q-note\">{}</span>", T(w->moved.v[i]));
	put(h, "</td>");
	qpp_stack_cell(h, "Answers within");
	say(h, "{} days</td></tr>\n", N(w->reply_days));
}

void tr_windows(struct qpp_html *h, const qpp_tr_windows *v)
{
	if (!v->n)
		return;
	TABLE(h, "When reviews can be asked for, by performance year");
	qpp_stack_column(h, "Year"), qpp_stack_column(h, "State"), qpp_stack_column(h, "Opens"), qpp_stack_column(h, "Closes"),
		qpp_stack_column(h, "Answers within");
	qpp_stack_body(h);
	for (size_t i = 0; i < v->n; i++)
		window_row(h, &v->v[i]);
	qpp_stack_end(h);
}

/* ---- a request ---- */

static void fact(struct qpp_html *h, const char *term, struct qpp_str says)
{
	if (says.n)
		say(h, "<dt>{}</dt><dd>{}</dd>", W(term), T(says));
}

void tr_request(struct qpp_html *h, const struct qpp_tr_request *x)
{
	part_subject(h, &x->subject);
	put(h, "<dl class=\"q-facts\">");
	fact(h, "Request", x->number);
	fact(h, "State", x->state);
	fact(h, "Reason", x->reason);
	fact(h, "Kind of reason", x->category);
	fact(h, "Categories", x->categories);
	fact(h, "Measures", x->measures);
	fact(h, "Legal name", x->legal_name);
	fact(h, "Filed as", x->as);
	fact(h, "Submitter", x->name);
	fact(h, "E-mail", x->email);
	fact(h, "Telephone", x->phone);
	put(h, "</dl>\n<h3>Explanation</h3>\n");
	if (x->explanation.n)
		say(h, "<p class=\"q-typed\">{}</p>\n", T(x->explanation));
	else
		put(h, "<p class=\"q-muted\">None yet.</p>\n");
	if (!x->in_scope && x->scope_says.n) {
		qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("This reason is outside the scope of targeted review"));
		say(h, "<p class=\"ds-c-alert__text\">{}</p>\n", T(x->scope_says));
		qpp_alert_end(h);
	}
}

/* ---- documents ---- */

void tr_documents(struct qpp_html *h, const struct qpp_shell *s, const qpp_tr_documents *v)
{
	if (!v->n) {
		put(h, "<p>No documents.</p>\n");
		return;
	}
	put(h, "<ul class=\"q-list\">\n");
	for (size_t i = 0; i < v->n; i++) {
		const struct qpp_tr_document *x = &v->v[i];
		say(h, "<li><a href=\"{}\">{}</a> <span class=\"q-muted\">{}, {}, {}</span>\n", T(x->href), T(x->name), T(x->kind), T(x->size), T(x->at));
		say(h, "<span class=\"q-note\">SHA-256 <code>{}</code></span>\n", T(x->sha256));
		if (x->remove.n) {
			form_begin(h, s, x->remove, false);
			say(h, "<button class=\"ds-c-button ds-c-button--small\" type=\"submit\">Remove<span class=\"ds-u-visibility--screen-reader\"> {}"
			       "</span></button>\n", T(x->name));
			form_end(h);
		}
		put(h, "</li>\n");
	}
	put(h, "</ul>\n");
}

void tr_upload(struct qpp_html *h, const struct qpp_shell *s, const struct qpp_form_errors *e, struct qpp_str action, int64_t megabytes)
{
	const struct qpp_form_error *wrong = NULL;
	for (size_t i = 0; e && i < e->n && !wrong; i++)
		if (e->v[i].field && qpp_str_is(qpp_str_of(e->v[i].field), "file"))
			wrong = &e->v[i];
	form_begin(h, s, action, true);
	put(h, "<div class=\"q-field\">\n<label class=\"ds-c-label\" for=\"file\">Document</label>\n");
	say(h, "<p class=\"ds-c-hint\" id=\"file-hint\">PDF, PNG, JPG, CSV, XLSX, DOCX or TXT, at most {} megabytes. Nothing that names a "
	       "patient: no names, birth dates or record numbers of patients.</p>\n", N(megabytes));
	if (wrong)
		say(h, "<p class=\"ds-c-inline-error\" id=\"file-error\"><span class=\"ds-u-visibility--screen-reader\">Error: </span>{}</p>\n",
		    T(wrong->says));
	say(h, "<input type=\"file\" id=\"file\" name=\"file\" accept=\".pdf,.png,.jpg,.jpeg,.csv,.xlsx,.docx,.txt\" "
	       "aria-describedby=\"file-hint{}\">\n</div>\n", W(wrong ? " file-error" : ""));
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Add the document"), NULL, QPP_LIT(""));
	form_end(h);
}

/* ---- what happened ---- */

void tr_events(struct qpp_html *h, const qpp_tr_events *v)
{
	put(h, "<ol class=\"q-list\">\n");
	for (size_t i = 0; i < v->n; i++) {
		say(h, "<li><strong>{}</strong> <span class=\"q-muted\">{}, {}</span>", T(v->v[i].what), T(v->v[i].actor), T(v->v[i].at));
		if (v->v[i].note.n)
			say(h, "<span class=\"q-block q-typed\">{}</span>", T(v->v[i].note));
		put(h, "</li>\n");
	}
	put(h, "</ol>\n");
}

void tr_decision(struct qpp_html *h, const struct qpp_tr_decision *x)
{
	if (!x->there)
		return;
	say(h, "<p class=\"q-verdict\">{}</p>\n<dl class=\"q-facts\">", T(x->says));
	fact(h, "Ground", x->ground);
	fact(h, "Recommended by", x->by);
	fact(h, "Confirmed by", x->confirmed_by);
	fact(h, "Decided", x->made);
	for (size_t i = 0; i < x->overrides.n; i++)
		if (x->overrides.v[i].says.n)
			say(h, "<dt>Corrected</dt><dd>{}</dd>", T(x->overrides.v[i].says));
		else
			say(h, "<dt>Corrected</dt><dd><code>{}</code>: <code>{}</code></dd>", T(x->overrides.v[i].fact), T(x->overrides.v[i].value));
	say(h, "</dl>\n<h3>Reasons</h3>\n<p class=\"q-typed\">{}</p>\n", T(x->reasons));
}

static void figures(struct qpp_html *h, const struct qpp_tr_difference *x)
{
	TABLE(h, "Final score and payment adjustment");
	qpp_stack_column(h, "What"), qpp_stack_number(h, "Before"), qpp_stack_number(h, "After");
	qpp_stack_body(h);
	qpp_stack_row(h);
	put(h, "Final score</th>");
	qpp_stack_figure(h, "Before");
	say(h, "{}</td>", T(x->score_before));
	qpp_stack_figure(h, "After");
	say(h, "{}</td></tr>\n", T(x->score_after));
	qpp_stack_row(h);
	put(h, "Payment adjustment</th>");
	qpp_stack_figure(h, "Before");
	say(h, "{}</td>", T(x->factor_before));
	qpp_stack_figure(h, "After");
	say(h, "{}</td></tr>\n", T(x->factor_after));
	qpp_stack_end(h);
}

static void change(struct qpp_html *h, const struct qpp_tr_fact_change *x)
{
	qpp_stack_row(h);
	say(h, "{}{}<span class=\"q-note\">{}</span></th>", W(x->cause ? "Cause: " : ""), T(x->says), T(x->path));
	qpp_stack_figure(h, "Before");
	say(h, "{}</td>", T(x->old));
	qpp_stack_figure(h, "After");
	say(h, "{}</td>", T(x->now));
	qpp_stack_cell(h, "Rule");
	say(h, "{}", T(x->rule));
	if (x->note.n)
		say(h, "<span class=\"q-note\">{}</span>", T(x->note));
	put(h, "</td></tr>\n");
}

void tr_difference(struct qpp_html *h, const struct qpp_tr_difference *x)
{
	if (!x->there) {
		if (x->none.n)
			say(h, "<p>{}</p>\n", T(x->none));
		return;
	}
	say(h, "<p class=\"q-verdict\">{}</p>\n", T(x->says));
	figures(h, x);
	if (x->why_after.n)
		say(h, "<p>{}</p>\n", T(x->why_after));
	if (!x->changes.n)
		return;
	TABLE(h, "Facts that changed, causes first");
	qpp_stack_column(h, "Fact"), qpp_stack_number(h, "Before"), qpp_stack_number(h, "After"), qpp_stack_column(h, "Rule");
	qpp_stack_body(h);
	for (size_t i = 0; i < x->changes.n; i++)
		change(h, &x->changes.v[i]);
	qpp_stack_end(h);
	if (x->left_out)
		say(h, "<p>And {} more that follow from these.</p>\n", N(x->left_out));
}

/* ---- lists ---- */

static void line(struct qpp_html *h, const struct qpp_tr_line *x)
{
	qpp_stack_row(h);
	say(h, "<a href=\"{}\">{}</a> <span class=\"q-block\">{}</span><span class=\"q-note\">{}{}{}</span></th>", T(x->href), T(x->number),
	    T(x->subject.name), T(x->subject.number), W(x->subject.clinician.n ? ", " : ""), T(x->subject.clinician));
	qpp_stack_cell(h, "Year and level");
	say(h, "{}, {}</td>", N(x->subject.year), T(x->subject.level));
	qpp_stack_cell(h, "Reason");
	say(h, "{}</td>", T(x->reason));
	qpp_stack_cell(h, "State");
	say(h, "{}", T(x->state));
	if (x->due.n)
		say(h, "<span class=\"q-note\">{}</span>", T(x->due));
	if (x->overdue)
		qpp_badge(h, QPP_TONE_WARN, QPP_LIT("Overdue"));
	if (x->duplicate)
		qpp_badge(h, QPP_TONE_WARN, QPP_LIT("Duplicate?"));
	if (x->assignee.n)
		say(h, "<span class=\"q-note\">With {}</span>", T(x->assignee));
	if (x->action.n)
		say(h, "<span class=\"q-block q-waiting\">{}</span>", T(x->action));
	put(h, "</td>");
	qpp_stack_cell(h, "Changed");
	say(h, "{}</td></tr>\n", T(x->changed));
}

void tr_lines(struct qpp_html *h, const qpp_tr_lines *v)
{
	if (!v->n)
		return;
	TABLE(h, "Requests for review");
	qpp_stack_column(h, "Request"), qpp_stack_column(h, "Year and level"), qpp_stack_column(h, "Reason"), qpp_stack_column(h, "State"),
		qpp_stack_column(h, "Changed");
	qpp_stack_body(h);
	for (size_t i = 0; i < v->n; i++)
		line(h, &v->v[i]);
	qpp_stack_end(h);
}
