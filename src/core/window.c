/* Whether an instant lies in the submission period of a year. */
#include "qpp/window.h"

#include "qpp/ruleset.h"

const char *qpp_window_name(enum qpp_window w)
{
	static const char *const names[] = {
		[QPP_WINDOW_UNKNOWN] = "unknown", [QPP_WINDOW_NOT_OPEN] = "notOpen", [QPP_WINDOW_OPEN] = "open", [QPP_WINDOW_OVER] = "over"
	};
	return names[w < QPP_WINDOWS ? w : QPP_WINDOW_UNKNOWN];
}

static bool instant_of(const struct qpp_ruleset *rules, const char *name, qpp_py py, qpp_instant *out, struct qpp_str *text)
{
	const struct qpp_param *p = qpp_ruleset_param(rules, qpp_str_of(name));
	const struct qpp_param_row *row = p ? qpp_param_row(p, py) : NULL;
	bool known = row && row->status != QPP_RULE_NONE && qpp_instant_parse(row->value.text, out, NULL);
	if (text)
		*text = known ? row->value.text : QPP_LIT("");
	return known;
}

/* R-414.1325(e): from the first to the last instant, both included; one that is not known leaves all open. */
enum qpp_window qpp_window_at(const struct qpp_ruleset *rules, qpp_py py, qpp_instant at, struct qpp_str *first,
                              struct qpp_str *last)
{
	qpp_instant opens, closes;
	bool begins = instant_of(rules, "submission_opens", py, &opens, first);
	bool ends = instant_of(rules, "submission_closes", py, &closes, last);
	if (ends && at.v > closes.v)
		return QPP_WINDOW_OVER;
	if (begins && at.v < opens.v)
		return QPP_WINDOW_NOT_OPEN;
	return begins && ends ? QPP_WINDOW_OPEN : QPP_WINDOW_UNKNOWN;
}
