/* Reasons, then what is not known: a line an entry, wrapped. */
#include "adapt/text/why.h"

#include "adapt/text/wrap.h"

void qpp_text_why(struct qpp_buf *b, const struct qpp_reasons *why)
{
	for (size_t i = 0; i < why->list.n; i++) {
		const struct qpp_reason *r = &why->list.v[i];
		qpp_buf_cat(b, i ? "" : "\nReasons\n", (char *)NULL);
		qpp_text_wrap(b, 2, 4, qpp_str_cat(b->arena, qpp_str_dup(b->arena, r->rule).p, ": ", qpp_str_dup(b->arena, r->text).p,
		                                   (char *)NULL));
	}
	for (size_t i = 0; i < why->unknown.n; i++) {
		const struct qpp_unknown *u = &why->unknown.v[i];
		qpp_buf_cat(b, i ? "" : "\nNot known\n", (char *)NULL);
		qpp_text_wrap(b, 2, 4, qpp_str_cat(b->arena, qpp_str_dup(b->arena, u->fact).p, ": decides ",
		                                   qpp_str_dup(b->arena, u->decides).p, (char *)NULL));
	}
}
