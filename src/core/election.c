/*
 * 414.1315: may these practices form a virtual group? Goes through an election
 * from its time to its representative, and says what those who were accepted
 * have become: how many they are, whether they count as a small practice, what
 * they are paid on and what they may report to. The representative sees all of
 * it, the reviewer decides by it.
 */
#include <stdarg.h>

#include "election_int.h"

enum { LONGEST_MESSAGE = 600 };

const char *qpp_election_qp_name(enum qpp_election_qp qp)
{
	static const char *const names[] = { NULL, "none", "partial", "qp" };
	return names[qp];
}

/* `practice Elm Street Clinic, TIN 000000002`, as far as it is named. */
static struct qpp_str subject_of(struct qpp_judging *j)
{
	const struct qpp_election_practice *p = j->practice;
	if (!p)
		return QPP_LIT("election");
	const char *name = p->name.n ? qpp_shown(j->arena, p->name).p : "without a name";
	const char *tin = p->tin.n ? qpp_shown(j->arena, p->tin).p : "not given";
	return qpp_str_cat(j->arena, "practice ", name, ", TIN ", tin, (char *)NULL);
}

struct qpp_finding *qpp_judge_find(struct qpp_judging *j, enum qpp_severity severity, const char *code,
                                   struct qpp_where where, const char *first, ...)
{
	struct qpp_buf b;
	va_list ap;
	if (qpp_findings_full(j->findings))
		return qpp_find(j->findings, severity, code, where, QPP_LIT(""));
	qpp_buf_init(&b, j->arena, LONGEST_MESSAGE);
	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		qpp_buf_cat(&b, s, (char *)NULL);
	va_end(ap);
	struct qpp_finding *x = qpp_find(j->findings, severity, code, where, qpp_buf_done(&b));
	x->subject = subject_of(j);
	return x;
}

int64_t qpp_judge_count(struct qpp_judging *j, enum qpp_rule_param p)
{
	int64_t n = 0;
	struct qpp_num x = qpp_param(&j->c, p);
	if (j->c.code == QPP_OK && !qpp_dec_i64(x.v, &n))
		qpp_calc_fail(&j->c, QPP_BUG, "a rule on virtual groups holds no whole number");
	return n;
}

/* R-414.1315(c)(2): what the election holds, and by which paragraph. */
struct qpp_str qpp_judge_needed(struct qpp_judging *j, const char *element)
{
	const struct qpp_table_row *row =
	    qpp_row_needed(&j->c, QPP_T_election_content,
	                   QPP_KEYS({ QPP_C_election_content_element, qpp_str_of(element) }));
	bool needed = qpp_str_is(qpp_cell_word(row, QPP_C_election_content_needs), "yes");
	return needed ? qpp_cell_word(row, QPP_C_election_content_cite) : QPP_LIT("");
}

static void count_members(struct qpp_judging *j, struct qpp_election_answer *out)
{
	const struct qpp_election *e = j->election;
	out->practices = e->n_practices;
	for (size_t i = 0; i < e->n_practices; i++) {
		const struct qpp_election_practice *p = &e->practices[i];
		out->clinicians += qpp_judge_size(p);
		for (size_t k = 0; k < p->n_clinicians; k++)
			out->without_adjustment += qpp_judge_excluded(&p->clinicians[k]);
	}
}

/* R-414.1315(d): traditional MIPS, and neither an MVP nor the APP. */
static void list_programs(struct qpp_judging *j, struct qpp_election_answer *out)
{
	const struct qpp_bound_table *t = &j->c.rules->tables[QPP_T_virtual_group_programs];
	for (size_t i = 0; i < t->n_rows; i++) {
		struct qpp_str program = qpp_cell_word(t->rows[i], QPP_C_virtual_group_programs_program);
		if (!qpp_str_is(qpp_cell_word(t->rows[i], QPP_C_virtual_group_programs_reports), "yes")) {
			if (out->n_closed_programs < QPP_ELECTION_MOST_PROGRAMS)
				out->closed_programs[out->n_closed_programs++] = program;
		} else if (out->n_programs < QPP_ELECTION_MOST_PROGRAMS) {
			out->programs[out->n_programs++] = program;
		}
	}
}

/* R-414.1315(d), R-414.1315(c)(2): what holds throughout the year. */
static void list_duties(struct qpp_judging *j, struct qpp_election_answer *out)
{
	const struct qpp_bound_table *t = &j->c.rules->tables[QPP_T_virtual_group_duties];
	for (size_t i = 0; i < t->n_rows && i < QPP_ELECTION_MOST_DUTIES; i++)
		out->duties[out->n_duties++] = (struct qpp_duty){
			qpp_cell_word(t->rows[i], QPP_C_virtual_group_duties_duty),
			qpp_cell_word(t->rows[i], QPP_C_virtual_group_duties_cite),
			qpp_cell_word(t->rows[i], QPP_C_virtual_group_duties_says),
		};
}

/*
 * R-414.1315(a)(2), R-414.1315(d): what follows for the members. The adjustment of those in a MIPS APM is the
 * virtual group's from the year on in which the exception ended.
 */
static void tell_effects(struct qpp_judging *j, struct qpp_election_answer *out)
{
	count_members(j, out);
	list_programs(j, out);
	list_duties(j, out);
	out->small_practice =
	    (int64_t)out->clinicians <= qpp_judge_count(j, QPP_P_virtual_group_small_most_clinicians);
	out->apm_score = qpp_param_word(&j->c, QPP_P_virtual_group_apm_score);
}

enum qpp_code qpp_election_check(const struct qpp_request *q, const struct qpp_election *e,
                                 struct qpp_election_answer *out, struct qpp_err *err)
{
	struct qpp_judging j = {
		.c = { .rules = q->rules, .arena = q->arena, .findings = q->findings },
		.election = e, .arena = q->arena, .findings = q->findings,
	};
	*out = (struct qpp_election_answer){ 0 };
	if (qpp_judge_misdated(&j) || j.c.code != QPP_OK)
		return qpp_calc_code(&j.c, err);
	qpp_judge_time(&j);
	if (j.c.code == QPP_OK)
		qpp_judge_parties(&j);
	if (j.c.code == QPP_OK)
		qpp_judge_agreement(&j);
	if (j.c.code == QPP_OK)
		tell_effects(&j, out);
	out->accepted = j.c.code == QPP_OK && q->findings->errors == 0;
	return qpp_calc_code(&j.c, err);
}

/* R-414.1315(c)(3): nine provisions, in the order of the letters of the year. */
enum qpp_code qpp_election_provisions(const struct qpp_request *q, const struct qpp_provision **out, size_t *n,
                                      struct qpp_err *err)
{
	struct qpp_calc c = { .rules = q->rules, .arena = q->arena };
	const struct qpp_bound_table *t = &c.rules->tables[QPP_T_agreement_provisions];
	if (!qpp_row_needed(&c, QPP_T_agreement_provisions, QPP_KEYS({ QPP_C_agreement_provisions_letter, QPP_LIT("i") })))
		return qpp_calc_code(&c, err);
	struct qpp_provision *v = QPP_NEW_ARRAY(q->arena, t->n_rows, struct qpp_provision);
	for (size_t i = 0; i < t->n_rows; i++)
		v[i] = (struct qpp_provision){ qpp_cell_word(t->rows[i], QPP_C_agreement_provisions_provision),
			                           qpp_cell_word(t->rows[i], QPP_C_agreement_provisions_letter),
			                           qpp_cell_word(t->rows[i], QPP_C_agreement_provisions_says) };
	*out = v;
	*n = t->n_rows;
	return QPP_OK;
}
