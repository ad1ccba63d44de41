/*
 * The rule set to the image; core/ruleset_image.h explains the bytes. And the
 * hash that identifies the rules.
 */
#include <string.h>

#include "core/ruleset_image.h"
#include "rules_int.h"

enum { LARGEST_IMAGE = 128 << 20 };

static void put(struct qpp_buf *b, uint64_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		qpp_buf_char(b, (char)(v >> 8 * i & 0xFF));
}

static void put_number(struct qpp_buf *b, uint64_t v)
{
	put(b, v, 4);
}

static void put_text(struct qpp_buf *b, struct qpp_str s)
{
	put_number(b, s.n);
	qpp_buf_str(b, s);
	qpp_buf_char(b, 0);
}

static void put_texts(struct qpp_buf *b, const struct qpp_str *v, size_t n)
{
	put_number(b, n);
	for (size_t i = 0; i < n; i++)
		put_text(b, v[i]);
}

/* A number that was parsed has a power of ten below it, and its digits fit. */
static void put_cell(struct qpp_buf *b, const struct qpp_cell *c)
{
	bool number = c->kind == QPP_CELL_NUMBER;
	uint64_t places = 0;
	for (int64_t d = c->number.d; number && d > 1; d /= 10)
		places++;
	put_number(b, c->kind);
	put(b, number ? (uint64_t)c->number.n : 0, 8);
	put_number(b, places);
	put_text(b, c->text);
}

static void put_param(struct qpp_buf *b, const struct qpp_param *p)
{
	put_text(b, p->name);
	put_text(b, p->cite);
	put_text(b, p->title);
	put_text(b, p->unit);
	put_text(b, p->shows_in);
	put_number(b, p->n_rows);
	for (size_t i = 0; i < p->n_rows; i++) {
		const struct qpp_param_row *row = &p->rows[i];
		put_number(b, (uint64_t)row->from);
		put_number(b, (uint64_t)row->to);
		put_cell(b, &row->value);
		put_number(b, row->status);
		put_text(b, row->reading);
		put_text(b, row->source);
	}
}

static void put_table(struct qpp_buf *b, const struct qpp_table *t)
{
	put_text(b, t->name);
	put_text(b, t->cite);
	put_text(b, t->title);
	put_texts(b, t->columns, t->n_columns);
	put_number(b, t->n_rows);
	for (size_t i = 0; i < t->n_rows; i++) {
		put_number(b, (uint64_t)t->rows[i].from);
		put_number(b, (uint64_t)t->rows[i].to);
		for (size_t k = 0; k < t->n_columns; k++)
			put_cell(b, &t->rows[i].cells[k]);
	}
}

static void put_reading(struct qpp_buf *b, const struct qpp_reading *x)
{
	put_text(b, x->name);
	put_text(b, x->cite);
	put_text(b, x->says);
	put_text(b, x->because);
	put_text(b, x->confidence);
	put_texts(b, x->alternatives, x->n_alternatives);
}

static void put_pairs(struct qpp_buf *b, const struct qpp_pair *v, size_t n)
{
	put_number(b, n);
	for (size_t i = 0; i < n; i++) {
		put_text(b, v[i].name);
		put_text(b, v[i].value);
	}
}

static void put_case(struct qpp_buf *b, const struct qpp_case *c)
{
	put_text(b, c->name);
	put_text(b, c->cite);
	put_text(b, c->file);
	put_text(b, c->source);
	put_text(b, c->input);
	put_text(b, c->facts);
	put_number(b, c->line);
	put_number(b, (uint64_t)c->py);
	put_pairs(b, c->given, c->n_given);
	put_pairs(b, c->expect, c->n_expect);
}

static void put_section(struct qpp_buf *b, const struct qpp_section *s)
{
	put_text(b, s->cite);
	put_text(b, s->title);
	put_text(b, s->prose);
	put_text(b, s->file);
	put_number(b, s->line);
}

static void put_body(struct qpp_buf *b, const struct rules *r)
{
	put_number(b, r->sections.n);
	for (size_t i = 0; i < r->sections.n; i++)
		put_section(b, &r->sections.v[i]);
	put_number(b, r->params.n);
	for (size_t i = 0; i < r->params.n; i++)
		put_param(b, &r->params.v[i]);
	put_number(b, r->tables.n);
	for (size_t i = 0; i < r->tables.n; i++)
		put_table(b, &r->tables.v[i]);
	put_number(b, r->readings.n);
	for (size_t i = 0; i < r->readings.n; i++)
		put_reading(b, &r->readings.v[i]);
	put_number(b, r->cases.n);
	for (size_t i = 0; i < r->cases.n; i++)
		put_case(b, &r->cases.v[i].is);
}

/*
 * What the hash is over: of each block its kind and name, then its lines
 * without blank ones, comments and margins, each ended by a line feed. Blocks
 * stand in the order of files and lines. Sections and prose are not in it.
 */
static struct qpp_str canonical(const struct rules *r)
{
	struct qpp_buf b;
	qpp_buf_init(&b, r->arena, 2 * RULES_MOST_BYTES);
	for (size_t i = 0; i < r->blocks.n; i++) {
		const struct rules_block *block = &r->blocks.v[i];
		qpp_buf_cat(&b, rules_kind_names[block->kind], " ", (char *)NULL);
		qpp_buf_str(&b, block->name);
		qpp_buf_char(&b, '\n');
		for (size_t k = 0; k < block->lines.n; k++) {
			qpp_buf_str(&b, block->lines.v[k].text);
			qpp_buf_char(&b, '\n');
		}
	}
	return qpp_buf_done(&b);
}

enum qpp_code rules_emit(const struct rules *r, struct qpp_str *image, struct qpp_err *err)
{
	unsigned char hash[QPP_RULES_HASH_BYTES];
	struct qpp_str text = canonical(r);
	struct qpp_buf b;
	r->options->hash(text.p, text.n, hash);
	qpp_buf_init(&b, r->arena, LARGEST_IMAGE);
	qpp_buf_add(&b, QPP_RULES_MAGIC, QPP_RULES_AT_VERSION);
	put_number(&b, QPP_RULES_VERSION);
	put_number(&b, 0);      /* size and checksum come with the seal */
	put(&b, 0, 8);
	qpp_buf_add(&b, hash, sizeof hash);
	put_body(&b, r);
	if (b.full)
		return qpp_fail(err, QPP_LIMIT, "the rules make an image larger than 128 MB", (char *)NULL);
	qpp_rules_seal((unsigned char *)b.p, b.n);
	*image = qpp_buf_done(&b);
	return QPP_OK;
}
