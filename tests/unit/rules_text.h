/*
 * What the tests of the rules compiler stand on: sources as text, a hash without
 * a library, and results that live until the program ends.
 */
#ifndef TESTS_RULES_TEXT_H
#define TESTS_RULES_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapt/rules/compile.h"
#include "adapt/rules/generate.h"
#include "core/ruleset_image.h"
#include "qpp/ruleset.h"

#define HEADING "## 414.1(a)  A section\n"                /* line 1 of every one-file source */
#define FENCE "```\n"
#define PARAM(rows) HEADING "```param threshold\nunit points   range 0..100\nPY value status source\n" rows FENCE
#define TABLE(lines) HEADING "```table weights\n" lines FENCE
#define READING(lines) HEADING "```reading ties\n" lines FENCE
#define CASE(lines) HEADING "```case one\n" lines FENCE

/* Not cryptographic, but as sensitive: the test needs no library. */
__attribute__((unused)) static void toy_hash(const void *p, size_t n, unsigned char out[32])
{
	uint64_t h = qpp_rules_checksum(p, n);
	for (int i = 0; i < 32; i++)
		out[i] = (unsigned char)(h >> 8 * (i % 8));
}

struct result {
	enum qpp_code code;
	struct qpp_findings errors;
	struct qpp_str image;
	struct qpp_err err;
};

static struct qpp_arena arena = QPP_ARENA_INIT;

__attribute__((unused)) static int teardown(void **state)
{
	(void)state;
	qpp_arena_close(&arena);
	return 0;
}

__attribute__((unused)) static struct result compile(const struct qpp_rules_source *sources, size_t n)
{
	static const struct qpp_str known[] = { QPP_LIT_INIT("final_score"), QPP_LIT_INIT("measure.points") };
	struct qpp_rules_compile_options options = { .known_names = known, .n_known_names = 2, .hash = toy_hash };
	struct result r = { .code = QPP_OK };
	qpp_findings_init(&r.errors, &arena, 100);
	r.code = qpp_rules_compile(&arena, sources, n, &options, &r.errors, &r.image, &r.err);
	return r;
}

__attribute__((unused)) static struct result compile_text(const char *text)
{
	struct qpp_rules_source source = { QPP_LIT("rules/a.md"), qpp_str_of(text) };
	return compile(&source, 1);
}

__attribute__((unused)) static const char *error_text(const struct qpp_finding *f)
{
	const char *file = qpp_str_dup(&arena, f->where.file).p, *message = qpp_str_dup(&arena, f->message).p;
	return qpp_str_cat(&arena, file, ":", qpp_i64_text(&arena, f->where.line).p, ": ", message, f->hint.n ? "; " : "",
	                   qpp_str_dup(&arena, f->hint).p, (char *)NULL).p;
}

/* The source has this error and no other. */
__attribute__((unused)) static void only_error(const char *text, const char *expected)
{
	struct result r = compile_text(text);
	assert_int_equal(r.code, QPP_DATA);
	assert_null(r.image.p);
	for (size_t i = 1; i < r.errors.list.n; i++)
		print_message("# also: %s\n", error_text(&r.errors.list.v[i]));
	assert_string_equal(error_text(&r.errors.list.v[0]), expected);
	assert_int_equal(r.errors.list.n, 1);
}

__attribute__((unused)) static const struct qpp_ruleset *load(struct qpp_str image)
{
	const struct qpp_ruleset *rs;
	struct qpp_err err = { 0 };
	if (qpp_ruleset_load(&arena, image.p, image.n, &rs, &err) != QPP_OK)
		fail_msg("the image does not load: %s (%s)", err.primary, err.detail);
	return rs;
}

__attribute__((unused)) static const struct qpp_ruleset *load_text(const char *text)
{
	struct result r = compile_text(text);
	if (r.code != QPP_OK)
		fail_msg("unexpected: %s", error_text(&r.errors.list.v[0]));
	return load(r.image);
}

__attribute__((unused)) static void assert_text(struct qpp_str s, const char *expected)
{
	assert_string_equal(qpp_str_dup(&arena, s).p, expected);
}

__attribute__((unused)) static const char whole[] =
    "# 414.1: a file\nNot in any section.\n\n"
    "## 414.1(a)  The threshold\nFirst line.\n\n\n"
    "```param threshold\n"
    "unit     points       range 0..100\nshows-in  feedback, explanation\n"
    "PY          value   status  source\n"
    "# a comment\n"
    "2017        3       final   42 CFR 414.1\n\n"
    "2018..2025  60.50   reading ties\n"
    "2026        -       none    no rule read\n"
    "```\n"
    "Second line.\n"
    "```\nscore = sum\n```\n"
    "### 414.1(a) in short\n"
    "## 414.1(b)   Weights\n"
    "~~~table weights\n"
    "columns   PY  small  code  quality  cost-share  cite\n"
    "check     quality + cost-share = 100\n"
    "2022..2026  yes  001  40    60    \"414.1(b), second\"\n"
    "2022..2026  any  -    55.5  44.5  414.1(b)\n"
    "~~~\n"
    "```reading ties\n"
    "Says    : a tie\n"
    "          is neutral.\n"
    "Because : 414.1(a)      Confidence: unverified\n"
    "Switch  : neutral | not-so\n"
    "```\n"
    "```case first\n"
    "py 2023\n"
    "given  final_score 75   small yes\n"
    "expect 047/measure.points 7.5   weights 40 60\n"
    "input a.json   facts a.facts.json\n"
    "source published: who, \"where\"\n"
    "```\n"
    "```case second\n"
    "like  third     (a remark)\n"
    "given code 001   small no\n"
    "expect final_score 1\n"
    "source by hand\n"
    "```\n"
    "```case third\n"
    "like first\npy 2024\ngiven threshold 3\nfacts c.json\nexpect final_score 2\nsource derived: from the first\n"
    "```\n";

#endif
