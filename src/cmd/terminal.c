/* Reading files whole, and telling errors and findings on standard error. */
#include "cmd/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "qpp/buf.h"

static enum qpp_code unreadable(const char *path, int why, struct qpp_err *err)
{
	(void)qpp_fail(err, QPP_IO, "cannot read ", path, (char *)NULL);
	qpp_err_detail(err, strerror(why), (char *)NULL);
	return QPP_IO;
}

enum qpp_code qpp_read_whole(struct qpp_arena *a, const char *path, size_t most, struct qpp_str *out, struct qpp_err *err)
{
	bool standard = strcmp(path, "-") == 0;
	FILE *in = standard ? stdin : fopen(path, "rb");
	struct qpp_buf b;
	char block[1 << 16];
	size_t n;
	if (!in)
		return unreadable(path, errno, err);
	qpp_buf_init(&b, a, most);
	while (!b.full && (n = fread(block, 1, sizeof block, in)) > 0)
		qpp_buf_add(&b, block, n);
	bool failed = ferror(in) != 0;
	int why = errno;
	if (!standard)
		fclose(in);
	if (failed)
		return unreadable(path, why, err);
	if (b.full) {
		(void)qpp_fail(err, QPP_LIMIT, path, " is larger than is accepted", (char *)NULL);
		qpp_err_detail(err, "at most ", qpp_i64_text(a, (int64_t)most).p, " bytes", (char *)NULL);
		return QPP_LIMIT;
	}
	*out = qpp_buf_done(&b);
	return QPP_OK;
}

void qpp_print_error(const char *program, const struct qpp_err *e)
{
	fprintf(stderr, "%s: %s\n", program, e->primary);
	if (e->file[0] && e->line)
		fprintf(stderr, "    at      %s:%u:%u\n", e->file, e->line, e->column);
	else if (e->file[0])
		fprintf(stderr, "    at      %s\n", e->file);
	if (e->detail[0])
		fprintf(stderr, "    detail  %s\n", e->detail);
	if (e->hint[0])
		fprintf(stderr, "    hint    %s\n", e->hint);
	if (e->cite[0])
		fprintf(stderr, "    rule    42 CFR %s\n", e->cite);
}

static void print_finding(const struct qpp_finding *f)
{
	if (f->where.file.n)
		fprintf(stderr, "%.*s:", QPP_ARG(f->where.file));
	if (f->where.line)
		fprintf(stderr, "%u:", f->where.line);
	if (f->where.column)
		fprintf(stderr, "%u:", f->where.column);
	fprintf(stderr, "%s%s: %.*s", f->where.file.n ? " " : "", qpp_severity_name(f->severity), QPP_ARG(f->message));
	if (f->where.pointer.n)
		fprintf(stderr, " at %.*s", QPP_ARG(f->where.pointer));
	fprintf(stderr, " [%.*s]\n", QPP_ARG(f->code));
	if (f->subject.n)
		fprintf(stderr, "    about     %.*s\n", QPP_ARG(f->subject));
	if (f->value.n)
		fprintf(stderr, "    found     %.*s\n", QPP_ARG(f->value));
	if (f->expected.n)
		fprintf(stderr, "    expected  %.*s\n", QPP_ARG(f->expected));
	if (f->hint.n)
		fprintf(stderr, "    hint      %.*s\n", QPP_ARG(f->hint));
	if (f->cite.n)
		fprintf(stderr, "    rule      42 CFR %.*s\n", QPP_ARG(f->cite));
}

void qpp_print_findings(const struct qpp_findings *f)
{
	for (size_t i = 0; i < f->list.n; i++)
		print_finding(&f->list.v[i]);
	if (f->left_out)
		fprintf(stderr, "and %zu more findings\n", f->left_out);
}
