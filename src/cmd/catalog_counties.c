/* qpp catalog counties, and the lists of counties that qpp catalog import takes in. */
#include <sys/stat.h>

#include "adapt/csv/counties_csv.h"
#include "adapt/json/write.h"
#include "cmd/catalog_cli.h"
#include "cmd/stream.h"
#include "qpp/euc.h"

enum { LAST_YEAR = 9999 };

static bool is_there(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0;
}

static enum qpp_code read_list(struct qpp_cli *cli, const char *path, struct qpp_findings *findings,
                               const struct qpp_euc_list **out)
{
	struct qpp_stream_in in;
	struct qpp_euc_list *list = QPP_NEW(cli->arena, struct qpp_euc_list);
	enum qpp_code code = qpp_stream_open(cli, path, &in);
	if (code != QPP_OK)
		return code;
	(void)qpp_counties_csv_read(cli->arena, qpp_str_of(path), qpp_stream_read, &in, QPP_LIT(QPP_COUNTIES_SOURCE), findings,
	                            list);
	*out = list;
	return qpp_stream_close(cli, &in);
}

enum qpp_code qpp_catalog_read_counties(struct qpp_cli *cli, const char *dir, qpp_py py, struct qpp_findings *findings,
                                        const struct qpp_euc_list **out)
{
	const char *given = qpp_cli_value(cli, "euc"), *year = qpp_i64_text(cli->arena, py.v).p;
	const char *from = given ? given : qpp_str_cat(cli->arena, dir, "/euc", (char *)NULL).p;
	const char *flat = qpp_str_cat(cli->arena, from, "/", year, ".csv", (char *)NULL).p;
	const char *published =
	    qpp_str_cat(cli->arena, from, "/data/", year, "/euc_county_zipcode_crosswalk.csv", (char *)NULL).p;
	*out = NULL;
	if (is_there(flat) || is_there(published))
		return read_list(cli, is_there(flat) ? flat : published, findings, out);
	qpp_find(findings, QPP_INFORMATION, "catalogFileAbsent", (struct qpp_where){ .file = qpp_str_of(flat) },
	         QPP_LIT("the year has no list of counties: whether the automatic policy applies will be unknown"));
	return QPP_OK;
}

static void print_county(struct qpp_cli *cli, const struct qpp_euc_county *c)
{
	printf("%s:", qpp_county_shown(cli->arena, c->state, c->name).p);
	for (size_t i = 0; i < c->zips.n; i++)
		printf(" %.*s", QPP_ARG(c->zips.v[i]));
	printf("%s\n", c->zips.n ? "" : " no ZIP codes");
}

static json_t *county_json(const struct qpp_euc_county *c)
{
	json_t *o = json_object(), *zips = json_array();
	qpp_json_put_text(o, "state", c->state);
	qpp_json_put_text(o, "county", c->name);
	for (size_t i = 0; i < c->zips.n; i++)
		json_array_append_new(zips, qpp_json_text(c->zips.v[i]));
	json_object_set_new(o, "zips", zips);
	return o;
}

static enum qpp_code print_list(struct qpp_cli *cli, const struct qpp_catalog *c, const char *state)
{
	json_t *list = json_array();
	for (size_t i = 0; i < c->euc.n_counties; i++) {
		const struct qpp_euc_county *county = &c->euc.counties[i];
		if (state && !qpp_str_is(county->state, state))
			continue;
		if (cli->json)
			json_array_append_new(list, county_json(county));
		else
			print_county(cli, county);
	}
	if (!cli->json) {
		json_decref(list);
		return QPP_OK;
	}
	json_t *o = json_object();
	json_object_set_new(o, "year", json_integer(c->py.v));
	qpp_json_put_text(o, "source", c->euc.source);
	json_object_set_new(o, "counties", list);
	return qpp_cli_print_json(cli, o);
}

/* The code of --state; NULL when none was given. */
static enum qpp_code state_of(struct qpp_cli *cli, const char **out)
{
	const char *given = qpp_cli_value(cli, "state");
	*out = given ? qpp_state_code(qpp_state_of(qpp_str_of(given))) : NULL;
	if (!given || *out)
		return QPP_OK;
	(void)qpp_fail(&cli->err, QPP_USAGE, "--state ", given, " is not the code of a state or territory", (char *)NULL);
	qpp_err_hint(&cli->err, "expected two letters, such as FL", (char *)NULL);
	return QPP_USAGE;
}

enum qpp_code qpp_catalog_counties(struct qpp_cli *cli)
{
	const struct qpp_catalog *c;
	const char *state;
	uint64_t year;
	if (!qpp_str_u64(qpp_str_of(cli->operand[1]), LAST_YEAR, &year))
		return qpp_fail(&cli->err, QPP_USAGE, cli->operand[1], " is not a performance year", (char *)NULL);
	enum qpp_code code = state_of(cli, &state);
	if (code == QPP_OK)
		code = qpp_cli_catalog(cli, (qpp_py){ (int)year }, &c);
	if (code != QPP_OK)
		return code;
	if (!c->euc.source.n) {
		(void)qpp_fail(&cli->err, QPP_NO_RULE, "there is no list of counties for PY ", cli->operand[1], " yet", (char *)NULL);
		qpp_err_detail(&cli->err, "the automatic policy for extreme and uncontrollable circumstances is unknown there, not absent",
		               (char *)NULL);
		return QPP_NO_RULE;
	}
	return print_list(cli, c, state);
}
