/* What the views of virtual groups share. */
#ifndef QPP_PORTAL_PARTS_VGROUP_H
#define QPP_PORTAL_PARTS_VGROUP_H

#include "adapt/portal/parts.h"
#include "adapt/portal/models_vgroup.h"

/* Crumbs, the heading `what` (empty: the group's name), state and deadline. `here` is the last crumb; empty: the group itself. */
void vg_head(struct qpp_html *h, struct qpp_arena *a, const struct qpp_vgroup_head *x, struct qpp_str what);
void vg_badge(struct qpp_html *h, const struct qpp_mark_words *x);
void vg_checks(struct qpp_html *h, const struct qpp_vgroup_check_line *v, size_t n);
void vg_members(struct qpp_html *h, const struct qpp_shell *s, struct qpp_str id, const struct qpp_vgroup_member_line *v, size_t n, bool acts);
void vg_events(struct qpp_html *h, const struct qpp_vgroup_event_line *v, size_t n);
void vg_alarms(struct qpp_html *h, const struct qpp_vgroup_alarm_line *v, size_t n);
/* /virtual-groups/ID and what comes behind it. */
struct qpp_str vg_path(struct qpp_arena *a, struct qpp_str id, const char *behind);

#endif
