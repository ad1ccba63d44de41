/* The words of the store's enumerations: what stands in the database and in answers. */
#include "app/store.h"

const char *qpp_org_kind_name(enum qpp_org_kind k)
{
	static const char *const names[QPP_ORG_KINDS] = { "", "practice", "virtualGroup", "subgroup", "apmEntity", "registry",
		"clinician", "agency" };
	return k < QPP_ORG_KINDS ? names[k] : "";
}

enum qpp_org_kind qpp_org_kind_of(struct qpp_str name)
{
	for (enum qpp_org_kind k = QPP_ORG_PRACTICE; k < QPP_ORG_KINDS; k++)
		if (qpp_str_is(name, qpp_org_kind_name(k)))
			return k;
	return QPP_ORG_NONE;
}

const char *qpp_post_name(enum qpp_post p)
{
	static const char *const names[QPP_POSTS] = { "", "official", "staff", "clinician", "reviewer", "secondReviewer", "operator",
		"agent", "auditor" };
	return p < QPP_POSTS ? names[p] : "";
}

enum qpp_post qpp_post_of(struct qpp_str name)
{
	for (enum qpp_post p = QPP_POST_OFFICIAL; p < QPP_POSTS; p++)
		if (qpp_str_is(name, qpp_post_name(p)))
			return p;
	return QPP_POST_NONE;
}

const char *qpp_role_state_name(enum qpp_role_state s)
{
	static const char *const names[QPP_POST_STATES] = { "", "requested", "active", "denied", "removed" };
	return s < QPP_POST_STATES ? names[s] : "";
}

const char *qpp_mail_state_name(enum qpp_mail_state s)
{
	static const char *const names[QPP_MAIL_STATES] = { "", "waiting", "sent", "failed" };
	return s < QPP_MAIL_STATES ? names[s] : "";
}
