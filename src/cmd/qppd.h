/* The service's options, and what it is made of. */
#ifndef QPPD_H
#define QPPD_H

#include <stdio.h>

#include "adapt/http/server.h"
#include "app/clock.h"

struct qppd_options {
	unsigned port, drain, threads, workers, connections, answers;
	unsigned demo, demo_year;    /* practices of a synthetic state for an empty store; 0: none */
	const char *bind, *data, *static_dir, *log;
	const char *store;           /* URL; NULL: a file in the folder of data */
	const char *operator_name;   /* of the account to make in place of serving; NULL: none */
	const char *lmtp;            /* port or socket that a mail server hands elections to; NULL: none */
	const char *settings;        /* file of settings (qppd_settings.h); NULL: none */
	qpp_time start;              /* where the clock of a synthetic state begins; 0: the machine's */
	bool consent_off, window_open;
	bool password_alone;         /* nobody needs a second factor; with a synthetic state only */
	struct qpp_rate_limits rate;
	bool trust_proxy, https;
	enum { QPPD_RUN, QPPD_SHOW_MATRIX, QPPD_SHOW_OPENAPI, QPPD_DONE } what;
};

/* QPP_USAGE with what is wrong. --help, --manual and --version are answered at once: `what` is QPPD_DONE. */
enum qpp_code qppd_options(int argc, char **argv, struct qppd_options *o, struct qpp_err *err);

#endif
