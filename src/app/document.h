/*
 * A document to be printed or kept: a letter, an agreement, a report. What it
 * says, without how it looks; src/adapt/pdf makes a tagged PDF of it.
 *
 *   struct qpp_document d;
 *   qpp_document_begin(&d, arena, QPP_LIT("Decision"), QPP_LIT("Quality Payment Program"), now);
 *   qpp_document_heading(&d, 2, QPP_LIT("Reasons"));
 *   qpp_document_paragraph(&d, reasons);
 *   qpp_document_table(&d, (const struct qpp_document_column[]){ { QPP_LIT("Measure"), 2, false }, { QPP_LIT("Points"), 1, true } }, 2);
 *   qpp_document_row(&d, (const struct qpp_str[]){ id, points });
 *
 * Texts are UTF-8 and may point anywhere as long as the document is used. The title is its first heading.
 */
#ifndef QPP_APP_DOCUMENT_H
#define QPP_APP_DOCUMENT_H

#include "app/clock.h"
#include "qpp/arena.h"
#include "qpp/err.h"

enum { QPP_DOCUMENT_COLUMNS = 8, QPP_DOCUMENT_LEVELS = 3 };

struct qpp_document_column {
	struct qpp_str title;
	int share;                   /* of the width, relative to the other columns; at least 1 */
	bool number;                 /* set to the right */
};

struct qpp_document_block {
	enum { QPP_BLOCK_HEADING, QPP_BLOCK_PARAGRAPH, QPP_BLOCK_ITEM, QPP_BLOCK_TABLE } kind;
	int level;                           /* of a heading, from 1 */
	struct qpp_str text;                 /* not of a table */
	const struct qpp_document_column *columns;
	size_t n_columns;
	struct {
		const struct qpp_str **v;    /* n_columns cells each */
		size_t n, cap;
	} rows;
};

struct qpp_document {
	struct qpp_arena *arena;
	struct qpp_str title, author;
	qpp_time made;
	struct {
		struct qpp_document_block *v;
		size_t n, cap;
	} blocks;
};

void qpp_document_begin(struct qpp_document *d, struct qpp_arena *a, struct qpp_str title, struct qpp_str author, qpp_time made);
void qpp_document_heading(struct qpp_document *d, int level, struct qpp_str text);     /* 2 to QPP_DOCUMENT_LEVELS */
void qpp_document_paragraph(struct qpp_document *d, struct qpp_str text);               /* line feeds are kept */
void qpp_document_item(struct qpp_document *d, struct qpp_str text);                    /* of a list: items that follow each other */
void qpp_document_table(struct qpp_document *d, const struct qpp_document_column *columns, size_t n);
void qpp_document_row(struct qpp_document *d, const struct qpp_str *cells);             /* of the table begun last, which is the last block */

/* The document as a tagged PDF, in the arena: a port by link (src/adapt/pdf). QPP_IO when it could not be made. */
QPP_MUST_USE enum qpp_code qpp_document_pdf(const struct qpp_document *d, struct qpp_arena *a, struct qpp_str *out, struct qpp_err *err);

#endif
