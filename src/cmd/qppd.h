/* The service's options, and what it is made of. */
#ifndef QPPD_H
#define QPPD_H

#include <stdio.h>

#include "adapt/http/server.h"

struct qppd_options {
	unsigned port, drain, threads, workers, connections;
	const char *bind, *data, *static_dir, *log;
	struct qpp_rate_limits rate;
	bool trust_proxy, https;
	enum { QPPD_RUN, QPPD_SHOW_MATRIX, QPPD_SHOW_OPENAPI, QPPD_DONE } what;
};

/* QPP_USAGE with what is wrong. --help, --manual and --version are answered at once: `what` is QPPD_DONE. */
enum qpp_code qppd_options(int argc, char **argv, struct qppd_options *o, struct qpp_err *err);

/* Every table of pages that the service has. */
extern const struct qpp_page_table *const qppd_tables[];
extern const size_t qppd_n_tables;

#endif
