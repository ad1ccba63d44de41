/* What several views of submissions share. */
#ifndef QPP_PORTAL_PARTS_H
#define QPP_PORTAL_PARTS_H

#include "adapt/portal/view.h"

#include "adapt/html/stack.h"

/* A table whose rows become blocks on a narrow screen. The caption is a literal. */
#define TABLE(h, caption)                                                                                     \
	put(h, "<table class=\"ds-c-table q-table\" role=\"table\">\n<caption class=\"ds-c-table__caption\">" caption \
	       "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">")

/* "Maple Family Medicine, group, 2025", with its number; the first heading of a page is `what`. */
void part_subject(struct qpp_html *h, const struct qpp_subject *x);
/* The way here: Submissions, this submission (`id` may be empty), this page. */
void part_crumbs(struct qpp_html *h, struct qpp_arena *a, struct qpp_str id, const struct qpp_subject *x, struct qpp_str here);
/* The score as a ring, with its words. */
void part_ring(struct qpp_html *h, const struct qpp_score_view *x);
/* A closed window said first, with what is still possible; true when it is closed. */
bool part_window(struct qpp_html *h, const struct qpp_window_view *w);
/* A list of sentences; nothing when there is none. */
void part_texts(struct qpp_html *h, const qpp_texts *v);
/* Findings at their lines. */
void part_findings(struct qpp_html *h, const struct qpp_upload_error *v, size_t n);
/* The period, as two fields of a form; and the CEHRT id. */
void part_period(struct qpp_html *h, const struct qpp_form_errors *e, struct qpp_str start, struct qpp_str end);
void part_cehrt(struct qpp_html *h, const struct qpp_form_errors *e, struct qpp_str id);
/* The two buttons under an entry form: see what it would change, keep it as a draft. */
void part_entry_buttons(struct qpp_html *h);
void part_draft(struct qpp_html *h, struct qpp_str saved);

#endif
