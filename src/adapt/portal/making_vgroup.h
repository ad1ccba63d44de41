/* Models of virtual groups, made of what the use cases answer (app/vgroup.h). */
#ifndef QPP_PORTAL_MAKING_VGROUP_H
#define QPP_PORTAL_MAKING_VGROUP_H

#include "adapt/portal/making.h"
#include "adapt/portal/views_vgroup.h"
#include "app/vgroup.h"

/* `typed` members of a model are filled by the page before or after. */
QPP_MUST_USE enum qpp_code making_vgroups(struct qpp_portal *p, const struct qpp_call *call, struct qpp_vgroup_home *m, struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_vgroup(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_room *m,
                                         struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_vgroup_roster(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_str org_id,
                                                struct qpp_vgroup_roster *m, struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_vgroup_rep(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_rep_form *m,
                                             struct qpp_err *err);
/* `print`: TINs in full, where the caller may see them. */
QPP_MUST_USE enum qpp_code making_vgroup_agreement(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, bool print,
                                                   struct qpp_vgroup_agreement_view *m, struct qpp_err *err);
/* The same as a tagged PDF. */
QPP_MUST_USE enum qpp_code making_vgroup_pdf(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_str *pdf,
                                             struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_vgroup_filing(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_filing *m,
                                                struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_vgroup_receipt(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, int64_t sequence,
                                                 struct qpp_vgroup_receipt_view *m, struct qpp_str *text, struct qpp_str *body, struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_vgroup_pool(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_pool_view *m,
                                              struct qpp_err *err);
/* `text`: the added-up submission as QPP JSON; empty: there is none. */
QPP_MUST_USE enum qpp_code making_vgroup_data(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_data_view *m,
                                              struct qpp_str *text, struct qpp_err *err);
/* The name of the field of a clause. */
const char *making_clause_field(struct qpp_arena *a, struct qpp_str provision);

QPP_MUST_USE enum qpp_code making_election_letters(struct qpp_portal *p, const struct qpp_call *call, struct qpp_election_letters *m, struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_vgroup_lines(struct qpp_portal *p, const struct qpp_call *call, struct qpp_vgroup_review_list *m, struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_vgroup_review(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_review_view *m,
                                                struct qpp_err *err);

#endif
