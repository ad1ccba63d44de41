/* Paragraphs in scope and their cases, from the embedded rules; tags, from the sources. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence.h"
#include "qpp/buf.h"
#include "qpp/trace.h"

enum { LARGEST_FILE = 4 << 20 };

static bool is_paragraph(struct qpp_str cite)
{
	return qpp_str_starts(cite, "414.");
}

struct paragraph *evidence_find(const struct evidence *e, struct qpp_str cite)
{
	for (size_t i = 0; i < e->paragraphs.n; i++)
		if (qpp_str_eq(e->paragraphs.v[i].cite, cite))
			return &e->paragraphs.v[i];
	return NULL;
}

/* ---- the paragraphs in scope ---- */

static size_t params_in(const struct qpp_ruleset *rs, struct qpp_str cite)
{
	size_t n = 0;
	for (size_t i = 0; i < rs->n_params; i++)
		n += qpp_str_eq(rs->params[i].cite, cite);
	return n;
}

static size_t tables_in(const struct qpp_ruleset *rs, struct qpp_str cite)
{
	size_t n = 0;
	for (size_t i = 0; i < rs->n_tables; i++)
		n += qpp_str_eq(rs->tables[i].cite, cite);
	return n;
}

/* Whether `cite` is a part of the paragraph `whole`: 414.1380(c)(1) of 414.1380(c). */
static bool is_part(struct qpp_str cite, struct qpp_str whole)
{
	return cite.n > whole.n && cite.p[whole.n] == '(' && qpp_str_eq((struct qpp_str){ cite.p, whole.n }, whole);
}

/* The section that a paragraph is part of, the closest one; else the one whose table cites it. */
static struct qpp_str home_of(const struct qpp_ruleset *rs, struct qpp_str cite, struct qpp_str table_section)
{
	struct qpp_str home = QPP_LIT("");
	for (size_t i = 0; i < rs->n_sections; i++)
		if (is_part(cite, rs->sections[i].cite) && rs->sections[i].cite.n > home.n)
			home = rs->sections[i].cite;
	return home.n ? home : table_section;
}

static void add_row(struct evidence *e, const struct qpp_table *t, struct qpp_str cite)
{
	struct paragraph *p = evidence_find(e, cite);
	if (!p) {
		p = QPP_PUSH(e->arena, &e->paragraphs);
		*p = (struct paragraph){ .cite = cite, .title = t->name, .home = home_of(e->rules, cite, t->cite) };
	}
	p->rows++;
}

static void add_rows(struct evidence *e, const struct qpp_table *t)
{
	int cite = qpp_table_column(t, QPP_LIT("cite"));
	for (size_t k = 0; is_paragraph(t->cite) && cite >= 0 && k < t->n_rows; k++)
		if (is_paragraph(t->rows[k].cells[cite].text))
			add_row(e, t, t->rows[k].cells[cite].text);
}

/* Each section with its parts below it. */
static void sort_paragraphs(struct evidence *e, size_t n_sections)
{
	size_t n = 0, all = e->paragraphs.n;
	struct paragraph *v = QPP_NEW_ARRAY(e->arena, all, struct paragraph);
	for (size_t i = 0; i < n_sections; i++)
		for (size_t k = 0; k < all; k++)
			if (k == i || (k >= n_sections && qpp_str_eq(e->paragraphs.v[k].home, e->paragraphs.v[i].cite)))
				v[n++] = e->paragraphs.v[k];
	/* Those whose section has neither param nor table come last. */
	for (size_t k = n_sections; k < all; k++) {
		bool placed = false;
		for (size_t i = 0; i < n; i++)
			placed |= qpp_str_eq(v[i].cite, e->paragraphs.v[k].cite);
		if (!placed)
			v[n++] = e->paragraphs.v[k];
	}
	e->paragraphs.v = v;
}

/* ---- cases ---- */

/* What follows the last slash: a case may put a subject before a name. */
static struct qpp_str without_subject(struct qpp_str name)
{
	for (size_t i = name.n; i-- > 0;)
		if (name.p[i] == '/')
			return (struct qpp_str){ name.p + i + 1, name.n - i - 1 };
	return name;
}

static bool names_paragraph(const struct qpp_ruleset *rs, const struct qpp_pair *v, size_t n, struct qpp_str cite)
{
	for (size_t i = 0; i < n; i++) {
		struct qpp_str name = without_subject(v[i].name);
		const struct qpp_param *p = qpp_ruleset_param(rs, name);
		if (p && qpp_str_eq(p->cite, cite))
			return true;
		for (int id = 0; id < QPP_FACTS_COUNT; id++) {
			const struct qpp_fact_def *f = qpp_fact_def((enum qpp_fact_id)id);
			if (qpp_str_is(name, f->name) && qpp_str_is(cite, f->cite))
				return true;
		}
	}
	return false;
}

static void count_cases(struct evidence *e, struct paragraph *p)
{
	for (size_t i = 0; i < e->rules->n_cases; i++) {
		const struct qpp_case *c = &e->rules->cases[i];
		if (!qpp_str_eq(c->cite, p->home) && !names_paragraph(e->rules, c->expect, c->n_expect, p->cite))
			continue;
		p->cases++;
		p->published += qpp_str_starts(c->source, "published");
	}
}

void evidence_list(struct evidence *e)
{
	const struct qpp_ruleset *rs = e->rules;
	for (size_t i = 0; i < rs->n_sections; i++) {
		struct qpp_str cite = rs->sections[i].cite;
		size_t params = params_in(rs, cite), tables = tables_in(rs, cite);
		if (is_paragraph(cite) && params + tables)
			*QPP_PUSH(e->arena, &e->paragraphs) =
			    (struct paragraph){ cite, rs->sections[i].title, cite, params, tables, 0, 0, 0 };
	}
	size_t n_sections = e->paragraphs.n;
	for (size_t i = 0; i < rs->n_tables; i++)
		add_rows(e, &rs->tables[i]);
	sort_paragraphs(e, n_sections);
	for (size_t i = 0; i < e->paragraphs.n; i++)
		count_cases(e, &e->paragraphs.v[i]);
}

/* ---- tags ---- */

static int complain(const char *path)
{
	fprintf(stderr, "evidence: cannot read %s: %s\n", path, strerror(errno));
	return qpp_code_exit(QPP_IO);
}

/* A number of digits, then letters or digits in parentheses: 1405(b)(2). */
static size_t length_of_paragraph(const char *p)
{
	size_t n = strspn(p, "0123456789");
	while (n && p[n] == '(') {
		size_t inside = strspn(p + n + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
		if (!inside || p[n + 1 + inside] != ')')
			break;
		n += inside + 2;
	}
	return n;
}

static void read_tags(struct evidence *e, struct qpp_str file, const char *text, bool of_tests)
{
	static const char mark[] = "R-414.";
	uint32_t line = 1;
	for (const char *p = text; *p; p++) {
		line += *p == '\n';
		size_t n = strncmp(p, mark, sizeof mark - 1) == 0 ? length_of_paragraph(p + sizeof mark - 1) : 0;
		if (!n)
			continue;
		/* The paragraph begins behind "R-". */
		struct tag t = { qpp_str_dup(e->arena, (struct qpp_str){ p + 2, n + sizeof mark - 3 }), file, line };
		if (of_tests)
			*QPP_PUSH(e->arena, &e->tests) = t;
		else
			*QPP_PUSH(e->arena, &e->code) = t;
	}
}

static int read_file(struct evidence *e, const char *path, const char *name, bool of_tests)
{
	struct qpp_buf b;
	char piece[8192];
	size_t n;
	FILE *in = fopen(path, "rb");
	if (!in)
		return complain(path);
	qpp_buf_init(&b, e->arena, LARGEST_FILE);
	while ((n = fread(piece, 1, sizeof piece, in)) > 0 && !b.full)
		qpp_buf_add(&b, piece, n);
	fclose(in);
	read_tags(e, qpp_str_cat(e->arena, name, (char *)NULL), qpp_buf_done(&b).p, of_tests);
	return 0;
}

static int c_files(const struct dirent *d)
{
	size_t n = strlen(d->d_name);
	return n > 2 && strcmp(d->d_name + n - 2, ".c") == 0;
}

int evidence_read(struct evidence *e, const char *root, const char *folder, bool of_tests)
{
	struct dirent **names;
	const char *path = qpp_str_cat(e->arena, root, "/", folder, (char *)NULL).p;
	int n = scandir(path, &names, c_files, alphasort), status = 0;
	if (n < 0)
		return complain(path);
	for (int i = 0; i < n; i++) {
		const char *file = qpp_str_cat(e->arena, path, "/", names[i]->d_name, (char *)NULL).p;
		if (!status)
			status = read_file(e, file, names[i]->d_name, of_tests);
		free(names[i]);
	}
	free(names);
	return status;
}
