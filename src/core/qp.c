/*
 * 414.1425, 414.1430, 414.1450: whether a clinician is a qualifying APM
 * participant. A QP is out of MIPS and is paid an incentive; a partial QP may
 * choose. Each figure is held against its threshold, and met exactly is met.
 */
#include "qpp/qp.h"

#include <stdarg.h>
#include <string.h>

#include "calc.h"

const char *qpp_qp_status_name(enum qpp_qp_status s)
{
	static const char *const names[] = { "undecided", "none", "partial", "qp" };
	return s < QPP_QP_STATUSES ? names[s] : NULL;
}

void qpp_reason_add(struct qpp_arena *a, struct qpp_reasons *r, const char *rule, const char *first, ...)
{
	enum { MOST_TEXT = 1000 };
	struct qpp_buf b;
	va_list ap;
	qpp_buf_init(&b, a, MOST_TEXT);
	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		qpp_buf_add(&b, s, strlen(s));
	va_end(ap);
	*QPP_PUSH(a, &r->list) = (struct qpp_reason){ qpp_str_of(rule), qpp_buf_done(&b) };
}

void qpp_unknown_add(struct qpp_arena *a, struct qpp_reasons *r, const char *fact, const char *decides)
{
	for (size_t i = 0; i < r->unknown.n; i++)
		if (qpp_str_is(r->unknown.v[i].fact, fact))
			return;
	*QPP_PUSH(a, &r->unknown) = (struct qpp_unknown){ qpp_str_of(fact), qpp_str_of(decides) };
}

/* A share that counts, with the name it is told by and whose it is. */
struct share {
	const struct qpp_number *v;
	const char *fact, *what;
};

/* One way to a status: payments or patients, of one level. */
enum { PAYMENT, PATIENTS, WAYS, LEVELS = 2 };

struct asking {
	struct qpp_calc *c;
	struct qpp_qp *out;
	struct share medicare[LEVELS][WAYS];
	size_t n_levels;
	struct share all_payer[WAYS];
	bool with_all_payer;
};

static enum qpp_tri either(enum qpp_tri a, enum qpp_tri b)
{
	if (a == QPP_YES || b == QPP_YES)
		return QPP_YES;
	return a == QPP_NO && b == QPP_NO ? QPP_NO : QPP_UNKNOWN;
}

static enum qpp_tri both(enum qpp_tri a, enum qpp_tri b)
{
	if (a == QPP_NO || b == QPP_NO)
		return QPP_NO;
	return a == QPP_YES && b == QPP_YES ? QPP_YES : QPP_UNKNOWN;
}

/* R-414.1430(a), R-414.1430(b): a share reaches a threshold when it is at least as large. */
static enum qpp_tri reaches(struct asking *q, const struct share *s, qpp_dec least, const char *rule, const char *whose)
{
	struct qpp_arena *a = q->c->arena;
	if (!s->v->given)
		return QPP_UNKNOWN;
	bool reached = qpp_dec_cmp(s->v->v, least) >= 0;
	qpp_reason_add(a, &q->out->why, rule, s->what, ": ", qpp_dec_text_short(a, s->v->v, 0, 9).p, " percent ",
	               reached ? "reaches" : "is below", " the ", qpp_dec_text_short(a, least, 0, 9).p, " percent of ", whose,
	               (char *)NULL);
	return reached ? QPP_YES : QPP_NO;
}

static const char *status_article(enum qpp_qp_status s)
{
	return s == QPP_QP_FULL ? "a QP" : "a partial QP";
}

/* R-414.1430(a): payments or patients, of any level that decides. */
static enum qpp_tri medicare_way(struct asking *q, enum qpp_qp_status s)
{
	static const int columns[WAYS] = { QPP_C_qp_thresholds_payment, QPP_C_qp_thresholds_patients };
	enum qpp_tri reached = QPP_NO;
	const struct qpp_table_row *row = qpp_row_needed(
	    q->c, QPP_T_qp_thresholds, QPP_KEYS({ QPP_C_qp_thresholds_status, qpp_str_of(qpp_qp_status_name(s)) }));
	for (size_t i = 0; i < q->n_levels && reached != QPP_YES && row; i++)
		for (int k = 0; k < WAYS && reached != QPP_YES; k++) {
			struct qpp_num least = qpp_cell_num(q->c, QPP_T_qp_thresholds, row, columns[k]);
			reached = either(reached, reaches(q, &q->medicare[i][k], least.v, "414.1430(a)", status_article(s)));
		}
	return reached;
}

/* R-414.1430(b): the share of all payers, as long as Medicare's own reaches its minimum. */
static enum qpp_tri all_payer_way(struct asking *q, enum qpp_qp_status s)
{
	static const int columns[WAYS] = { QPP_C_all_payer_thresholds_payment, QPP_C_all_payer_thresholds_patients };
	static const int minimums[WAYS] = { QPP_C_all_payer_thresholds_medicare_payment,
		                                QPP_C_all_payer_thresholds_medicare_patients };
	enum qpp_tri reached = QPP_NO;
	const struct qpp_table_row *row =
	    qpp_row(q->c, QPP_T_all_payer_thresholds,
	            QPP_KEYS({ QPP_C_all_payer_thresholds_status, qpp_str_of(qpp_qp_status_name(s)) }));
	if (!q->with_all_payer || !row)
		return QPP_NO;
	for (int k = 0; k < WAYS && reached != QPP_YES; k++) {
		struct qpp_num least = qpp_cell_num(q->c, QPP_T_all_payer_thresholds, row, columns[k]);
		struct qpp_num minimum = qpp_cell_num(q->c, QPP_T_all_payer_thresholds, row, minimums[k]);
		enum qpp_tri all = reaches(q, &q->all_payer[k], least.v, "414.1430(b)", status_article(s));
		enum qpp_tri own = QPP_NO;
		for (size_t i = 0; i < q->n_levels && all != QPP_NO && own != QPP_YES; i++)
			own = either(own, reaches(q, &q->medicare[i][k], minimum.v, "414.1430(b)", "Medicare's own part"));
		reached = either(reached, both(all, own));
	}
	return reached;
}

/* R-414.1425(c)(3): the entity's figures, or from the year the table names either. */
static void choose_levels(struct asking *q, const struct qpp_qp_facts *f)
{
	const struct share own[WAYS] = { { &f->payment, "payment", "payments" }, { &f->patients, "patients", "patients" } };
	const struct share entity[WAYS] = { { &f->entity_payment, "entityPayment", "payments of the APM Entity" },
		                                { &f->entity_patients, "entityPatients", "patients of the APM Entity" } };
	const struct qpp_table_row *row = qpp_row_needed(
	    q->c, QPP_T_qp_levels, QPP_KEYS({ QPP_C_qp_levels_option, QPP_LIT("medicare") }));
	bool has_entity = f->entity_payment.given || f->entity_patients.given;
	bool has_own = f->payment.given || f->patients.given || !has_entity;
	bool only_entity = has_entity && qpp_str_is(qpp_cell_word(row, QPP_C_qp_levels_level), "entity");
	if (has_own && !only_entity)
		memcpy(q->medicare[q->n_levels++], own, sizeof own);
	if (has_entity)
		memcpy(q->medicare[q->n_levels++], entity, sizeof entity);
	if (has_own && only_entity)
		qpp_reason_add(q->c->arena, &q->out->why, "414.1425(c)(3)", "the figures of the APM Entity decide, not the clinician's own",
		               (char *)NULL);
}

/* For the minimum of the All-Payer option either level serves, in every year that has the option. */
static enum qpp_tri all_payer_of(struct asking *q, const struct qpp_qp_facts *f, enum qpp_qp_status s)
{
	struct asking wide = *q;
	const struct share own[WAYS] = { { &f->payment, "payment", "payments" }, { &f->patients, "patients", "patients" } };
	bool left_out = (f->payment.given || f->patients.given) && q->n_levels == 1 && q->medicare[0][PAYMENT].v != &f->payment;
	const struct qpp_table_row *row =
	    qpp_row(q->c, QPP_T_qp_levels, QPP_KEYS({ QPP_C_qp_levels_option, QPP_LIT("allPayer") }));
	if (left_out && row && qpp_str_is(qpp_cell_word(row, QPP_C_qp_levels_level), "either"))
		memcpy(wide.medicare[wide.n_levels++], own, sizeof own);
	return all_payer_way(&wide, s);
}

static enum qpp_tri reached(struct asking *q, const struct qpp_qp_facts *f, enum qpp_qp_status s)
{
	enum qpp_tri medicare = medicare_way(q, s);
	return medicare == QPP_YES ? QPP_YES : either(medicare, all_payer_of(q, f, s));
}

static void list_unknown(struct asking *q)
{
	struct qpp_reasons *why = &q->out->why;
	for (size_t i = 0; i < q->n_levels; i++)
		for (int k = 0; k < WAYS; k++)
			if (!q->medicare[i][k].v->given)
				qpp_unknown_add(q->c->arena, why, q->medicare[i][k].fact, "whether a threshold is reached");
	for (int k = 0; k < WAYS && q->with_all_payer; k++)
		if (!q->all_payer[k].v->given)
			qpp_unknown_add(q->c->arena, why, q->all_payer[k].fact, "whether a threshold of the All-Payer option is reached");
}

/* R-414.1425(c)(2): QP before partial QP, never both. */
static void decide(struct asking *q, const struct qpp_qp_facts *f)
{
	static const enum qpp_qp_status order[] = { QPP_QP_FULL, QPP_QP_PARTIAL };
	bool open = false;
	q->out->status = QPP_QP_NONE;
	for (size_t i = 0; i < sizeof order / sizeof *order && q->out->status == QPP_QP_NONE; i++) {
		enum qpp_tri is = reached(q, f, order[i]);
		if (is == QPP_YES)
			q->out->status = order[i];
		open |= is == QPP_UNKNOWN;
	}
	if (!open)
		return;
	q->out->status = QPP_QP_UNKNOWN;
	list_unknown(q);
}

enum qpp_code qpp_qp_decide(const struct qpp_request *request, const struct qpp_qp_facts *f, struct qpp_qp *out,
                            struct qpp_err *err)
{
	struct qpp_calc c = { .rules = request->rules, .arena = request->arena };
	struct asking q = { .c = &c, .out = out };
	*out = (struct qpp_qp){ .status = QPP_QP_UNKNOWN };
	q.all_payer[PAYMENT] = (struct share){ &f->all_payer_payment, "allPayerPayment", "payments of all payers" };
	q.all_payer[PATIENTS] = (struct share){ &f->all_payer_patients, "allPayerPatients", "patients of all payers" };
	q.with_all_payer = f->all_payer_payment.given || f->all_payer_patients.given;
	choose_levels(&q, f);
	if (q.with_all_payer && !c.rules->tables[QPP_T_all_payer_thresholds].n_rows)
		qpp_reason_add(c.arena, &out->why, "414.1430(b)", "the year has no All-Payer Combination Option", (char *)NULL);
	decide(&q, f);
	/* R-414.1450(b): a QP is paid a percentage besides. */
	if (c.code == QPP_OK && out->status == QPP_QP_FULL)
		out->incentive_percent = (struct qpp_value){ .has = true, .v = qpp_param(&c, QPP_P_apm_incentive_percent).v };
	return qpp_calc_code(&c, err);
}
