/* Text out of somebody's file, made fit to stand in a message. */
#include "qpp/buf.h"
#include "qpp/finding.h"

enum { LONGEST_SHOWN = 60 };

/* A control character of ASCII, or one of Latin-1 (U+0080..U+009F) in UTF-8. */
static bool is_control(struct qpp_str s, size_t at)
{
	unsigned char c = (unsigned char)s.p[at];
	if (c == 0xC2 && at + 1 < s.n)
		return (unsigned char)s.p[at + 1] < 0xA0;
	return c < 0x20 || c == 0x7F;
}

static void add_escape(struct qpp_buf *b, unsigned char c)
{
	static const char hex[] = "0123456789ABCDEF";
	qpp_buf_cat(b, "\\u00", (char *)NULL);
	qpp_buf_char(b, hex[c >> 4]);
	qpp_buf_char(b, hex[c & 15]);
}

struct qpp_str qpp_shown(struct qpp_arena *a, struct qpp_str s)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, LONGEST_SHOWN * 6 + 4);
	size_t shown = 0;
	for (size_t i = 0; i < s.n; shown++) {
		if (shown == LONGEST_SHOWN) {
			qpp_buf_cat(&b, "...", (char *)NULL);
			break;
		}
		size_t n = 1;
		while (n < 4 && i + n < s.n && ((unsigned char)s.p[i + n] & 0xC0) == 0x80)
			n++;
		if (is_control(s, i))
			add_escape(&b, (unsigned char)s.p[i + n - 1]);
		else
			qpp_buf_add(&b, s.p + i, n);
		i += n;
	}
	return qpp_buf_done(&b);
}
