/* The migrations, made by the build from migrations/NNN_name.{up,down}.sql; the last has no `up`. */
#ifndef QPP_STORE_MIGRATIONS_H
#define QPP_STORE_MIGRATIONS_H

struct store_migration {
	const char *name, *up, *down;
};

extern const struct store_migration store_migrations[];

#endif
