/* Cases on exceptions: `applied` an instant; `exception` a kind with level, event and categories; `elects` a level; `registers` a kind, with `applied` or a level. */
#include "qpp/exception.h"
#include "case_run.h"

enum qpp_code case_ask_exception_window(struct case_run *r)
{
	struct qpp_exception_window w;
	struct qpp_exception_event event;
	struct qpp_str value;
	qpp_instant at;
	bool found = false;
	enum qpp_code code = QPP_OK;
	if (!case_given(r, "applied", &value) || !qpp_instant_parse(value, &at, NULL)) {
		case_says(r, "the given `applied` is no instant", (char *)NULL);
		return QPP_USAGE;
	}
	if (case_gives(r, "exception"))
		code = qpp_exception_event_find(&r->request, qpp_exception_kind_of(case_word(r, "exception")), case_word(r, "event"), &event,
		                                &found, &r->err);
	if (code == QPP_OK)
		code = qpp_exception_window(&r->request, found ? &event : NULL, at, &w, &r->err);
	if (code == QPP_OK)
		case_answer(r, "window", qpp_str_of(qpp_apply_name(w.state)));
	return code;
}

static int64_t count(struct case_run *r, const char *name)
{
	struct qpp_number x = { 0 };
	int64_t n = 0;
	if (case_gives(r, name))
		case_number(r, name, &x);
	return x.given && qpp_dec_i64(x.v, &n) ? n : 0;
}

enum qpp_code case_ask_exception(struct case_run *r)
{
	enum { ROOM = 200 };
	struct qpp_exception_fault v[QPP_EXCEPTION_FAULTS];
	size_t n;
	struct qpp_buf b;
	enum qpp_tri official = QPP_UNKNOWN;
	if (case_gives(r, "official"))
		case_tri(r, "official", &official);
	const struct qpp_exception_ask ask = {
		.kind = qpp_exception_kind_of(case_word(r, "exception")), .level = qpp_entity_of(case_word(r, "level")),
		.event = case_word(r, "event"), .categories = qpp_exception_categories(case_word(r, "categories")),
		.members = count(r, "members"), .excused = count(r, "excused"), .official = official == QPP_YES
	};
	enum qpp_code code = qpp_exception_judge(&r->request, &ask, v, &n, &r->err);
	if (code != QPP_OK)
		return code;
	qpp_buf_init(&b, r->arena, ROOM);
	for (size_t i = 0; i < n; i++)
		qpp_buf_cat(&b, i ? " " : "", v[i].code, (char *)NULL);
	case_answer(r, "may_apply", n ? QPP_LIT("no") : QPP_LIT("yes"));
	case_answer(r, "codes", n ? qpp_buf_done(&b) : QPP_LIT("none"));
	return code;
}

enum qpp_code case_ask_opt_in(struct case_run *r)
{
	bool may, timed;
	enum qpp_code code = qpp_opt_in_level(&r->request, qpp_entity_of(case_word(r, "elects")), &may, &timed, &r->err);
	if (code == QPP_OK)
		case_answer(r, "may_elect", may ? QPP_LIT("yes") : QPP_LIT("no"));
	if (code == QPP_OK && may)
		case_answer(r, "timed", timed ? QPP_LIT("yes") : QPP_LIT("no"));
	return code;
}

enum qpp_code case_ask_registration(struct case_run *r)
{
	struct qpp_exception_window w;
	struct qpp_str value;
	qpp_instant at;
	bool may;
	enum qpp_register kind = qpp_register_of(case_word(r, "registers"));
	enum qpp_code code = QPP_OK;
	if (case_given(r, "applied", &value)) {
		if (!qpp_instant_parse(value, &at, NULL)) {
			case_says(r, "the given `applied` is no instant", (char *)NULL);
			return QPP_USAGE;
		}
		code = qpp_registration_window(&r->request, kind, at, &w, &r->err);
		if (code == QPP_OK)
			case_answer(r, "window", qpp_str_of(qpp_apply_name(w.state)));
	}
	if (code == QPP_OK && case_gives(r, "level")) {
		code = qpp_registration_level(&r->request, kind, qpp_entity_of(case_word(r, "level")), &may, &r->err);
		if (code == QPP_OK)
			case_answer(r, "may_register", may ? QPP_LIT("yes") : QPP_LIT("no"));
	}
	return code;
}
