/* Bodies of rows as JSON: what reviews, exceptions and registrations keep of a form. */
#ifndef QPP_APP_BODY_H
#define QPP_APP_BODY_H

#include <jansson.h>

#include "qpp/arena.h"
#include "qpp/str.h"

/* An empty text is left out, and what is left out reads as an empty text. */
void qpp_body_put(json_t *o, const char *name, struct qpp_str s);
struct qpp_str qpp_body_get(struct qpp_arena *a, const json_t *o, const char *name);

/* The text of `o`, members in the order of their names; `o` is let go. */
struct qpp_str qpp_body_done(struct qpp_arena *a, json_t *o);

#endif
