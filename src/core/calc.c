/*
 * The verbs of a calculation. Numbers are computed by qpp_op_eval() whether
 * traced or not; recording comes after and changes nothing.
 */
#include "calc.h"

#include <stdarg.h>
#include <string.h>

#include "qpp/buf.h"

void qpp_calc_fail(struct qpp_calc *c, enum qpp_code code, const char *primary)
{
	if (c->code == QPP_OK)
		c->code = qpp_fail(&c->err, code, primary, (char *)NULL);
}

enum qpp_code qpp_calc_code(const struct qpp_calc *c, struct qpp_err *err)
{
	if (c->code != QPP_OK && err)
		*err = c->err;
	return c->code;
}

static struct qpp_fact *fact_of(struct qpp_calc *c, struct qpp_num x)
{
	return c->trace && x.fact ? &c->trace->facts.v[x.fact] : NULL;
}

static uint32_t record(struct qpp_calc *c, struct qpp_fact f)
{
	struct qpp_trace *t = c->trace;
	*QPP_PUSH(t->arena, &t->facts) = f;
	return (uint32_t)(t->facts.n - 1);
}

struct qpp_num qpp_input_traced(struct qpp_calc *c, enum qpp_fact_id id, qpp_dec v, struct qpp_where where)
{
	struct qpp_num x = { v, 0 };
	x.fact = record(c, (struct qpp_fact){ .id = id, .subject = c->subject, .value = v, .kind = QPP_KIND_INPUT,
	                                      .rule = qpp_str_of(qpp_fact_def(id)->cite), .origin = where });
	return x;
}

struct qpp_num qpp_constant(struct qpp_calc *c, enum qpp_fact_id id, int64_t v)
{
	return qpp_input(c, id, qpp_dec_of(v), (struct qpp_where){ 0 });
}

static struct qpp_num undefined(void)
{
	return (struct qpp_num){ qpp_dec_undefined(), 0 };
}

struct qpp_num qpp_derived(struct qpp_calc *c, enum qpp_fact_id id, enum qpp_op op, const struct qpp_num *in, size_t n,
                           qpp_dec value)
{
	struct qpp_num x = { value, 0 };
	if (!qpp_dec_ok(value)) {
		qpp_calc_fail(c, QPP_ARITHMETIC, "a number is too large to be computed exactly, or is divided by zero");
		qpp_err_detail(&c->err, qpp_fact_def(id)->name, " of ",
		               qpp_str_cat(c->arena, c->subject.n ? c->subject.p : "the score", (char *)NULL).p, (char *)NULL);
		return undefined();
	}
	if (!c->trace)
		return x;
	uint32_t *inputs = QPP_NEW_ARRAY(c->trace->arena, n ? n : 1, uint32_t);
	for (size_t i = 0; i < n; i++)
		inputs[i] = in[i].fact;
	x.fact = record(c, (struct qpp_fact){ .id = id, .subject = c->subject, .value = value, .kind = QPP_KIND_DERIVED,
	                                      .op = op, .rule = qpp_str_of(qpp_fact_def(id)->cite), .inputs = inputs,
	                                      .n_inputs = n });
	return x;
}

struct qpp_num qpp_derive(struct qpp_calc *c, enum qpp_fact_id id, enum qpp_op op, const struct qpp_num *in, size_t n)
{
	if (c->code != QPP_OK)
		return undefined();
	qpp_dec *values = QPP_RAW_ARRAY(c->arena, n + 1, qpp_dec);
	for (size_t i = 0; i < n; i++)
		values[i] = in[i].v;
	return qpp_derived(c, id, op, in, n, qpp_op_eval(op, values, n));
}

static const struct qpp_param_row *param_row(struct qpp_calc *c, enum qpp_rule_param p)
{
	const struct qpp_param_row *row = c->rules->params[p];
	bool proposed = row && row->status == QPP_RULE_PROPOSED;
	if (row && row->status != QPP_RULE_NONE && (!proposed || c->rules->set->provisional))
		return row;
	static const char *const names[] = {
#define X(name) #name,
		QPP_RULE_PARAMS(X)
#undef X
	};
	if (c->code == QPP_OK) {
		const struct qpp_param *def = c->rules->param_defs[p];
		struct qpp_str year = qpp_i64_text(c->arena, c->rules->py.v);
		c->code = qpp_fail(&c->err, QPP_NO_RULE, "no final rule for ", names[p], " in PY ", year.p, (char *)NULL);
		if (def)
			qpp_err_cite(&c->err, def->cite);
		if (row)
			qpp_err_detail(&c->err, "the rule of that year is ", qpp_rule_status_name(row->status), (char *)NULL);
		qpp_err_hint(&c->err, "a missing year never carries another year's figure forward", (char *)NULL);
	}
	return NULL;
}

struct qpp_num qpp_param_far(struct qpp_calc *c, enum qpp_rule_param p)
{
	const struct qpp_param_row *row = param_row(c, p);
	if (!row)
		return undefined();
	struct qpp_num x = { row->value.number, 0 };
	if (!c->trace)
		return x;
	if (!c->trace->parameter_facts)
		c->trace->parameter_facts = QPP_NEW_ARRAY(c->trace->arena, QPP_PARAMS + 1, uint32_t);
	uint32_t *known = &c->trace->parameter_facts[p];
	if (!*known) {
		const struct qpp_param *def = c->rules->param_defs[p];
		*known = record(c, (struct qpp_fact){ .id = QPP_F_PARAMETER, .subject = QPP_LIT("rules"), .value = x.v,
		                                      .label = def->name, .row = row, .kind = QPP_KIND_PARAMETER, .rule = def->cite,
		                                      .note = row->source });
	}
	x.fact = *known;
	return x;
}

struct qpp_str qpp_param_word(struct qpp_calc *c, enum qpp_rule_param p)
{
	const struct qpp_param_row *row = param_row(c, p);
	return row ? row->value.text : (struct qpp_str){ NULL, 0 };
}

bool qpp_param_yes(struct qpp_calc *c, enum qpp_rule_param p)
{
	return qpp_str_is(qpp_param_word(c, p), "yes");
}

int qpp_reading(struct qpp_calc *c, enum qpp_rule_reading r)
{
	c->readings_used |= (qpp_reading_set)1 << r;
	return c->rules->readings[r];
}

static bool matches(const struct qpp_cell *cell, struct qpp_str word)
{
	return cell->kind == QPP_CELL_ANY || qpp_str_eq(cell->text, word);
}

const struct qpp_table_row *qpp_row(struct qpp_calc *c, enum qpp_rule_table t, const struct qpp_key *keys)
{
	const struct qpp_bound_table *table = &c->rules->tables[t];
	for (size_t i = 0; i < table->n_rows; i++) {
		const struct qpp_key *k = keys;
		while (k->column >= 0 && matches(&table->rows[i]->cells[k->column], k->word))
			k++;
		if (k->column < 0)
			return table->rows[i];
	}
	return NULL;
}

const struct qpp_table_row *qpp_row_needed(struct qpp_calc *c, enum qpp_rule_table t, const struct qpp_key *keys)
{
	static const char *const names[] = {
#define X(name) #name,
		QPP_RULE_TABLES(X)
#undef X
	};
	const struct qpp_table_row *row = qpp_row(c, t, keys);
	if (row || c->code != QPP_OK)
		return row;
	const struct qpp_bound_table *table = &c->rules->tables[t];
	struct qpp_buf words;
	qpp_buf_init(&words, c->arena, 200);
	for (const struct qpp_key *k = keys; k->column >= 0; k++) {
		qpp_buf_cat(&words, words.n ? ", " : "", (char *)NULL);
		if (table->def) {
			qpp_buf_str(&words, table->def->columns[k->column]);
			qpp_buf_char(&words, ' ');
		}
		qpp_buf_str(&words, k->word);
	}
	struct qpp_str year = qpp_i64_text(c->arena, c->rules->py.v);
	c->code = qpp_fail(&c->err, QPP_NO_RULE, "no final rule for ", names[t], " in PY ", year.p, (char *)NULL);
	if (words.n)
		qpp_err_detail(&c->err, "no row for ", qpp_buf_done(&words).p, (char *)NULL);
	if (table->def)
		qpp_err_cite(&c->err, table->def->cite);
	return NULL;
}

/* The cite column of a row when its table has one, else the table's paragraph. */
static struct qpp_str row_cite(const struct qpp_table *def, const struct qpp_table_row *row)
{
	int cite = qpp_table_column(def, QPP_LIT("cite"));
	if (cite >= 0 && row->cells[cite].kind != QPP_CELL_ANY)
		return row->cells[cite].text;
	return def->cite;
}

struct qpp_num qpp_cell_num(struct qpp_calc *c, enum qpp_rule_table t, const struct qpp_table_row *row, int column)
{
	if (!row)
		return undefined();
	struct qpp_num x = { row->cells[column].number, 0 };
	if (row->cells[column].kind != QPP_CELL_NUMBER) {
		qpp_calc_fail(c, QPP_BUG, "a rule table holds a word where a number is needed");
		return undefined();
	}
	if (!c->trace)
		return x;
	const struct qpp_table *def = c->rules->tables[t].def;
	struct qpp_buf label;
	qpp_buf_init(&label, c->trace->arena, 300);
	qpp_buf_str(&label, def->name);
	qpp_buf_char(&label, '.');
	qpp_buf_str(&label, def->columns[column]);
	x.fact = record(c, (struct qpp_fact){ .id = QPP_F_PARAMETER, .subject = QPP_LIT("rules"), .value = x.v,
	                                      .label = qpp_buf_done(&label), .row = row, .kind = QPP_KIND_PARAMETER,
	                                      .rule = row_cite(def, row) });
	return x;
}

struct qpp_str qpp_cell_word(const struct qpp_table_row *row, int column)
{
	return row ? row->cells[column].text : (struct qpp_str){ NULL, 0 };
}

void qpp_note(struct qpp_calc *c, struct qpp_num x, const char *first, ...)
{
	struct qpp_fact *f = fact_of(c, x);
	if (!f)
		return;
	struct qpp_buf b;
	qpp_buf_init(&b, c->trace->arena, 600);
	va_list ap;
	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		qpp_buf_add(&b, s, strlen(s));
	va_end(ap);
	f->note = qpp_buf_done(&b);
}

void qpp_note_rule(struct qpp_calc *c, struct qpp_num x, struct qpp_str cite)
{
	struct qpp_fact *f = fact_of(c, x);
	if (f && cite.n)
		f->rule = cite;
}

void qpp_note_label(struct qpp_calc *c, struct qpp_num x, struct qpp_str label)
{
	struct qpp_fact *f = fact_of(c, x);
	if (f)
		f->label = label;
}

void qpp_note_passed(struct qpp_calc *c, struct qpp_num x, const char *row, const char *why)
{
	struct qpp_fact *f = fact_of(c, x);
	if (f)
		*QPP_PUSH(c->trace->arena, &f->passed) = (struct qpp_passed){ qpp_str_of(row), qpp_str_of(why) };
}

void qpp_missing(struct qpp_calc *c, enum qpp_missing which)
{
	c->missing |= 1u << which;
}

bool qpp_known_yes(struct qpp_calc *c, enum qpp_missing which, enum qpp_tri value)
{
	if (value == QPP_UNKNOWN)
		qpp_missing(c, which);
	return value == QPP_YES;
}

bool qpp_num_yes(struct qpp_num x)
{
	return qpp_dec_ok(x.v) && qpp_dec_sign(x.v) != 0;
}

struct qpp_str qpp_subject(struct qpp_calc *c, const char *area, struct qpp_str id, const char *method)
{
	if (!c->trace)
		return QPP_LIT("");
	struct qpp_buf b;
	qpp_buf_init(&b, c->trace->arena, 200);
	qpp_buf_cat(&b, area, "/", (char *)NULL);
	qpp_buf_str(&b, id);
	if (method)
		qpp_buf_cat(&b, "/", method, (char *)NULL);
	return qpp_buf_done(&b);
}
