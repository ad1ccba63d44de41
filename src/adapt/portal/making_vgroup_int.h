/* What the makers of virtual groups' models share. */
#ifndef QPP_PORTAL_MAKING_VGROUP_INT_H
#define QPP_PORTAL_MAKING_VGROUP_INT_H

#include "adapt/portal/making_vgroup.h"

struct qpp_mark_words vg_state_words(const struct qpp_vgroup_row *row);
void vg_make_head(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_head *x);
/* "Practice 2" while the name is hidden. */
struct qpp_str vg_member_name(struct qpp_arena *a, const struct qpp_vgroup *g, const struct qpp_vgroup_member *m);
/* Each makes an array in `*out` and answers its length. `all`: also those who are not in; `time`: also what is about the window. */
size_t vg_make_members(struct qpp_arena *a, const struct qpp_vgroup *g, bool all, struct qpp_vgroup_member_line **out);
size_t vg_make_checks(struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_str org_id, bool time, struct qpp_vgroup_check_line **out);
size_t vg_make_becomes(struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_str **out);
size_t vg_make_events(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_event_line **out);
size_t vg_make_alarms(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_alarm_line **out);
size_t vg_make_people(struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_str org_id, bool by_org, struct qpp_vgroup_person_line **out);

#endif
