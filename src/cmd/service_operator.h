/* The first person of a new store: an operator, who lets in everybody else. */
#ifndef QPP_CMD_SERVICE_OPERATOR_H
#define QPP_CMD_SERVICE_OPERATOR_H

#include "app/identity.h"
#include "app/service.h"

/*
 * Makes the account of an operator with the user name `name`, and the agency's organization when there is none; prints
 * the password, which is not kept in the clear anywhere. QPP_DUPLICATE: the name is taken. QPP_USAGE: it is no user name.
 */
QPP_MUST_USE enum qpp_code qpp_operator_add(struct qpp_arena *a, const struct qpp_service *service,
                                            struct qpp_identity *identity, const char *name, struct qpp_err *err);

#endif
