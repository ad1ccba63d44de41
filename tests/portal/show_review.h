/* What show.c gives to those that show more views. */
#ifndef PORTAL_SHOW_REVIEW_H
#define PORTAL_SHOW_REVIEW_H

#include "adapt/portal/models.h"
#include "qpp/arena.h"

struct qpp_show {
	struct qpp_arena *arena;
	struct qpp_shell (*shell)(enum qpp_place at, bool person);
	void (*save)(const char *name, struct qpp_str html);
};
void show_reviews(const struct qpp_show *where);

#endif
