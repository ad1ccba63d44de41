/*
 * Answers that are kept ready: texts under a key, in bounded memory, each with the stamp of the
 * data it was made of. One with another stamp is as good as none. Any number of threads.
 */
#ifndef QPP_API_KEPT_H
#define QPP_API_KEPT_H

#include "qpp/str.h"

struct qpp_kept;

/* `bytes` of texts at most, about; NULL when there is no memory. */
struct qpp_kept *qpp_kept_open(size_t bytes);
void qpp_kept_close(struct qpp_kept *k);

/* A copy in the arena; false: there is none of that stamp. A `k` of NULL keeps nothing. */
bool qpp_kept_get(struct qpp_kept *k, uint64_t key, uint64_t stamp, struct qpp_arena *a, struct qpp_str *out);
void qpp_kept_put(struct qpp_kept *k, uint64_t key, uint64_t stamp, struct qpp_str text);

#endif
