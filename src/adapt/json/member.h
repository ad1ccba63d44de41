/*
 * JSON text written by hand, member by member: numbers exactly as they are, where a JSON library would take them
 * through binary floating point.
 */
#ifndef QPP_JSON_MEMBER_H
#define QPP_JSON_MEMBER_H

#include "qpp/submission.h"

/* An object under way; `some` tells whether a comma comes first. */
struct qpp_json_object {
	struct qpp_buf *b;
	bool some;
};

/* Text in quotes; control characters as \u00XX. It is UTF-8 already. */
void qpp_json_quote(struct qpp_buf *b, struct qpp_str s);
/* Every decimal, however many there are: buf.h rounds at nine. */
void qpp_json_number(struct qpp_buf *b, qpp_dec v);

/* The name of a member, with the comma before it: its value comes next. */
void qpp_json_name(struct qpp_json_object *o, const char *member);

/* Whole members; those that are absent or empty write nothing. */
void qpp_json_put_str(struct qpp_json_object *o, const char *member, struct qpp_str s);
void qpp_json_put_count(struct qpp_json_object *o, const char *member, struct qpp_count c);
void qpp_json_put_number(struct qpp_json_object *o, const char *member, const struct qpp_number *x);
void qpp_json_put_quoted(struct qpp_json_object *o, const char *member, const struct qpp_number *x);   /* as text */
void qpp_json_put_bool(struct qpp_json_object *o, const char *member, bool yes);
void qpp_json_put_tri(struct qpp_json_object *o, const char *member, enum qpp_tri t);
void qpp_json_put_day(struct qpp_json_object *o, const char *member, bool given, qpp_day day);
void qpp_json_put_i64(struct qpp_json_object *o, const char *member, int64_t v);
/* ["a", "b"], also when there is none. */
void qpp_json_put_strs(struct qpp_json_object *o, const char *member, const struct qpp_str *v, size_t n);

#endif
