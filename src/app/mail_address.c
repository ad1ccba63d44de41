/* Which texts are addresses that mail can be sent to; mail.h is the manual. */
#include <string.h>

#include "app/mail.h"

enum { ADDRESS_MOST = 254, LOCAL_MOST = 64 };

static bool local_part(struct qpp_str s)
{
	if (s.n == 0 || s.n > LOCAL_MOST || s.p[0] == '.' || s.p[s.n - 1] == '.' || s.p[0] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!plain && (c == '\0' || strchr(".!#$%&'*+-/=?^_`{|}~", c) == NULL))
			return false;
	}
	return true;
}

static bool domain(struct qpp_str s)
{
	struct qpp_str label;
	if (s.n == 0)
		return false;
	while (qpp_str_cut(&s, '.', &label)) {
		if (label.n == 0 || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
			return false;
		for (size_t i = 0; i < label.n; i++) {
			char c = label.p[i];
			if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'))
				return false;
		}
	}
	return true;
}

bool qpp_mail_address(struct qpp_str s)
{
	struct qpp_str rest = s, local;
	if (s.n == 0 || s.n > ADDRESS_MOST || memchr(s.p, '@', s.n) == NULL || !qpp_str_cut(&rest, '@', &local))
		return false;
	return local_part(local) && domain(rest);
}
