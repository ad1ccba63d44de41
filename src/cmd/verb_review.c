/* qpp review: what scoring may have got wrong for many, and what open requests have in common. Over the store of a service. */
#include <stdlib.h>
#include <string.h>

#include "adapt/json/write_radar.h"
#include "adapt/text/wrap.h"
#include "cmd/catalogs.h"
#include "cmd/cli.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "data", "DIR", "the folder of the service: its keys, and its store unless --store names another" },
	{ "store", "URL", "the store: sqlite:PATH or postgresql://..." },
	{ "year", "PY", "performance year" },
	{ "run", "ID", "the score run to look at (default: the newest over everybody that is done)" },
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_review = {
	.name = "review", .operands = "radar", .least = 1, .most = 1,
	.summary = "What scoring may have got wrong for many, before they ask.",
	.about = "review radar scores everybody of a run once more under its rules and looks for kinds of mistake: an exception that\n"
	         "was not consumed, a bonus that nobody of a kind received, a measure outside its closed list, sources that disagree,\n"
	         "clinicians lost on the way, a factor on the wrong side of the threshold, a score that cannot be made again. Each\n"
	         "finding has the paragraph, how many it touches, examples, and what to do next. Open requests for review are\n"
	         "grouped by what they are about, with the finding that is likely their cause.\n"
	         "Nothing is written to the store. Exit status 1: something was found.",
	.options = options, .example = "qpp review radar --data /var/lib/qpp --year 2023", .run = run,
};

/* ---- the store ---- */

static enum qpp_code open_store(struct qpp_cli *cli, struct qpp_keys *keys, struct qpp_store **out)
{
	const char *data, *url = qpp_cli_value(cli, "store");
	enum qpp_code code = qpp_cli_needed(cli, "data", &data);
	if (code != QPP_OK)
		return code;
	code = qpp_keys_load(qpp_str_cat(cli->arena, data, "/store.keys", (char *)NULL).p, false, keys, &cli->err);
	const struct qpp_store_config config = {
		.url = url ? url : qpp_str_cat(cli->arena, "sqlite:", data, "/store.db", (char *)NULL).p, .keys = keys, .clock = qpp_clock_system(),
	};
	return code == QPP_OK ? qpp_store_open(&config, out, &cli->err) : code;
}

static enum qpp_code load_years(struct qpp_cli *cli, const struct qpp_years **out)
{
	size_t n = 0;
	while (qpp_embedded_catalogs[n].py.v)
		n++;
	struct qpp_year_text *texts = QPP_NEW_ARRAY(cli->arena, n + 1, struct qpp_year_text);
	for (size_t i = 0; i < n; i++)
		texts[i] = (struct qpp_year_text){ qpp_embedded_catalogs[i].py, qpp_embedded_catalogs[i].text };
	return qpp_years_load(cli->arena, texts, n, out, &cli->err);
}

/* ---- as text ---- */

enum { MOST_TEXT = 1 << 20, INDENT = 4 };

static void line(struct qpp_buf *b, const char *what, struct qpp_str text)
{
	if (text.n)
		qpp_text_wrap(b, INDENT, INDENT + 2, qpp_str_cat(b->arena, what, qpp_str_dup(b->arena, text).p, (char *)NULL));
}

static void put_finding(struct qpp_buf *b, size_t number, const struct qpp_radar_finding *f)
{
	struct qpp_arena *a = b->arena;
	const struct qpp_radar_about *about = qpp_radar_about(f->check);
	qpp_text_wrap(b, 0, INDENT, qpp_str_cat(a, qpp_i64_text(a, (int64_t)number).p, ". ", f->step.p, f->kind.n ? ", " : "", f->kind.p, ": ", about->title,
	                                        (char *)NULL));
	line(b, "", qpp_str_cat(a, qpp_i64_text(a, f->touched).p, " of ", qpp_i64_text(a, f->of).p, " that were looked at", f->size.n ? "; " : "", f->size.p,
	                        "; ", f->rule.p, (char *)NULL));
	line(b, "next: ", qpp_str_of(about->next));
	for (size_t i = 0; i < f->n_examples; i++)
		line(b, "for example: ", qpp_str_cat(a, qpp_entity_name(f->example[i].entity), " of ", f->example[i].org_id.p, f->example[i].npi.n ? ", NPI " : "",
		                                     f->example[i].npi.p, (char *)NULL));
}

static void put_group(struct qpp_buf *b, const struct qpp_radar_group *g)
{
	struct qpp_arena *a = b->arena;
	struct qpp_str about = qpp_str_cat(a, g->category.p, g->measure.n ? ", measure " : "", g->measure.p, (char *)NULL);
	qpp_text_wrap(b, 0, INDENT, qpp_str_cat(a, qpp_i64_text(a, g->requests).p, g->requests == 1 ? " request" : " requests", " of ",
	                                        qpp_i64_text(a, g->subjects).p, g->subjects == 1 ? " subject: " : " subjects: ", g->says.p, (char *)NULL));
	line(b, "about: ", about);
	line(b, "filed: ", qpp_str_cat(a, qpp_time_text(a, g->first).p, " to ", qpp_time_text(a, g->last).p, (char *)NULL));
	if (g->cause)
		line(b, "likely cause: ", qpp_str_cat(a, g->cause->step.p, ": ", qpp_radar_about(g->cause->check)->title, (char *)NULL));
}

static struct qpp_str text_of(struct qpp_arena *a, const struct qpp_radar *r, const struct qpp_radar_groups *g)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	if (r->run.id.n)
		qpp_text_wrap(&b, 0, INDENT, qpp_str_cat(a, "Performance year ", qpp_i64_text(a, r->py.v).p, ", run ", r->run.id.p, " (", r->run.phase.p, "): ",
		                                         qpp_i64_text(a, r->levels).p, " scores and ", qpp_i64_text(a, r->pairs).p, " clinicians, ",
		                                         qpp_i64_text(a, r->observations).p, " questions, ", qpp_i64_text(a, (int64_t)r->n).p,
		                                         r->n == 1 ? " finding" : " findings", (char *)NULL));
	else
		qpp_buf_cat(&b, "No score run of the year is done: there is nothing to look at.\n", (char *)NULL);
	for (size_t i = 0; i < r->n; i++)
		put_finding(&b, i + 1, &r->v[i]);
	qpp_buf_cat(&b, qpp_i64_text(a, g->requests).p, " open ", g->requests == 1 ? "request" : "requests", " for review\n", (char *)NULL);
	for (size_t i = 0; i < g->n; i++)
		put_group(&b, &g->v[i]);
	return qpp_buf_done(&b);
}

/* ---- the verb ---- */

static enum qpp_code radar(struct qpp_cli *cli, const struct qpp_service *service, qpp_py py)
{
	struct qpp_radar r;
	struct qpp_radar_groups g;
	const struct qpp_radar_order o = { .py = py, .scoring_id = qpp_str_of(qpp_cli_value(cli, "run")) };
	enum qpp_code code = qpp_radar_run(service, cli->arena, &o, &r, &cli->err);
	if (code == QPP_OK)
		code = qpp_radar_requests(service, cli->arena, r.py, &r, &g, &cli->err);
	if (code == QPP_OK)
		code = cli->json ? qpp_cli_print_json(cli, qpp_json_radar(cli->arena, &r, &g)) : qpp_cli_print(cli, text_of(cli->arena, &r, &g));
	if (code == QPP_OK && r.n)
		code = QPP_DATA;
	return code;
}

static enum qpp_code run(struct qpp_cli *cli)
{
	struct qpp_keys keys;
	struct qpp_service service = { .version = QPP_VERSION };
	qpp_py py;
	if (strcmp(cli->operand[0], "radar") != 0)
		return qpp_fail(&cli->err, QPP_USAGE, "review has no ", cli->operand[0], "; it has radar", (char *)NULL);
	enum qpp_code code = qpp_cli_year(cli, true, &py);
	if (code == QPP_OK)
		code = load_years(cli, &service.years);
	if (code == QPP_OK)
		code = open_store(cli, &keys, &service.store);
	if (code != QPP_OK)
		return code;
	service.clock = qpp_clock_system();
	code = radar(cli, &service, py);
	qpp_store_close(service.store);
	return code;
}
