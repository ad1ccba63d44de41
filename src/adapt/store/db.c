/* What the drivers share: which of them a URL names, and the table of prepared statements. */
#include "adapt/store/db.h"

#include <string.h>

const struct db_driver *db_driver_of(const char *url, struct qpp_err *err)
{
	if (strncmp(url, "sqlite:", 7) == 0 && url[7])
		return &db_sqlite;
	if (strncmp(url, "postgres:", 9) == 0 || strncmp(url, "postgresql:", 11) == 0)
		return &db_pg;
	(void)qpp_fail(err, QPP_USAGE, "the address of the store is not understood", (char *)NULL);
	qpp_err_hint(err, "sqlite:PATH, postgresql://HOST/DATABASE or postgres:host=... dbname=...", (char *)NULL);
	return NULL;
}

void **db_cached(struct db_cache *cache, const char *sql)
{
	size_t at = ((uintptr_t)sql >> 3) * 2654435761u % DB_STATEMENTS;
	for (size_t tried = 0; tried < DB_STATEMENTS; tried++, at = (at + 1) % DB_STATEMENTS) {
		if (cache->sql[at] == sql)
			return &cache->prepared[at];
		if (!cache->sql[at]) {
			cache->sql[at] = sql;
			return &cache->prepared[at];
		}
	}
	return NULL;
}
