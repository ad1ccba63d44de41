/*
 * mkcatalog DIR YEAR [SOURCE] > catalog/YEAR.txt
 *
 * Makes the catalog of a performance year from the published files in DIR.
 * Findings go to standard error. Nothing is written when one of them is an
 * error: a catalog with a hole in it is worse than none.
 */
#include <stdio.h>

#include "adapt/catalog/import.h"

enum { MOST_FINDINGS = 10000 };

static void show_part(const char *label, struct qpp_str text)
{
	if (text.n)
		fprintf(stderr, "%s%.*s", label, QPP_ARG(text));
}

static void show(const struct qpp_finding *f)
{
	show_part("", f->where.file);
	if (f->where.line)
		fprintf(stderr, ":%u:%u", f->where.line, f->where.column);
	fprintf(stderr, "%s%s: ", f->where.file.n ? ": " : "", qpp_severity_name(f->severity));
	show_part("", f->subject);
	show_part(f->subject.n ? ": " : "", f->message);
	show_part("; found ", f->value);
	show_part("; expected ", f->expected);
	show_part("; ", f->hint);
	show_part(" [", f->code);
	show_part(" ", f->where.pointer);
	fprintf(stderr, "]\n");
}

static int complain(const struct qpp_err *err)
{
	fprintf(stderr, "mkcatalog: %s%s%s\n", err->primary, err->detail[0] ? ": " : "", err->detail);
	return qpp_code_exit(err->code);
}

static int run(struct qpp_arena *a, int argc, char **argv)
{
	struct qpp_findings findings;
	struct qpp_err err;
	struct qpp_str text;
	uint64_t year;
	if (argc < 3 || argc > 4 || !qpp_str_u64(qpp_str_of(argv[2]), INT16_MAX, &year)) {
		fprintf(stderr, "usage: mkcatalog DIR YEAR [SOURCE]\n");
		return qpp_code_exit(QPP_USAGE);
	}
	qpp_findings_init(&findings, a, MOST_FINDINGS);
	struct qpp_str source = argc == 4 ? qpp_str_of(argv[3]) : QPP_LIT(QPP_CATALOG_SOURCE);
	enum qpp_code code = qpp_catalog_import(a, qpp_str_of(argv[1]), (qpp_py){ (int)year }, source, &findings, &text, &err);
	for (size_t i = 0; i < findings.list.n; i++)
		show(&findings.list.v[i]);
	if (code != QPP_OK)
		return complain(&err);
	if (findings.errors) {
		qpp_fail(&err, QPP_DATA, "there are errors, nothing was written", (char *)NULL);
		return complain(&err);
	}
	if (fwrite(text.p, 1, text.n, stdout) != text.n || fflush(stdout) != 0) {
		qpp_fail(&err, QPP_IO, "the catalog could not be written", (char *)NULL);
		return complain(&err);
	}
	return qpp_code_exit(QPP_OK);
}

int main(int argc, char **argv)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	int status = run(&a, argc, argv);
	qpp_arena_close(&a);
	return status;
}
