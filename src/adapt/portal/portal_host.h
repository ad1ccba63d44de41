/* What the portal is given. No type of HTTP is seen here: those who make models include this, those who answer portal.h. */
#ifndef QPP_PORTAL_HOST_H
#define QPP_PORTAL_HOST_H

#include "app/eastern.h"
#include "app/identity.h"
#include "app/oidc.h"
#include "app/service.h"

struct qpp_rules_page;
struct qpp_reviews;

struct qpp_portal {
	const struct qpp_service *service;
	struct qpp_identity *identity;
	struct qpp_oidc *oidc;                   /* NULL: no providers */
	const struct qpp_zone *zone;             /* of Eastern time */
	const struct qpp_reviews *reviews;       /* of targeted review */
	const char *demo;                        /* how to get in, where all people are made up; NULL otherwise */
	/* Made by qpp_portal_init(). */
	const struct qpp_rules_page *rule_pages;
	size_t n_rule_pages;
	bool what_if;                            /* the rules were changed by an overlay */
	struct qpp_str rule_policy;              /* Content-Security-Policy of pages that carry their style */
};

/* Makes the rule pages; `a` lives as long as the portal. */
void qpp_portal_init(struct qpp_portal *p, struct qpp_arena *a);

#endif
