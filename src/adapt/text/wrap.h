/* Lines of at most 100 columns, broken at spaces. */
#ifndef QPP_TEXT_WRAP_H
#define QPP_TEXT_WRAP_H

#include "qpp/buf.h"

/* `s` as lines: the first indented by `first` columns, further ones by `more`. */
void qpp_text_wrap(struct qpp_buf *b, size_t first, size_t more, struct qpp_str s);

#endif
