/* What the files of the HTTP adapter share: decoding, and the tables of names. */
#ifndef QPP_HTTP_INT_H
#define QPP_HTTP_INT_H

#include "adapt/http/page.h"

/* Pairs under construction. */
struct qpp_pair_list {
	QPP_VEC(struct qpp_http_pair) v;
};

/*
 * Percent-decoding of UTF-8 text; with `plus` a plus sign is a space. False for a broken sequence, a NUL, or bytes that
 * are not UTF-8. The result is in the arena, or the same text where nothing was encoded.
 */
bool qpp_percent_decode(struct qpp_arena *a, struct qpp_str s, bool plus, struct qpp_str *out);
bool qpp_utf8_valid(struct qpp_str s);

/* name=value&name=value; QPP_USAGE naming what is broken, QPP_LIMIT for more than `most` pairs. */
enum qpp_code qpp_decode_pairs(struct qpp_arena *a, struct qpp_str s, size_t most, struct qpp_http_pairs *out, struct qpp_err *err);

/* One Cookie header, added to `out`: name=value; name=value. What is broken in it is left out; false beyond `most`. */
bool qpp_decode_cookies(struct qpp_arena *a, struct qpp_str s, size_t most, struct qpp_pair_list *out);

/* multipart/form-data; `type` is the whole Content-Type. */
enum qpp_code qpp_decode_multipart(struct qpp_arena *a, struct qpp_str type, struct qpp_str body, size_t most,
                                   struct qpp_form *out, struct qpp_err *err);

/* The value of a parameter of a header value: boundary in `multipart/form-data; boundary=x`. p == NULL: none. */
struct qpp_str qpp_header_parameter(struct qpp_arena *a, struct qpp_str value, const char *name);

bool qpp_str_eq_nocase(struct qpp_str a, struct qpp_str b);
bool qpp_str_has_nocase(struct qpp_str s, const char *part);
struct qpp_str qpp_str_lower(struct qpp_arena *a, struct qpp_str s);

/* "Not Found" of 404. */
const char *qpp_http_status_name(int status);

/* Text out of a request as a log may show it: every run that could be a TIN is masked, control characters too. */
void qpp_buf_masked(struct qpp_buf *b, struct qpp_str s);

#endif
