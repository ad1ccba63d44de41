/* Wrapping counts characters, not bytes: UTF-8 continuation bytes take no column. */
#include "adapt/text/wrap.h"

enum { WIDTH = 100, LEAST = 40 };

static size_t columns(struct qpp_str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

static void spaces(struct qpp_buf *b, size_t n)
{
	while (n-- > 0)
		qpp_buf_char(b, ' ');
}

void qpp_text_wrap(struct qpp_buf *b, size_t first, size_t more, struct qpp_str s)
{
	struct qpp_str word;
	size_t at = first, most = more + LEAST > WIDTH ? more + LEAST : WIDTH;
	bool begun = false;
	spaces(b, first);
	while (qpp_str_word(&s, &word)) {
		size_t n = columns(word);
		if (begun && at + 1 + n > most) {
			qpp_buf_char(b, '\n');
			spaces(b, more);
			at = more;
			begun = false;
		}
		if (begun) {
			qpp_buf_char(b, ' ');
			at++;
		}
		qpp_buf_str(b, word);
		at += n;
		begun = true;
	}
	qpp_buf_char(b, '\n');
}
