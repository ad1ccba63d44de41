/*
 * Case blocks: a worked example that runs as a test.
 *
 *   py 2023
 *   like   exactly at the threshold is neutral      (a remark)
 *   given  final_score 75   small yes
 *   expect factor 0.00   band neutral
 *   input  tests/cases/solo-2023.json   facts tests/cases/solo-2023.facts.json
 *   source published: who, "where"
 *
 * What `like` names may stand in a later file: inherit.c settles it.
 */
#include "rules_int.h"

struct draft {
	struct rules *r;
	const struct rules_block *b;
	struct rules_case c;
	uint32_t py_line;
};

static void read_py(struct draft *d, uint32_t line, struct qpp_str rest)
{
	struct rules *r = d->r;
	int to;
	if (d->py_line)
		rules_error(r, d->b->file, line, "`py` is given twice", (char *)NULL);
	d->py_line = line;
	if (rules_years(rest, &d->c.is.py, &to) && d->c.is.py == to)
		return;
	rules_error(r, d->b->file, line, "expected one year such as `py 2023`, not ", rules_quote(r, rest), (char *)NULL);
	d->c.broken = true;
}

static void read_like(struct draft *d, uint32_t line, struct qpp_str rest)
{
	struct rules *r = d->r;
	if (d->c.like_line)
		rules_error(r, d->b->file, line, "`like` is given twice", (char *)NULL);
	d->c.like_line = line;
	if (!rules_group(&rest, &d->c.like))
		rules_error(r, d->b->file, line, "`like` needs the title of another case", (char *)NULL);
	rest = qpp_str_trim(rest);
	if (rest.n && rest.p[0] != '(')
		rules_error(r, d->b->file, line, "expected the end of the line or a remark in parentheses behind the title, not ",
		            rules_quote(r, rest), (char *)NULL);
}

static bool has(const struct rules_pairs *list, struct qpp_str name)
{
	for (size_t i = 0; i < list->n; i++)
		if (qpp_str_eq(list->v[i].name, name))
			return true;
	return false;
}

static void read_pairs(struct draft *d, uint32_t line, struct qpp_str rest, struct rules_pairs *list)
{
	struct rules *r = d->r;
	struct qpp_pair pair;
	size_t before = list->n;
	while (rules_group(&rest, &pair.value)) {
		qpp_str_word(&pair.value, &pair.name);
		pair.value = qpp_str_trim(pair.value);
		if (!pair.value.n)
			rules_error(r, d->b->file, line, rules_quote(r, pair.name),
			            " has no value; one blank stands between a name and its value, two or more between pairs", (char *)NULL);
		if (has(list, pair.name))
			rules_error(r, d->b->file, line, rules_quote(r, pair.name), " is given twice", (char *)NULL);
		if (list->n == RULES_MOST_PAIRS) {
			rules_error(r, d->b->file, line, "a case has at most ", rules_number(r, RULES_MOST_PAIRS), " values", (char *)NULL);
			return;
		}
		*QPP_PUSH(r->arena, list) = pair;
		*QPP_PUSH(r->arena, &r->mentions) = (struct rules_mention){ RULES_OF_NAME, pair.name, d->b->file, line };
	}
	if (list->n == before)
		rules_error(r, d->b->file, line, "expected a name and its value, as in `final_score 75`", (char *)NULL);
}

/* `input PATH   facts PATH`, either first, either alone. */
static void read_paths(struct draft *d, uint32_t line, struct qpp_str rest)
{
	struct rules *r = d->r;
	struct qpp_str path, key;
	while (rules_group(&rest, &path)) {
		qpp_str_word(&path, &key);
		path = qpp_str_trim(path);
		struct qpp_str *to = qpp_str_is(key, "input") ? &d->c.is.input : qpp_str_is(key, "facts") ? &d->c.is.facts : NULL;
		if (!path.n && to)
			rules_group(&rest, &path);
		if (!to || !path.n || to->n) {
			rules_error(r, d->b->file, line, "expected `input PATH   facts PATH`, each once, at ", rules_quote(r, key),
			            (char *)NULL);
			return;
		}
		*to = path;
	}
}

static void read_source(struct draft *d, uint32_t line, struct qpp_str rest)
{
	struct rules *r = d->r;
	if (d->c.is.source.n)
		rules_error(r, d->b->file, line, "`source` is given twice", (char *)NULL);
	d->c.is.source = rest;
	struct qpp_str kind, what = rest;
	qpp_str_cut(&what, ':', &kind);
	bool by_hand = qpp_str_starts(rest, "by hand");
	bool named = (qpp_str_is(kind, "published") || qpp_str_is(kind, "derived")) && qpp_str_trim(what).n;
	if (!by_hand && !named && !qpp_str_starts(rest, "derived "))
		rules_error(r, d->b->file, line, "expected the source as `published: WHERE`, `by hand` or `derived: HOW`, not ",
		            rules_quote(r, rest), (char *)NULL);
}

static void read_line(struct draft *d, const struct rules_line *line)
{
	struct rules *r = d->r;
	struct qpp_str rest = line->text, key;
	qpp_str_word(&rest, &key);
	rest = qpp_str_trim(rest);
	if (qpp_str_is(key, "py"))
		read_py(d, line->number, rest);
	else if (qpp_str_is(key, "like"))
		read_like(d, line->number, rest);
	else if (qpp_str_is(key, "given"))
		read_pairs(d, line->number, rest, &d->c.given);
	else if (qpp_str_is(key, "expect"))
		read_pairs(d, line->number, rest, &d->c.expect);
	else if (qpp_str_is(key, "input") || qpp_str_is(key, "facts"))
		read_paths(d, line->number, line->text);
	else if (qpp_str_is(key, "source"))
		read_source(d, line->number, rest);
	else
		rules_error(r, d->b->file, line->number, "expected py, like, given, expect, input, facts or source, not ",
		            rules_quote(r, key), (char *)NULL);
}

/* A title with its runs of blanks made one: `like` ends at two, so it could not name it otherwise. */
static struct qpp_str squeeze(struct rules *r, struct qpp_str s)
{
	struct qpp_buf b;
	struct qpp_str word;
	qpp_buf_init(&b, r->arena, s.n + 1);
	while (qpp_str_word(&s, &word)) {
		if (b.n)
			qpp_buf_char(&b, ' ');
		qpp_buf_str(&b, word);
	}
	return qpp_buf_done(&b);
}

void rules_read_case(struct rules *r, const struct rules_block *b)
{
	struct draft d = { .r = r, .b = b };
	d.c.is = (struct qpp_case){ .name = squeeze(r, b->name), .cite = b->cite, .file = b->file, .line = b->line };
	for (size_t i = 0; i < b->lines.n; i++)
		read_line(&d, &b->lines.v[i]);
	if (!d.c.expect.n)
		rules_error(r, b->file, b->line, "case ", rules_quote(r, d.c.is.name), " expects nothing", (char *)NULL);
	if (!d.c.is.source.n)
		rules_error(r, b->file, b->line, "case ", rules_quote(r, d.c.is.name),
		            " has no source (published: WHERE, by hand, or derived: HOW)", (char *)NULL);
	*QPP_PUSH(r->arena, &r->cases) = d.c;
}
