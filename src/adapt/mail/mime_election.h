/* The e-mail election as a message: plain text, and the roster as a CSV file. */
#ifndef QPP_MIME_ELECTION_H
#define QPP_MIME_ELECTION_H

#include "app/clock.h"
#include "qpp/err.h"

struct qpp_mime_election {
	struct qpp_str from, from_name, to, subject, text, roster;
	qpp_time date;
};

/*
 * RFC 5322, lines ended by CRLF. The Message-ID follows from the content: the same election is the same message.
 * QPP_USAGE: an address that is none.
 */
QPP_MUST_USE enum qpp_code qpp_mime_election(struct qpp_arena *a, const struct qpp_mime_election *m, struct qpp_str *out,
                                             struct qpp_err *err);

#endif
