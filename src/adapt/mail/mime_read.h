/*
 * A message in: raw bytes to the letter that app/intake.h reads. GMime takes the
 * message apart; ahead of it and around it everything is bounded, nothing in a
 * message is followed, run, unpacked or written to a file.
 *
 * Bounds: a message of 10 MB, headers of 64 kB and 200 lines, 64 boundaries, 8
 * levels and 50 parts, 1 MB of text and 1 MB of roster. What is beyond makes the
 * letter QPP_LETTER_UNREADABLE with its trouble; it is never an error.
 */
#ifndef QPP_MIME_READ_H
#define QPP_MIME_READ_H

#include "app/intake.h"

enum { QPP_MIME_MOST = 10 << 20, QPP_MIME_MOST_HEADERS = 64 << 10, QPP_MIME_MOST_TEXT = 1 << 20 };

struct qpp_mime_trust {
	const char *authserv;            /* id of our server in Authentication-Results; NULL: that header is not read */
	const char *received_by;         /* name of our server in Received: its stamp counts; NULL: it is not read */
};

void qpp_mime_read(struct qpp_arena *a, const struct qpp_mime_trust *trust, struct qpp_str raw, qpp_time received,
                   struct qpp_letter *out);

/* Text of HTML as lines: rows and paragraphs end lines, cells are parted by tabs; scripts and styles are left out. */
struct qpp_str qpp_mime_plain(struct qpp_arena *a, struct qpp_str html);

#endif
