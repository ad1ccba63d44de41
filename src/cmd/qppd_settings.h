/*
 * What the service is told in a file, because it is long or secret: its public
 * address, the mail server, the identity providers. docs/operator.md has the shape.
 * Secrets stand in files of their own, named here.
 */
#ifndef QPPD_SETTINGS_H
#define QPPD_SETTINGS_H

#include "adapt/mail/smtp.h"
#include "adapt/oidc/relying.h"

struct qppd_settings {
	struct qpp_str address;              /* "https://qpp.example.org", without a slash at the end; empty: not told */
	bool mail_codes;                     /* a code by mail may be the second factor */
	struct qpp_smtp_config mail;         /* `url` NULL: mail stays in the outbox */
	const char *authserv, *received_by, *recipient;      /* of the e-mail intake; NULL: not told */
	const struct qpp_relying_provider *providers;
	size_t n_providers;
};

/* QPP_IO, QPP_LIMIT: a file; QPP_DATA: what is wrong with it has been printed. */
QPP_MUST_USE enum qpp_code qppd_settings_read(struct qpp_arena *a, const char *path, struct qppd_settings *out,
                                              struct qpp_err *err);

#endif
