/*
 * Documents as tagged PDF: text shaped by pango, drawn by cairo, which writes
 * the structure (headings, paragraphs, lists, tables with header cells) that
 * screen readers go by. Whatever is tagged ends before its page does: a
 * paragraph or table that goes on is tagged anew on the next one.
 */
#include "app/document.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "qpp/buf.h"

/* US Letter, in points. */
enum { PAGE_WIDTH = 612, PAGE_HEIGHT = 792, MARGIN = 64, FOOT = 40, GAP = 8, CELL = 4, INDENT = 18, MOST_PDF = 32 << 20 };
static const double text_size = 10.5, sizes[QPP_DOCUMENT_LEVELS + 1] = { 0, 18, 13.5, 11.5 };
static const char *const headings[QPP_DOCUMENT_LEVELS + 1] = { NULL, "H1", "H2", "H3" };

struct pen {
	cairo_t *cr;
	PangoContext *context;
	double y;
	int page;
	bool drawn;              /* something on this page */
	bool list;               /* a list is open */
};

static cairo_status_t keep(void *to, const unsigned char *p, unsigned n)
{
	struct qpp_buf *b = to;
	qpp_buf_add(b, p, n);
	return b->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static PangoLayout *layout(struct pen *p, struct qpp_str text, double size, bool bold, double width)
{
	PangoLayout *l = pango_layout_new(p->context);
	PangoFontDescription *font = pango_font_description_from_string("sans");
	pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
	pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(l, font);
	pango_font_description_free(font);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_spacing(l, 2 * PANGO_SCALE);
	/* A ligature would be a piece of its own for those who read the structure. */
	PangoAttrList *plain = pango_attr_list_new();
	pango_attr_list_insert(plain, pango_attr_font_features_new("liga=0, clig=0"));
	pango_layout_set_attributes(l, plain);
	pango_attr_list_unref(plain);
	/* What is no UTF-8 is replaced by pango, and told on standard error: that is made good before. */
	gchar *valid = g_utf8_make_valid(text.p ? text.p : "", (gssize)text.n);
	pango_layout_set_text(l, valid, -1);
	g_free(valid);
	return l;
}

static double height(PangoLayout *l)
{
	int h;
	pango_layout_get_size(l, NULL, &h);
	return (double)h / PANGO_SCALE;
}

/* ---- pages ---- */

static void end_list(struct pen *p)
{
	if (p->list)
		cairo_tag_end(p->cr, "L");
	p->list = false;
}

static void end_page(struct pen *p)
{
	end_list(p);
	char number[32];
	(void)g_snprintf(number, sizeof number, "Page %d", p->page);
	PangoLayout *l = layout(p, qpp_str_of(number), 8, false, PAGE_WIDTH - 2 * MARGIN);
	pango_layout_set_alignment(l, PANGO_ALIGN_RIGHT);
	cairo_move_to(p->cr, MARGIN, PAGE_HEIGHT - FOOT);
	pango_cairo_show_layout(p->cr, l);
	g_object_unref(l);
	cairo_show_page(p->cr);
	p->page++;
	p->y = MARGIN;
	p->drawn = false;
}

static bool fits(const struct pen *p, double h)
{
	return p->y + h <= PAGE_HEIGHT - MARGIN;
}

/* Lines one by one, so that a paragraph may go over pages; `tag` is opened on each of them. */
static void flow(struct pen *p, PangoLayout *l, const char *tag, double x)
{
	PangoLayoutIter *i = pango_layout_get_iter(l);
	bool more = true, open = false;
	while (more) {
		PangoRectangle r;
		pango_layout_iter_get_line_extents(i, NULL, &r);
		double h = (double)r.height / PANGO_SCALE, base = (double)(pango_layout_iter_get_baseline(i) - r.y) / PANGO_SCALE;
		if (!fits(p, h) && p->drawn) {
			if (open)
				cairo_tag_end(p->cr, tag);
			open = false;
			end_page(p);
		}
		if (!open)
			cairo_tag_begin(p->cr, tag, NULL);
		open = true;
		cairo_move_to(p->cr, x + (double)r.x / PANGO_SCALE, p->y + base);
		pango_cairo_show_layout_line(p->cr, pango_layout_iter_get_line_readonly(i));
		p->y += h + 2;
		p->drawn = true;
		more = pango_layout_iter_next_line(i);
	}
	if (open)
		cairo_tag_end(p->cr, tag);
	pango_layout_iter_free(i);
}

static void put_text(struct pen *p, const struct qpp_document_block *b)
{
	bool heading = b->kind == QPP_BLOCK_HEADING;
	double size = heading ? sizes[b->level] : text_size;
	PangoLayout *l = layout(p, b->text, size, heading, PAGE_WIDTH - 2 * MARGIN);
	/* A heading stays with what follows it. */
	if (heading && p->drawn) {
		p->y += GAP;
		if (!fits(p, height(l) + 4 * text_size))
			end_page(p);
	}
	flow(p, l, heading ? headings[b->level] : "P", MARGIN);
	g_object_unref(l);
	p->y += heading ? GAP / 2 : GAP;
}

/* An item is not broken; one that no page holds is flowing text. */
static void put_item(struct pen *p, const struct qpp_document_block *b)
{
	PangoLayout *mark = layout(p, QPP_LIT("\xe2\x80\xa2"), text_size, false, INDENT);
	PangoLayout *l = layout(p, b->text, text_size, false, PAGE_WIDTH - 2 * MARGIN - INDENT);
	double h = height(l);
	if (p->drawn && !fits(p, h))
		end_page(p);
	if (!fits(p, h)) {
		flow(p, l, "P", MARGIN + INDENT);
	} else {
		if (!p->list)
			cairo_tag_begin(p->cr, "L", NULL);
		p->list = true;
		cairo_tag_begin(p->cr, "LI", NULL);
		cairo_tag_begin(p->cr, "Lbl", NULL);
		cairo_move_to(p->cr, MARGIN + CELL, p->y);
		pango_cairo_show_layout(p->cr, mark);
		cairo_tag_end(p->cr, "Lbl");
		cairo_tag_begin(p->cr, "LBody", NULL);
		cairo_move_to(p->cr, MARGIN + INDENT, p->y);
		pango_cairo_show_layout(p->cr, l);
		cairo_tag_end(p->cr, "LBody");
		cairo_tag_end(p->cr, "LI");
		p->y += h + 2;
		p->drawn = true;
	}
	g_object_unref(mark);
	g_object_unref(l);
}

/* ---- tables ---- */

struct widths {
	double x[QPP_DOCUMENT_COLUMNS], w[QPP_DOCUMENT_COLUMNS];
};

static struct widths widths_of(const struct qpp_document_block *b)
{
	struct widths out;
	int all = 0;
	double x = MARGIN;
	for (size_t i = 0; i < b->n_columns; i++)
		all += b->columns[i].share > 0 ? b->columns[i].share : 1;
	for (size_t i = 0; i < b->n_columns; i++) {
		out.x[i] = x;
		out.w[i] = (PAGE_WIDTH - 2 * MARGIN) * (double)(b->columns[i].share > 0 ? b->columns[i].share : 1) / all;
		x += out.w[i];
	}
	return out;
}

static void lay_row(struct pen *p, const struct qpp_document_block *b, const struct qpp_str *cells, bool head, const struct widths *w,
                    PangoLayout **out, double *tallest)
{
	*tallest = 0;
	for (size_t i = 0; i < b->n_columns; i++) {
		out[i] = layout(p, head ? b->columns[i].title : cells[i], text_size - 1, head, w->w[i] - 2 * CELL);
		if (b->columns[i].number)
			pango_layout_set_alignment(out[i], PANGO_ALIGN_RIGHT);
		*tallest = fmax(*tallest, height(out[i]));
	}
}

static void draw_row(struct pen *p, const struct qpp_document_block *b, PangoLayout **cells, double tallest, bool head,
                     const struct widths *w)
{
	const char *tag = head ? "TH" : "TD";
	cairo_tag_begin(p->cr, "TR", NULL);
	for (size_t i = 0; i < b->n_columns; i++) {
		cairo_tag_begin(p->cr, tag, NULL);
		cairo_move_to(p->cr, w->x[i] + CELL, p->y + CELL);
		pango_cairo_show_layout(p->cr, cells[i]);
		cairo_tag_end(p->cr, tag);
	}
	cairo_tag_end(p->cr, "TR");
	p->y += tallest + 2 * CELL;
	cairo_set_line_width(p->cr, head ? 1 : 0.4);
	cairo_move_to(p->cr, MARGIN, p->y);
	cairo_line_to(p->cr, PAGE_WIDTH - MARGIN, p->y);
	cairo_stroke(p->cr);
	p->drawn = true;
}

static void put_row(struct pen *p, const struct qpp_document_block *b, const struct qpp_str *cells, const struct widths *w)
{
	PangoLayout *l[QPP_DOCUMENT_COLUMNS];
	double tallest;
	lay_row(p, b, cells, cells == NULL, w, l, &tallest);
	draw_row(p, b, l, tallest, cells == NULL, w);
	for (size_t i = 0; i < b->n_columns; i++)
		g_object_unref(l[i]);
}

static double row_height(struct pen *p, const struct qpp_document_block *b, const struct qpp_str *cells, const struct widths *w)
{
	PangoLayout *l[QPP_DOCUMENT_COLUMNS];
	double tallest;
	lay_row(p, b, cells, cells == NULL, w, l, &tallest);
	for (size_t i = 0; i < b->n_columns; i++)
		g_object_unref(l[i]);
	return tallest + 2 * CELL;
}

/* Rows are not broken; each page has the header cells again. */
static void put_table(struct pen *p, const struct qpp_document_block *b)
{
	struct widths w = widths_of(b);
	double head = row_height(p, b, NULL, &w);
	bool open = false;
	for (size_t i = 0; i <= b->rows.n; i++) {
		double h = i < b->rows.n ? row_height(p, b, b->rows.v[i], &w) : 0;
		if (p->drawn && !fits(p, h + (open ? 0 : head))) {
			if (open)
				cairo_tag_end(p->cr, "Table");
			open = false;
			end_page(p);
		}
		if (!open && (i < b->rows.n || !b->rows.n)) {
			cairo_tag_begin(p->cr, "Table", NULL);
			put_row(p, b, NULL, &w);
			open = true;
		}
		if (i < b->rows.n)
			put_row(p, b, b->rows.v[i], &w);
	}
	if (open)
		cairo_tag_end(p->cr, "Table");
	p->y += GAP;
}

/* ---- the document ---- */

static void describe(cairo_surface_t *s, const struct qpp_document *d)
{
	struct qpp_str title = qpp_str_dup(d->arena, d->title), author = qpp_str_dup(d->arena, d->author);
	struct qpp_buf at;
	qpp_buf_init(&at, d->arena, 64);
	qpp_buf_instant(&at, qpp_time_instant(d->made), 0);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, title.p);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, author.p);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, qpp_buf_done(&at).p);
}

static void put_blocks(struct pen *p, const struct qpp_document *d)
{
	for (size_t i = 0; i < d->blocks.n; i++) {
		const struct qpp_document_block *b = &d->blocks.v[i];
		if (p->list && b->kind != QPP_BLOCK_ITEM) {
			end_list(p);
			p->y += GAP;
		}
		if (b->kind == QPP_BLOCK_TABLE)
			put_table(p, b);
		else if (b->kind == QPP_BLOCK_ITEM)
			put_item(p, b);
		else
			put_text(p, b);
	}
}

enum qpp_code qpp_document_pdf(const struct qpp_document *d, struct qpp_arena *a, struct qpp_str *out, struct qpp_err *err)
{
	/* Pango's fonts are not for several threads at once. */
	static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
	static PangoFontMap *fonts;
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_PDF);
	pthread_mutex_lock(&one);
	if (!fonts)
		fonts = pango_cairo_font_map_new();
	cairo_surface_t *s = cairo_pdf_surface_create_for_stream(keep, &b, PAGE_WIDTH, PAGE_HEIGHT);
	struct pen p = { .cr = cairo_create(s), .context = pango_font_map_create_context(fonts), .y = MARGIN, .page = 1 };
	describe(s, d);
	cairo_tag_begin(p.cr, "Document", NULL);
	put_blocks(&p, d);
	end_page(&p);
	cairo_tag_end(p.cr, "Document");
	g_object_unref(p.context);
	cairo_destroy(p.cr);
	cairo_surface_finish(s);
	cairo_status_t status = cairo_surface_status(s);
	cairo_surface_destroy(s);
	pthread_mutex_unlock(&one);
	*out = qpp_buf_done(&b);
	if (status == CAIRO_STATUS_SUCCESS)
		return QPP_OK;
	(void)qpp_fail(err, QPP_IO, "the PDF could not be made", (char *)NULL);
	qpp_err_detail(err, cairo_status_to_string(status), (char *)NULL);
	return QPP_IO;
}
