/*
 * Whether a message may be answered at all (RFC 3834): never a program, a list, a
 * report on delivery, or what goes in circles.
 */
#include <strings.h>

#include "app/intake.h"

enum { MOST_HOPS = 40 };

static bool is(struct qpp_str s, const char *word)
{
	return s.n == qpp_str_of(word).n && strncasecmp(s.p, word, s.n) == 0;
}

static bool begins(struct qpp_str s, const char *word)
{
	size_t n = qpp_str_of(word).n;
	return s.n >= n && strncasecmp(s.p, word, n) == 0;
}

static bool from_program(struct qpp_str from)
{
	static const char *const names[] = { "mailer-daemon@", "postmaster@", "no-reply@", "noreply@", "do-not-reply@", "donotreply@", "bounce" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (begins(from, names[i]))
			return true;
	return false;
}

enum qpp_letter_kind qpp_letter_kind_of(const struct qpp_letter_marks *m)
{
	struct qpp_str word = m->auto_submitted;
	if (m->received > MOST_HOPS)
		return QPP_LETTER_LOOP;
	if (m->empty_path || m->report || from_program(m->from))
		return QPP_LETTER_BOUNCE;
	if (m->list || is(m->precedence, "list"))
		return QPP_LETTER_LIST;
	/* "no" may have a comment or parameters behind it. */
	bool submitted = word.n && !is(word, "no") && !begins(word, "no;") && !begins(word, "no ");
	if (submitted || m->automatic || is(m->precedence, "bulk") || is(m->precedence, "junk") || is(m->precedence, "auto_reply"))
		return QPP_LETTER_AUTOMATIC;
	return m->from.n ? QPP_LETTER : QPP_LETTER_NOBODY;
}
