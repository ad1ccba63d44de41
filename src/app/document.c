/* Building documents, block after block. */
#include "app/document.h"

#include <string.h>

#include "qpp/str.h"

static struct qpp_document_block *add(struct qpp_document *d, int kind, struct qpp_str text)
{
	struct qpp_document_block *b = QPP_PUSH(d->arena, &d->blocks);
	*b = (struct qpp_document_block){ .kind = kind, .text = text };
	return b;
}

void qpp_document_begin(struct qpp_document *d, struct qpp_arena *a, struct qpp_str title, struct qpp_str author, qpp_time made)
{
	*d = (struct qpp_document){ .arena = a, .title = title, .author = author, .made = made };
	add(d, QPP_BLOCK_HEADING, title)->level = 1;
}

void qpp_document_heading(struct qpp_document *d, int level, struct qpp_str text)
{
	int within = level < 2 ? 2 : level;
	add(d, QPP_BLOCK_HEADING, text)->level = within > QPP_DOCUMENT_LEVELS ? QPP_DOCUMENT_LEVELS : within;
}

void qpp_document_paragraph(struct qpp_document *d, struct qpp_str text)
{
	add(d, QPP_BLOCK_PARAGRAPH, text);
}

void qpp_document_item(struct qpp_document *d, struct qpp_str text)
{
	add(d, QPP_BLOCK_ITEM, text);
}

void qpp_document_table(struct qpp_document *d, const struct qpp_document_column *columns, size_t n)
{
	struct qpp_document_block *b = add(d, QPP_BLOCK_TABLE, QPP_LIT(""));
	struct qpp_document_column *copy = QPP_NEW_ARRAY(d->arena, n, struct qpp_document_column);
	memcpy(copy, columns, n * sizeof *copy);
	b->columns = copy;
	b->n_columns = n < QPP_DOCUMENT_COLUMNS ? n : QPP_DOCUMENT_COLUMNS;
}

void qpp_document_row(struct qpp_document *d, const struct qpp_str *cells)
{
	struct qpp_document_block *b = &d->blocks.v[d->blocks.n - 1];
	struct qpp_str *copy = QPP_NEW_ARRAY(d->arena, b->n_columns, struct qpp_str);
	memcpy(copy, cells, b->n_columns * sizeof *copy);
	*QPP_PUSH(d->arena, &b->rows) = copy;
}
