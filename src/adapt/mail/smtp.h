/*
 * Mail out by SMTP: a message of the outbox becomes MIME text (GMime) and goes
 * to one server (libcurl), which signs and delivers it.
 *
 *   struct qpp_smtp_config c = { .url = "smtp://127.0.0.1:25", .from_address = "no-reply@qpp.example" };
 *   code = qpp_smtp_open(&c, &port, err);
 *   ... port is a struct qpp_mail_port (app/mail.h) ...
 *   qpp_smtp_close(port);
 *
 * The text of a message depends on its row and this configuration alone: sent twice, it is the same message, with the
 * same Message-ID.
 */
#ifndef QPP_SMTP_H
#define QPP_SMTP_H

#include "app/mail.h"

struct qpp_smtp_config {
	const char *url;                 /* smtp://HOST[:PORT], or smtps://HOST[:PORT] for TLS from the first byte */
	const char *user, *password;     /* NULL: the server asks for none */
	const char *from_name;           /* NULL: "OpenQPP" */
	const char *from_address;
	const char *host;                /* right part of Message-IDs; NULL: that of from_address */
	bool require_tls;                /* smtp:// only with STARTTLS; never send in the clear */
	const char *ca_file;             /* certificates to trust; NULL: the system's */
	unsigned seconds;                /* a message takes no longer; 0: 60 */
};

/* One message at a time. Strings of `c` are copied. QPP_USAGE: the URL or address; QPP_IO. */
QPP_MUST_USE enum qpp_code qpp_smtp_open(const struct qpp_smtp_config *c, struct qpp_mail_port **out, struct qpp_err *err);
void qpp_smtp_close(struct qpp_mail_port *port);

/* The message as it is sent, lines ended by CRLF. QPP_DATA: something in the row would break its headers. */
QPP_MUST_USE enum qpp_code qpp_mime_text(struct qpp_arena *a, const struct qpp_smtp_config *c, const struct qpp_mail_row *m,
                                         struct qpp_str *out, struct qpp_err *err);

#endif
