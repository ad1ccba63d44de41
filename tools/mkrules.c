/*
 * mkrules: compiles rules/ when the program is built.
 *
 *   mkrules [-o DIR] FILE...
 *
 * Reads the Markdown files and writes DIR/rule_names.h and DIR/rules_image.c;
 * without -o it only checks. Errors go to standard error as
 * `file:line: sentence`, and nothing is written.
 * Exit status: 0, 1 the rules have errors, 2 usage, 4 a file cannot be read or written.
 */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapt/rules/compile.h"
#include "adapt/rules/generate.h"
#include "qpp/ruleset.h"

enum { MOST_ERRORS = 500, LARGEST_FILE = 16 << 20 };

/* What a case may give and expect besides the names of the rules themselves. */
static const char *const known_names[] = {
#if __has_include("qpp/facts.def")
#define FACT(NAME, name, unit, cite, says) name,
#include "qpp/facts.def"
#undef FACT
#endif
#if __has_include("qpp/case_words.def")
#define WORD(name) name,
#include "qpp/case_words.def"
#undef WORD
#endif
	NULL
};

static void sha256(const void *p, size_t n, unsigned char out[32])
{
	crypto_hash_sha256(out, p, n);
}

static int complain(const char *what, const char *path)
{
	fprintf(stderr, "mkrules: cannot %s %s: %s\n", what, path, strerror(errno));
	return qpp_code_exit(QPP_IO);
}

/* The whole file; text.p is NULL when it cannot be read, with errno set. */
static struct qpp_str read_file(struct qpp_arena *a, const char *path)
{
	struct qpp_buf b;
	char piece[8192];
	size_t n;
	FILE *f = fopen(path, "rb");
	if (!f)
		return (struct qpp_str){ NULL, 0 };
	qpp_buf_init(&b, a, LARGEST_FILE);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0 && !b.full)
		qpp_buf_add(&b, piece, n);
	int failed = ferror(f) ? EIO : b.full ? EFBIG : 0;
	fclose(f);
	errno = failed;
	return failed ? (struct qpp_str){ NULL, 0 } : qpp_buf_done(&b);
}

/* Written beside its place and moved there, so that a build never sees half a file. */
static int write_file(struct qpp_arena *a, const char *dir, const char *name, struct qpp_str text)
{
	const char *path = qpp_str_cat(a, dir, "/", name, (char *)NULL).p;
	const char *part = qpp_str_cat(a, path, ".part", (char *)NULL).p;
	FILE *f = fopen(part, "wb");
	if (!f)
		return complain("write", part);
	bool written = fwrite(text.p, 1, text.n, f) == text.n;
	if (fclose(f) == 0 && written && rename(part, path) == 0)
		return 0;
	int status = complain("write", path);
	remove(part);
	return status;
}

/* The name in messages and in the image: rules/x.md wherever the build directory is. */
static struct qpp_str label(const char *path)
{
	for (;;) {
		if (!strncmp(path, "./", 2))
			path += 2;
		else if (!strncmp(path, "../", 3))
			path += 3;
		else
			return qpp_str_of(path);
	}
}

static void print_errors(const struct qpp_findings *errors)
{
	for (size_t i = 0; i < errors->list.n; i++) {
		const struct qpp_finding *f = &errors->list.v[i];
		fprintf(stderr, "%.*s:%u: %.*s", QPP_ARG(f->where.file), f->where.line, QPP_ARG(f->message));
		if (f->hint.n)
			fprintf(stderr, "; %.*s", QPP_ARG(f->hint));
		fputc('\n', stderr);
	}
	if (errors->left_out)
		fprintf(stderr, "mkrules: and %zu more\n", errors->left_out);
}

static int fail(const struct qpp_err *err)
{
	fprintf(stderr, "mkrules: %s\n", err->primary);
	return qpp_code_exit(err->code);
}

static int write_all(struct qpp_arena *a, const char *dir, struct qpp_str image)
{
	struct qpp_err err;
	const struct qpp_ruleset *rs;
	/* What was compiled must load: read it back and generate from that. */
	if (qpp_ruleset_load(a, image.p, image.n, &rs, &err) != QPP_OK)
		return fail(&err);
	if (!dir)
		return 0;
	int status = write_file(a, dir, "rule_names.h", qpp_rules_names_header(a, rs));
	return status ? status : write_file(a, dir, "rules_image.c", qpp_rules_image_source(a, image));
}

static int run(struct qpp_arena *a, const char *dir, char **paths, size_t n)
{
	struct qpp_rules_source *sources = QPP_NEW_ARRAY(a, n, struct qpp_rules_source);
	struct qpp_rules_compile_options options = { .hash = sha256 };
	options.n_known_names = sizeof known_names / sizeof *known_names - 1;    /* without the NULL */
	struct qpp_str *known = QPP_NEW_ARRAY(a, options.n_known_names, struct qpp_str), image;
	struct qpp_findings errors;
	struct qpp_err err;
	for (size_t i = 0; i < options.n_known_names; i++)
		known[i] = qpp_str_of(known_names[i]);
	options.known_names = known;
	for (size_t i = 0; i < n; i++) {
		sources[i] = (struct qpp_rules_source){ label(paths[i]), read_file(a, paths[i]) };
		if (!sources[i].text.p)
			return complain("read", paths[i]);
	}
	qpp_findings_init(&errors, a, MOST_ERRORS);
	if (qpp_rules_compile(a, sources, n, &options, &errors, &image, &err) != QPP_OK) {
		print_errors(&errors);
		return fail(&err);
	}
	return write_all(a, dir, image);
}

static int usage(void)
{
	fputs("usage: mkrules [-o DIR] FILE...\n", stderr);
	return qpp_code_exit(QPP_USAGE);
}

int main(int argc, char **argv)
{
	struct qpp_arena arena = QPP_ARENA_INIT;
	const char *dir = NULL;
	int option;
	while ((option = getopt(argc, argv, "o:")) != -1) {
		if (option != 'o')
			return usage();
		dir = optarg;
	}
	if (optind == argc)
		return usage();
	int status = run(&arena, dir, argv + optind, (size_t)(argc - optind));
	qpp_arena_close(&arena);
	return status;
}
