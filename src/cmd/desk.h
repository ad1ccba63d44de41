/*
 * The desk that takes messages in for `qpp election intake` and for the service:
 * a message as bytes becomes a letter, is taken in, and what was answered stands
 * in the outbox.
 */
#ifndef QPP_CMD_DESK_H
#define QPP_CMD_DESK_H

#include "adapt/mail/mime_read.h"

struct qpp_desk {
	struct qpp_intake intake;
	struct qpp_mime_trust trust;
	void (*answered)(void *host);            /* an answer waits to be sent; may be NULL */
	void *host;
	enum qpp_intake_outcome last;            /* what became of the last one */
};

/* For LMTP and the spool: `self` is a struct qpp_desk. Errors are the store's. */
QPP_MUST_USE enum qpp_code qpp_desk_take(void *self, struct qpp_str raw, qpp_time received, struct qpp_err *err);

#endif
