/* Text with holes, and small words that all views use. */
#include "adapt/portal/view.h"

#include <stdlib.h>
#include <string.h>

static void put_hole(struct qpp_html *h, const struct qpp_hole *x)
{
	switch (x->kind) {
	case 't':
		qpp_html_text(h, x->s);
		break;
	case 'u':
		qpp_html_url(h, x->s);
		break;
	default:
		qpp_html_i64(h, x->n);
	}
}

void qpp_fill(struct qpp_html *h, const char *form, const struct qpp_hole *v, size_t n)
{
	size_t k = 0;
	for (const char *hole; (hole = strstr(form, "{}")); form = hole + 2) {
		if (k == n)
			abort();
		qpp_html_part(h, (struct qpp_str){ form, (size_t)(hole - form) });
		put_hole(h, &v[k++]);
	}
	if (k != n)
		abort();
	qpp_html_part(h, qpp_str_of(form));
}

void qpp_count_words(struct qpp_html *h, int64_t n, const char *one, const char *many)
{
	say(h, "{} {}", N(n), W(n == 1 ? one : many));
}

static const char *const tones[] = { "", "success", "warn", "error" };
static const char *const badge_tones[] = { "", "success", "warn", "alert" };
/* Heard before the text: color alone says nothing. */
static const char *const heard[] = { "Notice", "Success", "Warning", "Alert" };

void qpp_alert_begin(struct qpp_html *h, enum qpp_tone tone, struct qpp_str heading)
{
	say(h, "<div class=\"ds-c-alert ds-c-alert--hide-icon{}{}\">\n<div class=\"ds-c-alert__body\">\n",
	    W(tone ? " ds-c-alert--" : ""), W(tones[tone]));
	if (heading.n)
		say(h, "<h2 class=\"ds-c-alert__heading\"><span class=\"ds-u-visibility--screen-reader\">{}: </span>{}</h2>\n",
		    W(heard[tone]), T(heading));
	else
		say(h, "<span class=\"ds-u-visibility--screen-reader\">{}: </span>\n", W(heard[tone]));
}

void qpp_alert_end(struct qpp_html *h)
{
	put(h, "</div>\n</div>\n");
}

void qpp_badge(struct qpp_html *h, enum qpp_tone tone, struct qpp_str words)
{
	say(h, "<span class=\"ds-c-badge{}{}\">{}</span>", W(tone ? " ds-c-badge--" : ""), W(badge_tones[tone]), T(words));
}
