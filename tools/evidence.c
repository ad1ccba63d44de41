/*
 * evidence: which paragraph of the rules has what to show for itself.
 *
 *   evidence [--tap] [ROOT]
 *
 * Rows are the paragraphs in scope: each section of rules/ that holds a param
 * or table, and below it the further paragraphs that the rows of its tables
 * cite. Columns are
 *
 *   rules      how many params, and tables or table rows, stand under it
 *   code       files of src/core with the tag R-PARAGRAPH in a comment
 *   cases      cases of its section, and cases anywhere that expect a fact of
 *              the paragraph (facts.def) or name a param of it; in parentheses
 *              those whose source is published
 *   published  tags in tests/published
 *
 * The code and the cases of a section stand for its subparagraphs, and for those
 * of no section that its tables cite: one look-up serves all rows. The rules are
 * those that were embedded when this program was built; the tags are read below
 * ROOT (default: here).
 *
 * Prints Markdown, or TAP with --tap. Exit status: 1 when a paragraph lacks
 * code or cases, or a tag names a paragraph that the rules do not have; 2
 * usage; 4 a file cannot be read.
 */
#include <stdio.h>
#include <string.h>

#include "evidence.h"

/* The fault of a paragraph or tag, in the order of the TAP tests. */
enum fault { NO_CODE, NO_CASE, NO_PARAGRAPH, FAULTS };

static bool has_tag(const struct tag *v, size_t n, struct qpp_str cite)
{
	for (size_t i = 0; i < n; i++)
		if (qpp_str_eq(v[i].cite, cite))
			return true;
	return false;
}

static bool has_code(const struct evidence *e, const struct paragraph *p)
{
	return has_tag(e->code.v, e->code.n, p->cite) || has_tag(e->code.v, e->code.n, p->home);
}

/* A paragraph that the rules know: in scope, or a section of readings and cases alone. */
static bool is_known(struct evidence *e, struct qpp_str cite)
{
	for (size_t i = 0; i < e->rules->n_sections; i++)
		if (qpp_str_eq(e->rules->sections[i].cite, cite))
			return true;
	return evidence_find(e, cite) != NULL;
}

static size_t tell_tags(struct evidence *e, const struct tag *v, size_t n, const char *before)
{
	size_t unknown = 0;
	for (size_t i = 0; i < n; i++) {
		if (is_known(e, v[i].cite))
			continue;
		unknown++;
		if (before)
			printf("%s%.*s:%u names %.*s, which rules/ does not have\n", before, QPP_ARG(v[i].file), v[i].line,
			       QPP_ARG(v[i].cite));
	}
	return unknown;
}

static bool lacks(const struct evidence *e, enum fault fault, const struct paragraph *p)
{
	return fault == NO_CODE ? !has_code(e, p) : p->cases == 0;
}

/* How many faults of a kind there are; each on a line behind `before` unless that is NULL. */
static size_t tell(struct evidence *e, enum fault fault, const char *before)
{
	if (fault == NO_PARAGRAPH)
		return tell_tags(e, e->code.v, e->code.n, before) + tell_tags(e, e->tests.v, e->tests.n, before);
	size_t n = 0;
	for (size_t i = 0; i < e->paragraphs.n; i++) {
		const struct paragraph *p = &e->paragraphs.v[i], *home = evidence_find(e, p->home);
		n += lacks(e, fault, p);
		/* What lacks with its whole section is told with it. */
		if (before && lacks(e, fault, p) && (home == p || !home || !lacks(e, fault, home)))
			printf("%s%.*s  %.*s\n", before, QPP_ARG(p->cite), QPP_ARG(p->title));
	}
	return n;
}

/* ---- output ---- */

/* Each file once; "as SECTION" where only the section's code is tagged. */
static void print_files(const struct evidence *e, const struct paragraph *p)
{
	const char *between = "";
	for (size_t i = 0; i < e->code.n; i++) {
		bool told = false;
		for (size_t k = 0; k < i; k++)
			told |= qpp_str_eq(e->code.v[k].cite, p->cite) && qpp_str_eq(e->code.v[k].file, e->code.v[i].file);
		if (told || !qpp_str_eq(e->code.v[i].cite, p->cite))
			continue;
		printf("%s%.*s", between, QPP_ARG(e->code.v[i].file));
		between = ", ";
	}
	if (!*between)
		printf("%s", has_code(e, p) ? "as its section" : "**none**");
}

static void print_matrix(const struct evidence *e)
{
	printf("| paragraph | title or table | rules | code | cases (published) | tests |\n|---|---|---|---|---|---|\n");
	for (size_t i = 0; i < e->paragraphs.n; i++) {
		const struct paragraph *p = &e->paragraphs.v[i];
		size_t tests = 0;
		for (size_t k = 0; k < e->tests.n; k++)
			tests += qpp_str_eq(e->tests.v[k].cite, p->cite);
		bool section = qpp_str_eq(p->cite, p->home);
		printf("| %s%.*s | %.*s | ", section ? "" : "&nbsp; ", QPP_ARG(p->cite), QPP_ARG(p->title));
		if (section)
			printf("%zu param%s, %zu table%s | ", p->params, p->params == 1 ? "" : "s", p->tables, p->tables == 1 ? "" : "s");
		else
			printf("%zu row%s | ", p->rows, p->rows == 1 ? "" : "s");
		print_files(e, p);
		if (p->cases)
			printf(" | %zu (%zu) | ", p->cases, p->published);
		else
			printf(" | **none** | ");
		printf(tests ? "%zu |\n" : "- |\n", tests);
	}
}

static int print(struct evidence *e, bool tap)
{
	static const char *const says[FAULTS] = {
		"every paragraph in scope has code that names it", "every paragraph in scope has a case",
		"every tag names a paragraph of the rules",
	};
	size_t faults = 0;
	if (tap)
		printf("1..%d\n", FAULTS);
	else
		print_matrix(e);
	for (int f = 0; f < FAULTS; f++) {
		size_t n = tell(e, (enum fault)f, NULL);
		faults += n;
		if (tap)
			printf("%s %d - %s\n", n ? "not ok" : "ok", f + 1, says[f]);
		else if (n)
			printf("\nIt does not hold that %s:\n", says[f]);
		(void)tell(e, (enum fault)f, tap ? "#   " : "* ");
	}
	return faults > 0;
}

int main(int argc, char **argv)
{
	struct qpp_arena arena = QPP_ARENA_INIT;
	struct evidence e = { .arena = &arena };
	struct qpp_err err;
	bool tap = argc > 1 && strcmp(argv[1], "--tap") == 0;
	const char *root = argc > 1 + tap ? argv[1 + tap] : ".";
	if (argc > 2 + tap || root[0] == '-') {
		fputs("usage: evidence [--tap] [ROOT]\n", stderr);
		return qpp_code_exit(QPP_USAGE);
	}
	if (qpp_ruleset_load(&arena, qpp_rules_image, qpp_rules_image_size, &e.rules, &err) != QPP_OK) {
		fprintf(stderr, "evidence: %s\n", err.primary);
		return qpp_code_exit(err.code);
	}
	evidence_list(&e);
	int status = evidence_read(&e, root, "src/core", false);
	if (!status)
		status = evidence_read(&e, root, "tests/published", true);
	if (!status)
		status = print(&e, tap);
	qpp_arena_close(&arena);
	return status;
}
