/* What a verb works on: rules and catalogs inside the program, files from outside, and where answers go. */
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/json/write.h"
#include "adapt/rules/overlay.h"
#include "cmd/catalogs.h"
#include "cmd/cli.h"

enum { MOST_OVERLAY_BYTES = 1 << 20, MOST_OVERLAY_ERRORS = 200 };

static void sha256(const void *p, size_t n, unsigned char out[32])
{
	crypto_hash_sha256(out, p, n);
}

enum qpp_code qpp_cli_refuse(struct qpp_cli *cli, const struct qpp_findings *f, const char *what)
{
	if (cli->json) {
		json_t *o = json_object();
		json_object_set_new(o, "findings", qpp_json_findings(f));
		(void)qpp_cli_print_json(cli, o);
	} else {
		qpp_print_findings(f);
		fprintf(stderr, "qpp: %s: %zu error%s\n", what, f->errors, f->errors == 1 ? "" : "s");
	}
	return QPP_DATA;
}

static enum qpp_code change_rules(struct qpp_cli *cli, const char *path, const struct qpp_ruleset **rules)
{
	struct qpp_rules_source overlay = { .file = qpp_str_of(strcmp(path, "-") == 0 ? "standard input" : path) };
	struct qpp_findings errors;
	enum qpp_code code = qpp_cli_read(cli, path, MOST_OVERLAY_BYTES, &overlay.text);
	if (code != QPP_OK)
		return code;
	qpp_findings_init(&errors, cli->arena, MOST_OVERLAY_ERRORS);
	code = qpp_rules_overlay(cli->arena, *rules, &overlay, sha256, &errors, rules, &cli->err);
	return code != QPP_OK && errors.errors ? qpp_cli_refuse(cli, &errors, "no answer, the overlay is not valid") : code;
}

enum qpp_code qpp_cli_rules(struct qpp_cli *cli, const struct qpp_ruleset **out)
{
	const char *overlay = cli->verb ? qpp_cli_value(cli, "rules") : NULL;
	enum qpp_code code = qpp_ruleset_load(cli->arena, qpp_rules_image, qpp_rules_image_size, out, &cli->err);
	if (code == QPP_OK && overlay)
		code = change_rules(cli, overlay, out);
	if (code == QPP_OK)
		cli->rules = *out;
	return code;
}

enum qpp_code qpp_cli_reading(struct qpp_cli *cli, const struct qpp_ruleset *rs, struct qpp_choice *out, size_t *n)
{
	const char *given = qpp_cli_value(cli, "reading");
	struct qpp_str alternative = qpp_str_of(given), name;
	*n = 0;
	if (!given)
		return QPP_OK;
	(void)qpp_str_cut(&alternative, '=', &name);
	const struct qpp_reading *r = qpp_ruleset_reading(rs, name);
	if (!r)
		return qpp_fail(&cli->err, QPP_USAGE, "the rules have no reading ", qpp_str_dup(cli->arena, name).p, (char *)NULL);
	struct qpp_str known = QPP_LIT("");
	for (size_t i = 0; i < r->n_alternatives; i++) {
		if (alternative.p && qpp_str_eq(r->alternatives[i], alternative)) {
			*out = (struct qpp_choice){ name, i };
			*n = 1;
			return QPP_OK;
		}
		known = qpp_str_cat(cli->arena, known.p, i ? ", " : "", qpp_str_dup(cli->arena, r->alternatives[i]).p, (char *)NULL);
	}
	(void)qpp_fail(&cli->err, QPP_USAGE, "--reading ", given, " names no alternative", (char *)NULL);
	qpp_err_hint(&cli->err, "the alternatives are ", known.p, (char *)NULL);
	return QPP_USAGE;
}

enum qpp_code qpp_cli_catalog(struct qpp_cli *cli, qpp_py py, const struct qpp_catalog **out)
{
	struct qpp_str year = qpp_i64_text(cli->arena, py.v);
	for (const struct qpp_embedded_catalog *c = qpp_embedded_catalogs; c->py.v; c++)
		if (c->py.v == py.v)
			return qpp_catalog_read(cli->arena, qpp_str_cat(cli->arena, "catalog/", year.p, ".txt", (char *)NULL), c->text,
			                        out, &cli->err);
	(void)qpp_fail(&cli->err, QPP_NO_RULE, "no published measures and benchmarks for PY ", year.p, (char *)NULL);
	struct qpp_buf known;
	qpp_buf_init(&known, cli->arena, 200);
	for (const struct qpp_embedded_catalog *c = qpp_embedded_catalogs; c->py.v; c++) {
		qpp_buf_cat(&known, known.n ? ", " : "", (char *)NULL);
		qpp_buf_i64(&known, c->py.v);
	}
	qpp_err_detail(&cli->err, "the catalog holds PY ", qpp_buf_done(&known).p, (char *)NULL);
	return QPP_NO_RULE;
}

enum qpp_code qpp_cli_read(struct qpp_cli *cli, const char *path, size_t most, struct qpp_str *out)
{
	return qpp_read_whole(cli->arena, path, most, out, &cli->err);
}

enum qpp_code qpp_cli_request(struct qpp_cli *cli, qpp_py py, bool catalog, bool trace, struct qpp_request *out)
{
	const struct qpp_ruleset *rs;
	*out = (struct qpp_request){ .arena = cli->arena };
	enum qpp_code code = qpp_cli_rules(cli, &rs);
	if (code == QPP_OK)
		code = qpp_rules_bind(cli->arena, rs, py, NULL, 0, &out->rules, &cli->err);
	if (code == QPP_OK && catalog)
		code = qpp_cli_catalog(cli, py, &out->catalog);
	if (code == QPP_OK && trace) {
		out->trace = QPP_NEW(cli->arena, struct qpp_trace);
		qpp_trace_init(out->trace, cli->arena);
	}
	return code;
}

static enum qpp_code flush(struct qpp_cli *cli)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return QPP_OK;
	(void)qpp_fail(&cli->err, QPP_IO, "cannot write to standard output", (char *)NULL);
	qpp_err_detail(&cli->err, strerror(errno), (char *)NULL);
	return QPP_IO;
}

void qpp_cli_mark(const struct qpp_cli *cli)
{
	enum { SHOWN = 12 };
	if (cli->rules && cli->rules->provisional)
		printf("What-if run, not the rules as they stand: changed by %.*s (%.*s)\n", QPP_ARG(cli->rules->overlay), SHOWN,
		       cli->rules->overlay_hash.p);
}

static void mark_json(const struct qpp_cli *cli, json_t *document)
{
	if (!cli->rules || !cli->rules->provisional)
		return;
	json_t *overlay = json_object();
	qpp_json_put_text(overlay, "file", cli->rules->overlay);
	qpp_json_put_text(overlay, "hash", cli->rules->overlay_hash);
	json_object_set_new(document, "overlay", overlay);
	json_object_set_new(document, "provisional", json_true());
}

enum qpp_code qpp_cli_print_json(struct qpp_cli *cli, json_t *document)
{
	mark_json(cli, document);
	char *text = json_dumps(document, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
	json_decref(document);
	if (!text)
		return qpp_fail(&cli->err, QPP_IO, "out of memory while writing the answer", (char *)NULL);
	puts(text);
	free(text);
	return flush(cli);
}

enum qpp_code qpp_cli_print(struct qpp_cli *cli, struct qpp_str text)
{
	qpp_cli_mark(cli);
	fwrite(text.p, 1, text.n, stdout);
	return flush(cli);
}
