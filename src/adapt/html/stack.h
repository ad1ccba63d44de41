/*
 * Tables whose rows become blocks on a narrow screen ("stack" in style.c). Each
 * cell then says its column, and the roles keep the table one for those who hear
 * it, whatever the style makes of its boxes. Captions and columns are literals.
 *
 *   qpp_stack_begin(h, "", "Caption");
 *   qpp_stack_column(h, "Name"), qpp_stack_number(h, "Points");
 *   qpp_stack_body(h);
 *   qpp_stack_row(h);                     the first cell, a header, is open
 *   qpp_html_lit(h, "</th>");
 *   qpp_stack_figure(h, "Points");        a cell is open
 *   qpp_html_lit(h, "</td></tr>\n");
 *   qpp_stack_end(h);
 */
#ifndef QPP_HTML_STACK_H
#define QPP_HTML_STACK_H

#include "adapt/html/html.h"

#define qpp_stack_begin(h, kind, caption)                                              \
	qpp_html_lit(h, "<table class=\"stack " kind "\" role=\"table\">\n<caption>" caption \
	                "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">")
#define qpp_stack_column(h, name) qpp_html_lit(h, "<th scope=\"col\" role=\"columnheader\">" name "</th>")
#define qpp_stack_number(h, name) qpp_html_lit(h, "<th scope=\"col\" role=\"columnheader\" class=\"n\">" name "</th>")
#define qpp_stack_body(h) qpp_html_lit(h, "</tr></thead>\n<tbody role=\"rowgroup\">\n")
#define qpp_stack_foot(h) qpp_html_lit(h, "</tbody>\n<tfoot role=\"rowgroup\">\n")
#define qpp_stack_row(h) qpp_html_lit(h, "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">")
#define qpp_stack_cell(h, name) qpp_html_lit(h, "<td role=\"cell\" data-label=\"" name "\">")
#define qpp_stack_figure(h, name) qpp_html_lit(h, "<td role=\"cell\" class=\"n\" data-label=\"" name "\">")
#define qpp_stack_end(h) qpp_html_lit(h, "</tbody>\n</table>\n")
#define qpp_stack_end_foot(h) qpp_html_lit(h, "</tfoot>\n</table>\n")

#endif
