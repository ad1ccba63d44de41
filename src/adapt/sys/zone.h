/* A zone of the system (tzfile(5)), for app/eastern.h. */
#ifndef QPP_SYS_ZONE_H
#define QPP_SYS_ZONE_H

#include "app/eastern.h"
#include "qpp/err.h"

/* `name` is "America/New_York". QPP_IO: there is no such file (Debian: tzdata); QPP_DATA: it is no zone file. */
QPP_MUST_USE enum qpp_code qpp_zone_load(struct qpp_arena *a, const char *name, struct qpp_zone *out, struct qpp_err *err);

/* The same of bytes that were read. */
QPP_MUST_USE enum qpp_code qpp_zone_read(struct qpp_arena *a, struct qpp_str bytes, struct qpp_zone *out,
                                         struct qpp_err *err);

#endif
