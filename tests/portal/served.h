/*
 * A service with the portal for browser tests: what the programs beside this have in common.
 *
 *   served_store(&service, FOLDER, clock)      unless the test has a store of its own
 *   served_begin(&x, &service, true)           then accounts can be made: x.auth.identity
 *   served_open(&x, STATIC_DIR)                prints its address
 *   served_end(&x)
 */
#ifndef TESTS_PORTAL_SERVED_H
#define TESTS_PORTAL_SERVED_H

#include "adapt/api/auth.h"
#include "adapt/http/server.h"
#include "adapt/portal/portal.h"
#include "adapt/sys/zone.h"

#define PASSWORD "Correct-Horse-7-Staple"

struct served {
	struct qpp_service *service;
	struct qpp_auth auth;
	struct qpp_portal portal;
	struct qpp_zone zone;
	struct qpp_server *server;
};

/* Of the program: what is made lives until its end. */
extern struct qpp_arena arena;
extern struct qpp_err err;

/* Ends the program where something fails that must not. */
#define must(call) served_must((call), #call)
void served_must(enum qpp_code code, const char *call);

/* A new store in the folder, and the rules and catalogs of all years. */
void served_store(struct qpp_service *service, const char *folder, struct qpp_clock *clock);
void served_begin(struct served *x, struct qpp_service *service, bool password_alone);
void served_open(struct served *x, const char *static_dir);
void served_end(struct served *x);

#endif
