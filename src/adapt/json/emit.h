/*
 * JSON as text, straight into a bounded buffer in the arena. For answers whose
 * numbers must stand exactly as they were computed: a JSON library takes them
 * through binary floating point. Names and structure are the caller's; commas,
 * quotes and escapes are made here.
 *
 *   struct qpp_emit e;
 *   qpp_emit_init(&e, arena, most);
 *   qpp_emit_open(&e, NULL, '{');
 *   qpp_emit_text(&e, "measureId", id);
 *   qpp_emit_close(&e, '}');
 *   text = qpp_emit_done(&e);
 *
 * `name` NULL: an element of an array, or the whole document.
 */
#ifndef QPP_JSON_EMIT_H
#define QPP_JSON_EMIT_H

#include "qpp/buf.h"

struct qpp_emit {
	struct qpp_buf b;
	bool some;               /* the object or array at hand has a member already */
};

void qpp_emit_init(struct qpp_emit *e, struct qpp_arena *a, size_t most);

/* `kind` is '{' or '['; closed by '}' or ']'. */
void qpp_emit_open(struct qpp_emit *e, const char *name, char kind);
void qpp_emit_close(struct qpp_emit *e, char kind);

void qpp_emit_text(struct qpp_emit *e, const char *name, struct qpp_str s);
/* null when the text is empty. */
void qpp_emit_text_or_null(struct qpp_emit *e, const char *name, struct qpp_str s);
void qpp_emit_bool(struct qpp_emit *e, const char *name, bool yes);
void qpp_emit_int(struct qpp_emit *e, const char *name, int64_t v);
void qpp_emit_null(struct qpp_emit *e, const char *name);
/* A number with as many decimals as it has, at most `places`; null when it is undefined. */
void qpp_emit_dec(struct qpp_emit *e, const char *name, qpp_dec v, int places);
/* Text that is JSON already. */
void qpp_emit_raw(struct qpp_emit *e, const char *name, struct qpp_str json);

/* The document; empty when it did not fit. */
struct qpp_str qpp_emit_done(struct qpp_emit *e);

#endif
