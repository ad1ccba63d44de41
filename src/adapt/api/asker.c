/* The way from the hooks of sign-in to the pages of the API. */
#include "adapt/api/api.h"
#include "app/identity.h"

enum qpp_code qpp_api_asker(void *self, const struct qpp_http_request *r, struct qpp_actor *out, struct qpp_err *err)
{
	(void)self;
	(void)err;
	*out = qpp_actor_of_asker(r->arena, r->caller.session);
	return QPP_OK;
}
