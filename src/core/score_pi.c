/*
 * 414.1375 and 414.1380(b)(4)(ii): the promoting interoperability performance
 * category. Everything required or the whole category is 0; exclusions move
 * their points to other measures; each measure is rounded to whole points. The
 * filer sees every requirement that was missing, not only the first.
 */
#include "score_int.h"

/* One item of the plan with what the set says about it. */
struct item {
	const struct qpp_pi_item *def;
	const struct qpp_measurement *answer;    /* NULL: not reported */
	bool excluded, replaced;                 /* by an exclusion; by a measure reported instead */
	struct qpp_num available;
};

struct pi {
	struct qpp_scoring *s;
	const struct qpp_measurement_set *set;
	struct item item[QPP_PI_MOST];
	size_t n;
	const struct qpp_measurement *answer[QPP_PI_KNOWN + 1];   /* by pi_index; [0] stays NULL */
	struct qpp_category_score *out;
	bool incomplete;                         /* something required is missing or not met: the category scores 0 */
	bool unanswered;                         /* something required is not there at all: no qualifying submission */
};

static const struct qpp_measurement *find(const struct pi *p, const struct qpp_measure *m)
{
	return m ? p->answer[p->s->plan->pi_index[qpp_place(p->s->plan, m)]] : NULL;
}

/* Each answer at its measure's index, so that looking one up costs nothing; the first of two holds. */
static void index_answers(struct pi *p)
{
	const struct qpp_plan *plan = p->s->plan;
	for (size_t i = 0; i <= plan->n_pi_known; i++)
		p->answer[i] = NULL;
	for (size_t i = p->set->n_measurements; i-- > 0;) {
		const struct qpp_measure *m = p->set->measurements[i].measure;
		if (m && plan->pi_index[qpp_place(plan, m)])
			p->answer[plan->pi_index[qpp_place(plan, m)]] = &p->set->measurements[i];
	}
}

static bool answered_yes(const struct qpp_measurement *m)
{
	return m && m->kind == QPP_VALUE_BOOLEAN && m->yes;
}

/* A numerator of at least one (which needs a denominator), or a yes. */
static bool performed(const struct item *x)
{
	if (!x->answer)
		return false;
	if (x->answer->kind == QPP_VALUE_PROPORTION)
		return x->answer->numerator.given && qpp_dec_sign(x->answer->numerator.v) > 0;
	return answered_yes(x->answer);
}

static bool any_yes(const struct pi *p, const struct qpp_measure *const *measures, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (answered_yes(find(p, measures[i])))
			return true;
	return false;
}

static void read_items(struct pi *p)
{
	struct qpp_calc *c = &p->s->c;
	const struct qpp_plan *plan = p->s->plan;
	if (!plan->n_pi)
		(void)qpp_row_needed(c, QPP_T_pi_measures, QPP_KEYS({ QPP_C_pi_measures_kind, QPP_LIT("rate") }));
	for (size_t i = 0; i < plan->n_pi; i++) {
		const struct qpp_pi_item *def = &plan->pi[i];
		p->item[p->n++] = (struct item){
			.def = def,
			.answer = find(p, def->measure),
			.excluded = any_yes(p, def->exclusions, def->n_exclusions),
			.available = qpp_cell_num(c, QPP_T_pi_measures, def->row, QPP_C_pi_measures_points),
		};
	}
}

/* A measure reported instead of others of its objective (bi-directional exchange). */
static struct item *instead_of(struct pi *p, int objective)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->item[i].def->kind == QPP_PI_INSTEAD && p->item[i].def->objective == objective && performed(&p->item[i]))
			return &p->item[i];
	return NULL;
}

static void lacks(struct pi *p, struct qpp_str id, struct qpp_where where, const char *what, const char *mend)
{
	struct qpp_scoring *s = p->s;
	p->incomplete = true;
	if (!find(p, qpp_catalog_measure(s->c.catalog, id)))
		p->unanswered = true;
	if (!s->c.findings)
		return;
	const struct qpp_measure *m = qpp_catalog_measure(s->c.catalog, id);
	struct qpp_str text = qpp_str_cat(s->c.findings->arena, what, "; the whole promoting interoperability category scores 0",
	                                  (char *)NULL);
	struct qpp_finding *f = qpp_find(s->c.findings, QPP_WARNING, "piRequiredMissing", where, text);
	f->subject = id;
	if (m && m->title.n) {
		struct qpp_buf b;
		qpp_buf_init(&b, s->c.findings->arena, 300);
		qpp_buf_str(&b, id);
		qpp_buf_char(&b, ' ');
		qpp_buf_str(&b, m->title);
		f->subject = qpp_buf_done(&b);
	}
	f->hint = qpp_str_of(mend);
	f->cite = QPP_LIT("414.1375(b)");
}

/* R-414.1320: the performance period is long enough. */
static void check_period(struct pi *p)
{
	struct qpp_calc *c = &p->s->c;
	if (!p->set->has_start || !p->set->has_end) {
		lacks(p, QPP_LIT("performanceStart"), p->set->where, "the performance period is not given",
		      "give performanceStart and performanceEnd");
		return;
	}
	struct qpp_num days = qpp_input(c, QPP_F_PI_DAYS, qpp_dec_of(qpp_day_count(p->set->start, p->set->end)), p->set->where);
	struct qpp_num enough = QPP_DERIVE(c, QPP_F_PI_LONG_ENOUGH, QPP_OP_AT_LEAST, days, qpp_param(c, QPP_P_pi_period_days));
	if (qpp_num_yes(enough) || c->code != QPP_OK)
		return;
	p->incomplete = true;
	struct qpp_finding *f = qpp_remark(p->s, QPP_WARNING, "piPeriodTooShort", p->set->where,
	                                   QPP_LIT("the performance period is too short; the whole promoting interoperability category scores 0"));
	f->value = qpp_i64_text(c->arena, qpp_day_count(p->set->start, p->set->end));
	f->expected = qpp_str_cat(c->arena, "at least ", qpp_dec_text_short(c->arena, qpp_param(c, QPP_P_pi_period_days).v, 0, 0).p,
	                          " days, both ends counted", (char *)NULL);
	f->cite = QPP_LIT("414.1320");
}

/* One requirement: an attestation, an answer, or a measure with performance or an exclusion. */
static void check_item(struct pi *p, struct item *x)
{
	struct qpp_where at = x->answer ? x->answer->where : p->set->where;
	struct qpp_str id = x->def->id;
	switch (x->def->kind) {
	case QPP_PI_ATTEST:
		if (!answered_yes(x->answer))
			lacks(p, id, at, x->answer ? "a required attestation is answered no" : "a required attestation is not reported",
			      "answer it true when that is so");
		return;
	case QPP_PI_ANSWER:
		if (!x->answer)
			lacks(p, id, at, "a required attestation is not reported", "answer it true or false");
		return;
	case QPP_PI_SUPPRESSED:
		if (!x->answer && !x->excluded)
			lacks(p, id, at, "a required measure is not reported",
			      "answer it true or false, or claim its exclusion: each earns the points");
		return;
	case QPP_PI_RATE:
		x->replaced = instead_of(p, x->def->objective) != NULL;
		/* fall through */
	case QPP_PI_YES:
	case QPP_PI_REGISTRY:
		if (!x->replaced && !x->excluded && !performed(x))
			lacks(p, id, at,
			      x->answer ? "a required measure is reported without performance" : "a required measure is not reported",
			      x->def->kind == QPP_PI_RATE ? "report a numerator of at least 1, or claim its exclusion"
			                                  : "answer it true, or claim its exclusion");
		return;
	default:
		return;
	}
}

/* R-414.1375(b): every requirement, so that all that is missing is told at once. */
static void check_required(struct pi *p)
{
	/* Its absence was told when the submission was checked (cehrtIdMissing). */
	if (!p->set->cehrt_id.n)
		p->incomplete = p->unanswered = true;
	check_period(p);
	for (size_t i = 0; i < p->n; i++)
		check_item(p, &p->item[i]);
}

static void move_points(struct pi *p, struct item *to, struct qpp_num amount, struct qpp_str from)
{
	struct qpp_calc *c = &p->s->c;
	if (!to)
		return;
	c->subject = qpp_subject(c, "pi", to->def->id, NULL);
	struct qpp_num moved = QPP_DERIVE(c, QPP_F_PI_MOVED, QPP_OP_SAME, amount);
	qpp_note(c, moved, "the points of ", qpp_str_dup(c->arena, from).p, ", which is excluded", (char *)NULL);
	to->available = QPP_DERIVE(c, QPP_F_PI_AVAILABLE, QPP_OP_SUM, to->available, moved);
}

static struct item *item_at(struct pi *p, int place)
{
	return place >= 0 ? &p->item[place] : NULL;
}

/* Health information exchange: to the measure reported in place of the two, else half to each of them. */
static void move_to_exchange(struct pi *p, struct qpp_num amount, struct qpp_str from)
{
	struct qpp_calc *c = &p->s->c;
	struct item *send = item_at(p, p->s->plan->send), *receive = item_at(p, p->s->plan->receive);
	struct item *instead = send ? instead_of(p, send->def->objective) : NULL;
	if (instead) {
		move_points(p, instead, amount, from);
		return;
	}
	if (qpp_reading(c, QPP_R_pi_exchange_split) != QPP_R_pi_exchange_split_halves) {
		move_points(p, send, amount, from);
		return;
	}
	struct qpp_num half = QPP_DERIVE(c, QPP_F_PI_MOVED, QPP_OP_QUOTIENT, amount, qpp_constant(c, QPP_F_PI_RECEIVERS, 2));
	move_points(p, send, half, from);
	move_points(p, receive, half, from);
}

static bool public_health_excluded(struct pi *p)
{
	bool some = false;
	for (size_t i = 0; i < p->n; i++) {
		const struct item *x = &p->item[i];
		/* The points of a suppressed measure stay where they are. */
		if (x->def->public_health && x->def->kind == QPP_PI_SUPPRESSED)
			return false;
		if (!x->def->public_health || x->def->kind != QPP_PI_REGISTRY)
			continue;
		some = true;
		if (!x->excluded || performed(x))
			return false;
	}
	return some;
}

/* The points that a row moves; false when what it names is not excluded. */
static bool to_move(struct pi *p, const struct qpp_pi_move *move, struct qpp_num *amount)
{
	struct qpp_calc *c = &p->s->c;
	struct item *x = item_at(p, move->from_item);
	if (x) {
		if (!x->excluded || x->replaced || performed(x))
			return false;
		*amount = x->available;
		if (qpp_reading(c, QPP_R_pi_chain_redistribution) == QPP_R_pi_chain_redistribution_own_points_only)
			*amount = qpp_cell_num(c, QPP_T_pi_measures, x->def->row, QPP_C_pi_measures_points);
		return true;
	}
	if (!move->from_public_health || !public_health_excluded(p))
		return false;
	*amount = qpp_param(c, QPP_P_pi_public_health_points);
	return true;
}

/* R-414.1380(b)(4)(ii): where the points of exclusions go, row by row. */
static void redistribute(struct pi *p)
{
	const struct qpp_plan *plan = p->s->plan;
	for (size_t i = 0; i < plan->n_moves; i++) {
		const struct qpp_pi_move *move = &plan->moves[i];
		struct qpp_num amount;
		if (!to_move(p, move, &amount))
			continue;
		if (move->to_exchange)
			move_to_exchange(p, amount, move->from);
		else
			move_points(p, item_at(p, move->to_item), amount, move->from);
	}
}

/* R-414.1380(b)(4)(ii)(B): the share of the points available, in whole points. */
static struct qpp_num measure_points(struct pi *p, struct item *x)
{
	struct qpp_calc *c = &p->s->c;
	c->subject = qpp_subject(c, "pi", x->def->id, NULL);
	if (x->answer->kind != QPP_VALUE_PROPORTION)
		return QPP_DERIVE(c, QPP_F_PI_POINTS, QPP_OP_SAME, x->available);
	struct qpp_num n = qpp_input(c, QPP_F_PI_NUMERATOR, x->answer->numerator.v, x->answer->value_where);
	struct qpp_num d = qpp_input(c, QPP_F_PI_DENOMINATOR, x->answer->denominator.v, x->answer->value_where);
	struct qpp_num rate = QPP_DERIVE(c, QPP_F_PI_RATE, QPP_OP_QUOTIENT, n, d);
	struct qpp_num exact = QPP_DERIVE(c, QPP_F_PI_EXACT_POINTS, QPP_OP_PRODUCT, rate, x->available);
	struct qpp_num whole = QPP_DERIVE(c, QPP_F_PI_ROUNDED_POINTS, QPP_OP_ROUND, exact, qpp_param(c, QPP_P_pi_measure_decimals));
	return QPP_DERIVE(c, QPP_F_PI_POINTS, QPP_OP_GREATEST, whole, qpp_param(c, QPP_P_pi_measure_least));
}

static void list(struct pi *p, struct item *x, const struct qpp_num *points, const char *status)
{
	struct qpp_measure_score *m = &p->out->measures[p->out->n_measures++];
	*m = (struct qpp_measure_score){ .measure_id = x->def->id, .measure = x->def->measure, .status = qpp_str_of(status) };
	if (x->answer)
		m->where = x->answer->where;
	if (points) {
		m->points.points = qpp_value_of(*points);
		m->available = qpp_value_of(x->available);
		m->picked = true;
	}
}

/* Both registries answered yes or excluded, at least one yes: the whole objective. */
static bool public_health(struct pi *p, struct qpp_num *points)
{
	struct qpp_calc *c = &p->s->c;
	bool some = false;
	for (size_t i = 0; i < p->n; i++) {
		struct item *x = &p->item[i];
		if (x->def->kind != QPP_PI_REGISTRY && x->def->kind != QPP_PI_SUPPRESSED)
			continue;
		some |= performed(x) || x->def->kind == QPP_PI_SUPPRESSED;
		list(p, x, NULL, performed(x)                     ? "active engagement"
		                 : x->def->kind == QPP_PI_SUPPRESSED ? "suppressed this year: any answer earns the points"
		                 : x->excluded                ? "excluded"
		                                              : "not reported");
	}
	if (!some)
		return false;
	c->subject = QPP_LIT("pi/publicHealth");
	*points = QPP_DERIVE(c, QPP_F_PI_OBJECTIVE, QPP_OP_SAME, qpp_param(c, QPP_P_pi_public_health_points));
	return true;
}

/*
 * R-414.1380(b)(4)(ii)(C): optional registries bring the bonus once, however
 * many there are; other optional measures their own points.
 */
static size_t bonuses(struct pi *p, struct qpp_num *points, size_t n)
{
	struct qpp_calc *c = &p->s->c;
	bool registry = false;
	for (size_t i = 0; i < p->n; i++) {
		struct item *x = &p->item[i];
		if (x->def->kind != QPP_PI_OPTIONAL || !performed(x))
			continue;
		c->subject = qpp_subject(c, "pi", x->def->id, NULL);
		if (!x->def->public_health) {
			points[n] = QPP_DERIVE(c, QPP_F_PI_BONUS, QPP_OP_SAME, x->available);
			list(p, x, &points[n++], "bonus");
		} else if (registry) {
			list(p, x, NULL, "the bonus is given once, whether for one registry or several");
		} else {
			registry = true;
			points[n] = QPP_DERIVE(c, QPP_F_PI_BONUS, QPP_OP_SAME, qpp_param(c, QPP_P_pi_public_health_bonus_points));
			list(p, x, &points[n++], "bonus");
		}
	}
	return n;
}

/* A registry whose level of active engagement was not given (reading pi_engagement_level). */
static void check_engagement(struct pi *p)
{
	struct qpp_calc *c = &p->s->c;
	for (size_t i = 0; i < p->n; i++) {
		struct item *x = &p->item[i];
		if (x->def->kind != QPP_PI_REGISTRY || !performed(x) || !x->def->n_levels ||
		    any_yes(p, x->def->levels, x->def->n_levels))
			continue;
		if (qpp_reading(c, QPP_R_pi_engagement_level) == QPP_R_pi_engagement_level_required)
			lacks(p, x->def->id, x->answer->where, "the level of active engagement is not reported",
			      "report the measure that ends in _PRE or _PROD");
	}
}

static struct qpp_num set_percent(struct pi *p)
{
	struct qpp_calc *c = &p->s->c;
	struct qpp_num points[QPP_PI_MOST + 2];
	size_t n = 0;
	c->subject = QPP_LIT("pi");
	index_answers(p);
	read_items(p);
	if (c->code != QPP_OK)
		return (struct qpp_num){ qpp_dec_undefined(), 0 };
	check_required(p);
	check_engagement(p);
	if (p->incomplete) {
		c->subject = QPP_LIT("pi");
		struct qpp_num none = qpp_constant(c, QPP_F_PI_PERCENT, 0);
		qpp_note(c, none, "something required is missing, the findings say what: the whole category scores 0", (char *)NULL);
		qpp_note_rule(c, none, QPP_LIT("414.1375(b)"));
		return none;
	}
	redistribute(p);
	for (size_t i = 0; i < p->n; i++) {
		struct item *x = &p->item[i];
		bool scored = x->def->kind == QPP_PI_RATE || x->def->kind == QPP_PI_YES || x->def->kind == QPP_PI_INSTEAD;
		if (!scored || (x->def->kind == QPP_PI_INSTEAD && !performed(x)))
			continue;
		if (!performed(x) || x->replaced) {
			list(p, x, NULL, x->replaced ? "another measure was reported in its place" : "excluded: its points moved");
			continue;
		}
		points[n] = measure_points(p, x);
		list(p, x, &points[n++], "scored");
	}
	n += public_health(p, &points[n]);
	n = bonuses(p, points, n);
	c->subject = QPP_LIT("pi");
	struct qpp_num sum = qpp_derive(c, QPP_F_PI_SUM, QPP_OP_SUM, points, n);
	p->out->points = qpp_value_of(sum);
	return QPP_DERIVE(c, QPP_F_PI_PERCENT, QPP_OP_LEAST, sum, qpp_param(c, QPP_P_category_percent_most));
}

/* Not a compound literal: the large arrays are filled before they are read. */
static void begin_set(struct pi *p, struct qpp_scoring *s, const struct qpp_measurement_set *set, struct qpp_category_score *out)
{
	p->s = s;
	p->set = set;
	p->out = out;
	p->n = 0;
	p->incomplete = p->unanswered = false;
}

struct qpp_num qpp_score_pi(struct qpp_scoring *s, struct qpp_category_score *out)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num best = { qpp_dec_undefined(), 0 };
	for (size_t i = 0; i < s->submission->n_sets; i++) {
		const struct qpp_measurement_set *set = &s->submission->sets[i];
		if (!qpp_set_counts(s, set, QPP_PI) || !set->n_measurements)
			continue;
		/* Of several sets the one that scores highest counts. */
		struct qpp_category_score one = *out;
		one.measures = QPP_RAW_ARRAY(c->arena, s->plan->n_pi + 1, struct qpp_measure_score);
		one.n_measures = 0;
		struct pi p;
		begin_set(&p, s, set, &one);
		struct qpp_num percent = set_percent(&p);
		one.submitted = true;
		one.qualifies = !p.unanswered;
		if (!qpp_dec_ok(best.v) || qpp_dec_cmp(percent.v, best.v) > 0) {
			best = percent;
			*out = one;
		}
	}
	c->subject = QPP_LIT("pi");
	if (out->submitted)
		out->maximum_points = qpp_value_of(qpp_param(c, QPP_P_category_percent_most));
	else
		best = (struct qpp_num){ qpp_dec_undefined(), 0 };
	return best;
}
