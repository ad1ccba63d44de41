/* qpp catalog: the published measures, benchmarks and counties: import a year, show a measure, list the counties. */
#include <string.h>
#include <sys/stat.h>

#include "adapt/catalog/import.h"
#include "adapt/json/write.h"
#include "cmd/catalog_cli.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "year", "PY", "import: only this year; every year of DIR when not given" },
	{ "output", "DIR", "import: where PY.txt is written (default: catalog)" },
	{ "euc", "DIR", "import: the lists of counties, PY.csv in DIR or a checkout of their publication (default: DIR/euc)" },
	{ "state", "ST", "counties: of this state only" },
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_catalog = {
	.name = "catalog", .operands = "import DIR | show PY ID | counties PY", .least = 2, .most = 3,
	.summary = "Import the published measures, benchmarks and counties; show one measure; list the counties.",
	.about = "import DIR  reads a checkout of the published measures data and writes the compact catalog, with the faults\n"
	         "            that were found in the data\n"
	         "show PY ID  one measure or activity with its benchmarks\n"
	         "counties PY the counties under the automatic policy for extreme and uncontrollable circumstances",
	.options = options, .example = "qpp catalog show 2023 110", .run = run,
};

enum { FIRST_YEAR = 1000, LAST_YEAR = 9999, MOST_FINDINGS = 100000 };

static bool exists(struct qpp_cli *cli, const char *dir, const char *rest, const char *year)
{
	struct stat st;
	return stat(qpp_str_cat(cli->arena, dir, rest, year, (char *)NULL).p, &st) == 0;
}

static enum qpp_code write_text(struct qpp_cli *cli, const char *path, struct qpp_str text)
{
	FILE *out = fopen(path, "wb");
	bool good = out && fwrite(text.p, 1, text.n, out) == text.n;
	if (out && fclose(out) != 0)
		good = false;
	if (good)
		return QPP_OK;
	(void)qpp_fail(&cli->err, QPP_IO, "cannot write ", path, (char *)NULL);
	qpp_err_hint(&cli->err, "name an existing folder with --output", (char *)NULL);
	return QPP_IO;
}

struct import {
	json_t *years;
	struct qpp_findings findings;
};

static enum qpp_code import_year(struct qpp_cli *cli, const char *dir, qpp_py py, struct import *im)
{
	const char *to = qpp_cli_value(cli, "output");
	const struct qpp_catalog *c;
	const struct qpp_euc_list *counties;
	struct qpp_str text, year = qpp_i64_text(cli->arena, py.v);
	struct qpp_str path = qpp_str_cat(cli->arena, to ? to : "catalog", "/", year.p, ".txt", (char *)NULL);
	size_t before = im->findings.errors;
	enum qpp_code code = qpp_catalog_read_counties(cli, dir, py, &im->findings, &counties);
	if (code == QPP_OK)
		code = qpp_catalog_import(cli->arena, qpp_str_of(dir), py, QPP_LIT(QPP_CATALOG_SOURCE), counties, &im->findings,
		                          &text, &cli->err);
	if (code != QPP_OK)
		return code;
	if (im->findings.errors > before)
		return QPP_OK;
	code = qpp_catalog_read(cli->arena, path, text, &c, &cli->err);
	if (code == QPP_OK)
		code = write_text(cli, path.p, text);
	if (code != QPP_OK)
		return code;
	json_t *o = json_object();
	json_object_set_new(o, "year", json_integer(py.v));
	json_object_set_new(o, "measures", json_integer((json_int_t)c->n_measures));
	json_object_set_new(o, "benchmarks", json_integer((json_int_t)c->n_benchmarks));
	json_object_set_new(o, "clusters", json_integer((json_int_t)c->n_clusters));
	json_object_set_new(o, "mvps", json_integer((json_int_t)c->n_mvps));
	json_object_set_new(o, "averages", json_integer((json_int_t)c->n_averages));
	if (c->euc.source.n)
		json_object_set_new(o, "counties", json_integer((json_int_t)c->euc.n_counties));
	json_array_append_new(im->years, o);
	if (!cli->json)
		printf("%s: %zu measures, %zu benchmarks, %zu clusters, %zu MVPs, %zu averages, %s counties\n", path.p,
		       c->n_measures, c->n_benchmarks, c->n_clusters, c->n_mvps, c->n_averages,
		       c->euc.source.n ? qpp_i64_text(cli->arena, (int64_t)c->euc.n_counties).p : "no list of");
	return QPP_OK;
}

static enum qpp_code import(struct qpp_cli *cli)
{
	const char *dir = cli->operand[1];
	struct import im = { .years = json_array() };
	qpp_py only;
	qpp_findings_init(&im.findings, cli->arena, MOST_FINDINGS);
	enum qpp_code code = qpp_cli_year(cli, false, &only);
	bool some = false;
	for (int y = FIRST_YEAR; y <= LAST_YEAR && code == QPP_OK; y++) {
		char year[8];
		snprintf(year, sizeof year, "%d", y);
		if (only.v ? y != only.v
		           : !exists(cli, dir, "/measures/", year) &&
		                 !exists(cli, dir, "/measures/", qpp_str_cat(cli->arena, year, ".json", (char *)NULL).p))
			continue;
		some = true;
		code = import_year(cli, dir, (qpp_py){ y }, &im);
	}
	if (code == QPP_OK && !some) {
		code = qpp_fail(&cli->err, QPP_IO, dir, " holds no measures of any year", (char *)NULL);
		qpp_err_hint(&cli->err, "give a checkout of the published measures data, with measures/ and benchmarks/", (char *)NULL);
	}
	if (code != QPP_OK) {
		json_decref(im.years);
		return code;
	}
	if (cli->json) {
		json_t *o = json_object();
		json_object_set_new(o, "years", im.years);
		json_object_set_new(o, "findings", qpp_json_findings(&im.findings));
		code = qpp_cli_print_json(cli, o);
	} else {
		json_decref(im.years);
		qpp_print_findings(&im.findings);
	}
	return code == QPP_OK && im.findings.errors ? QPP_DATA : code;
}

static void print_measure(struct qpp_cli *cli, const struct qpp_catalog *c, const struct qpp_measure *m)
{
	printf("%.*s  %.*s\n", QPP_ARG(m->id), QPP_ARG(m->title));
	printf("  %s, %s", qpp_category_name(m->category), qpp_metric_name(m->metric));
	if (m->type.n)
		printf(", %.*s%s%s", QPP_ARG(m->type), m->high_priority ? ", high priority" : "", m->inverse ? ", lower is better" : "");
	printf("\n");
	for (int k = 1; k < QPP_METHODS; k++) {
		const struct qpp_benchmark *b = qpp_catalog_benchmark(c, m->id, (enum qpp_method)k);
		if (!(m->methods & 1u << k))
			continue;
		printf("  %-24s", qpp_method_name((enum qpp_method)k));
		if (!b) {
			printf("no benchmark\n");
			continue;
		}
		for (int i = b->has_first ? 0 : 1; i < QPP_ENTRIES; i++)
			printf(" %s", qpp_dec_text_short(cli->arena, b->entry[i], 0, 6).p);
		printf("%s\n", b->capped ? "  (topped out, capped)" : "");
	}
}

static enum qpp_code show(struct qpp_cli *cli)
{
	uint64_t year;
	const struct qpp_catalog *c;
	if (cli->n_operands != 3 || !qpp_str_u64(qpp_str_of(cli->operand[1]), LAST_YEAR, &year))
		return qpp_fail(&cli->err, QPP_USAGE, "qpp catalog show takes PY ID", (char *)NULL);
	enum qpp_code code = qpp_cli_catalog(cli, (qpp_py){ (int)year }, &c);
	if (code != QPP_OK)
		return code;
	const struct qpp_measure *m = qpp_catalog_measure(c, qpp_str_of(cli->operand[2]));
	if (!m) {
		struct qpp_str near = qpp_catalog_near(c, qpp_str_of(cli->operand[2]), cli->arena);
		(void)qpp_fail(&cli->err, QPP_USAGE, "PY ", cli->operand[1], " has no measure ", cli->operand[2], (char *)NULL);
		if (near.n)
			qpp_err_hint(&cli->err, "did you mean ", qpp_str_dup(cli->arena, near).p, "?", (char *)NULL);
		return QPP_USAGE;
	}
	if (cli->json)
		return qpp_cli_print_json(cli, qpp_json_measure(cli->arena, c, m));
	print_measure(cli, c, m);
	return QPP_OK;
}

static enum qpp_code run(struct qpp_cli *cli)
{
	if (strcmp(cli->operand[0], "import") == 0 && cli->n_operands == 2)
		return import(cli);
	if (strcmp(cli->operand[0], "show") == 0)
		return show(cli);
	if (strcmp(cli->operand[0], "counties") == 0 && cli->n_operands == 2)
		return qpp_catalog_counties(cli);
	(void)qpp_fail(&cli->err, QPP_USAGE, "qpp catalog takes ", cli->verb->operands, (char *)NULL);
	qpp_err_hint(&cli->err, "for example: ", cli->verb->example, (char *)NULL);
	return QPP_USAGE;
}
