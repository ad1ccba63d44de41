/*
 * Forms: every field has a label, its hint and its error tied to it by
 * aria-describedby, and keeps what was typed. Autocomplete is off unless the
 * field says what it is.
 */
#include "adapt/portal/view.h"

#include <string.h>

static const struct qpp_form_error *error_of(const struct qpp_form_errors *e, const char *field)
{
	for (size_t i = 0; e && i < e->n; i++)
		if (e->v[i].field && strcmp(e->v[i].field, field) == 0)
			return &e->v[i];
	return NULL;
}

void form_begin(struct qpp_html *h, const struct qpp_shell *s, struct qpp_str action, bool files)
{
	say(h, "<form method=\"post\" action=\"{}\"", T(action));
	if (files)
		put(h, " enctype=\"multipart/form-data\"");
	put(h, ">\n");
	if (s->csrf.n)
		form_hidden(h, "csrf", s->csrf);
}

void form_ask(struct qpp_html *h, struct qpp_str action)
{
	say(h, "<form method=\"get\" action=\"{}\">\n", T(action));
}

void form_end(struct qpp_html *h)
{
	put(h, "</form>\n");
}

void form_hidden(struct qpp_html *h, const char *name, struct qpp_str value)
{
	say(h, "<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", W(name), T(value));
}

static void hint_and_error(struct qpp_html *h, const struct qpp_field *f, const struct qpp_form_error *e)
{
	if (f->hint.n)
		say(h, "<p class=\"ds-c-hint\" id=\"{}-hint\">{}</p>\n", W(f->name), T(f->hint));
	if (e)
		say(h, "<p class=\"ds-c-inline-error\" id=\"{}-error\"><span class=\"ds-u-visibility--screen-reader\">Error: </span>"
		       "{}</p>\n", W(f->name), T(e->says));
}

static void described(struct qpp_html *h, const struct qpp_field *f, const struct qpp_form_error *e)
{
	if (f->hint.n && e)
		say(h, " aria-describedby=\"{}-hint {}-error\"", W(f->name), W(f->name));
	else if (f->hint.n || e)
		say(h, " aria-describedby=\"{}-{}\"", W(f->name), W(e ? "error" : "hint"));
	if (e)
		put(h, " aria-invalid=\"true\"");
}

static void label(struct qpp_html *h, const struct qpp_field *f)
{
	say(h, "<label class=\"ds-c-label\" for=\"{}\">{}", W(f->name), T(f->label));
	if (f->flags & QPP_FIELD_OPTIONAL)
		put(h, " <span class=\"q-optional\">(optional)</span>");
	put(h, "</label>\n");
}

static void input(struct qpp_html *h, const struct qpp_field *f, const struct qpp_form_error *e)
{
	bool number = f->flags & (QPP_FIELD_NUMBER | QPP_FIELD_CODE);
	if (f->flags & QPP_FIELD_LONG) {
		say(h, "<textarea class=\"ds-c-field{}\" id=\"{}\" name=\"{}\" rows=\"4\"", W(e ? " ds-c-field--error" : ""),
		    W(f->name), W(f->name));
		described(h, f, e);
		say(h, ">\n{}</textarea>\n", T(f->value));
		return;
	}
	say(h, "<input class=\"ds-c-field{}{}\" type=\"{}\" id=\"{}\" name=\"{}\"", W(e ? " ds-c-field--error" : ""),
	    W(f->flags & QPP_FIELD_SHORT ? " ds-c-field--medium" : ""), W(f->flags & QPP_FIELD_SECRET ? "password" : "text"),
	    W(f->name), W(f->name));
	/* A password never comes back. */
	if (!(f->flags & QPP_FIELD_SECRET))
		say(h, " value=\"{}\"", T(f->value));
	if (number)
		put(h, " inputmode=\"numeric\"");
	say(h, " autocomplete=\"{}\"", W(f->autocomplete ? f->autocomplete : "off"));
	described(h, f, e);
	put(h, ">\n");
}

void form_field(struct qpp_html *h, const struct qpp_form_errors *errors, const struct qpp_field *f)
{
	const struct qpp_form_error *e = error_of(errors, f->name);
	put(h, "<div class=\"q-field\">\n");
	label(h, f);
	hint_and_error(h, f, e);
	input(h, f, e);
	put(h, "</div>\n");
}

void form_select(struct qpp_html *h, const struct qpp_form_errors *errors, const struct qpp_field *f,
                     const struct qpp_option *v, size_t n)
{
	const struct qpp_form_error *e = error_of(errors, f->name);
	put(h, "<div class=\"q-field\">\n");
	label(h, f);
	hint_and_error(h, f, e);
	say(h, "<select class=\"ds-c-field{}\" id=\"{}\" name=\"{}\"", W(e ? " ds-c-field--error" : ""), W(f->name), W(f->name));
	described(h, f, e);
	put(h, ">\n");
	for (size_t i = 0; i < n; i++) {
		say(h, "<option value=\"{}\"", T(v[i].value));
		if (qpp_str_eq(v[i].value, f->value))
			put(h, " selected");
		say(h, ">{}</option>\n", T(v[i].words));
	}
	put(h, "</select>\n</div>\n");
}

/* The first button has the id of the field: the summary of errors leads there. */
static void radio(struct qpp_html *h, const struct qpp_field *f, const struct qpp_option *o, size_t i)
{
	put(h, "<div class=\"ds-c-choice-wrapper\">\n");
	say(h, "<input class=\"ds-c-choice\" type=\"radio\" name=\"{}\" value=\"{}\" id=\"{}", W(f->name), T(o->value), W(f->name));
	if (i)
		say(h, "-{}", N((int64_t)i));
	put(h, "\"");
	if (qpp_str_eq(o->value, f->value))
		put(h, " checked");
	say(h, ">\n<label for=\"{}", W(f->name));
	if (i)
		say(h, "-{}", N((int64_t)i));
	say(h, "\">{}", T(o->words));
	if (o->hint.n)
		say(h, "<span class=\"ds-c-hint\">{}</span>", T(o->hint));
	put(h, "</label>\n</div>\n");
}

void form_radio(struct qpp_html *h, const struct qpp_form_errors *errors, const struct qpp_field *f,
                    const struct qpp_option *v, size_t n)
{
	const struct qpp_form_error *e = error_of(errors, f->name);
	put(h, "<fieldset class=\"ds-c-fieldset\"");
	described(h, f, e);
	say(h, ">\n<legend class=\"ds-c-label\">{}</legend>\n", T(f->label));
	hint_and_error(h, f, e);
	for (size_t i = 0; i < n; i++)
		radio(h, f, &v[i], i);
	put(h, "</fieldset>\n");
}

void form_check(struct qpp_html *h, const char *name, struct qpp_str value, struct qpp_str words, bool checked)
{
	say(h, "<div class=\"ds-c-choice-wrapper\">\n<input class=\"ds-c-choice\" type=\"checkbox\" name=\"{}\" value=\"{}\" id=\"{}-{}\"",
	    W(name), T(value), W(name), U(value));
	if (checked)
		put(h, " checked");
	say(h, ">\n<label for=\"{}-{}\">{}</label>\n</div>\n", W(name), U(value), T(words));
}

void form_button(struct qpp_html *h, enum qpp_tone tone, struct qpp_str words, const char *name, struct qpp_str value)
{
	static const char *const kinds[] = { "", " ds-c-button--solid", " ds-c-button--solid", " q-button--danger" };
	say(h, "<button class=\"ds-c-button{}\" type=\"submit\"", W(kinds[tone]));
	if (name)
		say(h, " name=\"{}\" value=\"{}\"", W(name), T(value));
	say(h, ">{}</button>\n", T(words));
}
