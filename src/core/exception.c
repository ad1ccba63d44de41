/*
 * R-414.1380(c)(2)(i)(A)(6), R-414.1380(c)(2)(i)(C), R-414.1317(b)(4): who may apply for an exception,
 * for which categories because of what, and until when. The applicant sees every
 * reason why not at once; the reviewer gets only what may be asked. R-414.1365(b)(1),
 * R-414.1335(a)(3): who registers an MVP or the survey, and until when.
 */
#include "qpp/exception.h"

#include "calc.h"
#include "qpp/buf.h"

enum { HUNDRED = 100 };

static const char *const kind_names[QPP_EXCEPTION_KINDS] = { "", "euc", "piHardship" };

const char *qpp_apply_name(enum qpp_apply x)
{
	static const char *const names[QPP_APPLIES] = { "unknown", "notOpen", "open", "over" };
	return names[x < QPP_APPLIES ? x : QPP_APPLY_UNKNOWN];
}

const char *qpp_exception_kind_name(enum qpp_exception_kind k)
{
	return kind_names[k < QPP_EXCEPTION_KINDS ? k : QPP_EXCEPTION_NONE];
}

enum qpp_exception_kind qpp_exception_kind_of(struct qpp_str name)
{
	for (enum qpp_exception_kind k = QPP_EXCEPTION_EUC; k < QPP_EXCEPTION_KINDS; k++)
		if (qpp_str_is(name, kind_names[k]))
			return k;
	return QPP_EXCEPTION_NONE;
}

uint32_t qpp_exception_categories(struct qpp_str words)
{
	struct qpp_str rest = words, word;
	uint32_t set = 0;
	while (qpp_str_cut(&rest, '+', &word))
		for (int k = 0; k < QPP_CATEGORIES; k++)
			if (qpp_str_is(word, qpp_category_name((enum qpp_category)k)))
				set |= 1u << k;
	return set;
}

struct qpp_str qpp_exception_words(struct qpp_arena *a, uint32_t categories)
{
	enum { MOST = 40 };
	struct qpp_buf b;
	bool first = true;
	qpp_buf_init(&b, a, MOST);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		if (!(categories & 1u << k))
			continue;
		qpp_buf_cat(&b, first ? "" : "+", qpp_category_name((enum qpp_category)k), (char *)NULL);
		first = false;
	}
	return qpp_buf_done(&b);
}

static struct qpp_calc calc_of(const struct qpp_request *q)
{
	return (struct qpp_calc){ .rules = q->rules, .arena = q->arena };
}

/* ---- events ---- */

static enum qpp_reweight_reason ground_of(struct qpp_str word)
{
	static const enum qpp_reweight_reason grounds[] = { QPP_EUC, QPP_HARDSHIP, QPP_DECERTIFIED };
	for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++)
		if (qpp_str_is(word, qpp_reweight_reason_name(grounds[i])))
			return grounds[i];
	return QPP_EUC;
}

static struct qpp_exception_event event_in(const struct qpp_table_row *row)
{
	struct qpp_exception_event e = {
		.name = qpp_cell_word(row, QPP_C_exception_events_event), .says = qpp_cell_word(row, QPP_C_exception_events_says),
		.ground = ground_of(qpp_cell_word(row, QPP_C_exception_events_ground)),
		.categories = qpp_exception_categories(qpp_cell_word(row, QPP_C_exception_events_categories)),
		.cite = qpp_cell_word(row, QPP_C_exception_events_cite)
	};
	const struct qpp_cell *closes = &row->cells[QPP_C_exception_events_closes];
	e.closes.has = closes->kind != QPP_CELL_ANY && qpp_instant_parse(closes->text, &e.closes.at, NULL);
	return e;
}

enum qpp_code qpp_exception_events(const struct qpp_request *q, enum qpp_exception_kind kind, const struct qpp_exception_event **out,
                                   size_t *n, struct qpp_err *err)
{
	struct qpp_calc c = calc_of(q);
	const struct qpp_bound_table *t = &q->rules->tables[QPP_T_exception_events];
	struct qpp_exception_event *v = QPP_NEW_ARRAY(q->arena, t->n_rows + 1, struct qpp_exception_event);
	*n = 0;
	(void)qpp_row_needed(&c, QPP_T_exception_events, QPP_KEYS({ -1, { NULL, 0 } }));
	for (size_t i = 0; i < t->n_rows; i++) {
		struct qpp_exception_event e = event_in(t->rows[i]);
		bool again = false;
		/* The first row of an event decides, as where one is looked up. */
		for (size_t k = 0; k < *n; k++)
			again |= qpp_str_eq(v[k].name, e.name);
		if (!again && qpp_str_is(qpp_cell_word(t->rows[i], QPP_C_exception_events_kind), qpp_exception_kind_name(kind)))
			v[(*n)++] = e;
	}
	*out = v;
	return qpp_calc_code(&c, err);
}

enum qpp_code qpp_exception_event_find(const struct qpp_request *q, enum qpp_exception_kind kind, struct qpp_str name,
                                       struct qpp_exception_event *out, bool *found, struct qpp_err *err)
{
	const struct qpp_exception_event *v;
	size_t n;
	enum qpp_code code = qpp_exception_events(q, kind, &v, &n, err);
	*out = (struct qpp_exception_event){ .name = name, .says = name, .ground = kind == QPP_EXCEPTION_PI ? QPP_HARDSHIP : QPP_EUC };
	*found = false;
	for (size_t i = 0; code == QPP_OK && i < n; i++) {
		out->categories |= v[i].categories;
		out->cite = v[i].cite;
	}
	for (size_t i = 0; code == QPP_OK && i < n && !*found; i++)
		if (qpp_str_eq(v[i].name, name)) {
			*out = v[i];
			*found = true;
		}
	return code;
}

/* ---- when ---- */

/* An instant of the calendar; one that rests on a reading only as long as that holds. */
static struct qpp_apply_moment read_in(struct qpp_calc *c, enum qpp_rule_param p, enum qpp_rule_reading reading)
{
	const struct qpp_param_row *row = c->rules->params[p];
	struct qpp_apply_moment m = { 0 };
	if (!row || row->status == QPP_RULE_NONE || (row->status == QPP_RULE_READING && qpp_reading(c, reading) != 0))
		return m;
	m.has = qpp_instant_parse(row->value.text, &m.at, NULL);
	return m;
}

/* The two instants of a window, and the readings they may rest on. */
struct window_rules {
	enum qpp_rule_param opens, closes;
	enum qpp_rule_reading opening, closing;
};

/* Where an instant lies; an end of its own (`closes`) goes before that of the rules. */
static void window_at(struct qpp_calc *c, const struct window_rules *w, const struct qpp_apply_moment *closes, qpp_instant at,
                      struct qpp_exception_window *out)
{
	out->opens = read_in(c, w->opens, w->opening);
	out->closes = closes && closes->has ? *closes : read_in(c, w->closes, w->closing);
	out->margin = out->closes.has ? out->closes.at.v - at.v : 0;
	const struct qpp_param_row *row = c->rules->params[w->closes];
	if (!out->closes.has && (!row || row->status == QPP_RULE_NONE))
		out->state = QPP_APPLY_UNKNOWN;
	else if (out->closes.has && out->margin < 0)
		out->state = QPP_APPLY_OVER;
	else
		out->state = out->opens.has && at.v < out->opens.at.v ? QPP_APPLY_NOT_YET : QPP_APPLY_NOW;
}

enum qpp_code qpp_exception_window(const struct qpp_request *q, const struct qpp_exception_event *event, qpp_instant at,
                                   struct qpp_exception_window *out, struct qpp_err *err)
{
	static const struct window_rules rules = { QPP_P_exception_opens, QPP_P_exception_closes, QPP_R_exception_opening, QPP_R_exception_closing };
	struct qpp_calc c = calc_of(q);
	*out = (struct qpp_exception_window){ .cite = QPP_LIT("414.1380(c)(2)(i)(A)(6)") };
	window_at(&c, &rules, event ? &event->closes : NULL, at, out);
	return qpp_calc_code(&c, err);
}

/* ---- who, for what ---- */

/* The year has rows at all: otherwise "no" would be said where nobody knows. */
static const struct qpp_table_row *level_row(struct qpp_calc *c, enum qpp_exception_kind kind, enum qpp_entity level)
{
	if (!qpp_row_needed(c, QPP_T_exception_levels, QPP_KEYS({ -1, { NULL, 0 } })))
		return NULL;
	return qpp_row(c, QPP_T_exception_levels, QPP_KEYS({ QPP_C_exception_levels_kind, qpp_str_of(qpp_exception_kind_name(kind)) },
	               { QPP_C_exception_levels_level, qpp_str_of(level ? qpp_entity_name(level) : "") }));
}

enum qpp_code qpp_exception_level(const struct qpp_request *q, enum qpp_exception_kind kind, enum qpp_entity level, bool *may,
                                  bool *all, struct qpp_err *err)
{
	struct qpp_calc c = calc_of(q);
	const struct qpp_table_row *row = level_row(&c, kind, level);
	*may = row != NULL;
	*all = row && qpp_str_is(qpp_cell_word(row, QPP_C_exception_levels_categories), "all");
	return qpp_calc_code(&c, err);
}

struct judging {
	struct qpp_calc c;
	const struct qpp_exception_ask *ask;
	struct qpp_exception_fault *v;
	size_t *n;
};

static void fault(struct judging *j, const char *code, const char *member, const char *says, const char *expected, struct qpp_str cite)
{
	j->v[(*j->n)++] = (struct qpp_exception_fault){ code, member, says, expected, cite };
}

static void judge_event(struct judging *j, const struct qpp_exception_event *e, bool found)
{
	if (found || (j->ask->event.n && qpp_reading(&j->c, QPP_R_exception_events) != 0))
		return;
	fault(j, "exceptionEvent", "event", j->ask->event.n ? "the year has no such event" : "it is not said what happened",
	      "one of the events of the form", e->cite);
}

static void judge_categories(struct judging *j, const struct qpp_exception_event *e, bool found, bool all, struct qpp_str cite)
{
	uint32_t asked = j->ask->categories, every = (1u << QPP_CATEGORIES) - 1;
	if (!asked)
		fault(j, "exceptionCategories", "categories", "no category is named", "at least one", cite);
	else if (all && asked != every)
		fault(j, "exceptionCategories", "categories", "an APM entity applies for all categories at once", "all four categories", cite);
	else if (found && (asked & ~e->categories))
		fault(j, "exceptionCategories", "categories", "the event does not excuse from one of the categories",
		      e->categories == 1u << QPP_PI ? "promoting interoperability alone" : "other categories", e->cite);
}

/* R-414.1317(b)(4): more than so many percent of the entity's clinicians. */
static void judge_entity(struct judging *j, struct qpp_str cite)
{
	const struct qpp_exception_ask *x = j->ask;
	struct qpp_num share = qpp_param(&j->c, QPP_P_exception_entity_share);
	if (j->c.code != QPP_OK)
		return;
	int sign = qpp_dec_cmp(qpp_dec_of(HUNDRED * x->excused), qpp_dec_mul(share.v, qpp_dec_of(x->members)));
	bool enough = sign > 0 || (sign == 0 && qpp_reading(&j->c, QPP_R_exception_entity_edge) != 0);
	if (x->members <= 0 || x->excused < 0 || x->excused > x->members || !enough)
		fault(j, "exceptionShare", "excused", "not enough of the entity's clinicians are excused from promoting interoperability",
		      "the share that the paragraph names", cite);
	if (!x->official)
		fault(j, "exceptionOfficial", "level", "for an APM entity a Security Official applies", "the Security Official role", cite);
}

enum qpp_code qpp_exception_judge(const struct qpp_request *q, const struct qpp_exception_ask *ask,
                                  struct qpp_exception_fault out[QPP_EXCEPTION_FAULTS], size_t *n, struct qpp_err *err)
{
	struct judging j = { .c = calc_of(q), .ask = ask, .v = out, .n = n };
	struct qpp_exception_event e;
	bool found;
	*n = 0;
	const struct qpp_table_row *row = level_row(&j.c, ask->kind, ask->level);
	if (j.c.code != QPP_OK)
		return qpp_calc_code(&j.c, err);
	if (!row) {
		fault(&j, "exceptionLevel", "level", ask->level == QPP_SUBGROUP ? "a subgroup has what its group has and does not apply for itself"
		      : "this level does not apply for such an exception in that year", "another level", QPP_LIT("414.1380(c)(2)(i)(A)(6)"));
		return QPP_OK;
	}
	enum qpp_code code = qpp_exception_event_find(q, ask->kind, ask->event, &e, &found, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str cite = qpp_cell_word(row, QPP_C_exception_levels_cite);
	judge_event(&j, &e, found);
	judge_categories(&j, &e, e.categories != 0, qpp_str_is(qpp_cell_word(row, QPP_C_exception_levels_categories), "all"), cite);
	if (ask->level == QPP_APM_ENTITY)
		judge_entity(&j, cite);
	return qpp_calc_code(&j.c, err);
}

enum qpp_code qpp_opt_in_level(const struct qpp_request *q, enum qpp_entity level, bool *may, bool *timed, struct qpp_err *err)
{
	struct qpp_calc c = calc_of(q);
	struct qpp_str word = qpp_str_of(level ? qpp_entity_name(level) : "");
	/* Before there was a choice there are no rows, and nobody may. */
	*may = qpp_row(&c, QPP_T_opt_in_levels, QPP_KEYS({ QPP_C_opt_in_levels_level, word })) != NULL;
	*timed = qpp_reading(&c, QPP_R_opt_in_window) == 0;
	return qpp_calc_code(&c, err);
}

/* ---- registrations ---- */

static const char *const register_names[QPP_REGISTERS] = { "", "mvp", "cahps" };

const char *qpp_register_name(enum qpp_register k)
{
	return register_names[k < QPP_REGISTERS ? k : QPP_REGISTER_NONE];
}

enum qpp_register qpp_register_of(struct qpp_str name)
{
	for (enum qpp_register k = QPP_REGISTER_MVP; k < QPP_REGISTERS; k++)
		if (qpp_str_is(name, register_names[k]))
			return k;
	return QPP_REGISTER_NONE;
}

/* R-414.1365(b)(1), R-414.1335(a)(3): from the first to the last second of the year's announcement. */
enum qpp_code qpp_registration_window(const struct qpp_request *q, enum qpp_register kind, qpp_instant at,
                                      struct qpp_exception_window *out, struct qpp_err *err)
{
	static const struct window_rules mvp = { QPP_P_mvp_registration_opens, QPP_P_mvp_registration_closes, QPP_R_mvp_registration, QPP_R_mvp_registration };
	static const struct window_rules cahps = { QPP_P_cahps_registration_opens, QPP_P_cahps_registration_closes, QPP_R_cahps_registration,
		QPP_R_cahps_registration };
	struct qpp_calc c = calc_of(q);
	bool is_mvp = kind == QPP_REGISTER_MVP;
	*out = (struct qpp_exception_window){ .cite = is_mvp ? QPP_LIT("414.1365(b)(1)") : QPP_LIT("414.1335(a)(3)") };
	window_at(&c, is_mvp ? &mvp : &cahps, NULL, at, out);
	return qpp_calc_code(&c, err);
}

enum qpp_code qpp_registration_level(const struct qpp_request *q, enum qpp_register kind, enum qpp_entity level, bool *may,
                                     struct qpp_err *err)
{
	struct qpp_calc c = calc_of(q);
	*may = qpp_row(&c, QPP_T_registration_levels, QPP_KEYS({ QPP_C_registration_levels_kind, qpp_str_of(qpp_register_name(kind)) },
	               { QPP_C_registration_levels_level, qpp_str_of(level ? qpp_entity_name(level) : "") })) != NULL;
	return qpp_calc_code(&c, err);
}
