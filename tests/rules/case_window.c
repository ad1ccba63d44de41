/* Cases on the submission period: `filed` an instant; expected is the `window`: open notOpen over unknown. */
#include "qpp/window.h"
#include "case_run.h"

enum qpp_code case_ask_window(struct case_run *r)
{
	struct qpp_str filed = case_word(r, "filed");
	qpp_instant at;
	if (!qpp_instant_parse(filed, &at, NULL)) {
		case_says(r, "the given `filed` is no instant", (char *)NULL);
		return QPP_USAGE;
	}
	enum qpp_window w = qpp_window_at(qpp_rules_set(r->request.rules), (qpp_py){ r->is->py }, at, NULL, NULL);
	case_answer(r, "window", qpp_str_of(qpp_window_name(w)));
	return QPP_OK;
}
