/*
 * Who goes on with score runs: a thread that takes up every run that is not done,
 * has the radar look at those that are, and writes to everyone whose score a
 * released correction moved. What is to be done follows from the rows of the store
 * alone, so that a service that was killed goes on where it was.
 */
#ifndef QPP_CMD_SERVICE_RUNS_H
#define QPP_CMD_SERVICE_RUNS_H

#include "app/service.h"

struct qpp_run_worker;

QPP_MUST_USE enum qpp_code qpp_run_worker_start(const struct qpp_service *service, struct qpp_run_worker **out, struct qpp_err *err);
/* Waits for the transaction at hand. NULL is allowed. */
void qpp_run_worker_stop(struct qpp_run_worker *w);

/* One look over what there is to do, for tests; `*did` false: nothing was. */
QPP_MUST_USE enum qpp_code qpp_run_jobs(const struct qpp_service *service, bool *did, struct qpp_err *err);

#endif
