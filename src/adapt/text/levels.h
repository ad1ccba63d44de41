/* Several scores and the one that counts, as text for a terminal. */
#ifndef QPP_TEXT_LEVELS_H
#define QPP_TEXT_LEVELS_H

#include "app/levels.h"

struct qpp_str qpp_text_levels(struct qpp_arena *a, const struct qpp_levels *x, unsigned depth);

#endif
