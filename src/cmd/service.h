/*
 * The service put together: store, rules of all years, identity, portal and APIs,
 * and the chores that go on beside the requests. The only place that knows all of
 * them; qppd.c has the process, this the parts.
 */
#ifndef QPP_CMD_SERVICE_H
#define QPP_CMD_SERVICE_H

#include "adapt/http/server.h"
#include "cmd/qppd.h"

struct qpp_running;
struct qpp_service;
struct qpp_identity;

/*
 * Opens the store in the folder of data (or where `o->store` says), with a synthetic state in it when `o->demo` asks for
 * one and it is empty. What is to be known by the one who started it is printed.
 */
QPP_MUST_USE enum qpp_code qpp_running_open(const struct qppd_options *o, struct qpp_running **out, struct qpp_err *err);

/* Makes the account of an operator (o->operator_name) and prints its password. */
QPP_MUST_USE enum qpp_code qpp_running_operator(struct qpp_running *r, const char *name, struct qpp_err *err);

/* Ends the chores, seals the ledger and closes the store. NULL is allowed. */
void qpp_running_close(struct qpp_running *r);

/* The tables and hooks, for the server. A `r` of NULL gives tables to be looked at only. */
enum { QPP_RUNNING_TABLES = 48 };
size_t qpp_running_tables(struct qpp_running *r, const struct qpp_page_table *out[QPP_RUNNING_TABLES]);
struct qpp_server_hooks qpp_running_hooks(void);
struct qpp_clock *qpp_running_clock(const struct qpp_running *r);

/* The parts that tests arrange a world with; they live as long as `r`. */
struct qpp_service *qpp_running_service(struct qpp_running *r);
struct qpp_identity *qpp_running_identity(struct qpp_running *r);

#endif
