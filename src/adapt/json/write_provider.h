/*
 * A clinician as the Eligibility API answers it (apis.md 2). Every member is
 * there; one that is not known is null, never false.
 *
 * What the rules decide is computed. What else is known stands in the bodies of
 * the store's rows under the names of the answer, and holds over what would be
 * computed: the clinician's `body` has members of the provider, the relation's
 * `individualScenario`, `groupScenario`, `specialty` and members of the
 * organization, the body of an APM entity and of a membership those of `apms`
 * and `virtualGroups`.
 */
#ifndef QPP_JSON_WRITE_PROVIDER_H
#define QPP_JSON_WRITE_PROVIDER_H

#include "adapt/json/emit.h"
#include "app/provider.h"

void qpp_emit_provider(struct qpp_emit *e, const char *name, const struct qpp_provider *x);

#endif
