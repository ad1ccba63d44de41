/* Targeted review joined to score runs: windows open with their releases, and what a decision corrects is scored again. */
#ifndef QPP_CMD_SERVICE_REVIEW_H
#define QPP_CMD_SERVICE_REVIEW_H

#include "app/review.h"

struct qpp_review_joint {
	struct qpp_reviews reviews;
	struct qpp_release_port releases;
	struct qpp_decision_port decisions;
	const struct qpp_service *service;
};

/* `joint` stays where it is as long as it is used. */
void qpp_review_join(struct qpp_review_joint *joint, const struct qpp_service *service, const struct qpp_zone *eastern);

/* The jobs of reviews: questions that nobody answered in time, corrections that wait to be scored. */
void qpp_review_jobs(struct qpp_review_joint *joint, struct qpp_arena *a);

#endif
