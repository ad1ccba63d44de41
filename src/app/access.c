/* The permission matrix, from access.def. */
#include "app/access.h"

#include <stddef.h>

struct capability_row {
	const char *wire, *meaning;
	uint32_t roles;
};

static const struct {
	const char *wire, *meaning;
} roles_table[] = {
#define ROLE(NAME, wire, meaning) [QPP_ROLE_##NAME] = { wire, meaning },
#include "app/access.def"
};

static const struct capability_row capabilities[] = {
	[QPP_CAN_NOTHING] = { "nothing", "nothing", 0 },
#define CAPABILITY(NAME, wire, meaning, roles) [QPP_CAN_##NAME] = { wire, meaning, roles },
#include "app/access.def"
};

static const struct capability_row *row(enum qpp_capability can)
{
	return &capabilities[can < QPP_CAPABILITIES ? can : QPP_CAN_NOTHING];
}

bool qpp_access(uint32_t roles, enum qpp_capability can)
{
	return (row(can)->roles & roles) != 0;
}

const char *qpp_role_name(enum qpp_role role)
{
	return roles_table[role < QPP_ROLES ? role : QPP_ROLE_ANONYMOUS].wire;
}

const char *qpp_role_meaning(enum qpp_role role)
{
	return roles_table[role < QPP_ROLES ? role : QPP_ROLE_ANONYMOUS].meaning;
}

const char *qpp_capability_name(enum qpp_capability can)
{
	return row(can)->wire;
}

const char *qpp_capability_meaning(enum qpp_capability can)
{
	return row(can)->meaning;
}
