/* The files of a year, one after the other; then the text, which must read back. */
#include "import.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "import_int.h"
#include "qpp/buf.h"

/* The published files have up to 2 MB. */
enum { MOST_BYTES = 16 << 20, STEP = 64 << 10 };

/* A file of a year and its two possible names, before and behind the year. */
struct part {
	const char *folder, *tail, *flat_tail;
	void (*read)(struct import *im, const struct json *array);
};

static const struct part parts[] = {
	{ "measures/", "/measures-data.json", ".json", qpp_import_measures },
	{ "benchmarks/", ".json", ".json", qpp_import_benchmarks },
	{ "benchmarks/", "/benchmark-exclusion-reasons.json", "-benchmark-exclusion-reasons.json", qpp_import_reasons },
	{ "benchmarks/", "/cost-national-averages.json", "-cost-national-averages.json", qpp_import_averages },
	{ "mvp/", "/mvp.json", ".json", qpp_import_mvps },
	{ "clinical-clusters/", "/clinical-clusters.json", ".json", qpp_import_clusters },
};

enum { PARTS = sizeof parts / sizeof *parts, MEASURES = 0 };

static enum qpp_code cannot_read(struct qpp_str path, struct qpp_err *err)
{
	int reason = errno;
	qpp_fail(err, QPP_IO, "the file ", path.p, " cannot be read", (char *)NULL);
	qpp_err_detail(err, strerror(reason), (char *)NULL);
	return QPP_IO;
}

static enum qpp_code read_stream(struct qpp_arena *a, FILE *f, struct qpp_str path, struct qpp_str *text,
                                 struct qpp_err *err)
{
	struct qpp_buf b;
	char *step = qpp_arena_alloc(a, STEP);
	size_t n;
	qpp_buf_init(&b, a, MOST_BYTES);
	while ((n = fread(step, 1, STEP, f)) > 0 && !b.full)
		qpp_buf_add(&b, step, n);
	if (ferror(f))
		return cannot_read(path, err);
	if (b.full)
		return qpp_fail(err, QPP_LIMIT, "the file ", path.p, " is larger than 16 MB", (char *)NULL);
	*text = qpp_buf_done(&b);
	return QPP_OK;
}

/* `*there` is false when no file has that name. */
static enum qpp_code read_file(struct import *im, struct qpp_str dir, struct json_file *file, bool *there,
                               struct qpp_err *err)
{
	struct qpp_str path = qpp_str_cat(im->a, dir.p, "/", file->name.p, (char *)NULL);
	FILE *f = fopen(path.p, "rb");
	*there = f != NULL;
	if (!f)
		return errno == ENOENT || errno == ENOTDIR ? QPP_OK : cannot_read(path, err);
	enum qpp_code code = read_stream(im->a, f, path, &file->text, err);
	fclose(f);
	return code;
}

static void absent(struct import *im, struct qpp_str name)
{
	struct qpp_where where = { .file = name };
	qpp_find(im->findings, QPP_INFORMATION, "catalogFileAbsent", where, QPP_LIT("the year has no such file"));
}

static enum qpp_code not_there(const struct import *im, struct qpp_str dir, struct qpp_str name, struct qpp_err *err)
{
	qpp_fail(err, QPP_NO_RULE, "there are no published measures of performance year ",
	         qpp_i64_text(im->a, im->c.py.v).p, (char *)NULL);
	qpp_err_detail(err, "neither ", name.p, " nor its flat form is in ", dir.p, (char *)NULL);
	return QPP_NO_RULE;
}

/* An array that cannot be had is a finding already; without the measures nothing can follow. */
static enum qpp_code read_array(struct import *im, const struct part *part, struct json_file *file, struct qpp_err *err)
{
	const struct json *root = qpp_import_parse(im->a, file, im->findings);
	if (root && root->kind != JSON_ARRAY) {
		struct record r = { .im = im, .subject = file->name };
		struct qpp_finding *f = qpp_import_remark(&r, QPP_ERROR, "kindWrong", root, "the value is of the wrong kind");
		f->value = qpp_str_of(qpp_import_kind_name(root->kind));
		f->expected = qpp_str_of(qpp_import_kind_name(JSON_ARRAY));
	} else if (root) {
		part->read(im, root);
		return QPP_OK;
	}
	if (part != &parts[MEASURES])
		return QPP_OK;
	return qpp_fail(err, QPP_DATA, "the file ", file->name.p, " is not a list of measures", (char *)NULL);
}

static enum qpp_code read_part(struct import *im, struct qpp_str dir, const struct part *part, struct qpp_err *err)
{
	struct qpp_str year = qpp_i64_text(im->a, im->c.py.v);
	struct qpp_str first = qpp_str_cat(im->a, part->folder, year.p, part->tail, (char *)NULL);
	struct json_file *file = QPP_NEW(im->a, struct json_file);
	bool there;
	file->name = first;
	enum qpp_code code = read_file(im, dir, file, &there, err);
	if (code == QPP_OK && !there) {
		file->name = qpp_str_cat(im->a, part->folder, year.p, part->flat_tail, (char *)NULL);
		code = read_file(im, dir, file, &there, err);
	}
	if (code != QPP_OK)
		return code;
	if (there)
		return read_array(im, part, file, err);
	if (part == &parts[MEASURES])
		return not_there(im, dir, first, err);
	absent(im, first);
	return QPP_OK;
}

/* It becomes a field of the first line. */
static bool is_one_line(struct qpp_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F)
			return false;
	return s.n > 0;
}

enum qpp_code qpp_catalog_import(struct qpp_arena *a, struct qpp_str dir, qpp_py py, struct qpp_str source,
                                 const struct qpp_euc_list *counties, struct qpp_findings *findings, struct qpp_str *out,
                                 struct qpp_err *err)
{
	struct import im = { .a = a, .findings = findings, .c = { .py = py, .source = source } };
	const struct qpp_catalog *again;
	struct qpp_buf b;
	if (!is_one_line(source))
		return qpp_fail(err, QPP_USAGE, "the source of a catalog is one line of text", (char *)NULL);
	dir = qpp_str_dup(a, dir);
	if (counties)
		im.c.euc = *counties;
	for (size_t i = 0; i < PARTS; i++) {
		enum qpp_code code = read_part(&im, dir, &parts[i], err);
		if (code != QPP_OK)
			return code;
	}
	qpp_import_check_missing(&im);
	qpp_buf_init(&b, a, PARTS * (size_t)MOST_BYTES);
	qpp_catalog_write(&b, &im.c);
	*out = qpp_buf_done(&b);
	if (b.full || qpp_catalog_read(a, QPP_LIT("the catalog made"), *out, &again, err) != QPP_OK) {
		qpp_fail(err, QPP_BUG, "the catalog that the import made does not read back", (char *)NULL);
		return QPP_BUG;
	}
	return QPP_OK;
}
