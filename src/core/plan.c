/*
 * Making the plan of a year. What a table lacks stays NULL here and is refused
 * by name where it is needed.
 */
#include "plan.h"

#include "score_int.h"

static struct qpp_str yes_no(bool yes)
{
	return yes ? QPP_LIT("yes") : QPP_LIT("no");
}

const char *qpp_class_name(enum qpp_class c)
{
	static const char *const names[] = { "incomplete", "unscorable", "firstYear", "secondYear" };
	return names[c];
}

const char *qpp_ia_weight_word(enum qpp_ia_weight w)
{
	return w == QPP_IA_HIGH ? "high" : w == QPP_IA_MEDIUM ? "medium" : "none";
}

/* "cost+pi": the missing categories in the order of the weights table; "none". */
struct qpp_str qpp_missing_word(struct qpp_arena *a, uint32_t missing)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 64);
	for (int k = 0; k < QPP_CATEGORIES; k++)
		if (missing & 1u << k)
			qpp_buf_cat(&b, b.n ? "+" : "", qpp_category_name((enum qpp_category)k), (char *)NULL);
	return b.n ? qpp_buf_done(&b) : QPP_LIT("none");
}

/* The rows of any program are those of traditional MIPS and MVPs: the APP and the APM scoring standard have their own. */
static void plan_weights(struct qpp_plan *p, struct qpp_calc *c, int kind)
{
	struct qpp_str program = qpp_str_of(qpp_program_kind_name((enum qpp_program_kind)kind));
	bool shared = kind == QPP_PROGRAM_MIPS || kind == QPP_PROGRAM_MVP;
	for (int small = 0; small < 2; small++)
		for (uint32_t missing = 0; missing < QPP_MASKS; missing++) {
			const struct qpp_table_row *row =
			    qpp_row(c, QPP_T_weights, QPP_KEYS({ QPP_C_weights_program, program },
			                                       { QPP_C_weights_small, yes_no(small) },
			                                       { QPP_C_weights_missing, qpp_missing_word(c->arena, missing) }));
			if (row && (shared || qpp_str_eq(qpp_cell_word(row, QPP_C_weights_program), program)))
				p->weights[kind][small][missing] = row;
		}
}

static void plan_activities(struct qpp_plan *p, struct qpp_calc *c, int kind)
{
	struct qpp_str program = qpp_str_of(qpp_program_kind_name((enum qpp_program_kind)kind));
	for (int w = 0; w < QPP_IA_WEIGHTS; w++)
		for (int special = 0; special < 2; special++)
			p->activity[kind][w][special] =
			    qpp_row(c, QPP_T_ia_activity_points,
			            QPP_KEYS({ QPP_C_ia_activity_points_program, program },
			                     { QPP_C_ia_activity_points_weight, qpp_str_of(qpp_ia_weight_word((enum qpp_ia_weight)w)) },
			                     { QPP_C_ia_activity_points_special, yes_no(special) }));
}

/* A row for a level tells it apart from one that matches any. */
static void plan_levels(struct qpp_plan *p, struct qpp_calc *c)
{
	static const char *const programs[QPP_PROGRAM_KINDS] = {
		[QPP_PROGRAM_MIPS] = "mips", [QPP_PROGRAM_MVP] = "mvp", [QPP_PROGRAM_APP] = "app1",
	};
	for (int e = QPP_INDIVIDUAL; e < QPP_ENTITIES; e++) {
		struct qpp_str level = qpp_str_of(qpp_entity_name((enum qpp_entity)e));
		p->needs_data[e] = qpp_row(c, QPP_T_score_needs_data, QPP_KEYS({ QPP_C_score_needs_data_level, level }));
		for (int kind = 0; kind < QPP_PROGRAM_KINDS; kind++)
			if (programs[kind])
				p->level[kind][e] = qpp_row(c, QPP_T_program_levels,
				                            QPP_KEYS({ QPP_C_program_levels_program, qpp_str_of(programs[kind]) },
				                                     { QPP_C_program_levels_level, level }));
	}
}

static void plan_classes(struct qpp_plan *p, struct qpp_calc *c)
{
	for (int k = 0; k < QPP_CLASSES; k++) {
		for (int small = 0; small < 2; small++)
			p->class_points[k][small] =
			    qpp_row(c, QPP_T_measure_class_points,
			            QPP_KEYS({ QPP_C_measure_class_points_class, qpp_str_of(qpp_class_name((enum qpp_class)k)) },
			                     { QPP_C_measure_class_points_small, yes_no(small) }));
		p->class_small[k] = p->class_points[k][0] != p->class_points[k][1];
	}
}

static void plan_measures(struct qpp_plan *p, struct qpp_calc *c)
{
	size_t n = p->catalog->n_measures;
	p->case_minimum = QPP_NEW_ARRAY(c->arena, n, const struct qpp_table_row *);
	p->outcome = QPP_NEW_ARRAY(c->arena, n, bool);
	p->usual_case_minimum = qpp_row(c, QPP_T_case_minimums, QPP_KEYS({ QPP_C_case_minimums_measure, QPP_LIT("any") }));
	p->benchmark = qpp_arena_array(c->arena, n + 1, sizeof *p->benchmark);
	p->cluster = qpp_arena_array(c->arena, n + 1, sizeof *p->cluster);
	p->pi_index = QPP_NEW_ARRAY(c->arena, n + 1, uint8_t);
	for (size_t i = 0; i < n; i++) {
		const struct qpp_measure *m = &p->catalog->measures[i];
		for (int k = 1; k < QPP_METHODS; k++) {
			p->benchmark[i][k] = qpp_catalog_benchmark(p->catalog, m->id, (enum qpp_method)k);
			p->cluster[i][k] = qpp_catalog_cluster(p->catalog, m->id, (enum qpp_method)k);
		}
		if (m->category == QPP_PI && p->n_pi_known < QPP_PI_KNOWN)
			p->pi_index[i] = (uint8_t)++p->n_pi_known;
		if (m->category == QPP_QUALITY) {
			p->case_minimum[i] = qpp_row(c, QPP_T_case_minimums, QPP_KEYS({ QPP_C_case_minimums_measure, m->id }));
			p->outcome[i] = qpp_row(c, QPP_T_outcome_types, QPP_KEYS({ QPP_C_outcome_types_type, m->type })) != NULL;
		} else if (m->category == QPP_COST) {
			p->case_minimum[i] = qpp_row(c, QPP_T_cost_case_minimums, QPP_KEYS({ QPP_C_cost_case_minimums_measure, m->id }));
		}
	}
}

static bool kind_of(struct qpp_str word, enum qpp_pi_kind *out)
{
	static const char *const words[] = { "attest", "answer", "rate", "yes", "registry", "suppressed", "instead", "optional" };
	for (int k = 0; k < QPP_PI_KINDS; k++)
		if (qpp_str_is(word, words[k])) {
			*out = (enum qpp_pi_kind)k;
			return true;
		}
	return false;
}

static const struct qpp_measure *const *entries(struct qpp_plan *p, struct qpp_arena *a, struct qpp_strs ids, size_t *n)
{
	const struct qpp_measure **v = QPP_NEW_ARRAY(a, ids.n + 1, const struct qpp_measure *);
	for (size_t i = 0; i < ids.n; i++) {
		const struct qpp_measure *m = qpp_catalog_measure(p->catalog, ids.v[i]);
		if (m)
			v[(*n)++] = m;
	}
	return v;
}

/* Items of one objective get one number, counted as they come. */
static int objective_of(const struct qpp_plan *p, const struct qpp_table_row *row)
{
	struct qpp_str name = qpp_cell_word(row, QPP_C_pi_measures_objective);
	int next = 0;
	for (size_t i = 0; i < p->n_pi; i++) {
		if (qpp_str_eq(qpp_cell_word(p->pi[i].row, QPP_C_pi_measures_objective), name))
			return p->pi[i].objective;
		if (p->pi[i].objective >= next)
			next = p->pi[i].objective + 1;
	}
	return next;
}

static void plan_pi(struct qpp_plan *p, struct qpp_calc *c)
{
	const struct qpp_bound_table *t = &c->rules->tables[QPP_T_pi_measures];
	for (size_t i = 0; i < t->n_rows && p->n_pi < QPP_PI_MOST; i++) {
		struct qpp_pi_item *x = &p->pi[p->n_pi];
		x->row = t->rows[i];
		x->id = qpp_cell_word(x->row, QPP_C_pi_measures_measure);
		if (!kind_of(qpp_cell_word(x->row, QPP_C_pi_measures_kind), &x->kind))
			continue;
		x->objective = objective_of(p, x->row);
		x->public_health = qpp_str_is(qpp_cell_word(x->row, QPP_C_pi_measures_objective), "publicHealth");
		x->measure = qpp_catalog_measure(p->catalog, x->id);
		if (x->measure) {
			x->exclusions = entries(p, c->arena, x->measure->exclusions, &x->n_exclusions);
			x->levels = entries(p, c->arena, x->measure->preprod, &x->n_levels);
		}
		p->n_pi++;
	}
}

static int item_of(const struct qpp_plan *p, struct qpp_str id)
{
	for (size_t i = 0; i < p->n_pi; i++)
		if (qpp_str_eq(p->pi[i].id, id))
			return (int)i;
	return -1;
}

static void plan_moves(struct qpp_plan *p, struct qpp_calc *c)
{
	const struct qpp_bound_table *t = &c->rules->tables[QPP_T_pi_redistribution];
	p->send = item_of(p, QPP_LIT("PI_HIE_1"));
	p->receive = item_of(p, QPP_LIT("PI_HIE_4"));
	for (size_t i = 0; i < t->n_rows && p->n_moves < QPP_PI_MOST; i++) {
		struct qpp_str from = qpp_cell_word(t->rows[i], QPP_C_pi_redistribution_excluded);
		struct qpp_str to = qpp_cell_word(t->rows[i], QPP_C_pi_redistribution_to);
		p->moves[p->n_moves++] = (struct qpp_pi_move){ from, item_of(p, from), item_of(p, to),
			                                           qpp_str_is(from, "publicHealth"), qpp_str_is(to, "half") };
	}
}

static void plan_excused(struct qpp_plan *p, struct qpp_calc *c)
{
	const struct qpp_bound_table *statuses = &c->rules->tables[QPP_T_pi_excused_statuses];
	const struct qpp_bound_table *types = &c->rules->tables[QPP_T_pi_excused_types];
	for (size_t i = 0; i < statuses->n_rows; i++)
		p->excused_statuses |= qpp_status_of(qpp_cell_word(statuses->rows[i], QPP_C_pi_excused_statuses_status));
	for (size_t i = 0; i < types->n_rows; i++) {
		enum qpp_clinician_type type;
		if (qpp_clinician_type_of(qpp_cell_word(types->rows[i], QPP_C_pi_excused_types_type), &type))
			p->excused_types |= 1u << type;
	}
}

const struct qpp_plan *qpp_plan_make(struct qpp_arena *a, const struct qpp_rules *rules, const struct qpp_catalog *catalog)
{
	struct qpp_plan *p = QPP_NEW(a, struct qpp_plan);
	struct qpp_calc c = { .rules = rules, .catalog = catalog, .arena = a };
	p->rules = rules;
	p->catalog = catalog;
	for (int kind = 0; kind < QPP_PROGRAM_KINDS; kind++) {
		plan_weights(p, &c, kind);
		plan_activities(p, &c, kind);
		p->required[kind] =
		    qpp_row(&c, QPP_T_measures_required,
		            QPP_KEYS({ QPP_C_measures_required_program, qpp_str_of(qpp_program_kind_name((enum qpp_program_kind)kind)) }));
	}
	plan_classes(p, &c);
	plan_levels(p, &c);
	plan_excused(p, &c);
	if (catalog) {
		plan_measures(p, &c);
		plan_pi(p, &c);
		plan_moves(p, &c);
	}
	return p;
}
