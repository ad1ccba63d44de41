/*
 * Who may do what, as far as the role alone decides: the permission matrix.
 * Every page names a capability; every session has a set of roles. That a thing
 * is somebody's own is for the use case to see, which answers for a thing of
 * others what it answers for one that does not exist.
 *
 * No capability is 0, so that a page that forgets to name one does not pass.
 */
#ifndef QPP_ACCESS_H
#define QPP_ACCESS_H

#include <stdbool.h>
#include <stdint.h>

enum qpp_role {
#define ROLE(NAME, wire, meaning) QPP_ROLE_##NAME,
#include "app/access.def"
	QPP_ROLES
};

enum qpp_capability {
	QPP_CAN_NOTHING,             /* of no page: a table with it is refused */
#define CAPABILITY(NAME, wire, meaning, roles) QPP_CAN_##NAME,
#include "app/access.def"
	QPP_CAPABILITIES
};

/* A set of roles has bit 1 << role. */
#define QPP_BY(NAME) (1u << QPP_ROLE_##NAME)

/* Some role of the set allows it. */
bool qpp_access(uint32_t roles, enum qpp_capability can);

const char *qpp_role_name(enum qpp_role role);
const char *qpp_role_meaning(enum qpp_role role);
const char *qpp_capability_name(enum qpp_capability can);
const char *qpp_capability_meaning(enum qpp_capability can);

#endif
