/*
 * Messages that wait in a folder: what a mail server's pipe hands over while
 * another process has the store. A message is on disk, with the moment it came,
 * before the pipe is told that it was taken; it goes when it has been worked off.
 */
#ifndef QPP_SYS_SPOOL_H
#define QPP_SYS_SPOOL_H

#include "app/clock.h"
#include "qpp/err.h"

/* Keeps a message in DIR/intake, which is made (mode 0700) when it is not there. QPP_IO, QPP_FULL. */
QPP_MUST_USE enum qpp_code qpp_spool_put(struct qpp_arena *a, const char *dir, struct qpp_str raw, qpp_time received, struct qpp_err *err);

typedef enum qpp_code qpp_spool_take(void *host, struct qpp_str raw, qpp_time received, struct qpp_err *err);

/*
 * Works off what waits, oldest first. Taken (QPP_OK): it goes. QPP_BUG, QPP_DATA, QPP_LIMIT: it is set aside as *.held and the others go
 * on. Any other code ends the round and is returned. `*n` were taken.
 */
QPP_MUST_USE enum qpp_code qpp_spool_work(const char *dir, qpp_spool_take *take, void *host, size_t *n, struct qpp_err *err);

#endif
