/*
 * Messages in by LMTP (RFC 2033): a mail server on the same machine hands over
 * what it has taken, and keeps it until each recipient is answered with 2xx.
 *
 * One thread, at most 32 sessions, each bounded in length, recipients and time.
 * On a port of loopback, or on a socket in the file system (mode 0660); never on
 * another address. Lines end in CRLF alone, so that a message has one end only.
 * PIPELINING, SIZE, 8BITMIME and enhanced status codes are offered.
 */
#ifndef QPP_LMTP_H
#define QPP_LMTP_H

#include "app/clock.h"
#include "qpp/err.h"

struct qpp_lmtp;

struct qpp_lmtp_config {
	const char *listen;              /* a port of 127.0.0.1 (0: any that is free), or the path of a socket */
	struct qpp_clock *clock;
	size_t most;                     /* bytes of a message */
	const char *recipient;           /* the one address that is taken; NULL: any, the mail server knows which */
	unsigned idle_seconds;           /* a session that says nothing for so long is ended; 0: 120 */
	/*
	 * Takes a message, with its Return-Path in front. QPP_OK: it is kept for good (250); QPP_LIMIT, QPP_DATA: refused for
	 * good (554); any other: to be tried again (451). Called by one thread.
	 */
	enum qpp_code (*take)(void *host, struct qpp_str raw, qpp_time received, struct qpp_err *err);
	void *host;
};

/* QPP_USAGE: `listen`; QPP_IO. Strings of `c` are borrowed. */
QPP_MUST_USE enum qpp_code qpp_lmtp_open(const struct qpp_lmtp_config *c, struct qpp_lmtp **out, struct qpp_err *err);
const char *qpp_lmtp_address(const struct qpp_lmtp *l);      /* "127.0.0.1:2424", or the path */
/* Finishes the message that is being taken; sessions are told 421. NULL is allowed. */
void qpp_lmtp_close(struct qpp_lmtp *l);

#endif
