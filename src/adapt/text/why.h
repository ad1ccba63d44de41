/* Why an answer is as it is, and what is not known, as text. */
#ifndef QPP_TEXT_WHY_H
#define QPP_TEXT_WHY_H

#include "qpp/buf.h"
#include "qpp/qp.h"

/* "Reasons" and "Not known", each with a line an entry; nothing where there is none. */
void qpp_text_why(struct qpp_buf *b, const struct qpp_reasons *why);

#endif
