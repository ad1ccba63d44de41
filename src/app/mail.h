/*
 * Mail out. A use case puts a message into the outbox in the transaction of the
 * change it tells of (qpp_mail_queue); a worker sends what is due through a port
 * and marks it: sent, to be tried again later, or given up. A message that was
 * queued is sent at least once; the same one twice (after a crash between sending
 * and marking) has the same Message-ID.
 *
 * Tries are 1, 2, 4, ... minutes apart, at most 4 hours, 12 in all: more than a
 * day. A server that refuses a message for good (5xx) ends it at once. What was
 * given up stays in the outbox as failed, with the server's words.
 */
#ifndef QPP_APP_MAIL_H
#define QPP_APP_MAIL_H

#include "app/store.h"

/* A notice, ready to be sent: plain text and its HTML twin (a whole document). */
struct qpp_mail {
	struct qpp_str to, subject, text, html;
	struct qpp_str answers;          /* Message-ID of the message that this one answers, without its brackets; empty: none */
};

/*
 * An address that can be written to: one local part, one domain, visible ASCII, at most 254 bytes. Anything that could
 * become a second header or recipient (line breaks, commas, angle brackets, spaces) is none.
 */
bool qpp_mail_address(struct qpp_str s);

/* QPP_DATA: the address, or a subject with control characters. */
QPP_MUST_USE enum qpp_code qpp_mail_queue(struct qpp_tx *tx, const struct qpp_mail *m, struct qpp_err *err);

/* The way out (src/adapt/mail). QPP_OK: the server has taken it; QPP_DATA: refused for good; any other: to be tried again. */
struct qpp_mail_port {
	enum qpp_code (*send)(struct qpp_mail_port *self, struct qpp_arena *arena, const struct qpp_mail_row *m,
	                      struct qpp_err *err);
};

enum { QPP_MAIL_TRIES = 12 };
/* How long to wait after the n-th try (1 is the first). */
int64_t qpp_mail_pause_us(int64_t tries);

/* Sends what is due now, once. How many were sent, put off, given up. An error is the store's. */
struct qpp_mail_round {
	int64_t sent, put_off, given_up;
};
QPP_MUST_USE enum qpp_code qpp_mail_send_due(struct qpp_store *store, struct qpp_clock *clock, struct qpp_mail_port *port,
                                             struct qpp_arena *arena, struct qpp_mail_round *out, struct qpp_err *err);

/* One thread that does so every `seconds`, and at once when it is woken. */
struct qpp_mail_worker;
QPP_MUST_USE enum qpp_code qpp_mail_worker_start(struct qpp_store *store, struct qpp_clock *clock, struct qpp_mail_port *port,
                                                 unsigned seconds, struct qpp_mail_worker **out, struct qpp_err *err);
void qpp_mail_worker_wake(struct qpp_mail_worker *w);
/* Waits for the message that is being sent. NULL is allowed. */
void qpp_mail_worker_stop(struct qpp_mail_worker *w);

#endif
