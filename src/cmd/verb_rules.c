/* qpp rules: what the rules say of a year, what changed between two, and why a figure is what it is. */
#include <string.h>

#include "adapt/html/rules_pages.h"
#include "adapt/json/write.h"
#include "cmd/cli.h"
#include "cmd/output.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = { QPP_OPTION_RULES, { NULL, NULL, NULL } };

const struct qpp_verb qpp_verb_rules = {
	.name = "rules", .operands = "show PY | diff PY PY | why NAME PY | pages DIR", .least = 2, .most = 3,
	.summary = "The rules of a year, the difference of two years, the source of a figure, all rules as pages.",
	.about = "show PY      every parameter and table row of the year, with status and source\n"
	         "diff PY PY   those that differ between two years\n"
	         "why NAME PY  one parameter, table or reading, with its paragraph and its source\n"
	         "pages DIR    all of them as HTML pages in the folder, DIR/index.html first",
	.options = options, .example = "qpp rules why performance_threshold 2023", .run = run,
};

/* One row of the answer. */
struct row {
	struct qpp_str name, value, unit, status, source, cite;
};

typedef QPP_VEC(struct row) rows_t;

static struct row param_row(const struct qpp_param *p, const struct qpp_param_row *r)
{
	return (struct row){ p->name, r->status == QPP_RULE_NONE ? QPP_LIT("") : r->value.text, p->unit,
		                 qpp_str_of(qpp_rule_status_name(r->status)), r->source.n ? r->source : r->reading, p->cite };
}

static struct row table_row(struct qpp_arena *a, const struct qpp_table *t, const struct qpp_table_row *r)
{
	struct qpp_buf b;
	int cite = qpp_table_column(t, QPP_LIT("cite"));
	qpp_buf_init(&b, a, 1 << 12);
	for (size_t i = 0; i < t->n_columns; i++) {
		if ((int)i == cite)
			continue;
		qpp_buf_cat(&b, b.n ? ", " : "", (char *)NULL);
		qpp_buf_str(&b, t->columns[i]);
		qpp_buf_char(&b, ' ');
		qpp_buf_str(&b, r->cells[i].text);
	}
	struct row row = { t->name, qpp_buf_done(&b), QPP_LIT("row"), QPP_LIT("final"), QPP_LIT(""), t->cite };
	if (cite >= 0 && r->cells[cite].kind != QPP_CELL_ANY)
		row.cite = r->cells[cite].text;
	return row;
}

/* Everything of a year; only `name` when it is given. */
static void rows_of(struct qpp_arena *a, const struct qpp_ruleset *rs, qpp_py py, struct qpp_str name, rows_t *out)
{
	for (size_t i = 0; i < rs->n_params; i++) {
		const struct qpp_param_row *r = qpp_param_row(&rs->params[i], py);
		if (r && (!name.n || qpp_str_eq(rs->params[i].name, name)))
			*QPP_PUSH(a, out) = param_row(&rs->params[i], r);
	}
	for (size_t i = 0; i < rs->n_tables; i++) {
		const struct qpp_table *t = &rs->tables[i];
		/* The codes of findings are no rules of a year. */
		if ((name.n && !qpp_str_eq(t->name, name)) || (!name.n && qpp_str_is(t->name, "findings")))
			continue;
		for (size_t k = 0; k < t->n_rows; k++)
			if (t->rows[k].from <= py.v && py.v <= t->rows[k].to)
				*QPP_PUSH(a, out) = table_row(a, t, &t->rows[k]);
	}
	for (size_t i = 0; i < rs->n_readings; i++) {
		const struct qpp_reading *r = &rs->readings[i];
		if (name.n && qpp_str_eq(r->name, name))
			*QPP_PUSH(a, out) = (struct row){ r->name, r->n_alternatives ? r->alternatives[0] : QPP_LIT(""),
				                              QPP_LIT("reading"), r->confidence, r->says, r->cite };
	}
}

static bool same(const struct row *a, const struct row *b)
{
	return qpp_str_eq(a->name, b->name) && qpp_str_eq(a->value, b->value) && qpp_str_eq(a->status, b->status);
}

static bool among(const rows_t *rows, const struct row *x)
{
	for (size_t i = 0; i < rows->n; i++)
		if (same(&rows->v[i], x))
			return true;
	return false;
}

static enum qpp_code year_of(struct qpp_cli *cli, const char *text, qpp_py *py)
{
	uint64_t v;
	py->v = 0;
	if (!qpp_str_u64(qpp_str_of(text), 9999, &v) || v < 1000)
		return qpp_fail(&cli->err, QPP_USAGE, text, " is not a performance year of four digits", (char *)NULL);
	py->v = (int)v;
	return QPP_OK;
}

static enum qpp_code no_rule(struct qpp_cli *cli, const struct qpp_ruleset *rs, const char *name, const char *year)
{
	struct qpp_str *names = QPP_NEW_ARRAY(cli->arena, rs->n_params + rs->n_tables + rs->n_readings + 1, struct qpp_str);
	size_t n = 0;
	bool exists = false;
	for (size_t i = 0; i < rs->n_params; i++)
		names[n++] = rs->params[i].name;
	for (size_t i = 0; i < rs->n_tables; i++)
		names[n++] = rs->tables[i].name;
	for (size_t i = 0; i < rs->n_readings; i++)
		names[n++] = rs->readings[i].name;
	for (size_t i = 0; name && i < n; i++)
		exists |= qpp_str_is(names[i], name);
	if (!name)
		return qpp_fail(&cli->err, QPP_NO_RULE, "there are no rules for PY ", year, (char *)NULL);
	if (exists)
		return qpp_fail(&cli->err, QPP_NO_RULE, "no final rule for ", name, " in PY ", year, (char *)NULL);
	int near = qpp_str_near(qpp_str_of(name), names, n);
	(void)qpp_fail(&cli->err, QPP_USAGE, "the rules have no ", name, (char *)NULL);
	if (near >= 0)
		qpp_err_hint(&cli->err, "did you mean ", names[near].p, "?", (char *)NULL);
	return QPP_USAGE;
}

static void put(json_t *list, const struct row *r, const char *year)
{
	json_t *o = json_object();
	qpp_json_put_text(o, "name", r->name);
	qpp_json_put_text(o, "value", r->value);
	qpp_json_put_text(o, "unit", r->unit);
	qpp_json_put_text(o, "status", r->status);
	qpp_json_put_text(o, "source", r->source);
	qpp_json_put_text(o, "cite", r->cite);
	qpp_json_put_text(o, "year", qpp_str_of(year));
	json_array_append_new(list, o);
}

static void print(const struct row *r, const char *mark)
{
	printf("%s%.*s = %.*s", mark, QPP_ARG(r->name), QPP_ARG(r->value));
	if (!qpp_str_is(r->unit, "row"))
		printf(" (%.*s)", QPP_ARG(r->unit));
	printf("\n      %.*s; 42 CFR %.*s%s%.*s\n", QPP_ARG(r->status), QPP_ARG(r->cite), r->source.n ? "; " : "",
	       QPP_ARG(r->source));
}

static enum qpp_code answer(struct qpp_cli *cli, const rows_t *rows, json_t *list)
{
	if (cli->json) {
		for (size_t i = 0; i < rows->n; i++)
			put(list, &rows->v[i], NULL);
		json_t *o = json_object();
		json_object_set_new(o, "rows", list);
		return qpp_cli_print_json(cli, o);
	}
	json_decref(list);
	qpp_cli_mark(cli);
	for (size_t i = 0; i < rows->n; i++)
		print(&rows->v[i], "");
	return QPP_OK;
}

static enum qpp_code diff(struct qpp_cli *cli, const struct qpp_ruleset *rs, qpp_py a, qpp_py b)
{
	rows_t old = { 0 }, new = { 0 };
	json_t *list = json_array();
	rows_of(cli->arena, rs, a, QPP_LIT(""), &old);
	rows_of(cli->arena, rs, b, QPP_LIT(""), &new);
	if (!cli->json)
		qpp_cli_mark(cli);
	for (int k = 0; k < 2; k++) {
		const rows_t *from = k ? &new : &old, *to = k ? &old : &new;
		for (size_t i = 0; i < from->n; i++) {
			if (among(to, &from->v[i]))
				continue;
			if (cli->json)
				put(list, &from->v[i], cli->operand[1 + k]);
			else
				print(&from->v[i], k ? "+ " : "- ");
		}
	}
	if (!cli->json) {
		json_decref(list);
		return QPP_OK;
	}
	json_t *o = json_object();
	json_object_set_new(o, "rows", list);
	return qpp_cli_print_json(cli, o);
}

static enum qpp_code pages(struct qpp_cli *cli, const struct qpp_ruleset *rs, const char *dir)
{
	size_t n;
	json_t *files = json_array();
	const struct qpp_rules_page *v = qpp_html_rules_pages(cli->arena, rs, &n);
	enum qpp_code code = qpp_cli_folder(cli, dir);
	for (size_t i = 0; i < n && code == QPP_OK; i++) {
		struct qpp_str path = qpp_str_cat(cli->arena, dir, "/", v[i].file.p, (char *)NULL);
		code = qpp_cli_write(cli, path.p, v[i].html);
		if (code == QPP_OK && !cli->json)
			printf("%s\n", path.p);
		json_array_append_new(files, qpp_json_text(path));
	}
	if (code != QPP_OK || !cli->json) {
		json_decref(files);
		return code;
	}
	json_t *o = json_object();
	json_object_set_new(o, "files", files);
	return qpp_cli_print_json(cli, o);
}

static enum qpp_code run(struct qpp_cli *cli)
{
	const char *what = cli->operand[0];
	const struct qpp_ruleset *rs;
	rows_t rows = { 0 };
	qpp_py a, b;
	enum qpp_code code = qpp_cli_rules(cli, &rs);
	if (code != QPP_OK)
		return code;
	if (strcmp(what, "show") == 0 && cli->n_operands == 2) {
		if ((code = year_of(cli, cli->operand[1], &a)) != QPP_OK)
			return code;
		rows_of(cli->arena, rs, a, QPP_LIT(""), &rows);
		return rows.n ? answer(cli, &rows, json_array()) : no_rule(cli, rs, NULL, cli->operand[1]);
	}
	if (strcmp(what, "diff") == 0 && cli->n_operands == 3) {
		if ((code = year_of(cli, cli->operand[1], &a)) != QPP_OK || (code = year_of(cli, cli->operand[2], &b)) != QPP_OK)
			return code;
		return diff(cli, rs, a, b);
	}
	if (strcmp(what, "why") == 0 && cli->n_operands == 3) {
		if ((code = year_of(cli, cli->operand[2], &a)) != QPP_OK)
			return code;
		rows_of(cli->arena, rs, a, qpp_str_of(cli->operand[1]), &rows);
		return rows.n ? answer(cli, &rows, json_array()) : no_rule(cli, rs, cli->operand[1], cli->operand[2]);
	}
	if (strcmp(what, "pages") == 0 && cli->n_operands == 2)
		return pages(cli, rs, cli->operand[1]);
	(void)qpp_fail(&cli->err, QPP_USAGE, "qpp rules takes ", cli->verb->operands, (char *)NULL);
	qpp_err_hint(&cli->err, "for example: ", cli->verb->example, (char *)NULL);
	return QPP_USAGE;
}
