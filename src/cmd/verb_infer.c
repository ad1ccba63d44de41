/* qpp infer: do the agency's published results bear out the rules as we read them, or another reading? */
#include <string.h>

#include "adapt/json/read_rows.h"
#include "adapt/json/write.h"
#include "adapt/text/wrap.h"
#include "cmd/cli.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "year", "PY", "performance year of rows that do not say theirs" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_infer = {
	.name = "infer", .operands = "ROWS.json", .least = 1, .most = 1,
	.summary = "Recompute rows of the public QPP Experience file and weigh the readings of the rules by them.",
	.about = "ROWS.json is a list of rows of the file, one object each, with the file's column names. What the columns\n"
	         "of a row allow is recomputed: weights, quality, cost, improvement activities, final score, adjustment.\n"
	         "A printed figure stands for all that it may have been rounded from; a row agrees when what was recomputed\n"
	         "can be what is printed. Where a reading of the rules was asked, each alternative is tried.",
	.options = options, .example = "qpp infer rows.json --year 2023", .run = run,
};

enum { MOST_BYTES = 64 << 20, MOST_FINDINGS = 1000, MOST_NAMED = 12, MOST_TEXT = 1 << 16, RECOMPUTED_COLUMN = 38 };

/* ---- JSON ---- */

static void put_try(struct qpp_arena *a, json_t *o, const struct qpp_infer_try *t)
{
	qpp_json_put_text(o, "outcome", qpp_str_of(qpp_infer_outcome_name(t->outcome)));
	if (qpp_dec_ok(t->range.least)) {
		qpp_json_put_text(o, "least", qpp_dec_text_short(a, t->range.least, 0, 6));
		qpp_json_put_text(o, "most", qpp_dec_text_short(a, t->range.most, 0, 6));
	} else {
		qpp_json_put_text(o, "recomputed", t->recomputed);
	}
	if (t->outcome == QPP_INFER_DIFFERS && qpp_dec_ok(t->off))
		qpp_json_put_text(o, "difference", qpp_dec_text_short(a, t->off, 0, 9));
	qpp_json_put_text(o, "why", t->why);
}

static json_t *json_part(struct qpp_arena *a, enum qpp_part part, const struct qpp_infer_part *p)
{
	json_t *o = json_object(), *list = json_array();
	qpp_json_put_text(o, "part", qpp_str_of(qpp_part_name(part)));
	qpp_json_put_text(o, "printed", p->printed);
	put_try(a, o, &p->tries[0]);
	for (size_t i = 0; i < p->n_tries && p->tries[i].n_choices; i++) {
		json_t *t = json_object(), *readings = json_object();
		for (size_t k = 0; k < p->tries[i].n_choices; k++)
			qpp_json_put_text(readings, qpp_str_dup(a, p->tries[i].choices[k].reading).p, p->tries[i].choices[k].alternative);
		json_object_set_new(t, "readings", readings);
		put_try(a, t, &p->tries[i]);
		json_array_append_new(list, t);
	}
	if (json_array_size(list))
		json_object_set_new(o, "tried", list);
	else
		json_decref(list);
	return o;
}

static json_t *json_row(struct qpp_arena *a, const struct qpp_infer_row *row)
{
	json_t *o = json_object(), *parts = json_array();
	qpp_json_put_text(o, "row", row->is->label);
	json_object_set_new(o, "year", json_integer(row->is->py.v));
	for (int k = 0; k < QPP_PARTS; k++)
		if (row->parts[k].n_tries)
			json_array_append_new(parts, json_part(a, (enum qpp_part)k, &row->parts[k]));
	json_object_set_new(o, "parts", parts);
	return o;
}

static json_t *labels(const struct qpp_experience_row **rows, size_t n)
{
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, qpp_json_text(rows[i]->label));
	return list;
}

static json_t *json_evidence(const struct qpp_infer_evidence *e)
{
	json_t *o = json_object();
	qpp_json_put_text(o, "reading", e->reading);
	qpp_json_put_text(o, "alternative", e->alternative);
	json_object_set_new(o, "agree", labels(e->agree, e->n_agree));
	json_object_set_new(o, "differ", labels(e->differ, e->n_differ));
	json_object_set_new(o, "notTouched", json_integer((json_int_t)e->n_untouched));
	return o;
}

static json_t *json_answer(struct qpp_arena *a, const struct qpp_infer *x, const struct qpp_findings *f)
{
	json_t *o = json_object(), *rows = json_array(), *readings = json_array(), *counts = json_object();
	for (size_t i = 0; i < x->n_rows; i++)
		json_array_append_new(rows, json_row(a, &x->rows[i]));
	for (size_t i = 0; i < x->n_evidence; i++)
		json_array_append_new(readings, json_evidence(&x->evidence[i]));
	for (int k = 0; k <= QPP_INFER_NOT_POSSIBLE; k++)
		json_object_set_new(counts, qpp_infer_outcome_name((enum qpp_infer_outcome)k),
		                    json_integer((json_int_t)x->outcomes[k]));
	json_object_set_new(o, "rows", rows);
	json_object_set_new(o, "counts", counts);
	json_object_set_new(o, "readings", readings);
	json_object_set_new(o, "findings", qpp_json_findings(f));
	return o;
}

/* ---- text ---- */

static void print_try(struct qpp_arena *a, const struct qpp_infer_try *t)
{
	printf("%-22.*s ", QPP_ARG(t->recomputed));
	if (t->outcome == QPP_INFER_NO_RULE || t->outcome == QPP_INFER_NOT_POSSIBLE)
		printf("%s: %.*s\n", t->outcome == QPP_INFER_NO_RULE ? "no rule" : "not recomputed", QPP_ARG(t->why));
	else if (t->outcome == QPP_INFER_DIFFERS && qpp_dec_ok(t->off))
		printf("differs by %s\n", qpp_dec_text_short(a, t->off, 0, 6).p);
	else
		printf("%s\n", qpp_infer_outcome_name(t->outcome));
}

static bool same_result(const struct qpp_infer_try *a, const struct qpp_infer_try *b)
{
	return a->outcome == b->outcome && qpp_str_eq(a->recomputed, b->recomputed);
}

static void print_part(struct qpp_arena *a, const struct qpp_experience_row *row, enum qpp_part part,
                       const struct qpp_infer_part *p)
{
	printf("%-7.*s %d  %-10s  %-11.*s ", QPP_ARG(row->label), row->py.v, qpp_part_name(part), QPP_ARG(p->printed));
	print_try(a, &p->tries[0]);
	/* Other readings that come out the same are not worth a line. */
	for (size_t i = 1; i < p->n_tries; i++) {
		const struct qpp_infer_try *t = &p->tries[i];
		if (same_result(t, &p->tries[0]))
			continue;
		int n = printf("  if ");
		for (size_t k = 0; k < t->n_choices; k++)
			n += printf("%s%.*s = %.*s", k ? ", " : "", QPP_ARG(t->choices[k].reading), QPP_ARG(t->choices[k].alternative));
		printf("%*s", n < RECOMPUTED_COLUMN ? RECOMPUTED_COLUMN - n : 1, "");
		print_try(a, t);
	}
}

static void print_evidence(const struct qpp_infer_evidence *e)
{
	printf("%-30.*s %-18.*s %6zu %7zu %12zu", QPP_ARG(e->reading), QPP_ARG(e->alternative), e->n_agree, e->n_differ,
	       e->n_untouched);
	for (size_t i = 0; i < e->n_differ && i < MOST_NAMED; i++)
		printf("%s%.*s", i ? ", " : "  differ: ", QPP_ARG(e->differ[i]->label));
	printf("%s\n", e->n_differ > MOST_NAMED ? ", ..." : "");
}

static bool touched(const struct qpp_infer_evidence *e)
{
	return e->n_agree || e->n_differ;
}

static void print_untouched(struct qpp_arena *a, const struct qpp_infer *x)
{
	struct qpp_buf names, lines;
	qpp_buf_init(&names, a, MOST_TEXT);
	qpp_buf_init(&lines, a, MOST_TEXT);
	for (size_t i = 0; i < x->n_evidence; i++) {
		if (touched(&x->evidence[i]) || (i && qpp_str_eq(x->evidence[i].reading, x->evidence[i - 1].reading)))
			continue;
		qpp_buf_cat(&names, names.n ? ", " : "Touched by no row: ", (char *)NULL);
		qpp_buf_str(&names, x->evidence[i].reading);
	}
	qpp_text_wrap(&lines, 0, 2, qpp_buf_done(&names));
	printf("\n%s", qpp_buf_done(&lines).p);
}

static void print_answer(struct qpp_cli *cli, const struct qpp_infer *x)
{
	qpp_cli_mark(cli);
	printf("%-7s %-4s  %-10s  %-11s %s\n", "Row", "PY", "Part", "Printed", "Recomputed");
	for (size_t i = 0; i < x->n_rows; i++)
		for (int k = 0; k < QPP_PARTS; k++)
			if (x->rows[i].parts[k].n_tries)
				print_part(cli->arena, x->rows[i].is, (enum qpp_part)k, &x->rows[i].parts[k]);
	printf("\n%zu agree, %zu differ, %zu without a rule, %zu not recomputed\n", x->outcomes[QPP_INFER_AGREES],
	       x->outcomes[QPP_INFER_DIFFERS], x->outcomes[QPP_INFER_NO_RULE], x->outcomes[QPP_INFER_NOT_POSSIBLE]);
	printf("\n%-30s %-18s %6s %7s %12s\n", "Reading", "Alternative", "agree", "differ", "not touched");
	for (size_t i = 0; i < x->n_evidence; i++)
		if (touched(&x->evidence[i]))
			print_evidence(&x->evidence[i]);
	print_untouched(cli->arena, x);
}

/* ---- the verb ---- */

/* A year without a catalog is a year whose quality measures cannot be looked at, no failure. */
static const struct qpp_catalog *catalog_of(void *host, qpp_py py)
{
	struct qpp_cli *cli = host;
	const struct qpp_catalog *c = NULL;
	if (qpp_cli_catalog(cli, py, &c) == QPP_OK)
		return c;
	cli->err.primary[0] = 0;
	return NULL;
}

static enum qpp_code run(struct qpp_cli *cli)
{
	struct qpp_findings f;
	struct qpp_infer_request r = { .arena = cli->arena, .catalog_of = catalog_of, .host = cli };
	struct qpp_infer answer;
	struct qpp_str text;
	qpp_py year;
	const char *path = cli->operand[0];
	qpp_findings_init(&f, cli->arena, MOST_FINDINGS);
	enum qpp_code code = qpp_cli_year(cli, false, &year);
	if (code == QPP_OK)
		code = qpp_cli_read(cli, path, MOST_BYTES, &text);
	if (code != QPP_OK)
		return code;
	const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
	r.rows = qpp_json_read_rows(cli->arena, qpp_str_of(name), text, MOST_BYTES, year, &r.n_rows, &f);
	if (!r.rows)
		return qpp_cli_refuse(cli, &f, "no answer");
	code = qpp_cli_rules(cli, &r.rules);
	if (code == QPP_OK)
		code = qpp_infer_rows(&r, &answer, &cli->err);
	if (code != QPP_OK)
		return code;
	if (cli->json) {
		code = qpp_cli_print_json(cli, json_answer(cli->arena, &answer, &f));
	} else {
		qpp_print_findings(&f);
		print_answer(cli, &answer);
	}
	return code == QPP_OK && f.errors ? QPP_DATA : code;
}
